"""Which groups of an item may be shown (rules D1 and D2).

A group of 1 to 9 people is hidden. It can still be worked out where the other levels are shown, or where
groups of other groupings lie inside it or around it; so while anything of 1 to 9 people can be worked
out from what is shown (``spans``), the next smallest level that has part in it is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.analysis.estimate.spans import Level, given_away

__all__ = ["Bases", "Level", "hidden_levels"]


@dataclass(frozen=True, slots=True)
class Bases:
    """People in one base: everybody, by level of each grouping, and by levels of all groupings at once
    (which may be left out where there is one grouping)."""

    everybody: int
    levels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    profiles: Sequence[tuple[Sequence[Level], int]] = ()


def hidden_levels(parts: Sequence[Bases], smallest: int, start: Iterable[Level] = ()) -> frozenset[Level]:
    """The levels to hide so that no group of 1 to ``smallest`` - 1 people is shown or worked out.

    ``parts`` are the bases to protect together: one, or one for each part of a pooled item. ``start``
    is hidden already. The same whatever the order of rows or of groupings; everything is hidden where
    everybody together are too few.
    """
    sizes = _sizes(parts)
    hidden = set(start)
    if any(0 < part.everybody < smallest for part in parts):
        return frozenset(hidden.union(sizes))
    hidden |= {level for part in parts for level in _small(part, smallest)}
    while dangerous := next(_dangers(parts, hidden, smallest), None):
        hidden.add(_next(dangerous, sizes, hidden))
    return frozenset(hidden)


def _sizes(parts: Sequence[Bases]) -> dict[Level, int]:
    """Every level that holds anybody, and its people in the largest part."""
    found: dict[Level, int] = {}
    for part in parts:
        for level, n in _levels(part):
            found[level] = max(n, found.get(level, 0))
    return found


def _levels(part: Bases) -> Iterator[tuple[Level, int]]:
    for grouping, levels in part.levels.items():
        yield from (((grouping, level), n) for level, n in levels.items() if n)


def _small(part: Bases, smallest: int) -> Iterator[Level]:
    yield from (level for level, n in _levels(part) if n < smallest)


def _dangers(parts: Sequence[Bases], hidden: set[Level], smallest: int) -> Iterator[Collection[Level]]:
    """The levels that have part in giving a small group away; first where one grouping does it alone."""
    for part in parts:
        yield from _remainders(part, hidden, smallest)
    for part in parts:
        shown = {level for level, _ in _levels(part)} - hidden
        found = given_away(part.profiles, shown, smallest) if part.profiles else None
        if found is not None:
            yield found or shown


def _remainders(part: Bases, hidden: set[Level], smallest: int) -> Iterator[Collection[Level]]:
    """Everybody less the levels shown: too few, or as many people as levels, one in each."""
    for grouping in sorted(part.levels):
        levels = [(level, n) for level, n in _levels(part) if level[0] == grouping]
        unseen = [n for level, n in levels if level in hidden]
        if 0 < sum(unseen) < smallest or 0 < sum(unseen) == len(unseen) < len(levels):
            yield [level for level, _ in levels]


def _next(dangerous: Collection[Level], sizes: Mapping[Level, int], hidden: set[Level]) -> Level:
    """The smallest shown level with part in it; where a grouping hides one level only, its next one
    (with part in it, if any), for a lone hidden level is everybody less the rest."""
    shown = [level for level in sizes if level not in hidden]
    lone = {grouping for grouping, _ in dangerous if _hidden_in(grouping, sizes, hidden) == 1}
    seconds = [level for level in shown if level[0] in lone]
    near = [level for level in shown if level in dangerous]
    helpful = [level for level in seconds if level in dangerous]
    return min(helpful or seconds or near or shown, key=lambda level: (sizes[level], level))


def _hidden_in(grouping: str, sizes: Mapping[Level, int], hidden: set[Level]) -> int:
    return sum(1 for level in hidden if level[0] == grouping and level in sizes)
