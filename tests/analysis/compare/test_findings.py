"""Every item gets exactly one kind, by the first rule that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.compare.made import estimate, everybody, item, measures, study

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.findings import as_printed_whole, classify, is_good
from goldenthread.analysis.compare.model import Change, Finding, FindingKind, Verdict
from goldenthread.analysis.definition.model import Answer, Net, Polarity, Side
from goldenthread.analysis.definition.study import Item, Link, Study, Thresholds

Kind = FindingKind


def finding(
    made: Study, new: tuple[int, int], change: Change | None, old: tuple[int, int] = (50, 100)
) -> Finding:
    pair = (measures("old", everybody(q=old)), measures("new", everybody(q=new)))
    (found,) = classify(made, pair, () if change is None else (change,))
    return found


def changed(verdict: Verdict | None, *, conflict: bool = False, because: str = "so it is") -> Change:
    return Change(
        *("q", "high", None, None, "old", "new"),
        *(1.0, -1.0, 3.0, 0.5, 0.5, "F1", verdict, because),
        conflict=conflict,
    )


@pytest.mark.parametrize(
    ("new", "verdict", "conflict", "kind"),
    [
        ((150, 159), Verdict.FELL, False, Kind.FELL),
        ((150, 159), Verdict.FELL, True, Kind.STRENGTH),
        ((143, 159), Verdict.FEW, False, Kind.STRENGTH),
        ((142, 159), Verdict.FEW, False, Kind.TOO_FEW),
        ((150, 159), Verdict.ROSE, False, Kind.STRENGTH),
        ((60, 100), Verdict.ROSE, False, Kind.LOW_BUT_IMPROVING),
        ((645, 1000), Verdict.ROSE, False, Kind.ROSE),
        ((644, 1000), Verdict.ROSE, False, Kind.LOW_BUT_IMPROVING),
        ((60, 100), Verdict.ROSE, True, Kind.MIXED),
        ((20, 100), Verdict.FELL, True, Kind.MIXED),
        ((40, 100), Verdict.FEW, False, Kind.GAP),
        ((40, 100), Verdict.SAME, False, Kind.GAP),
        ((55, 100), Verdict.FEW, False, Kind.TOO_FEW),
        ((70, 100), Verdict.SAME, False, Kind.STEADY),
        ((70, 100), Verdict.FEW, False, Kind.TOO_FEW),
        ((70, 100), None, False, Kind.TOO_FEW),
    ],
)
def test_the_first_rule_that_holds(
    new: tuple[int, int], verdict: Verdict | None, conflict: bool, kind: FindingKind
) -> None:
    found = finding(study(item("q")), new, changed(verdict, conflict=conflict))
    assert found.kind is kind
    assert found.direction is verdict
    assert found.because


def test_the_lines_are_the_studys() -> None:
    few = changed(Verdict.FEW)
    assert (
        finding(study(item("q"), thresholds=Thresholds(celebrate=70)), (70, 100), few).kind is Kind.STRENGTH
    )
    assert finding(study(item("q"), thresholds=Thresholds(gap=30)), (40, 100), few).kind is Kind.TOO_FEW


def test_an_item_without_a_comparable_earlier_wave_is_new() -> None:
    pair = (measures("old", {}), measures("new", everybody(q=(70, 100))))
    made = study(item("q", "new"))
    (found,) = classify(made, pair, compare_pair(made, *pair))
    assert (found.kind, found.because) == (Kind.NEW, "not asked in Old")
    broken = study(item("q"), links=(Link("q", "old", "new", comparable=False, because="new scale"),))
    both = (measures("old", everybody(q=(70, 100))), pair[1])
    (found,) = classify(broken, both, compare_pair(broken, *both))
    assert (found.kind, found.because) == (Kind.NEW, "wording or scale changed: new scale")
    (found,) = classify(study(item("q", "new")), (pair[1],), ())
    assert (found.kind, found.because) == (Kind.NEW, "there is no earlier wave to compare with")


def test_an_item_the_newest_wave_did_not_ask() -> None:
    made = study(item("q", "old"))
    (found,) = classify(made, (measures("old", everybody(q=(95, 100))), measures("new", {})), ())
    assert (found.kind, found.because) == (Kind.TOO_FEW, "there is no figure for the newest wave")


def test_the_latest_wave_that_earned_a_verdict_counts() -> None:
    made = study(item("q"))
    waves = (replace(made.waves[0], id="older"), *made.waves)
    three = replace(made, waves=waves)
    older = replace(changed(Verdict.ROSE), from_wave="older")
    everyone = tuple(measures(w.id, everybody(q=(80, 100))) for w in waves)
    (found,) = classify(three, everyone, (older, changed(Verdict.SAME)))
    assert found.kind is Kind.STEADY
    (found,) = classify(three, everyone, (older, changed(None)))
    assert found.kind is Kind.ROSE


def test_group_changes_and_other_pairs_do_not_count() -> None:
    group = replace(changed(Verdict.FELL), group="area", level="school")
    other = replace(changed(Verdict.FELL), to_wave="old", from_wave="old")
    made = study(item("q"))
    pair = (measures("old", everybody(q=(70, 100))), measures("new", everybody(q=(70, 100))))
    (found,) = classify(made, pair, (group, other))
    assert found.kind is Kind.TOO_FEW


@pytest.mark.parametrize(
    ("polarity", "answer", "verdict", "good"),
    [
        (Polarity.POSITIVE, "high", Verdict.ROSE, True),
        (Polarity.POSITIVE, "high", Verdict.FELL, False),
        (Polarity.POSITIVE, "low", Verdict.FELL, True),
        (Polarity.POSITIVE, "1", Verdict.ROSE, False),
        (Polarity.POSITIVE, "3", Verdict.ROSE, True),
        (Polarity.POSITIVE, "middle", Verdict.FELL, None),
        (Polarity.NEGATIVE, "high", Verdict.FELL, True),
        (Polarity.NEGATIVE, "high", Verdict.ROSE, False),
        (Polarity.NEGATIVE, "low", Verdict.ROSE, True),
        (Polarity.NONE, "high", Verdict.ROSE, None),
        (Polarity.POSITIVE, "high", Verdict.SAME, None),
        (Polarity.POSITIVE, "high", None, None),
    ],
)
def test_direction_polarity_and_good_are_three_things(
    polarity: Polarity, answer: str, verdict: Verdict | None, good: bool | None
) -> None:
    assert is_good(item("q", polarity=polarity), answer, verdict) is good


def test_a_level_is_a_strength_or_a_gap_only_where_more_is_better() -> None:
    for polarity in (Polarity.NEGATIVE, Polarity.NONE):
        made = study(item("q", polarity=polarity))
        assert finding(made, (95, 100), changed(Verdict.SAME)).kind is Kind.STEADY
        assert finding(made, (5, 100), changed(Verdict.SAME)).kind is Kind.STEADY
        assert finding(made, (40, 100), changed(Verdict.ROSE)).kind is Kind.ROSE
    fell = finding(study(item("q", polarity=Polarity.NEGATIVE)), (5, 100), changed(Verdict.FELL))
    assert (fell.kind, fell.good) == (Kind.FELL, True)


@pytest.mark.parametrize(("people", "kind"), [(59, Kind.GAP), (60, Kind.TOO_FEW)])
def test_where_almost_everyone_answered_the_level_itself_is_held_against_the_line(
    people: int, kind: FindingKind
) -> None:
    """There is no range then: 59 of 100 has an upper end of 68 among people who could differ by chance."""
    new = measures("new", everybody(q=(people, 100)))
    everyone = (replace(new.estimates[0], low=None, high=None, method="almost-everyone"),)
    old = measures("old", everybody(q=(50, 100)))
    (found,) = classify(
        study(item("q")), (old, replace(new, estimates=everyone)), (changed(Verdict.FEW, because="why"),)
    )
    gap = "almost everyone answered, and 59.0 % is under 60 %"
    assert (found.kind, found.because) == (kind, gap if kind is Kind.GAP else "why")
    assert finding(study(item("q")), (people, 100), changed(Verdict.FEW)).kind is Kind.TOO_FEW


def test_a_figure_without_a_range_is_no_gap() -> None:
    """One printed without its base has no upper end, whatever its level."""
    new = measures("new", everybody(q=(10, 100)))
    bare = (replace(new.estimates[0], low=None, high=None, published=True),)
    old = measures("old", everybody(q=(50, 100)))
    (found,) = classify(study(item("q")), (old, replace(new, estimates=bare)), (changed(Verdict.FEW),))
    assert found.kind is Kind.TOO_FEW


def test_an_option_headed_by_its_own_answer() -> None:
    option = Item(
        "q", "Q", (Answer("no", "No"), Answer("yes", "Yes")), (), "yes", {"old": ("q",), "new": ("q",)}
    )
    assert is_good(option, "yes", Verdict.ROSE)
    assert is_good(option, "no", Verdict.ROSE) is None
    named = replace(option, nets=(Net("yes", "Yes", Side.HIGH),))
    assert is_good(named, "yes", Verdict.FELL) is False


@pytest.mark.parametrize(
    ("people", "base", "shown"), [(143, 159, 90), (179, 200, 90), (89, 100, 89), (57, 200, 29)]
)
def test_thresholds_look_at_the_figure_as_printed(people: int, base: int, shown: int) -> None:
    assert as_printed_whole(estimate("new", ("q", None, None), people, base)) == shown


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), min_size=1, max_size=6),
    st.sampled_from(list(Polarity)),
)
def test_no_item_vanishes_and_none_is_told_twice(shares: list[tuple[int, int]], polarity: Polarity) -> None:
    items = tuple(item(f"q{n}", polarity=polarity) for n in range(len(shares)))
    made = study(*items)
    old = measures("old", everybody(**{f"q{n}": (a, 120) for n, (a, _) in enumerate(shares)}))
    new = measures("new", everybody(**{f"q{n}": (b, 120) for n, (_, b) in enumerate(shares)}))
    found = classify(made, (old, new), compare_pair(made, old, new))
    assert [f.item for f in found] == [i.id for i in items]
    for each in found:
        moved = each.direction in (Verdict.ROSE, Verdict.FELL)
        assert (each.good is None) == (not moved or polarity is Polarity.NONE)
