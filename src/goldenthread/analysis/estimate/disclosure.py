"""What a wave may show (method 10): the groups to hide, decided once for tables and figures alike.

The who-answered table comes first (D5, and D2 over all who answered). A level hidden there is hidden in
every item: an item nearly everyone answered would print the hidden count as its base, or as base,
outside, blank and not shown added up. The other way round is safe: where an item hides two levels the
who table shows, only their bases' sum can be worked out.

A grouping that is itself reported as an item prints its levels' counts as answers, for everybody; those
follow the who-answered table too (``hidden_answers``), or they would undo it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.cube.model import EVERYONE, Cell, Cube
from goldenthread.analysis.definition.preset import Preset
from goldenthread.analysis.estimate.groups import Bases, Level, hidden_levels


@dataclass(frozen=True, slots=True)
class Protection:
    """One wave's hidden levels: in the who-answered table, and where to start in every item."""

    preset: Preset
    who: frozenset[Level]

    def item(self, cube: Cube, coding: Coding) -> frozenset[tuple[str | None, str | None]]:
        """The levels to hide in one item; (None, None) too, where everybody in its base are too few."""
        smallest = self.preset.smallest
        if not smallest:
            return frozenset()
        parts = sorted({cell.part for cell in cube.of(coding.item)})
        bases = [bases_of(cube, coding.item, part, coding) for part in parts]
        everybody = {(None, None)} if any(0 < b.everybody < smallest for b in bases) else set()
        return hidden_levels(bases, smallest, self.who) | everybody


def protection(cube: Cube, preset: Preset) -> Protection:
    """What ``preset`` hides of who answered."""
    if not preset.smallest:
        return Protection(preset, frozenset())
    return Protection(preset, hidden_levels([bases_of(cube, EVERYONE, 0, None)], preset.smallest))


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


def hidden_answers(coding: Coding, who: Collection[Level]) -> frozenset[str]:
    """Answers and nets of a grouping's own item that would undo the who-answered table.

    Everything, where those who did not say are hidden: the base would count them.
    """
    levels = {level for grouping, level in who if grouping == coding.item}
    every = "" in levels
    hidden = (name for name, codes in coding.members.items() if every or levels.intersection(codes))
    return frozenset(hidden)
