"""Waves known only by printed percentages."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.compare.made import everybody, item, measures, study

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.compare.newcombe import Proportion, difference
from goldenthread.analysis.compare.published import measure_published
from goldenthread.analysis.compare.reading import Side, base_too_wide, farthest, least_evidence, read_figure
from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.study import Combining, Item, Study, Wave
from goldenthread.analysis.estimate.model import PublishedFigure, WaveMeasures
from goldenthread.analysis.problem import Refusal

HEADING = "id,group,kind,label,percent,numerator,base,base_low,base_high,rounded_parts,wave,item,answer"


def printed(
    folder: Path, *rows: str, items: tuple[Item, ...], answered: int | None = None
) -> tuple[Study, Wave]:
    """A study whose older wave is a figures file with ``rows``."""
    path = folder / "old.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    made = study(*items)
    old = Wave("old", "Old", figures=path, answered=answered)
    return replace(made, waves=(old, made.waves[1])), old


def row(name: str, answer: str, percent: str, base: str = "", **more: str) -> str:
    cells = {
        "id": f"{name}-{answer}",
        "item": name,
        "answer": answer,
        "percent": percent,
        "base": base,
        **more,
    }
    return ",".join(cells.get(column, "") for column in HEADING.split(","))


def figure(percent: str, low: int, high: int | None = None, parts: int = 1) -> PublishedFigure:
    places = len(percent.partition(".")[2])
    return PublishedFigure("q", "high", Fraction(percent), places, low, high or low, parts)


@given(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(0, 2),
    st.booleans(),
)
def test_the_truth_lies_within_the_reading(shares: tuple[int, int], decimals: int, even: bool) -> None:
    people, base = shares
    with localcontext() as context:
        context.prec = 50
        unit = Decimal(1).scaleb(-decimals)
        mode = ROUND_HALF_EVEN if even else ROUND_HALF_UP
        shown = (Decimal(100 * people) / base).quantize(unit, rounding=mode)
    for known in (figure(str(shown), base), figure(str(shown), max(1, base - base // 10), base)):
        reading = read_figure(known)
        assert not reading.approximate
        assert reading.side.low - 1e-12 <= people / base <= reading.side.high + 1e-12
        assert reading.side.n <= base
        assert reading.count in (people, None)


def test_a_reading_with_one_count_knows_it() -> None:
    reading = read_figure(figure("55.35", 159))
    assert (reading.count, reading.side.low, reading.side.high) == (88, 88 / 159, 88 / 159)


def test_a_reading_with_several_counts_keeps_them_all() -> None:
    reading = read_figure(figure("70", 400))
    assert reading.count is None
    assert (reading.side.low, reading.side.high) == (278 / 400, 282 / 400)


def test_a_figure_nobody_could_make_is_taken_as_printed() -> None:
    reading = read_figure(figure("69.19", 187))
    assert reading.approximate
    assert (reading.side.low, reading.side.high, reading.side.n) == (0.69185, 0.69195, 187)
    wider = read_figure(figure("69.19", 187, parts=2)).side
    assert (wider.low, wider.high) == (0.6918, 0.6920)


def test_a_range_of_bases_takes_the_smallest_that_fits() -> None:
    """69.19 % is a share of 185 people (128), and of no other base from 184 to 187."""
    reading = read_figure(figure("69.19", 184, 187))
    assert not reading.approximate
    assert (reading.side.n, reading.count) == (185, None)
    assert read_figure(figure("50", 144, 159)).side.n == 144


def test_a_very_wide_range_is_read_by_its_ends() -> None:
    reading = read_figure(figure("50.0", 900_000, 1_000_000))
    assert (reading.side.low, reading.side.high, reading.side.n) == (0.4995, 0.5005, 900_000)
    assert not reading.approximate


def test_how_wide_a_base_may_be() -> None:
    assert not base_too_wide(figure("50", 90, 100))
    assert base_too_wide(figure("50", 89, 100))


SIDES = st.tuples(st.floats(0, 1), st.floats(0, 0.05), st.integers(20, 400)).map(
    lambda t: Side(t[0], min(1.0, t[0] + t[1]), t[2], t[2])
)


@given(SIDES, SIDES, st.floats(0, 1), st.floats(0, 1))
def test_least_evidence_is_no_bolder_than_any_reading(one: Side, two: Side, a: float, b: float) -> None:
    p1, p2 = one.low + a * (one.high - one.low), two.low + b * (two.high - two.low)
    cautious = least_evidence(one, two)
    some = difference(Proportion(p1, one.n), Proportion(p2, two.n))
    if cautious.low > 0:
        assert p2 >= p1
    assert abs(cautious.d) <= abs(some.d) + 1e-9


@given(SIDES, SIDES)
def test_the_farthest_readings_lie_on_either_side_of_the_nearest(one: Side, two: Side) -> None:
    near, ends = least_evidence(one, two), farthest(one, two)
    up, down = two.high - one.low, two.low - one.high
    assert down - 1e-9 <= near.d <= up + 1e-9
    assert len(ends) == (0 if (one.low, two.low) == (one.high, two.high) else 2)
    for d, (low, high) in zip((up, down), ends, strict=False):
        assert low - 1e-9 <= 100 * d <= high + 1e-9


def test_a_wave_of_figures(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path,
        row("q", "high", "70.0", "200"),
        row("q", "low", "12.5", "200"),
        row("area", "school", "", "200", numerator="120"),
        row("area", "health", "40", "200"),
        items=(item("q"),),
        answered=200,
    )
    found = measure_published(made, old)
    by = {e.answer: e for e in found.estimates if e.item == "q"}
    high = by["high"]
    assert (high.percent, high.count, high.base, high.published, high.flag) == (70.0, 140.0, 200, True, None)
    assert high.low is not None
    assert high.high is not None
    assert high.low < 70 < high.high
    assert found.mix == {"area": {"school": 120, "health": 80}}
    assert (found.limits, found.problems) == ((), ())


def test_rows_find_their_item_by_group_and_their_answer_by_words(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path,
        "a,Q9,net,agree,70,,200,,,,,,",
        "b,Q9,share,AGREE,60,,200,,,,,,",
        items=(item("q", sources={"old": ("Q9",), "new": ("q",)}),),
    )
    by = {key: f.percent for key, f in measure_published(made, old).figures.items()}
    assert by == {("q", "high"): 70, ("q", "3"): 60}


def test_a_net_that_was_not_printed_is_added_from_its_answers(tmp_path: Path) -> None:
    two = (*item("q").answers[:2], replace(item("q").answers[1], code="2b", net="high"), item("q").answers[2])
    made, old = printed(
        tmp_path,
        row("q", "3", "30", "200"),
        row("q", "2b", "41", "200"),
        items=(item("q", answers=two),),
    )
    net = measure_published(made, old).figures["q", "high"]
    assert (net.percent, net.rounded_parts, net.base_low) == (71, 2, 200)


def test_an_average_stands_on_the_smaller_base(tmp_path: Path) -> None:
    both = item("both", sources={"old": ("Q1", "Q2"), "new": ("both",)}, combining=Combining.MEAN)
    made, old = printed(
        tmp_path,
        "a,Q1,net,,30,,200,,,,,,high",
        "b,Q2,net,,45,,180,,,,,,high",
        items=(both,),
    )
    mean = measure_published(made, old).figures["both", "high"]
    assert (mean.percent, mean.base_low, mean.base_high) == (Fraction("37.5"), 180, 180)
    pooled = replace(made, items=(made.items[0], replace(both, combining=Combining.POOLED)))
    assert measure_published(pooled, old).figures["both", "high"].percent == Fraction(
        30 * 200 + 45 * 180, 380
    )


def test_what_a_reader_must_know_is_said(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path,
        row("a", "high", "69.19", "187"),
        row("b", "high", "70"),
        row("c", "high", "70", base_low="100", base_high="200"),
        items=(item("a"), item("b"), item("c")),
        answered=159,
    )
    found = measure_published(made, old)
    text = " ".join(found.limits)
    assert "A, 69.19 %" in text
    assert "between 144 and 159" in text
    assert "no verdict" in text
    flags = {e.item: (e.flag, e.base, e.base_low, e.base_high) for e in found.estimates}
    assert flags["a"] == ("a", 187, 187, 187)
    assert flags["b"] == (None, None, 144, 159)
    bare = measure_published(*printed(tmp_path, row("b", "high", "70"), items=(item("b"),)))
    assert "without any base" in bare.limits[0]
    assert (bare.estimates[0].percent, bare.estimates[0].low) == (70.0, None)


def test_rows_that_belong_nowhere_are_listed(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path,
        row("q", "high", "70", "200"),
        row("q", "perhaps", "10", "200"),
        row("other", "high", "10", "200"),
        "x,Q77,share,Agree,20,,200,,,,,,",
        row("q", "low", "101", "200"),
        row("q", "middle", "10", "200", wave="later"),
        items=(item("q"),),
    )
    found = measure_published(made, old)
    assert [(p.rows, p.column, p.lost) for p in found.problems] == [
        ((6,), "percent", True),
        ((3,), "answer", True),
        ((4,), "item", True),
        ((5,), "group", False),
    ]
    assert set(found.figures) == {("q", "high")}


PLACES = ("pre", "Pre-school and play"), ("school", "School")
AREA = item("area", answers=tuple(Answer(code, label) for code, label in PLACES), nets=(), headline=None)
TYPED = (row("q", "high", "60.0", "200"), row("area", "PRE–SCHOOL  and play", "", "200", numerator="120"))


def by_place(folder: Path, *rows: str) -> tuple[Study, WaveMeasures]:
    made, old = printed(folder, *rows, items=(item("q"),), answered=200)
    made = replace(made, items=(AREA, *made.items[1:]), mix="area")
    return made, measure_published(made, old)


def test_a_printed_mix_is_by_the_codes_of_its_levels_however_they_are_typed(tmp_path: Path) -> None:
    made, old = by_place(tmp_path, *TYPED, "x,area,share,school,,80,200,,,,,,")
    assert (old.mix, old.problems) == ({"area": {"pre": 120, "school": 80}}, ())
    new = measures(
        "new",
        everybody(q=(110, 200)) | {("q", "area", "pre"): (40, 50), ("q", "area", "school"): (70, 150)},
    )
    found = compare_pair(made, old, new)[0]
    assert found.mix_cells == 2
    assert found.mix_points == pytest.approx(100 * (0.6 * 40 / 50 + 0.4 * 70 / 150 - 0.6))


def test_a_row_of_the_mix_that_names_no_level_is_listed_and_left_out(tmp_path: Path) -> None:
    _, old = by_place(
        tmp_path,
        *TYPED,
        row("area", "Schools", "", "200", numerator="70"),
        "x,area,share,Elsewhere,,9,200,,,,,,",
        row("area", "pre", "", "200", numerator="1"),
    )
    assert old.mix == {"area": {"pre": 120}}
    assert [(p.file, p.rows, p.column, p.value, p.lost) for p in old.problems] == [
        ("old.csv", (4,), "answer", "Schools", True),
        ("old.csv", (5,), "label", "Elsewhere", True),
        ("old.csv", (6,), "answer", "pre", True),
    ]
    assert "names no answer" in old.problems[0].message
    assert "further up" in old.problems[2].message


def test_of_two_rows_for_one_answer_the_first_counts_and_the_other_is_listed(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path, row("q", "high", "70", "200"), row("q", "HIGH", "8", "200"), items=(item("q"),)
    )
    found = measure_published(made, old)
    assert found.figures["q", "high"].percent == 70
    assert [(p.rows, p.column, p.value) for p in found.problems] == [((3,), "answer", "HIGH")]


def test_a_count_that_agrees_with_its_percentage_is_exact(tmp_path: Path) -> None:
    made, old = printed(
        tmp_path,
        row("a", "high", "70", "400", numerator="281"),
        row("b", "high", "71", "400", numerator="281"),
        items=(item("a"), item("b")),
    )
    counts = {e.item: e.count for e in measure_published(made, old).estimates}
    assert counts == {"a": 281.0, "b": None}


def test_the_same_mix_stands_on_the_reading_nearest_to_it(tmp_path: Path) -> None:
    """70 % of 400 may be 278 to 282 people. At the old mix 72 % of today's answers agree: 1.5 points more."""
    mix = row("area", "school", "", "400", numerator="200"), row("area", "health", "", "400", numerator="200")
    made, old = printed(tmp_path, row("q", "high", "70", "400"), *mix, items=(item("q"),))
    new = measures(
        "new",
        everybody(q=(264, 400)) | {("q", "area", "school"): (90, 100), ("q", "area", "health"): (162, 300)},
    )
    found = compare_pair(replace(made, mix="area"), measure_published(made, old), new)[0]
    assert found.points == pytest.approx(66 - 69.5)
    assert found.mix_points == pytest.approx(72 - 70.5)


