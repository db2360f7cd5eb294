"""The change for the same mix of people."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.analysis.compare.mix import Level, conflict, merge, one_sided, two_sided, weights
from goldenthread.analysis.compare.model import Verdict
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.compare.reading import Side

LEVELS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.floats(0, 1), st.floats(0, 1)),
    min_size=1,
    max_size=9,
)


def level(name: str, weight: float, later: tuple[float, float], earlier: tuple[float, float] | None) -> Level:
    """(people agreeing, base) in each wave."""
    parts = [None if c is None else Proportion(c[0] / c[1] if c[1] else 0.0, c[1]) for c in (later, earlier)]
    assert parts[0] is not None
    return Level(name, weight, parts[0], parts[1])


def made(raw: list[tuple[int, int, float, float]]) -> list[Level]:
    total = sum(a + b for a, b, _, _ in raw) or 1
    return [
        Level(f"g{n}", (a + b) / total, Proportion(p, a), Proportion(q, b))
        for n, (a, b, p, q) in enumerate(raw)
    ]


def test_a_change_that_is_only_a_change_of_mix_vanishes() -> None:
    """Schools agree at 80 %, health at 40 %, in both waves; schools were half, then three quarters."""
    weight = weights({"school": 100, "health": 100}, {"school": 150, "health": 50})
    levels = [
        level("school", weight["school"], (120, 150), (80, 100)),
        level("health", weight["health"], (20, 50), (40, 100)),
    ]
    found = two_sided(levels)
    assert found is not None
    assert isclose(found.points, 0, abs_tol=1e-9)
    assert isclose(weight["school"], 250 / 400)


def test_two_sided_by_hand() -> None:
    levels = [level("a", 0.6, (30, 60), (30, 50)), level("b", 0.4, (10, 40), (5, 50))]
    found = two_sided(levels)
    assert found is not None
    v = [
        (31 / 62) ** 2 / 60,
        (31 / 52) * (21 / 52) / 50,
        (11 / 42) * (31 / 42) / 40,
        (6 / 52) * (46 / 52) / 50,
    ]
    error = 1.96 * (0.36 * (v[0] + v[1]) + 0.16 * (v[2] + v[3])) ** 0.5
    d = 0.6 * (0.5 - 0.6) + 0.4 * (0.25 - 0.1)
    assert isclose(found.points, 100 * d, abs_tol=1e-9)
    assert isclose(found.low, 100 * (d - error), rel_tol=1e-9)
    assert isclose(found.high, 100 * (d + error), rel_tol=1e-9)
    assert found.cells == 2


def test_one_sided_by_hand() -> None:
    levels = [level("a", 0.54, (30, 60), None), level("b", 0.46, (10, 40), None)]
    found = one_sided(levels, Side(0.5, 0.5, 187, 187))
    assert found is not None
    d = 0.54 * 0.5 + 0.46 * 0.25 - 0.5
    x = 0.5 * 187 + 1
    v1 = x / 189 * (1 - x / 189) / 187
    v2 = 0.54**2 * (31 / 62) ** 2 / 60 + 0.46**2 * (11 / 42) * (31 / 42) / 40
    assert isclose(found.points, 100 * d, abs_tol=1e-9)
    assert isclose(found.high - found.low, 200 * 1.96 * (v1 + v2) ** 0.5, rel_tol=1e-9)


def test_small_levels_join_the_next_smallest() -> None:
    levels = [
        level("big", 0.6, (30, 60), (30, 60)),
        level("mid", 0.2, (5, 20), (5, 20)),
        level("small", 0.12, (2, 12), (2, 12)),
        level("tiny", 0.08, (1, 4), (1, 12)),
    ]
    merged = {cell.name: cell for cell in merge(levels)}
    assert set(merged) == {"big", "mid", "all other"}
    assert merged["all other"].later == Proportion(3 / 16, 16)
    assert isclose(merged["all other"].weight, 0.2)


def test_a_hidden_level_never_stands_alone_beside_shown_ones() -> None:
    """Alone, its share would be the one unknown in a sum of known ones."""
    levels = [
        level("a", 0.5, (30, 60), (30, 60)),
        level("b", 0.3, (30, 50), (30, 50)),
        replace(level("c", 0.15, (10, 40), (10, 40)), hidden=True),
        replace(level("d", 0.05, (1, 30), (1, 5)), hidden=True),
    ]
    merged = {cell.name: cell.later.n for cell in merge(levels)}
    assert merged == {"a": 60, "b": 50, "all other": 70}


def test_everything_that_is_small_ends_in_one_other() -> None:
    levels = [level(f"g{n}", 0.2, (1, 6), (1, 6)) for n in range(5)]
    (only,) = merge(levels)
    assert (only.name, only.later.n) == ("all other", 30)
    assert two_sided(levels) is None


def under(parent: str, made: Level, *, hidden: bool = False) -> Level:
    return replace(made, parent=parent, hidden=hidden)


SCHOOL = level("school", 0.4, (30, 60), (24, 60))
HEALTH = level("health", 0.2, (9, 15), (3, 15))
NURSERY = under("early years", level("nursery", 0.1, (2, 4), (3, 6)))
MINDER = under("early years", level("childminder", 0.3, (12, 20), (10, 20)))


def test_a_small_level_joins_those_of_its_parent_by_hand() -> None:
    """Without its parent the nursery's four would go to the next smallest, health."""
    merged = {cell.name: cell for cell in merge([SCHOOL, HEALTH, NURSERY, MINDER])}
    assert set(merged) == {"school", "health", "early years"}
    early = merged["early years"]
    assert (early.later, early.earlier) == (Proportion(14 / 24, 24), Proportion(13 / 26, 26))
    found = two_sided([SCHOOL, HEALTH, NURSERY, MINDER])
    assert found is not None
    assert found.cells == 3
    d = 0.4 * (0.5 - 0.4) + 0.2 * (9 / 15 - 3 / 15) + 0.4 * (14 / 24 - 13 / 26)
    assert isclose(found.points, 100 * d)
    alone = {
        cell.name for cell in merge([replace(each, parent="") for each in (SCHOOL, HEALTH, NURSERY, MINDER)])
    }
    assert alone == {"school", "all other", "childminder"}


