"""Groups that can be worked out from published ones, by any adding and taking away (rule D2).

Count 1 for each person in a published group. Whatever can be worked out by unions of groups that do not
meet, and differences of groups one inside the other, however often, is a sum of published groups, each
taken some number of times (or minus as often), that comes to 1 for its own people and 0 for everybody
else. We look for such sums over all groupings at once that come to 1 for 1 to 9 people only.

People with the same published groups stand and fall together: a *kind*. Kinds of ten and more come to 0,
and so does all that stands on many people in many ways (``standing``), which is nearly everything in a
large survey. What is left is searched: a kind is put to 0, or to 1, and what that settles of the others
follows by elimination, until one comes to neither, or to 1 for too many, or all are settled. That is a
whole search, not a sample.

For two groupings this asks no more than whether unions of levels of one lie inside unions of the other
with 1 to 9 people over; three groupings can give away what no two do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.estimate.standing import all_stands, free_of, member_of

Level = tuple[str, str]
"""(grouping, level)."""

Profiles = Sequence[tuple[Sequence[Level], int]]
"""People by a level of each grouping."""

Floats = NDArray[np.float64]

_STEPS = 5_000
"""Where the search has not ended after so many steps, we take it that something is given away."""

_ZERO = 1e-7


@dataclass(frozen=True, slots=True)
class _State:
    """What is left to settle. ``rows`` has one for each kind: what of its sum is still free, in terms
    of how often each group is taken; nothing where the kind is settled. ``comes_to`` is the rest."""

    rows: Floats
    comes_to: Floats

    @property
    def freedom(self) -> Floats:
        """Above 0 for kinds that are not settled."""
        return np.asarray((self.rows**2).sum(axis=1), dtype=np.float64)

    def settled(self, kind: int, value: float) -> _State:
        """The same with one kind put to ``value``, and all that follows from it."""
        row = self.rows[kind]
        share = self.rows @ row / (row @ row)
        moved = self.comes_to + share * (value - self.comes_to[kind])
        return _State(self.rows - np.outer(share, row), moved)


def given_away(profiles: Profiles, shown: Collection[Level], smallest: int) -> frozenset[Level] | None:
    """The levels that a group of 1 to ``smallest`` - 1 people belongs to which can be worked out from
    everybody and the levels ``shown``; None where there is no such group.

    Everybody, and each level shown, must have ``smallest`` people or none.
    """
    levels = sorted(shown)
    kinds = _kinds(profiles, {level: place for place, level in enumerate(levels, 1)})
    people = np.array([n for _, n in kinds], dtype=np.float64)
    places = np.array([of for of, _ in kinds], dtype=np.intp)
    if all_stands(places, people, smallest):
        return None
    rows = free_of(member_of(places, len(levels) + 1), people, smallest)
    free = np.flatnonzero((rows**2).sum(axis=1) > _ZERO)
    found = _search(_State(rows[free], np.zeros(len(free))), people[free], smallest) if len(free) else None
    if found is None:
        return None
    return frozenset(levels[place - 1] for kind in found for place in kinds[free[kind]][0] if place)


def _kinds(profiles: Profiles, place: dict[Level, int]) -> list[tuple[tuple[int, ...], int]]:
    """People by the places of their levels that are shown (0 where one is not): the largest kinds first."""
    found: Counter[tuple[int, ...]] = Counter()
    for levels, n in profiles:
        found[tuple([place.get(level, 0) for level in levels])] += n
    return sorted(found.items(), key=lambda kind: (-kind[1], kind[0]))


def _search(start: _State, people: Floats, smallest: int) -> list[int] | None:
    """The kinds that come to 1 in the first sum found that gives too few away."""
    waiting = [start]
    for _ in range(_STEPS):
        if not waiting:
            return None
        state = waiting.pop()
        freedom = state.freedom
        free = freedom > _ZERO
        given = _given(state.comes_to[~free], people[~free], smallest)
        if given is None:
            continue
        if not free.any():
            if given:
                return [int(kind) for kind in np.flatnonzero(state.comes_to > 0.5)]
            continue
        kind = _next(people, freedom, free)
        if given + people[kind] < smallest:
            waiting.append(state.settled(kind, 1))
        waiting.append(state.settled(kind, 0))
    return list(range(len(people)))


def _given(comes_to: Floats, people: Floats, smallest: int) -> int | None:
    """People in the settled kinds that come to 1; None where that cannot lead to too small a group."""
    whole = np.rint(comes_to)
    if (np.abs(comes_to - whole) > 1e-5).any() or (np.abs(whole - 0.5) > 0.5).any():
        return None
    total = int(people @ whole) if len(people) else 0
    return total if total < smallest else None


def _next(people: Floats, freedom: Floats, free: NDArray[np.bool_]) -> int:
    """The kind to settle next: the largest and, of those, the one nearest to being settled."""
    return int(np.lexsort((freedom, -people, ~free))[0])