def test_about_the_same_at_the_same_mix_must_survive_the_farthest_reading(tmp_path: Path) -> None:
    mix = row("area", "school", "", "100", numerator="60"), row("area", "health", "", "100", numerator="40")
    new = measures(
        "new",
        everybody(q=(7000, 10000))
        | {("q", "area", "school"): (4200, 6000), ("q", "area", "health"): (2800, 4000)},
    )
    found = {}
    for parts in ("1", "9"):
        made, old = printed(
            tmp_path, row("q", "high", "70", "10000", rounded_parts=parts), *mix, items=(item("q"),)
        )
        found[parts] = compare_pair(replace(made, mix="area"), measure_published(made, old), new)[0]
    assert found["1"].mix_points == found["9"].mix_points == 0
    assert (found["1"].mix_verdict, found["9"].mix_verdict) == (Verdict.SAME, Verdict.FEW)


def test_a_wave_without_figures_is_refused() -> None:
    made = study(item("q"))
    with pytest.raises(Refusal, match="no figures file"):
        measure_published(made, made.waves[0])


def change(folder: Path, old_row: str, new: WaveMeasures, answered: int | None = None) -> Change:
    made, old = printed(folder, old_row, items=(item("q"),), answered=answered)
    (found,) = compare_pair(made, measure_published(made, old), new)
    return found