def test_every_level_of_a_parent_joins_and_other_parents_stay_apart() -> None:
    forest = under("early years", level("forest school", 0.1, (20, 40), (20, 40)))
    ward, clinic = (under("health", level(name, 0.1, (5, 12), (5, 12))) for name in ("ward", "clinic"))
    merged = {cell.name: cell.later.n for cell in merge([SCHOOL, NURSERY, MINDER, forest, ward, clinic])}
    assert merged == {"school": 60, "early years": 64, "ward": 12, "clinic": 12}


def test_what_is_too_small_with_its_parent_goes_to_all_other() -> None:
    twins = [under("early years", level(name, 0.1, (2, 4), (2, 4))) for name in ("nursery", "childminder")]
    merged = {cell.name: cell.later.n for cell in merge([SCHOOL, HEALTH, *twins])}
    assert merged == {"school": 60, "all other": 23}


def test_the_newer_wave_alone_is_merged_by_parent_by_hand() -> None:
    """Early years were a fifth of the older wave; today four nurseries and sixteen childminders answered."""
    levels = [
        level("school", 0.8, (40, 80), None),
        under("early years", level("nursery", 0.15, (4, 4), None)),
        under("early years", level("childminder", 0.05, (6, 16), None)),
    ]
    found = one_sided(levels, Side(0.4, 0.4, 100, 100))
    assert found is not None
    assert isclose(found.points, 100 * (0.8 * 0.5 + 0.2 * 0.5 - 0.4))


def test_a_parent_takes_hidden_levels_in_where_it_has_them_all() -> None:
    """Then early years are everybody less school and health, which a reader works out anyway."""
    levels = [SCHOOL, HEALTH, replace(NURSERY, hidden=True), MINDER]
    assert {cell.name: cell.later.n for cell in merge(levels)} == {
        "school": 60,
        "health": 15,
        "early years": 24,
    }
    large = [
        SCHOOL,
        HEALTH,
        replace(MINDER, hidden=True),
        under("early years", replace(SCHOOL, name="forest")),
    ]
    assert {cell.name: cell.later.n for cell in merge(large)} == {
        "school": 60,
        "health": 15,
        "early years": 80,
    }


