"""A column as its distinct cells: they are few where the people are many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.responses.cells import Cell, text_of


@dataclass(frozen=True, slots=True)
class Distinct:
    """``texts[ids[i]]`` is what row ``i`` says; ``cells`` are the same, with their type.

    Sorted by text, so that nothing depends on the order of the rows.
    """

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    ids: NDArray[np.int32]
    rows: tuple[int, ...]

    def count(self, each: int) -> int:
        """How many rows hold the distinct cell number ``each``."""
        return int(np.count_nonzero(self.ids == each))

    def rows_of(self, wanted: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The file's row numbers of each distinct cell in ``wanted``."""
        keys = list(wanted)
        if not keys:
            return {}
        order = np.argsort(self.ids, kind="stable")
        ends = np.searchsorted(self.ids[order], np.arange(len(self.cells) + 1))
        return {key: [self.rows[i] for i in order[ends[key] : ends[key + 1]]] for key in keys}


def distinct(cells: Sequence[Cell], rows: tuple[int, ...]) -> Distinct:
    """The distinct cells of a column, sorted by what they say."""
    seen = sorted(((text_of(cell), type(cell).__name__, cell) for cell in dict.fromkeys(cells)), key=_order)
    number = {cell: index for index, (_, _, cell) in enumerate(seen)}
    ids = np.fromiter(map(number.__getitem__, cells), np.int32, len(cells))
    return Distinct(tuple(cell for _, _, cell in seen), tuple(text for text, _, _ in seen), ids, rows)


def _order(entry: tuple[str, str, Cell]) -> tuple[str, str]:
    return entry[0], entry[1]
