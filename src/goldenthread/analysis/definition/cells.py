"""Cells of the small CSV files a study refers to, read as what they should hold; faults are noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from goldenthread.analysis.definition.csv_rows import CsvRow
from goldenthread.analysis.definition.shape import Faults
from goldenthread.analysis.definition.words import listed, meant, quoted

_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(,\d{3}){1,4}")


def has_columns(headings: Sequence[str], known: Sequence[str], needed: Sequence[str], faults: Faults) -> bool:
    """Whether every needed column is there; unknown and missing ones are faults of row 1."""
    for heading in headings:
        if heading and heading not in known:
            faults.add("row 1", f"unknown column {quoted(heading)}{meant(heading, known)}")
    missing = [column for column in needed if column not in headings]
    if missing:
        faults.add("row 1", f"there is no column {listed(map(quoted, missing))}")
    return not missing


def whole(row: CsvRow, column: str, of: str, faults: Faults) -> int | None:
    """A whole number ``of`` people, its thousands parted by commas or not; None where blank or faulty."""
    text = row.text(column)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        faults.add(row.at(column), f"{quoted(text)} is not a whole number of {of}")
        return None
    return int(text.replace(",", ""))


def day(row: CsvRow, column: str, faults: Faults) -> date | None:
    """A date such as 2025-06-02; None where blank or faulty."""
    text = row.text(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.add(row.at(column), f"{quoted(text)} is not a date such as 2025-06-02")
        return None
