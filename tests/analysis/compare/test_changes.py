"""Pairs of waves: who is compared with whom, in which family, and what is never given away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.compare.made import everybody, item, measures, study

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.family import adjusted
from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.compare.newcombe import Proportion, difference
from goldenthread.analysis.definition.study import HeadcountRow, Link, Study, Thresholds
from goldenthread.analysis.estimate.model import Tally, TallyKey, WaveMeasures

COUNTS = st.integers(30, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def compared(
    made: Study, old: dict[TallyKey, tuple[float, int]], new: dict[TallyKey, tuple[float, int]]
) -> dict[tuple[str, str | None], Change]:
    changes = compare_pair(made, measures("old", old), measures("new", new))
    return {(change.item, change.level): change for change in changes}


def grouped(old: tuple[int, int], **levels: tuple[int, int]) -> dict[TallyKey, tuple[float, int]]:
    return {("q", None, None): old, **{("q", "area", level): share for level, share in levels.items()}}


def test_a_fall_by_hand() -> None:
    found = compared(study(item("q")), everybody(q=(130, 187)), everybody(q=(88, 159)))["q", None]
    by_hand = difference(Proportion(130 / 187, 187), Proportion(88 / 159, 159))
    assert (found.points, found.low, found.high) == (100 * by_hand.d, 100 * by_hand.low, 100 * by_hand.high)
    assert (found.p, found.p_adjusted, found.family) == (by_hand.p, by_hand.p, "F1")
    assert (found.verdict, found.answer, found.group) == (Verdict.FELL, "high", None)
    assert found.detectable == pytest.approx(14.6, abs=0.1)
    assert not found.from_published


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=8))
def test_the_family_is_everybodys_changes(pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    made = study(*(item(f"q{n}") for n in range(len(pairs))))
    old = everybody(**{f"q{n}": one for n, (one, _) in enumerate(pairs)})
    new = everybody(**{f"q{n}": two for n, (_, two) in enumerate(pairs)})
    found = compare_pair(made, measures("old", old), measures("new", new))
    assert [change.p_adjusted for change in found] == list(adjusted([change.p or 0.0 for change in found]))
    for change in found:
        if change.verdict in (Verdict.ROSE, Verdict.FELL):
            assert (change.p_adjusted or 1) <= 0.10


def test_one_clear_change_among_many_quiet_ones_needs_more_evidence() -> None:
    """The same change alone is a fall; among thirty comparisons it could be chance."""
    quiet = {f"q{n}": (100, 200) for n in range(29)}
    alone = compared(study(item("q")), everybody(q=(120, 200)), everybody(q=(98, 200)))["q", None]
    made = study(item("q"), *(item(name) for name in quiet))
    among = compared(made, everybody(q=(120, 200), **quiet), everybody(q=(98, 200), **quiet))["q", None]
    assert alone.verdict is Verdict.FELL
    assert among.verdict is Verdict.FEW
    assert among.because == "on its own this would count as a fall; among 30 comparisons it could be chance"


def test_each_grouping_is_a_family_of_its_own() -> None:
    old = grouped((120, 200), school=(70, 100), health=(50, 100))
    found = compared(study(item("q")), old, grouped((90, 200), school=(40, 100), health=(50, 100)))
    assert {key: change.family for key, change in found.items()} == {
        ("q", None): "F1",
        ("q", "school"): "F2:area",
        ("q", "health"): "F2:area",
    }
    school = found["q", "school"]
    assert school.p_adjusted == pytest.approx(2 * (school.p or 0))
    assert (school.verdict, school.group) == (Verdict.FELL, "area")
    assert found["q", None].p_adjusted == found["q", None].p


def test_levels_follow_the_grouping_and_levels_nobody_is_in_are_left_out() -> None:
    old = grouped((60, 120), health=(30, 60), school=(30, 60), care=(0, 0))
    new = grouped((60, 120), health=(30, 60), school=(20, 40), care=(0, 0)) | {("q", "area", ""): (10, 20)}
    assert list(compared(study(item("q")), old, new)) == [
        ("q", None),
        ("q", "school"),
        ("q", "health"),
        ("q", ""),
    ]


def test_a_small_base_gets_a_range_but_no_verdict_and_leaves_the_family() -> None:
    old = grouped((120, 200), school=(70, 100), health=(20, 29))
    found = compared(study(item("q")), old, grouped((90, 200), school=(40, 100), health=(10, 40)))
    health = found["q", "health"]
    assert (health.verdict, health.p, health.family) == (None, None, None)
    assert health.because == "fewer than 30 people in Old"
    assert health.points == pytest.approx(100 * (10 / 40 - 20 / 29))
    assert found["q", "school"].p_adjusted == found["q", "school"].p


def test_the_smallest_base_is_the_studys() -> None:
    old, new = everybody(q=(20, 29)), everybody(q=(2, 29))
    lines = Thresholds(smallest_base=20)
    assert compared(study(item("q")), old, new)["q", None].verdict is None
    assert compared(study(item("q"), thresholds=lines), old, new)["q", None].verdict is Verdict.FELL


def hidden_health(made: WaveMeasures, **how: object) -> WaveMeasures:
    estimates = tuple(replace(e, **how) if e.level == "health" else e for e in made.estimates)
    return replace(made, estimates=estimates)


@pytest.mark.parametrize("way", ["key", "flag", "bound"])
@pytest.mark.parametrize("wave", ["old", "new"])
def test_a_change_never_gives_away_a_hidden_figure(way: str, wave: str) -> None:
    shares = grouped((120, 200), school=(70, 100), health=(100, 100))
    old, new = measures("old", shares), measures("new", shares)
    ways = {
        "key": lambda m: replace(m, hidden=frozenset({("q", "area", "health")})),
        "flag": lambda m: hidden_health(m, flag="c", percent=None, low=None, high=None),
        "bound": lambda m: hidden_health(m, bound="more than 95", percent=None),
    }
    old, new = (ways[way](m) if m.wave == wave else m for m in (old, new))
    found = {c.level: c for c in compare_pair(study(item("q")), old, new)}
    health = found["health"]
    assert health.because.startswith("hidden")
    assert (health.verdict, health.points, health.low, health.high, health.p) == (None,) * 5
    assert health.detectable is None
    assert found["school"].verdict is not None


def test_items_one_wave_did_not_ask() -> None:
    made = study(item("q", "new"), item("r", "old"), item("s"))
    shares = everybody(q=(50, 100), r=(50, 100), s=(50, 100))
    found = compared(made, shares, shares)
    assert found["q", None].because == "not asked in Old"
    assert found["r", None].because == "not asked in New"
    assert found["s", None].verdict is not None
    assert {found[name, None].points for name in "qr"} == {None}


def test_an_item_that_was_changed_is_not_compared_in_any_group() -> None:
    link = Link("q", "old", "new", comparable=False, because="four answers became five")
    shares = grouped((60, 120), school=(30, 60), health=(30, 60))
    found = compared(study(item("q"), links=(link,)), shares, shares)
    assert list(found) == [("q", None)]
    assert found["q", None].because == "wording or scale changed: four answers became five"
    reworded = replace(link, comparable=True, reworded=True)
    assert compared(study(item("q"), links=(reworded,)), shares, shares)["q", None].verdict is Verdict.FEW


def test_a_break_in_between_breaks_a_longer_stretch() -> None:
    made = study(item("q", "old", "mid", "new"))
    waves = (made.waves[0], replace(made.waves[1], id="mid"), made.waves[1])
    broken = Link("q", "old", "mid", comparable=False)
    shares = everybody(q=(50, 100))
    for links, expected in (((broken,), False), ((broken, Link("q", "old", "new")), True)):
        longer = replace(made, waves=waves, links=links)
        (change,) = compare_pair(longer, measures("old", shares), measures("new", shares))
        assert (change.verdict is not None) == expected


def test_a_combined_item_stands_in_the_family_for_its_parts() -> None:
    whole = item("whole", parts=("a", "b"))
    shares_old = everybody(a=(60, 100), b=(70, 100), whole=(65, 100)) | {("a", "area", "school"): (30, 50)}
    shares_new = everybody(a=(40, 100), b=(50, 100), whole=(45, 100)) | {("a", "area", "school"): (30, 50)}
    found = compared(study(item("a"), item("b"), whole), shares_old, shares_new)
    assert found["a", None].because == "compared as part of “Whole”"
    assert (found["a", None].verdict, found["a", None].points) == (None, pytest.approx(-20))
    assert found["whole", None].p_adjusted == found["whole", None].p
    assert ("a", "school") not in found


def test_a_part_keeps_its_verdict_where_the_combined_item_cannot_be_compared() -> None:
    whole = item("whole", parts=("a", "b"))
    shares = everybody(a=(80, 100), b=(70, 100), whole=(75, 100))
    found = compared(study(item("a"), item("b"), whole), everybody(a=(20, 100)), shares)
    assert found["whole", None].verdict is None
    assert found["a", None].verdict is Verdict.ROSE


def test_a_pooled_items_range_stands_on_its_smallest_part() -> None:
    made = study(item("q"))
    old, new = measures("old", everybody(q=(100, 200))), measures("new", everybody(q=(100, 200)))
    pooled = {("q", None, None): Tally({"3": 100, "1": 100}, 200, effective_base=25)}
    (small,) = compare_pair(made, replace(old, tallies=pooled), new)
    assert small.because == "fewer than 30 people in Old"


def test_weights_and_variances_carry_into_the_range() -> None:
    made = study(item("q"))
    new = measures("new", everybody(q=(60, 100)))
    weighted = Tally(
        {"3": 50, "1": 50},
        100,
        weighted_counts={"3": 60.0, "1": 40.0},
        weighted_base=100.0,
        effective_base=80.0,
        variances={"high": 0.6 * 0.4 / 50},
    )
    old = replace(measures("old", everybody(q=(50, 100))), tallies={("q", None, None): weighted})
    (found,) = compare_pair(made, old, new)
    by_hand = difference(Proportion(0.6, 50), Proportion(0.6, 100))
    assert (found.points, found.high) == pytest.approx((0.0, 100 * by_hand.high))


def test_headcounts_narrow_changes_only_on_request() -> None:
    rows = tuple(HeadcountRow(wave, None, None, 250, dated=None) for wave in ("old", "new"))
    made = study(item("q"), headcount=tuple(replace(r, dated=date(2025, 1, 1)) for r in rows))
    old, new = everybody(q=(100, 200)), everybody(q=(90, 200))
    plain = compared(made, old, new)["q", None]
    narrow = compared(replace(made, correct_changes=True), old, new)["q", None]
    n = 200 * 249 / 50
    by_hand = difference(Proportion(0.5, n), Proportion(0.45, n))
    assert (narrow.low, narrow.high) == pytest.approx((100 * by_hand.low, 100 * by_hand.high))
    assert (plain.high or 0) - (plain.low or 0) > 1.9 * ((narrow.high or 0) - (narrow.low or 0))


def test_a_change_of_mix_is_told_from_a_change_of_mind() -> None:
    """Schools agree at 80 %, health at 40 %, in both waves; only who answered changed."""
    old = measures(
        "old", grouped((240, 400), school=(160, 200), health=(80, 200)), mix={"school": 200, "health": 200}
    )
    new = measures(
        "new", grouped((280, 400), school=(240, 300), health=(40, 100)), mix={"school": 300, "health": 100}
    )
    made = study(item("q"), mix="area")
    found = next(change for change in compare_pair(made, old, new) if change.level is None)
    assert (found.verdict, found.mix_by, found.mix_cells) == (Verdict.ROSE, "area", 2)
    assert found.mix_points == pytest.approx(0, abs=1e-9)
    assert found.conflict
    others = [change for change in compare_pair(made, old, new) if change.level is not None]
    assert {change.mix_by for change in others} == {None}


def test_a_real_change_survives_the_same_mix() -> None:
    old = measures(
        "old", grouped((240, 400), school=(160, 200), health=(80, 200)), mix={"school": 200, "health": 200}
    )
    new = measures(
        "new", grouped((160, 400), school=(110, 200), health=(50, 200)), mix={"school": 200, "health": 200}
    )
    found = compare_pair(study(item("q"), mix="area"), old, new)[0]
    assert (found.verdict, found.mix_verdict, found.conflict) == (Verdict.FELL, Verdict.FELL, False)
    assert found.mix_points == pytest.approx(found.points)


def test_groups_too_small_and_mixes_unknown() -> None:
    old = measures("old", grouped((60, 100), school=(55, 95), health=(5, 5)))
    small = compare_pair(
        study(item("q"), mix="area"), old, measures("new", grouped((60, 100), school=(60, 100)))
    )[0]
    assert (small.mix_points, small.mix_because) == (None, "groups too small")
    bare = measures("new", everybody(q=(60, 100)))
    unknown = compare_pair(study(item("q"), mix="area"), old, bare)[0]
    assert (unknown.mix_points, unknown.mix_because) == (None, "cannot be separated from who answered")


def test_row_order_of_tallies_changes_nothing() -> None:
    shares = grouped((240, 400), school=(160, 200), health=(60, 150), care=(20, 50))
    made = study(item("q"), mix="area")
    turned = dict(reversed(shares.items()))
    assert compare_pair(made, measures("old", shares), measures("new", shares)) == compare_pair(
        made, measures("old", turned), measures("new", turned)
    )
