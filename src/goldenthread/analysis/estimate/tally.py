"""Counts behind a figure, from the cube's cells (method 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.cube.model import OUTSIDE, Cell
from goldenthread.analysis.definition.study import Combining
from goldenthread.analysis.estimate.model import Tally
from goldenthread.analysis.estimate.variance import DomainCells, Strata, linearised
from goldenthread.analysis.estimate.wilson import kish
from goldenthread.analysis.responses.model import BLANK, NOT_SHOWN

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """How a wave's people stand for others. ``strata`` is None where everyone weighs one, unstratified."""

    weighted: bool = False
    strata: Strata | None = None


@dataclass(frozen=True, slots=True)
class _Inside:
    """The cells of a base: people, weights, and the share of each answer (a column each) in a cell."""

    n: Floats
    cells: DomainCells
    shares: Floats


def tally(coding: Coding, cells: Sequence[Cell], design: Design) -> Tally:
    """One group's answers to one item: counts, base, and those left out of it.

    A mean of items gives each person's shares; a pooled item adds its parts, and keeps the smallest
    part's base (and the largest part's variance) for its interval, as if parts moved together.
    """
    parts = [_part(coding, [c for c in cells if c.part == part], design) for part in range(_parts(coding))]
    return parts[0] if len(parts) == 1 else _pooled(parts, design)


def _parts(coding: Coding) -> int:
    return len(coding.variables) if coding.combining is Combining.POOLED else 1


def _part(coding: Coding, cells: Sequence[Cell], design: Design) -> Tally:
    inside = _inside(coding, cells, design)
    counts = inside.n @ inside.shares
    found = Tally(
        counts=dict(zip(coding.codes, counts.tolist(), strict=True)),
        base=int(inside.n.sum()),
        outside=_outside(coding, cells),
        blank=_people(cells, BLANK),
        not_shown=_people(cells, NOT_SHOWN),
    )
    return found if design.strata is None else _designed(found, inside, coding, design)


def _designed(found: Tally, inside: _Inside, coding: Coding, design: Design) -> Tally:
    """``found`` with its variances, and (where weighted) its weighted sums."""
    if not found.base:
        return found
    columns = {code: inside.shares[:, place] for place, code in enumerate(coding.codes)}
    variances = {
        name: linearised(inside.cells, np.sum([columns[c] for c in codes], axis=0), design.strata)
        for name, codes in coding.members.items()
        if design.strata is not None
    }
    if not design.weighted:
        return replace(found, variances=variances)
    weighted = inside.cells.w @ inside.shares
    total, squares = float(inside.cells.w.sum()), float(inside.cells.w2.sum())
    return replace(
        found,
        weighted_counts=dict(zip(coding.codes, weighted.tolist(), strict=True)),
        weighted_base=total,
        effective_base=kish(total, squares),
        variances=variances,
    )


def _inside(coding: Coding, cells: Sequence[Cell], design: Design) -> _Inside:
    shares = {answer: coding.shares(answer) for answer in {cell.answer for cell in cells}}
    kept = [(cell, share) for cell in cells if (share := shares[cell.answer]) is not None]
    names = design.strata.names if design.strata else ()
    place = {name: number for number, name in enumerate(names)}
    columns = DomainCells(
        np.array([place.get(cell.stratum, 0) for cell, _ in kept], dtype=np.intp),
        np.array([cell.w for cell, _ in kept], dtype=np.float64),
        np.array([cell.w2 for cell, _ in kept], dtype=np.float64),
    )
    matrix = np.array([share for _, share in kept], dtype=np.float64).reshape(len(kept), len(coding.codes))
    return _Inside(np.array([cell.n for cell, _ in kept], dtype=np.float64), columns, matrix)


def _outside(coding: Coding, cells: Iterable[Cell]) -> dict[str, int]:
    """People by answer outside the base; for a mean of items, all under the first such answer."""
    found = dict.fromkeys(coding.outside, 0)
    for cell in cells:
        if cell.answer == OUTSIDE:
            found[coding.outside[0]] += cell.n
        elif (
            coding.combining is not Combining.MEAN
            and cell.answer >= 0
            and coding.answers[cell.answer].outside
        ):
            found[coding.answers[cell.answer].code] += cell.n
    return found


def _people(cells: Iterable[Cell], answer: int) -> int:
    return sum(cell.n for cell in cells if cell.answer == answer)


def _pooled(parts: Sequence[Tally], design: Design) -> Tally:
    """Parts added: counts and bases are answers, no longer people. A part nobody answered has no say."""
    bases = [p.base if p.effective_base is None else p.effective_base for p in parts if p.base]
    found = Tally(
        counts=_added(part.counts for part in parts),
        base=sum(part.base for part in parts),
        outside={code: int(n) for code, n in _added(part.outside for part in parts).items()},
        blank=sum(part.blank for part in parts),
        not_shown=sum(part.not_shown for part in parts),
        effective_base=min(bases, default=None),
    )
    variances = [part.variances for part in parts if part.variances is not None]
    if variances:
        found = replace(found, variances={name: max(v[name] for v in variances) for name in variances[0]})
    if not design.weighted:
        return found
    return replace(
        found,
        weighted_counts=_added(part.weighted_counts or {} for part in parts),
        weighted_base=sum(part.weighted_base or 0.0 for part in parts),
    )


def _added(maps: Iterable[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for counts in maps:
        for code, count in counts.items():
            found[code] = found.get(code, 0) + count
    return found
