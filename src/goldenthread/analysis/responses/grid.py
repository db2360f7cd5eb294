"""A table as it stands in a file: headings, columns of cells, and each row's number in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import Cell, all_blank, is_blank, letter, text_of
from goldenthread.analysis.responses.notes import Place, at_rows


@dataclass(frozen=True, slots=True)
class Grid:
    """``columns[i][j]`` is the cell under ``headings[i]`` in the row the file numbers ``rows[j]``.

    ``decimal_commas`` is true of a text table with semicolons between its cells: it comes from a
    place where 3,5 is three and a half.
    """

    file: str
    headings: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    decimal_commas: bool = False

    def keep(self, wanted: Sequence[bool]) -> Grid:
        """The same table with only the rows that are ``wanted``."""
        columns = tuple(tuple(compress(column, wanted)) for column in self.columns)
        return replace(self, columns=columns, rows=tuple(compress(self.rows, wanted)))


def build_grid(file: str, records: Iterable[Sequence[Cell]], problems: tuple[Problem, ...] = ()) -> Grid:
    """A grid from a file's records, the first that is not empty being the headings.

    Empty records are skipped but counted, so that rows keep the numbers a spreadsheet shows.
    Short rows are filled with blanks and long ones cut, each a Problem. Raises Refusal where there
    is no heading, no row below it, or one heading twice.
    """
    filled = [(row, cells) for row, cells in enumerate(records, start=1) if not all_blank(cells)]
    if not filled:
        raise Refusal(f"{file} is empty: it has no headings and no answers.")
    headings = _headings(file, filled[0][1])
    body = filled[1:]
    if not body:
        raise Refusal(f"{file} has headings but no row of answers under them.")
    width = len(headings)
    even = [cells if len(cells) == width else _fit(cells, width) for _, cells in body]
    columns = tuple(zip(*even, strict=True))
    ragged = _ragged(file, body, width)
    return Grid(file, headings, columns, tuple(row for row, _ in body), problems + ragged)


def _headings(file: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    last = max(index for index, cell in enumerate(cells) if not is_blank(cell))
    headings = tuple(text_of(cell) for cell in cells[: max(last + 1, len(cells))])
    first: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = " ".join(heading.split())
        if name and name in first:
            raise Refusal(
                f"{file}: columns {letter(first[name])} and {letter(index)} have the same heading “{name}”; "
                "give each its own."
            )
        first.setdefault(name, index)
    return headings


def _fit(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _ragged(file: str, body: list[tuple[int, Sequence[Cell]]], width: int) -> tuple[Problem, ...]:
    uneven = [(row, cells) for row, cells in body if len(cells) != width]
    short: dict[int, list[int]] = {}
    for row, cells in uneven:
        if len(cells) < width:
            short.setdefault(len(cells), []).append(row)
    lines = [
        line
        for length, rows in sorted(short.items())
        for line in at_rows(Place(file), _short(length, width), rows, lost=False)
    ]
    return (*lines, *(line for row, cells in uneven for line in _long(file, row, cells, width)))


def _short(length: int, width: int) -> str:
    return f"the row has {length} cells under {width} headings: the missing ones were taken as blank."


def _long(file: str, row: int, cells: Sequence[Cell], width: int) -> tuple[Problem, ...]:
    extra = [text_of(cell) for cell in cells[width:] if not is_blank(cell)]
    if not extra:
        return ()
    message = f"the row has {len(cells)} cells under {width} headings: the cells past the last were left out."
    return (Problem(file, message, (row,), value=", ".join(extra), each=len(extra)),)
