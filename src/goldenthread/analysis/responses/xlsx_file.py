"""The first sheet with anything in it of an .xlsx workbook."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import Cell
from goldenthread.analysis.responses.notes import Place, note
from goldenthread.analysis.responses.zip_guard import unpacked

_PLAIN = frozenset((str, float))


def xlsx_records(file: str, data: bytes) -> tuple[list[list[Cell]], tuple[Problem, ...]]:
    """The rows of the first visible sheet that is not empty, from the sheet's row 1.

    Numbers and dates keep their type, a formula is its last stored value and a yes/no cell is
    "TRUE" or "FALSE". Other sheets with content are named in a note. Raises Refusal as
    ``unpacked`` does, and where the workbook cannot be read.
    """
    clean = unpacked(file, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(clean))
        first, names = _filled(book)
        rows = first.to_python(skip_empty_area=False) if first else []
    except (CalamineError, ValueError, OverflowError) as fault:
        raise Refusal(f"{file} is not a workbook that can be read: it may be damaged.") from fault
    return [row if _PLAIN.issuperset(map(type, row)) else list(map(_cell, row)) for row in rows], _others(
        file, names
    )


def _filled(book: CalamineWorkbook) -> tuple[CalamineSheet | None, list[str]]:
    """The first visible sheet with anything in it, and the names of all that have."""
    first: CalamineSheet | None = None
    names: list[str] = []
    for name in _visible(book):
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height:
            first = first or sheet
            names.append(name)
    return first, names


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _others(file: str, filled: list[str]) -> tuple[Problem, ...]:
    if len(filled) < 2:
        return ()
    names = ", ".join(f"“{name}”" for name in filled[1:])
    return (note(Place(file), f"answers were read from the sheet “{filled[0]}” only, not from {names}."),)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | str | date | time | timedelta):
        return value
    return float(value) if isinstance(value, int) else str(value)
