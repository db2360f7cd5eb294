"""A cube from any table an engine can group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.cube.engine import Counts, Engine, Floats, Ints
from goldenthread.analysis.cube.layout import Counted, Grouped, Layout
from goldenthread.analysis.cube.model import EVERYONE, Cell, Cube, Profile
from goldenthread.analysis.responses.model import BLANK

_BATCH = 2**13
"""Most combinations one query may ask for: measured, three five-point items by twelve groups."""

Cells = dict[tuple[str, str | None], tuple[Cell, ...]]
Profiles = dict[str, tuple[Profile, ...]]
Known = dict[tuple[str, ...], tuple[str, ...]]
"""Levels that were met together: kept once, for every item has the same."""


def make_cube(engine: Engine, layout: Layout) -> Cube:
    """Count every item of ``layout`` by everybody and every grouping, and who the groupings share.

    Several items share one GROUP BY where their combinations are few, and are summed apart after:
    half the time of a query each, and the same counts.
    """
    cells: Cells = {}
    profiles: Profiles = {}
    people = _grouped(engine, layout, ())
    _add(_everyone(people), Counted("", EVERYONE, 1), layout, cells, profiles)
    for batch in _batches(layout):
        counts = _grouped(engine, layout, [c.column for c in batch])
        for counted in batch:
            _add(counts, counted, layout, cells, profiles)
    total = int(people.n.sum())
    return Cube(layout.wave, total, layout.weight is not None, layout.stratum is not None, cells, profiles)


def _grouped(engine: Engine, layout: Layout, columns: Sequence[str]) -> Counts:
    """Counts by the frame and ``columns``; every way of not saying one's group is one."""
    counts = engine.group((*layout.frame, *columns), layout.weight)
    said = {g.column: np.maximum(counts.keys[g.column], BLANK) for g in layout.grouped}
    return Counts({**counts.keys, **said}, counts.n, counts.w, counts.w2)


def _everyone(people: Counts) -> Counts:
    """The same people, all giving answer 0 to the column named nothing."""
    return Counts({**people.keys, "": np.zeros_like(people.n)}, people.n, people.w, people.w2)


def _batches(layout: Layout) -> Iterator[list[Counted]]:
    room = _BATCH // prod(len(g.levels) + 1 for g in layout.grouped) // max(len(layout.strata), 1)
    batch: list[Counted] = []
    for counted in layout.counted:
        if batch and prod(c.size + 2 for c in (*batch, counted)) > room:
            yield batch
            batch = []
        batch.append(counted)
    if batch:
        yield batch


def _add(counts: Counts, counted: Counted, layout: Layout, cells: Cells, profiles: Profiles) -> None:
    for grouping in (None, *layout.grouped):
        key = (counted.item, grouping.item if grouping else None)
        cells[key] = cells.get(key, ()) + tuple(_cells(counts, counted, grouping, layout))
    if len(layout.grouped) > 1:
        known = {profile.levels: profile.levels for profile in profiles.get(EVERYONE, ())}
        found = tuple(_profiles(_in_base(counts, counted), counted.part, layout.grouped, known))
        profiles[counted.item] = profiles.get(counted.item, ()) + found


def _cells(counts: Counts, counted: Counted, grouping: Grouped | None, layout: Layout) -> Iterator[Cell]:
    keys = [grouping.column] if grouping else []
    keys += [layout.stratum] if layout.stratum else []
    rows = _summed(counts, [*keys, counted.column])
    levels = _names(rows.keys[grouping.column], grouping.levels) if grouping else [""] * len(rows.n)
    strata = _names(rows.keys[layout.stratum], layout.strata) if layout.stratum else [""] * len(rows.n)
    columns = (levels, strata, rows.keys[counted.column].tolist(), rows.n.tolist(), rows.w.tolist())
    for level, stratum, answer, n, w, w2 in zip(*columns, rows.w2.tolist(), strict=True):
        yield Cell(counted.part, level, stratum, answer, n, w, w2)


def _profiles(base: Counts, part: int, grouped: Sequence[Grouped], known: Known) -> Iterator[Profile]:
    rows = _summed(base, [g.column for g in grouped])
    names = [_names(rows.keys[g.column], g.levels) for g in grouped]
    for levels, n in zip(zip(*names, strict=True), rows.n.tolist(), strict=True):
        yield Profile(part, known.setdefault(levels, levels), n)


def _names(positions: Ints, names: tuple[str, ...]) -> list[str]:
    return [names[position] if position >= 0 else "" for position in positions.tolist()]


def _in_base(counts: Counts, counted: Counted) -> Counts:
    answers = counts.keys[counted.column]
    inside = (answers >= 0) & ~np.isin(answers, sorted(counted.outside))
    keys = {name: values[inside] for name, values in counts.keys.items()}
    return Counts(keys, counts.n[inside], counts.w[inside], counts.w2[inside])


def _summed(counts: Counts, keys: Sequence[str]) -> Counts:
    """The rows of ``counts`` added over every other key; in the same order whatever came in."""
    code, sizes = np.zeros_like(counts.n), []
    for key in keys:
        values, positions = np.unique(counts.keys[key], return_inverse=True)
        code = code * max(len(values), 1) + positions
        sizes.append(values)
    found, first, place = np.unique(code, return_index=True, return_inverse=True)
    n, w, w2 = (_added(place, of, len(found)) for of in (counts.n, counts.w, counts.w2))
    return Counts({key: counts.keys[key][first] for key in keys}, n.astype(np.int64), w, w2)


def _added(place: NDArray[np.intp], values: Ints | Floats, size: int) -> Floats:
    return np.bincount(place, values, size).astype(np.float64)
