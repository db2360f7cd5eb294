"""Groups that can be worked out from published ones, by any adding and taking away (rule D2).

Count 1 for each person in a published group. Whatever can be worked out by unions of groups that do not
meet, and differences of groups one inside the other, however often, is a sum of published groups, each
taken some number of times (or minus as often), that comes to 1 for its own people and 0 for everybody
else. So we ask a mixed-integer programme for such sums over all groupings at once that give 1 to 9
people. People with the same published groups stand and fall together, so it has one row for each such
kind of people; kinds of ten and more must come to 0, and that settles most of them before any search.

For two groupings this asks no more than whether unions of levels of one lie inside unions of the other
with 1 to 9 people over; three groupings can give away what no two do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Level = tuple[str, str]
"""(grouping, level)."""

Kinds = Sequence[tuple[frozenset[Level], int]]
"""People by the published levels they belong to."""

_NODES = 5_000
"""Where the search has not ended after so many branches, we take it that something is given away."""


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A group of too few that can be worked out: the published levels its people belong to."""

    levels: frozenset[Level]


def kinds_of(profiles: Sequence[tuple[Sequence[Level], int]], shown: Collection[Level]) -> Kinds:
    """People by those of their levels that are in ``shown``; in an order of its own."""
    found: Counter[frozenset[Level]] = Counter()
    for levels, n in profiles:
        found[frozenset(level for level in levels if level in shown)] += n
    return sorted(found.items(), key=lambda kind: sorted(kind[0]))


def given_away(kinds: Kinds, smallest: int) -> GivenAway | None:
    """A group of 1 to ``smallest`` - 1 people that can be worked out from everybody and the levels.

    None where there is none. Everybody, and each level, must have ``smallest`` people or none.
    """
    levels = sorted(set().union(*(of for of, _ in kinds)))
    people = np.array([n for _, n in kinds], dtype=np.float64)
    few = np.flatnonzero(people < smallest)
    if not levels or not few.size:
        return None
    found = milp(
        np.zeros(1 + len(levels) + len(few)),
        constraints=_constraints(kinds, levels, few, smallest),
        integrality=np.repeat([0, 1], [1 + len(levels), len(few)]),
        bounds=_bounds(kinds, levels, len(few)),
        options={"node_limit": _NODES},
    )
    if found.status == 1:
        return GivenAway(frozenset(levels))
    if found.x is None:
        return None
    taken = few[found.x[1 + len(levels) :] > 0.5]
    return GivenAway(frozenset().union(*(kinds[place][0] for place in taken)))


def _constraints(
    kinds: Kinds, levels: Sequence[Level], few: NDArray[np.intp], smallest: int
) -> list[LinearConstraint]:
    """Unknowns: how often everybody and each level are taken; then, 0 or 1, which small kinds come to 1.

    Each kind's sum is what it comes to (0 for the large), and those that come to 1 are too few.
    """
    member = np.array([[1, *(level in of for level in levels)] for of, _ in kinds], dtype=np.float64)
    comes_to = np.zeros((len(kinds), len(few)))
    comes_to[few, np.arange(len(few))] = 1
    people = [0] * member.shape[1] + [kinds[place][1] for place in few]
    return [
        LinearConstraint(np.hstack([member, -comes_to]), 0, 0),
        LinearConstraint(np.array([people]), 1, smallest - 1),
    ]


def _bounds(kinds: Kinds, levels: Sequence[Level], few: int) -> Bounds:
    """How often a group may be taken. Where a grouping is shown whole, its levels add up to everybody:
    one of them is not needed."""
    groupings = {grouping for grouping, _ in levels}
    most = np.full(len(levels) + 1, float(len(groupings) + 1))
    for grouping in sorted(groupings):
        if all(any(level[0] == grouping for level in of) for of, _ in kinds):
            most[1 + next(place for place, level in enumerate(levels) if level[0] == grouping)] = 0
    return Bounds(np.concatenate([-most, np.zeros(few)]), np.concatenate([most, np.ones(few)]))
