"""One cell of a table, and its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

Cell = str | float | date | datetime | time | timedelta
"""What a table may hold: text (a CSV holds nothing else), numbers, and dates. Empty is ``""``."""


def text_of(cell: Cell) -> str:
    """The cell as a person reads it: 5.0 is "5", a date is ISO, spaces at the ends are gone.

    An apostrophe put before "=" to keep a spreadsheet from running the text is taken off.
    """
    if isinstance(cell, str):
        text = cell.strip()
        return text[1:] if text.startswith("'=") else text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """True where the cell holds nothing but spaces."""
    return isinstance(cell, str) and not cell.strip()


def all_blank(cells: Sequence[Cell]) -> bool:
    """True where every cell is blank."""
    return all(is_blank(cell) for cell in cells)


def letter(index: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
