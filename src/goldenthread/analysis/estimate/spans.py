"""Groups that can be worked out from published ones, by any adding and taking away (rule D2).

Count 1 for each person in a published group. Whatever can be worked out by unions of groups that do not
meet, and differences of groups one inside the other, however often, is a sum of published groups, each
taken some number of times (or minus as often), that comes to 1 for its own people and 0 for everybody
else. We look for such sums over all groupings at once that come to 1 for 1 to 9 people only.

People with the same published groups stand and fall together: a *kind*. Kinds of ten and more come to 0;
then a kind is put to 0, or to 1, and what that settles of the others follows by elimination, until one
comes to neither, or to 1 for too many, or all are settled. That is a whole search, not a sample, and in
real surveys a short one, because large kinds settle nearly everything.

For two groupings this asks no more than whether unions of levels of one lie inside unions of the other
with 1 to 9 people over; three groupings can give away what no two do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Level = tuple[str, str]
"""(grouping, level)."""

Kinds = Sequence[tuple[frozenset[Level], int]]
"""People by the published levels they belong to."""

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


def kinds_of(profiles: Sequence[tuple[Sequence[Level], int]], shown: Collection[Level]) -> Kinds:
    """People by those of their levels that are in ``shown``: the largest kinds first."""
    found: Counter[frozenset[Level]] = Counter()
    for levels, n in profiles:
        found[frozenset(level for level in levels if level in shown)] += n
    return sorted(found.items(), key=lambda kind: (-kind[1], sorted(kind[0])))


def given_away(kinds: Kinds, smallest: int) -> frozenset[Level] | None:
    """The levels that a group of 1 to ``smallest`` - 1 people belongs to which can be worked out from
    everybody and the levels; None where there is no such group.

    ``kinds`` as ``kinds_of`` gives them; everybody, and each level, must have ``smallest`` people or none.
    """
    levels = sorted(set().union(*(of for of, _ in kinds)))
    people = np.array([n for _, n in kinds], dtype=np.float64)
    member = np.array([[1, *(level in of for level in levels)] for of, _ in kinds], dtype=np.float64)
    start = _State(member, np.zeros(len(kinds)))
    for kind in np.flatnonzero(people >= smallest):
        if start.freedom[kind] > _ZERO:
            start = start.settled(int(kind), 0)
    found = _search(start, people, smallest)
    if found is None:
        return None
    return frozenset().union(*(kinds[kind][0] for kind in found))


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
