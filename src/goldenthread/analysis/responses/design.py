"""The columns a study names for its sample design: weights and strata."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.definition.study import Wave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.cells import text_of
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.match import find_column
from goldenthread.analysis.responses.numbers import parse_number


def design_columns(grid: Grid, wave: Wave) -> frozenset[int]:
    """Where the wave's weight and stratum stand. Raises Refusal where one is not there."""
    return frozenset(find_column(grid, name) for name in (wave.weight, wave.stratum) if name)


def read_weight(grid: Grid, wave: Wave) -> NDArray[np.float64] | None:
    """Everybody's weight, or None where the wave has none.

    Raises Refusal, with the row, for a weight that is not a finite number above 0.
    """
    if wave.weight is None:
        return None
    column = find_column(grid, wave.weight)
    return np.fromiter(_weights(grid, column, wave.weight), np.float64, len(grid.rows))


def _weights(grid: Grid, column: int, name: str) -> Iterator[float]:
    for cell, row in zip(grid.columns[column], grid.rows, strict=True):
        text = text_of(cell)
        weight = parse_number(cell, text, decimal_commas=grid.decimal_commas)
        if weight is None or not math.isfinite(weight) or weight <= 0:
            raise Refusal(f"{grid.file}, row {row}, column “{name}”: “{text}” is not a weight above 0.")
        yield weight


def read_stratum(grid: Grid, wave: Wave) -> tuple[str, ...] | None:
    """Everybody's stratum, or None where the wave has none. Raises Refusal for a blank one."""
    if wave.stratum is None:
        return None
    strata = tuple(text_of(cell) for cell in grid.columns[find_column(grid, wave.stratum)])
    if "" in strata:
        row = grid.rows[strata.index("")]
        raise Refusal(f"{grid.file}, row {row}, column “{wave.stratum}”: the stratum is blank.")
    return strata
