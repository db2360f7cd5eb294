"""What a wave may show (method 10): the groups to hide, decided once for tables and figures alike.

The who-answered table comes first (D5, and D2 over all who answered). A level hidden there is hidden in
every item: an item nearly everyone answered would print the hidden count as its base, or as base,
outside, blank and not shown added up. The other way round is safe: where an item hides two levels the
who table shows, only their bases' sum can be worked out.

A grouping that is itself reported as an item prints its levels' counts as answers, for everybody; those
follow the who-answered table too (``hidden_answers``), or they would undo it. By another grouping it is a
table of two groupings that the study did not declare; no preset that hides shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.cube.model import EVERYONE, Cell, Cube
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.preset import Preset
from goldenthread.analysis.definition.study import ShownBefore
from goldenthread.analysis.estimate.builds import between_builds
from goldenthread.analysis.estimate.groups import Bases, Level, hidden_levels


@dataclass(frozen=True, slots=True)
class Protection:
    """One wave's hidden levels: in the who-answered table, and where to start in every item."""

    preset: Preset
    who: frozenset[Level]
    earlier: tuple[ShownBefore, ...] = ()

    def item(
        self, cube: Cube, coding: Coding, beyond: Sequence[Bases] = ()
    ) -> frozenset[tuple[str | None, str | None]]:
        """The levels to hide in one item; (None, None) too, where everybody in its base are too few.

        ``beyond`` are people left out of the item whom its figures could tell of (``parts``).
        """
        smallest = self.preset.smallest
        if not smallest:
            return frozenset()
        parts = sorted({cell.part for cell in cube.of(coding.item)})
        bases = [bases_of(cube, coding.item, part, coding) for part in parts]
        everybody = {(None, None)} if any(0 < b.everybody < smallest for b in bases) else set()
        few = [b for b in beyond if 0 < b.everybody < smallest]
        start = self.who | {level for b in few for level in with_second(b.levels, bases[0].levels)}
        shown = [each.items.get(coding.item, {}) for each in self.earlier]
        moved = between_builds(_together(bases), shown, smallest * len(bases))
        if moved is None:
            return frozenset((g, level) for g, levels in bases[0].levels.items() for level in levels) | {
                (None, None)
            }
        start |= moved
        enough = [b for b in beyond if b.everybody >= smallest]
        return hidden_levels([*bases, *enough], smallest, start) | everybody


def protection(cube: Cube, preset: Preset, earlier: tuple[ShownBefore, ...] = ()) -> Protection:
    """What ``preset`` hides of who answered, and ``earlier`` builds of the wave make it hide (D6)."""
    if not preset.smallest:
        return Protection(preset, frozenset())
    people = bases_of(cube, EVERYONE, 0, None)
    levels_only = [{place: n for place, n in shown.who.items() if place[0]} for shown in earlier]
    moved = between_builds(people, levels_only, preset.smallest) or frozenset()
    return Protection(preset, hidden_levels([people], preset.smallest, moved), earlier)


def with_second(
    few: Mapping[str, Mapping[str, int]], people: Mapping[str, Mapping[str, int]]
) -> Iterator[Level]:
    """The levels that hold any of a few people; where that is one, the smallest other level as well."""
    for grouping, levels in few.items():
        found = {level for level, n in levels.items() if n}
        others = [level for level, n in people[grouping].items() if n and level not in found]
        if len(found) == 1 and others:
            found.add(min(others, key=lambda level: (people[grouping][level], level)))
        yield from ((grouping, level) for level in found)


def _together(parts: Sequence[Bases]) -> Bases:
    """All parts of a pooled item as the one base it is shown with: answers, so that one person late may
    add one for each part (then fewer than ``smallest`` people are fewer than that many for each)."""
    if len(parts) == 1:
        return parts[0]
    groupings = parts[0].levels
    levels = {g: dict(sum((Counter(part.levels[g]) for part in parts), Counter[str]())) for g in groupings}
    return Bases(sum(part.everybody for part in parts), levels)


def bases_of(cube: Cube, item: str, part: int, coding: Coding | None) -> Bases:
    """The people in one base of the cube (``coding`` None for EVERYONE)."""
    groupings = cube.groupings
    cells = {g: [c for c in cube.of(item, g) if c.part == part] for g in (None, *groupings)}
    levels = {g: _by_level(cells[g], coding) for g in groupings}
    profiles = [
        (tuple(zip(groupings, profile.levels, strict=True)), profile.n)
        for profile in cube.profiles.get(item, ())
        if profile.part == part
    ]
    return Bases(sum(_by_level(cells[None], coding).values()), levels, profiles)


def _by_level(cells: Iterable[Cell], coding: Coding | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        if coding is None or coding.shares(cell.answer) is not None:
            found[cell.level] = found.get(cell.level, 0) + cell.n
    return found


def groupings_in(coding: Coding, groupings: Mapping[str, Variable]) -> frozenset[str]:
    """The groupings (by item, with the column each stands on) whose own question an item reports."""
    columns = {variable.id for variable in coding.variables}
    return frozenset(g for g, variable in groupings.items() if g == coding.item or variable.id in columns)


def hidden_answers(coding: Coding, own: Collection[str], who: Collection[Level]) -> frozenset[str]:
    """Answers and nets of a grouping's own item that would undo the who-answered table.

    ``own`` are the groupings the item reports. Everything, where those who did not say are hidden: the
    base would count them.
    """
    levels = {level for grouping, level in who if grouping in own}
    every = "" in levels
    hidden = (name for name, codes in coding.members.items() if every or levels.intersection(codes))
    return frozenset(hidden)
