"""Numbered builds of one wave held against each other (rule D6).

A figure shown in one build and a figure shown in the next are two published groups. Where they differ
by 1 to 9 people (an answer came late, a row was mended), the difference is those people: then the later
build does not show the group. A group hidden so could still be everybody less the others in both
builds, so its grouping hides on until what is hidden differs by nobody or by enough together.

People are told apart by number alone: an answer changed in place, in a base of the same size, is not
seen here. Groupings are held against themselves, not across each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.definition.study import Place
from goldenthread.analysis.estimate.groups import Bases, Level

Shown = Mapping[Place, int]
"""The bases an earlier build showed for one item, or of all who answered."""


def between_builds(now: Bases, earlier: Sequence[Shown], smallest: int) -> frozenset[Level] | None:
    """The levels to hide of one base so that no earlier build and this one differ by 1 to 9 people.

    None where everybody differ by so few: then nothing of the item may be shown.
    """
    if any(_few(now.everybody - shown.get((None, None), now.everybody), smallest) for shown in earlier):
        return None
    return frozenset(
        (grouping, level)
        for shown in earlier
        for grouping, levels in now.levels.items()
        for level in _hidden(_Moved.of(grouping, now, levels, shown), smallest)
    )


@dataclass(frozen=True, slots=True)
class _Moved:
    """How many people each level gained or lost that was shown before, and the rest together.

    ``rest`` are the levels not shown before: everybody less the others told of them all at once.
    ``gone`` says that a level shown before has nobody now.
    """

    levels: Mapping[str, int]
    rest: frozenset[str]
    by_rest: int
    gone: bool = False

    @staticmethod
    def of(grouping: str, now: Bases, levels: Mapping[str, int], shown: Shown) -> _Moved:
        """One grouping against what was shown; nothing has moved where it was not shown at all."""
        known = {
            level: n - shown[grouping, level] for level, n in levels.items() if (grouping, level) in shown
        }
        everybody = now.everybody - shown.get((None, None), now.everybody)
        gone = any(g == grouping and n and level not in levels for (g, level), n in shown.items())
        rest = frozenset(levels.keys() - known.keys()) if known or gone else frozenset()
        return _Moved(known, rest, everybody - sum(known.values()) if rest else 0, gone)

    def tells(self, hidden: Collection[str], smallest: int) -> bool:
        """Whether what is hidden would give a few people away: with the rest, or where that is shown."""
        by_hidden = sum(self.levels[level] for level in hidden)
        alone = [] if _few(self.by_rest, smallest) else [by_hidden]
        return any(_few(n, smallest) for n in (by_hidden + self.by_rest, *alone))


def _few(people: int, smallest: int) -> bool:
    return 0 < abs(people) < smallest


def _hidden(moved: _Moved, smallest: int) -> frozenset[str]:
    """The levels to hide, adding those that moved most until nothing tells; else all of them.

    All of them too where a level shown before is not there now: it may only be called otherwise.

    The rest stay hidden where together they moved by a few: the build before told of them together.
    """
    if moved.gone:
        return frozenset(moved.levels) | moved.rest
    hidden = {level for level, n in moved.levels.items() if _few(n, smallest)}
    left = sorted(moved.levels.keys() - hidden, key=lambda level: (abs(moved.levels[level]), level))
    while left and moved.tells(hidden, smallest):
        hidden.add(left.pop())
    rest = moved.rest if _few(moved.by_rest, smallest) else frozenset()
    if moved.tells(hidden, smallest):
        return frozenset(moved.levels) | moved.rest
    return frozenset(hidden) | rest
