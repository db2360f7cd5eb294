"""A column as its distinct cells: they are few where the people are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def rows_of(self, wanted: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The file's row numbers of each distinct cell in ``wanted``."""
        keys = list(wanted)
        found = np.flatnonzero(np.isin(self.ids, keys))
        order = found[np.argsort(self.ids[found], kind="stable")]
        rows = [self.rows[each] for each in order.tolist()]
        starts = np.searchsorted(self.ids[order], keys).tolist()
        ends = np.searchsorted(self.ids[order], keys, side="right").tolist()
        return {key: rows[start:end] for key, start, end in zip(keys, starts, ends, strict=True)}

    def said(self, wanted: Iterable[int]) -> Iterator[tuple[str, Sequence[int]]]:
        """The text of each distinct cell in ``wanted``, with its row numbers."""
        return ((self.texts[key], rows) for key, rows in self.rows_of(wanted).items())


def distinct(cells: Sequence[Cell], rows: tuple[int, ...]) -> Distinct:
    """The distinct cells of a column, sorted by what they say."""
    seen = sorted(((text_of(cell), type(cell).__name__, cell) for cell in dict.fromkeys(cells)), key=_order)
    number = {cell: index for index, (_, _, cell) in enumerate(seen)}
    ids = np.fromiter(map(number.__getitem__, cells), np.int32, len(cells))
    return Distinct(tuple(cell for _, _, cell in seen), tuple(text for text, _, _ in seen), ids, rows)


def _order(entry: tuple[str, str, Cell]) -> tuple[str, str]:
    return entry[0], entry[1]
