"""The marginal cube of one wave: every count that any figure stands on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from goldenthread.analysis.cube.store import Row, read_rows, write_rows
from goldenthread.analysis.problem import Refusal

EVERYONE = ""
"""In place of an item: all who answered the wave, whatever they answered."""

OUTSIDE = -3
"""The answer of a person left out of a combined item because a part was outside its base."""


class Cell(NamedTuple):
    """People of one group and stratum who gave one answer.

    ``part`` numbers the columns of a pooled item from 0. ``answer`` is a position among the item's
    answers, or BLANK, NOT_SHOWN or OUTSIDE; for a mean of items, the positions of its parts as the
    digits of one number (``decode``).
    """

    part: int
    level: str
    stratum: str
    answer: int
    n: int
    w: float
    w2: float


class Profile(NamedTuple):
    """People in an item's base (one part) who belong to one level of each of the cube's groupings."""

    part: int
    levels: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Cube:
    """One wave's counts.

    ``cells`` are keyed by item (or EVERYONE) and grouping (None for everybody); ``profiles`` by item,
    with levels in the order of ``groupings``: they say which groups meet, and no answers. ``weighted`` is
    false where every person weighs one.
    """

    wave: str
    people: int
    weighted: bool = False
    stratified: bool = False
    cells: Mapping[tuple[str, str | None], tuple[Cell, ...]] = field(default_factory=dict)
    profiles: Mapping[str, tuple[Profile, ...]] = field(default_factory=dict)

    @property
    def groupings(self) -> tuple[str, ...]:
        """The groupings this wave was counted by."""
        return tuple(group for item, group in self.cells if item == EVERYONE and group is not None)

    def of(self, item: str, grouping: str | None = None) -> tuple[Cell, ...]:
        """The cells of one item by one grouping (none where it was not counted)."""
        return self.cells.get((item, grouping), ())

    def save(self, path: Path) -> None:
        """Write the cube as one Parquet file: made under another name, then renamed into place."""
        facts = {name: str(getattr(self, name)) for name in ("wave", "people", "weighted", "stratified")}
        write_rows(path, [*_cell_rows(self), *_profile_rows(self)], facts)

    @staticmethod
    def load(path: Path, item: str | None = None) -> Cube:
        """Read what ``save`` wrote, or only ``item``. Raises Refusal where the file is not a cube."""
        rows, facts = read_rows(path, item)
        if not facts.keys() >= {"wave", "people", "weighted", "stratified"}:
            raise Refusal(f"{path}: this Parquet file is not a cube of ours.")
        return Cube(
            facts["wave"],
            int(facts["people"]),
            facts["weighted"] == "True",
            facts["stratified"] == "True",
            *_sorted_out(rows),
        )


def decode(answer: int, size: int, parts: int) -> tuple[int, ...]:
    """The positions of each part behind the code of a mean of ``parts`` items of ``size`` answers."""
    return tuple(answer // size**place % size for place in range(parts))


def _cell_rows(cube: Cube) -> list[Row]:
    return [
        Row(item, grouping, cell.part, cell.level, cell.stratum, cell.answer, *cell[4:])
        for (item, grouping), cells in cube.cells.items()
        for cell in cells
    ]


def _profile_rows(cube: Cube) -> list[Row]:
    text = cache(json.dumps)  # every item has the same profiles: tens of thousands where groups are many
    return [
        Row(item, None, profile.part, text(profile.levels), None, 0, profile.n, 0.0, 0.0)
        for item, profiles in cube.profiles.items()
        for profile in profiles
    ]


_Sorted = tuple[dict[tuple[str, str | None], tuple[Cell, ...]], dict[str, tuple[Profile, ...]]]


def _sorted_out(rows: list[Row]) -> _Sorted:
    cells: dict[tuple[str, str | None], list[Cell]] = {}
    profiles: dict[str, list[Profile]] = {}
    levels = cache(_levels)
    for row in rows:
        if row.stratum is None:
            profiles.setdefault(row.item, []).append(Profile(row.part, levels(row.level), row.n))
        else:
            cell = Cell(row.part, row.level, row.stratum, row.answer, row.n, row.w, row.w2)
            cells.setdefault((row.item, row.grouping), []).append(cell)
    return {k: tuple(v) for k, v in cells.items()}, {k: tuple(v) for k, v in profiles.items()}


def _levels(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