def test_a_printed_wave_against_answers(tmp_path: Path) -> None:
    new = measures("new", everybody(q=(150, 200)))
    found = change(tmp_path, row("q", "high", "55", "187"), new)
    assert found.from_published
    assert found.verdict is Verdict.ROSE
    assert found.points == pytest.approx(75 - 100 * 103 / 187)


def test_the_nearest_reading_decides_a_rise(tmp_path: Path) -> None:
    """70 % of 400 may be 282: from there, 75 % of 400 is 4.5 points, not 5."""
    found = change(tmp_path, row("q", "high", "70", "400"), measures("new", everybody(q=(300, 400))))
    assert found.points == pytest.approx(4.5)


def test_the_farthest_reading_decides_sameness(tmp_path: Path) -> None:
    sure = measures("new", everybody(q=(7000, 10000)))
    exact = change(tmp_path, row("q", "high", "70.00", "10000"), sure)
    assert exact.verdict is Verdict.SAME
    loose = change(tmp_path, row("q", "high", "70", "10000", rounded_parts="9"), sure)
    assert loose.verdict is Verdict.FEW


@pytest.mark.parametrize(
    ("old_row", "answered", "words"),
    [
        (row("q", "high", "70", base_low="100", base_high="200"), None, "between 100 and 200"),
        (row("q", "high", "70"), None, "without its base"),
        (row("q", "low", "10", "200"), 200, "no figure printed"),
        (row("q", "high", "70", "20"), 20, "fewer than 30 people in Old"),
    ],
)
def test_no_verdict_where_too_little_is_known(
    tmp_path: Path, old_row: str, answered: int | None, words: str
) -> None:
    found = change(tmp_path, old_row, measures("new", everybody(q=(150, 200))), answered)
    assert (found.verdict, found.p, found.family) == (None, None, None)
    assert words in found.because


def test_an_unknown_base_still_gets_a_verdict_on_nine_tenths(tmp_path: Path) -> None:
    found = change(tmp_path, row("q", "high", "40"), measures("new", everybody(q=(150, 200))), 200)
    assert found.verdict is Verdict.ROSE
