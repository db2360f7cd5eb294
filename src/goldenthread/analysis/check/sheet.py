"""A small CSV file as rows of named cells, with each row's line number."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TypeVar

from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.files import is_workbook, no_table

T = TypeVar("T")
LARGEST = 20_000_000
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(slots=True)
class Row:
    """One line of the file. Reading a cell notes a problem instead of raising."""

    file: str
    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The cell without surrounding blanks; nothing where the column is missing."""
        return self.cells.get(column, "").strip()

    def take(self, column: str, parse: Callable[[str], T], blank: T) -> T:
        """The parsed cell; ``blank`` where it is empty or cannot be read (then with a problem)."""
        text = self.text(column)
        if not text:
            return blank
        try:
            return parse(text)
        except ValueError as fault:
            self.fault(str(fault), column)
            return blank

    def fault(self, message: str, column: str) -> None:
        """Note that this row cannot be used, and why."""
        self.problems.append(Problem(self.file, message, self.number, column, self.text(column) or None))


def read_sheet(path: Path) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The headings (lower case) and the rows that are not blank.

    Raises Refusal where the file is missing, empty, too large, not text, or has two columns of
    one name. Encodings: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.
    """
    lines = list(_lines(_decoded(path), path))
    if not lines:
        raise Refusal(f"{path.name} is empty: a figures file needs a heading row and at least one figure.")
    headings = tuple(cell.strip().casefold() for cell in lines[0][1])
    _no_twins(headings, path)
    rows = tuple(_row(path.name, number, headings, cells) for number, cells in lines[1:] if any(cells))
    return headings, rows


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"{path.name} is larger than {LARGEST // 1_000_000} MB: too large to be figures.")
        raw = path.read_bytes()
    except OSError as fault:
        raise Refusal(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    kind = "a workbook, or another packed file" if is_workbook(raw) else no_table(raw)
    if kind:
        raise Refusal(f"{path.name} is {kind}: save the figures as CSV.")
    text = _text(raw)
    if "\0" in text:
        raise Refusal(f"{path.name} is not a text file: save it as CSV first.")
    return text


def _text(raw: bytes) -> str:
    for encoding in (BOMS.get(raw[:2], "utf-8-sig"), "cp1252", "latin-1"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _lines(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as fault:
        raise Refusal(f"{path.name}, row {start}: not a line of a CSV file ({fault}).") from fault


def _no_twins(headings: tuple[str, ...], path: Path) -> None:
    twins = sorted(name for name, times in Counter(headings).items() if name and times > 1)
    if twins:
        raise Refusal(f"{path.name}, row 1: two columns are called “{twins[0]}”.")


def _row(file: str, number: int, headings: tuple[str, ...], cells: list[str]) -> Row:
    row = Row(file, number, dict(zip(headings, cells, strict=False)))
    extra = [cell for cell in cells[len(headings) :] if cell.strip()]
    if extra or len(cells) < len(headings):
        message = f"has {len(cells)} cells where the heading row has {len(headings)}"
        row.problems.append(Problem(file, message, number))
    return row
