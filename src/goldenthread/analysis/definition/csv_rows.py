"""The small CSV files a study refers to, as rows of named cells."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from goldenthread.analysis.definition.words import quoted, repeated
from goldenthread.analysis.problem import Refusal


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line; ``number`` counts lines of the file from 1 (the heading is row 1)."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, stripped; empty where the row or the file has none."""
        return self.cells.get(column, "")

    def at(self, column: str) -> str:
        """The cell's place in words."""
        return f"row {self.number}, column {quoted(column)}"


def read_rows(path: Path) -> tuple[tuple[str, ...], tuple[CsvRow, ...]]:
    """Headings (lower case) and rows; blank lines are skipped, missing cells are empty.

    Raises ``Refusal`` where the file is empty, has two columns of one name or a row with more cells
    than headings.
    """
    text = _text(path)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader]
    except csv.Error as error:
        raise Refusal(f"{path}, row {reader.line_num}: cannot be read as CSV ({error}).") from None
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise Refusal(f"{path} is empty.")
    headings = tuple(cell.casefold() for cell in lines[0][1])
    for heading in repeated([heading for heading in headings if heading]):
        raise Refusal(f"{path}, row 1: two columns are called {quoted(heading)}.")
    return headings, tuple(_row(path, headings, number, cells) for number, cells in lines[1:])


def _row(path: Path, headings: tuple[str, ...], number: int, cells: list[str]) -> CsvRow:
    if any(cells[len(headings) :]):
        raise Refusal(f"{path}, row {number}: has more cells than there are columns.")
    return CsvRow(number, dict(zip(headings, cells, strict=False)))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"{path} is not text in a form we know; save it as CSV in UTF-8.")


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)