def test_who_among_the_hidden_of_a_parent_is_nobody_changes_nothing() -> None:
    tiny = level("ward", 0.1, (0, 0), (3, 5))
    for people in ((20, 0), (11, 9), (0, 20)):
        early = [
            under("early", level(name, 0.0, (0, n), (0, n)), hidden=True)
            for name, n in zip(("nursery", "childminder"), people, strict=True)
        ]
        merged = {cell.name: cell.later.n for cell in merge([SCHOOL, HEALTH, tiny, *early])}
        assert merged == {"school": 60, "early": 20, "all other": 15}


@pytest.mark.parametrize("parent", ["", "health"])
def test_hidden_levels_of_several_parents_leave_them_for_all_other(parent: str) -> None:
    """In two cells, the change and everybody would be two known sums of two unknown figures."""
    ward = under(parent, level("ward", 0.1, (3, 12), (3, 12)), hidden=True)
    cells = merge([SCHOOL, HEALTH, replace(NURSERY, hidden=True), MINDER, ward])
    assert {cell.name: cell.later.n for cell in cells} == {
        "school": 60,
        "health": 15,
        "childminder": 20,
        "all other": 16,
    }


COUNTED = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda n: (min(n), max(n)))
KIN = st.sampled_from(["", "one", "two"])


@given(
    st.lists(st.tuples(COUNTED, COUNTED, KIN), min_size=1, max_size=4),
    st.lists(st.tuples(COUNTED, COUNTED, KIN), min_size=2, max_size=3),
)
def test_hidden_levels_tell_no_more_than_all_of_them_together(
    shown: list[tuple[tuple[int, int], tuple[int, int], str]],
    hidden: list[tuple[tuple[int, int], tuple[int, int], str]],
) -> None:
    """Whoever among the hidden gave which answer, the result is the same: it knows their sums alone."""
    people = sum(later[1] + earlier[1] for later, earlier, _ in (*shown, *hidden)) or 1

    def one(name: str, counted: tuple[tuple[int, int], tuple[int, int], str]) -> Level:
        later, earlier, parent = counted
        return under(parent, level(name, (later[1] + earlier[1]) / people, later, earlier))

    open_levels = [one(f"g{n}", counted) for n, counted in enumerate(shown)]
    sums = tuple(tuple(sum(c[w][k] for c in hidden) for k in (0, 1)) for w in (0, 1))
    gathered = [(sums[0], sums[1], hidden[0][2]), *(((0, 0), (0, 0), parent) for _, _, parent in hidden[1:])]
    results = []
    for told in (hidden, gathered):
        unseen = [replace(one(f"h{n}", counted), hidden=True) for n, counted in enumerate(told)]
        results.append(two_sided([*open_levels, *unseen]))
    first, second = results
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.cells == second.cells
        assert (first.points, first.low, first.high) == pytest.approx(
            (second.points, second.low, second.high)
        )


@given(LEVELS)
def test_merging_leaves_ten_everywhere_and_loses_no_weight(raw: list[tuple[int, int, float, float]]) -> None:
    cells = merge(made(raw))
    assert all(cell.fewest >= 10 for cell in cells)
    if cells:
        assert isclose(sum(cell.weight for cell in cells), 1)
        assert sum(cell.later.n for cell in cells) == sum(a for a, _, _, _ in raw)
    enough = min(sum(a for a, *_ in raw), sum(b for _, b, *_ in raw)) >= 10
    assert bool(cells) == enough


@given(LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_levels_changes_nothing(
    raw: list[tuple[int, int, float, float]], random: object
) -> None:
    levels = made(raw)
    mixed = list(levels)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert two_sided(levels) == two_sided(mixed)


def test_one_sided_ignores_people_the_older_wave_had_none_of() -> None:
    levels = [
        level("a", 0.5, (30, 60), None),
        level("b", 0.5, (10, 40), None),
        level("new", 0.0, (40, 40), None),
    ]
    found = one_sided(levels, Side(0.375, 0.375, 100, 100))
    assert found is not None
    assert isclose(found.points, 0, abs_tol=1e-9)


def test_conflict() -> None:
    assert conflict(Verdict.ROSE, 6, Verdict.FELL, 4, 5)
    assert conflict(Verdict.FELL, -6, Verdict.SAME, -2, 5)
    assert conflict(Verdict.FEW, 8, Verdict.FEW, 2, 5)
    assert not conflict(Verdict.FEW, 7, Verdict.FEW, 2, 5)
    assert not conflict(Verdict.ROSE, 6, Verdict.FEW, 4, 5)
    assert not conflict(Verdict.SAME, 1, Verdict.ROSE, 3, 5)
