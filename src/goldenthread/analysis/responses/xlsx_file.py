"""The first sheet with anything in it of an .xlsx workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import Cell, all_blank, letter, text_of
from goldenthread.analysis.responses.notes import Place, at_rows, note
from goldenthread.analysis.workbook.formulas import Formula, unworked
from goldenthread.analysis.workbook.zip_guard import unpacked

_PLAIN = frozenset((str, float))
_UNWORKED = (
    "a formula whose value was never stored; left out. "
    "Open the workbook in a spreadsheet, save it there and run this again."
)


def xlsx_records(file: str, data: bytes) -> tuple[list[list[Cell]], tuple[Problem, ...]]:
    """The rows of the first visible sheet that is not empty, from the sheet's row 1.

    Numbers and dates keep their type, a formula is its last stored value and a yes/no cell is
    "TRUE" or "FALSE". Each formula without a value is blank and a Problem under its heading; other
    sheets with content are named in a note. Raises Refusal as ``unpacked`` does, and where the
    workbook cannot be read.
    """
    clean = unpacked(file, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(clean))
        first, names = _filled(book)
        rows = first.to_python(skip_empty_area=False) if first else []
        formulas = unworked(clean, first.name) if first else ()
    except (CalamineError, ValueError, OverflowError, KeyError, ParseError) as fault:
        raise Refusal(f"{file} is not a workbook that can be read: it may be damaged.") from fault
    records = [row if _PLAIN.issuperset(map(type, row)) else list(map(_cell, row)) for row in rows]
    _blank_out(records, formulas)
    return records, (*_others(file, names), *_lost(file, records, formulas))


def _blank_out(records: list[list[Cell]], formulas: Iterable[Formula]) -> None:
    """What stands in place of the values was never worked out. The sheet may end before the formulas do."""
    for each in formulas:
        for cells in records[each.row - 1 : each.row] if each.row else ():
            if each.column is not None and each.column < len(cells):
                cells[each.column] = ""


def _lost(file: str, records: Sequence[Sequence[Cell]], formulas: Sequence[Formula]) -> Iterator[Problem]:
    """A problem for each formula without a value under the headings, which are the first row with content."""
    if not formulas:
        return
    top = next((row for row, cells in enumerate(records, start=1) if not all_blank(cells)), 0)
    headings = [text_of(cell) for cell in records[top - 1]]
    for each in formulas:
        if each.row is None or each.column is None:
            yield Problem(file, _UNWORKED, value=each.text)
        elif each.row > top:
            heading = headings[each.column] if each.column < len(headings) else letter(each.column)
            yield from at_rows(Place(file, heading), _UNWORKED, (each.row,), value=each.text)


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
