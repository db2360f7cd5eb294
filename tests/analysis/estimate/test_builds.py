"""Rule D6: two builds of one wave, side by side, give nobody away."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.analysis.estimate.builds import between_builds
from goldenthread.analysis.estimate.groups import Bases, hidden_levels

SMALLEST = 10
LEVELS = ("school", "nursery", "health", "council")


def bases(counts: dict[str, int]) -> Bases:
    return Bases(sum(counts.values()), {"area": counts})


def shown(
    counts: dict[str, int], hidden: frozenset[tuple[str, str]]
) -> dict[tuple[str | None, str | None], int]:
    """What a build prints: everybody, and each level that is not hidden."""
    levels = {("area", level): n for level, n in counts.items() if n and ("area", level) not in hidden}
    return {(None, None): sum(counts.values()), **levels}


def test_a_late_answer_hides_everything_where_everybody_differ_by_it() -> None:
    before = {"school": 40, "nursery": 30}
    assert between_builds(bases({**before, "school": 41}), [shown(before, frozenset())], SMALLEST) is None


def test_a_group_that_gained_a_few_is_hidden_and_cannot_be_worked_out() -> None:
    before = {"school": 40, "nursery": 30, "health": 50}
    now = {"school": 43, "nursery": 30, "health": 70}
    found = between_builds(bases(now), [shown(before, frozenset())], SMALLEST)
    assert found == {("area", "school"), ("area", "health")}


def test_the_same_answers_built_again_hide_nothing() -> None:
    before = {"school": 40, "nursery": 30}
    assert between_builds(bases(before), [shown(before, frozenset())], SMALLEST) == frozenset()


counts = st.fixed_dictionaries({level: st.integers(0, 60) for level in LEVELS})


@settings(max_examples=2000, deadline=None)
@given(before=counts, gained=st.fixed_dictionaries({level: st.integers(0, 25) for level in LEVELS}))
def test_no_sum_of_shown_groups_differs_between_builds_by_a_few(
    before: dict[str, int], gained: dict[str, int]
) -> None:
    """Only people who joined: every union of levels that both builds can state differs by 0 or 10."""
    now = {level: before[level] + gained[level] for level in LEVELS}
    first = shown(before, hidden_levels([bases(before)], SMALLEST))
    if first[None, None] < SMALLEST:
        return
    moved = between_builds(bases(now), [first], SMALLEST)
    if moved is None:
        return
    second = shown(now, hidden_levels([bases(now)], SMALLEST, moved))
    for levels in _stated(first) & _stated(second):
        gain = _sum(second, levels) - _sum(first, levels)
        assert not 0 < gain < SMALLEST, levels


def _stated(build: dict[tuple[str | None, str | None], int]) -> set[frozenset[str]]:
    """Every union of levels whose people a build lets anyone add up, everybody's rest included."""
    known = [level for grouping, level in build if grouping is not None and level is not None]
    unions = chain.from_iterable(combinations(known, n) for n in range(len(known) + 1))
    sets = {frozenset(union) for union in unions}
    return sets | {frozenset(LEVELS) - union for union in sets}


def _sum(build: dict[tuple[str | None, str | None], int], levels: frozenset[str]) -> int:
    if all(("area", level) in build for level in levels):
        return sum(build["area", level] for level in levels)
    rest = frozenset(LEVELS) - levels
    return build[None, None] - sum(build["area", level] for level in rest)


def test_a_grouping_whose_levels_were_renamed_is_hidden_as_it_cannot_be_held_against_itself() -> None:
    before = {"school": 40, "nursery": 30, "health": 50}
    now = {"schools": 43, "nursery": 50, "health": 50}
    found = between_builds(bases(now), [shown(before, frozenset())], SMALLEST)
    assert found == {("area", "schools"), ("area", "nursery"), ("area", "health")}
