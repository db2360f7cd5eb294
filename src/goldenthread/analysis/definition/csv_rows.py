"""The small CSV files of our own (figures, headcount), as rows of named cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.definition.text_table import csv_records, is_workbook, no_table, table_bytes
from goldenthread.analysis.definition.words import counted, quoted, repeated
from goldenthread.analysis.problem import Problem, Refusal

MOST_MEGABYTES = 20


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line; ``number`` counts rows as a spreadsheet does, blank ones too (the heading is row 1).

    ``ragged`` says what is wrong with the number of its cells; it is empty where nothing is.
    """

    number: int
    cells: Mapping[str, str]
    ragged: str = ""

    def text(self, column: str) -> str:
        """The cell, stripped; empty where the row or the file has none."""
        return self.cells.get(column, "")

    def at(self, column: str) -> str:
        """The cell's place in words."""
        return f"row {self.number}, column {quoted(column)}"


@dataclass(frozen=True, slots=True)
class CsvTable:
    """Headings in lower case, rows that are not blank, and a note where the encoding was guessed."""

    headings: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    problems: tuple[Problem, ...] = ()


def read_rows(path: Path, holds: str = "counts") -> tuple[tuple[str, ...], tuple[CsvRow, ...]]:
    """The headings and rows of a file that must be whole; ``holds`` as in ``read_table``.

    Raises Refusal as that does, and where a row has more or fewer cells than there are headings.
    """
    table = read_table(path, holds)
    for row in table.rows:
        if row.ragged:
            raise Refusal(f"{path.name}, row {row.number}: {row.ragged}.")
    return table.headings, table.rows


def read_table(path: Path, holds: str) -> CsvTable:
    """The table in ``path``, whatever its encoding and delimiter (as ``csv_records`` finds them).

    ``holds`` says what the rows are ("figures"). Raises Refusal where the file is missing, too large,
    empty or no text table, or has two columns of one name.
    """
    data = table_bytes(path, holds, MOST_MEGABYTES)
    kind = "a workbook, or another packed file" if is_workbook(data) else no_table(data)
    if kind:
        raise Refusal(f"{path.name} is {kind}: save the {holds} as CSV.")
    found = csv_records(path.name, data)
    stripped = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(found.records, 1)]
    lines = [(number, cells) for number, cells in stripped if any(cells)]
    if not lines:
        raise Refusal(f"{path.name} is empty: it needs a heading row, then rows of {holds}.")
    (top, first), *rest = lines
    headings = tuple(cell.casefold() for cell in _filled(first))
    for heading in repeated([heading for heading in headings if heading]):
        raise Refusal(f"{path.name}, row {top}: two columns are called {quoted(heading)}.")
    return CsvTable(headings, tuple(_row(headings, *line) for line in rest), found.problems)


def _row(headings: tuple[str, ...], number: int, cells: list[str]) -> CsvRow:
    width = len(headings)
    even = len(cells) >= width and not any(cells[width:])
    many = len(cells) if len(cells) < width else len(_filled(cells))
    ragged = "" if even else f"has {counted(many, 'cell', 'cells')} where the heading row has {width}"
    return CsvRow(number, dict(zip(headings, cells, strict=False)), ragged)


def _filled(cells: list[str]) -> list[str]:
    """The cells up to the last that is not blank."""
    last = max(index for index, cell in enumerate(cells) if cell)
    return cells[: last + 1]
