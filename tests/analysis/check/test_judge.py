"""Verdicts on figures: planted faults are found, truly rounded ones never accused."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Figure, FigureKind, Judgement, Truth

MODES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def share(
    name: str, percent: str, base: int | None = None, numerator: int | None = None, **more: object
) -> Figure:
    places = len(percent.partition(".")[2])
    figure = Figure(name, Fraction(percent) if percent else None, places, numerator=numerator)
    return replace(figure, base_low=base, base_high=base, **more)


def one(*figures: Figure) -> Judgement:
    """The judgement of the first."""
    return judge(figures)[0]


def show(value: Fraction, decimals: int, mode: str) -> str:
    units = Decimal(value.numerator * 10**decimals) / Decimal(value.denominator)
    exact = Fraction(units) == value * 10**decimals
    whole = units.quantize(Decimal(1), rounding=mode) if exact else Decimal(round(float(units)))
    return str(whole.scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)))


@pytest.mark.parametrize(
    ("percent", "numerator", "base", "verdict", "because", "nearest"),
    [
        ("6", 67, 1222, Truth.WRONG, "67 out of 1222 is 5.48 %", "5"),
        ("43", 37, 70, Truth.WRONG, "37 out of 70 is 52.86 %", "53"),
        ("45", 33, 72, Truth.WRONG, "cut, not rounded", "46"),
        ("0.8", 1, 113, Truth.WRONG, "cut, not rounded", "0.9"),
        ("0.9", 1, 113, Truth.POSSIBLE, "", None),
        ("38", 6, 16, Truth.POSSIBLE, "", None),
        ("37", 6, 16, Truth.WRONG, "cut, not rounded", "38"),
        ("12", 1, 8, Truth.POSSIBLE, "", None),
        ("100", 10, 10, Truth.POSSIBLE, "", None),
        ("0", 0, 10, Truth.POSSIBLE, "", None),
    ],
)
def test_a_figure_beside_its_own_count(
    percent: str, numerator: int, base: int, verdict: Truth, because: str, nearest: str | None
) -> None:
    found = one(share("a", percent, base, numerator))
    assert (found.verdict, found.because, found.nearest) == (verdict, because, nearest)


def test_a_figure_no_count_can_make() -> None:
    found = one(share("a", "7", 12))
    assert (found.verdict, found.nearest) == (Truth.IMPOSSIBLE, "8")


def test_a_figure_only_a_downward_tie_could_make() -> None:
    """3 of 8 is 37.5 %: 38 by either rule. 1 of 8 is 12.5 %: 13, or to the even 12."""
    assert one(share("a", "37", 8)).verdict is Truth.IMPOSSIBLE
    assert {one(share("a", p, 8)).verdict for p in ("38", "12", "13")} == {Truth.POSSIBLE}


def test_a_range_of_bases_excuses_a_figure_one_base_does_not() -> None:
    figure = share("a", "69.19", 187)
    assert one(figure).verdict is Truth.IMPOSSIBLE
    assert one(replace(figure, base_low=180)).verdict is Truth.POSSIBLE
    assert one(replace(figure, base_low=186)).verdict is Truth.IMPOSSIBLE


def test_without_a_base_anything_goes() -> None:
    assert one(share("a", "7")).verdict is Truth.POSSIBLE


def test_a_net_added_from_rounded_parts() -> None:
    """6 and 6 of 16 are 37.5 % each, printed 38 and 38; together 75 %, not 76."""
    parts = (share("p", "38", 16), share("q", "38", 16))
    net = share("n", "76", 16, kind=FigureKind.NET, of=("p", "q"))
    found = one(net, *parts)
    assert (found.verdict, found.because, found.nearest) == (Truth.IMPOSSIBLE, "added rounded parts", "75")
    assert one(replace(net, percent=Fraction(75)), *parts).verdict is Truth.POSSIBLE


def test_a_net_that_says_how_many_parts_it_was_added_from() -> None:
    net = share("n", "16.99", 159, kind=FigureKind.NET, rounded_parts=2)
    found = one(net)
    assert (found.verdict, found.because) == (Truth.IMPOSSIBLE, "added rounded parts")
    assert one(replace(net, rounded_parts=1)).because != "added rounded parts"


def test_a_net_against_its_own_count_comes_first() -> None:
    """17 + 17 + 17 + 12 and more: the report added percentages, and printed the count beside them."""
    parts = (share("p", "25", 1122, 282), share("q", "17", 1122, 189), share("r", "17", 1122, 185))
    net = share("n", "59", 1122, 656, kind=FigureKind.NET, of=("p", "q", "r"))
    found = one(net, *parts)
    assert (found.verdict, found.because, found.nearest) == (Truth.WRONG, "added rounded parts", "58")


def test_a_net_its_parts_do_not_allow() -> None:
    parts = (share("p", "30", 100), share("q", "20", 100))
    found = one(share("n", "60", 100, kind=FigureKind.NET, of=("p", "q")), *parts)
    assert (found.verdict, found.nearest) == (Truth.IMPOSSIBLE, "50")
    assert "50 out of 100" in found.because


def test_the_rest_of_the_whole_narrows_a_net() -> None:
    """On 1,000 people 30 % may be 295 to 305, but what is left leaves the net less room."""
    more = {"group": "Q", "part": True}
    parts = [share("p", "30", 1000, **more), share("q", "20", 1000, **more), share("r", "50.0", 1000, **more)]
    net = share("n", "50.8", 1000, kind=FigureKind.NET, of=("p", "q"))
    assert one(net, *parts).verdict is Truth.IMPOSSIBLE
    loose = [replace(part, group="", part=False) for part in parts]
    assert one(net, *loose).verdict is Truth.POSSIBLE


def test_parts_without_bases() -> None:
    net = share("n", "60", kind=FigureKind.NET, of=("p", "q"))
    assert one(net, share("p", "30"), share("q", "20")).verdict is Truth.IMPOSSIBLE
    assert one(net, share("p", "30"), share("q", "29")).verdict is Truth.POSSIBLE


def test_an_average() -> None:
    parts = (share("p", "30", 10), share("q", "45", 11))
    mean = share("m", "37.7", kind=FigureKind.MEAN, of=("p", "q"))
    assert one(mean, *parts).verdict is Truth.POSSIBLE
    of_printed = one(replace(mean, percent=Fraction("37.5")), *parts)
    assert (of_printed.verdict, of_printed.because) == (Truth.IMPOSSIBLE, "averaged rounded parts")
    other = one(replace(mean, percent=Fraction("39.0")), *parts)
    assert (other.verdict, other.nearest) == (Truth.IMPOSSIBLE, "37.7")


def test_an_average_of_figures_without_bases() -> None:
    mean = share("m", "38", kind=FigureKind.MEAN, of=("p", "q"))
    assert one(mean, share("p", "30"), share("q", "45")).verdict is Truth.POSSIBLE
    assert (
        one(replace(mean, percent=Fraction(40)), share("p", "30"), share("q", "45")).verdict
        is Truth.IMPOSSIBLE
    )


def test_an_average_is_rounded_and_not_cut() -> None:
    """55 and 56 of 100 average 55.5 %, which is 56 by either rule; 54 and 55 average 54.5 %: 55 or 54."""
    mean = share("m", "55", kind=FigureKind.MEAN, of=("p", "q"))
    found = one(mean, share("p", "55", 100), share("q", "56", 100))
    assert (found.verdict, found.because, found.nearest) == (Truth.IMPOSSIBLE, "cut, not rounded", "56")
    right = replace(mean, percent=Fraction(56))
    assert one(right, share("p", "55", 100), share("q", "56", 100)).verdict is Truth.POSSIBLE
    for even_or_up in (54, 55):
        shown = replace(mean, percent=Fraction(even_or_up))
        assert one(shown, share("p", "54", 100), share("q", "55", 100)).verdict is Truth.POSSIBLE


def whole(percents: str, base: int | None) -> list[Figure]:
    return [share(f"p{n}", p, base, group="Q", part=True) for n, p in enumerate(percents.split())]


def test_parts_of_a_whole() -> None:
    assert {f.verdict for f in judge(tuple(whole("12 23 30 25 10", 159)))} == {Truth.POSSIBLE}
    assert {f.verdict for f in judge(tuple(whole("12 23 30 25 13", 159)))} == {Truth.SUM_IMPOSSIBLE}
    assert {f.verdict for f in judge(tuple(whole("24 29 27 20", None)))} == {Truth.POSSIBLE}
    assert {f.verdict for f in judge(tuple(whole("24 29 27 25", None)))} == {Truth.SUM_IMPOSSIBLE}


def test_counts_that_do_not_add_to_the_base() -> None:
    counts = [101, 22, 22, 17, 10, 8, 3, 1, 1, 1, 1, 1]
    areas = tuple(share(f"a{n}", "", 187, x, group="Q2", part=True) for n, x in enumerate(counts))
    found = judge(areas)
    assert {f.verdict for f in found} == {Truth.SUM_IMPOSSIBLE}
    assert "188 out of 187: 1 too many" in found[0].because
    right = (replace(areas[0], numerator=100), *areas[1:])
    assert {f.verdict for f in judge(right)} == {Truth.POSSIBLE}


def test_parts_on_different_bases_are_no_whole() -> None:
    parts = (share("a", "50", 10, group="Q", part=True), share("b", "50", 12, group="Q", part=True))
    assert "different bases" in one(*parts).because


def test_waves_are_wholes_of_their_own() -> None:
    parts = [replace(part, wave=wave, id=part.id + wave) for wave in "ab" for part in whole("60 40", 50)]
    assert {f.verdict for f in judge(tuple(parts))} == {Truth.POSSIBLE}


def test_one_impossible_part_is_the_fault_not_the_whole() -> None:
    found = judge(tuple(whole("79.25 13.21 7.52", 159)))
    assert [f.verdict for f in found] == [Truth.POSSIBLE, Truth.POSSIBLE, Truth.IMPOSSIBLE]
    assert found[2].nearest == "7.55"


@st.composite
def table(draw: st.DrawFn) -> tuple[Figure, ...]:
    """A question as an honest office prints it: parts, nets of parts, an average of two of them."""
    people = draw(st.lists(st.integers(0, 400), min_size=2, max_size=7))
    base = sum(people)
    assume(base > 0)
    decimals, mode = draw(st.integers(0, 2)), draw(MODES)
    with_counts, with_base = draw(st.booleans()), draw(st.booleans())

    def printed(name: str, value: Fraction, count: int | None, **more: object) -> Figure:
        known = base if with_base or count is not None else None
        return share(name, show(value, decimals, mode), known, count, **more)

    parts = [
        printed(f"p{n}", Fraction(100 * x, base), x if with_counts else None, group="Q", part=True)
        for n, x in enumerate(people)
    ]
    chosen = draw(st.sets(st.integers(0, len(people) - 1), min_size=1))
    of = tuple(f"p{n}" for n in sorted(chosen))
    x = sum(people[n] for n in chosen)
    net = printed("net", Fraction(100 * x, base), x if with_counts else None, kind=FigureKind.NET, of=of)
    mean = share("mean", show(Fraction(100 * x, base * len(of)), decimals, mode), kind=FigureKind.MEAN, of=of)
    return (*draw(st.permutations([net, mean, *parts])),)


@given(table())
def test_no_false_alarm(figures: tuple[Figure, ...]) -> None:
    assert [f for f in judge(figures) if f.verdict is not Truth.POSSIBLE] == []


@given(table(), st.data())
def test_a_slip_of_a_whole_percent_in_a_part_never_passes(
    figures: tuple[Figure, ...], data: st.DataObject
) -> None:
    """The parts still have to add up, or the count beside the figure tells: off by 3 points and more."""
    parts = [f for f in figures if f.part and (f.percent or 0) + 10 <= 100]
    assume(parts)
    slipped = data.draw(st.sampled_from(parts))
    new = replace(slipped, percent=(slipped.percent or Fraction(0)) + 10)
    found = judge(tuple(new if f is slipped else f for f in figures))
    assert any(f.verdict is not Truth.POSSIBLE for f in found)


@given(table(), st.randoms(use_true_random=False))
def test_order_changes_nothing(figures: tuple[Figure, ...], random: object) -> None:
    spoilt = (replace(figures[0], percent=Fraction(1)), *figures[1:])
    mixed = list(spoilt)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert {f.id: f for f in judge(spoilt)} == {f.id: f for f in judge(tuple(mixed))}
