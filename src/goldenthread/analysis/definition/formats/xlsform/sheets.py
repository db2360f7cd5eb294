"""The sheets of an XLSForm as lines of text by heading."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from goldenthread.analysis.definition.formats.private import FIELDS
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.words import quoted
from goldenthread.analysis.plain_cells import unguarded
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.workbook.formulas import unworked
from goldenthread.analysis.workbook.zip_guard import Most, unpacked

SURVEY, CHOICES, SETTINGS, PRIVATE = "survey", "choices", "settings", "_goldenthread"
MOST = Most(
    "questionnaire", "save the XLSForm as .xlsx", unpacked=200_000_000, cells=500_000, text=100_000_000
)
_HEADINGS = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
}
_IN_LANGUAGE = re.compile(r"\s*(\w[\w -]*?)\s*::?\s*(.*\S)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not blank, by its number in the sheet; only its filled cells, by heading."""

    number: int
    cells: Mapping[str, str]

    def get(self, heading: str) -> str:
        """A cell; empty where there is none."""
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Form:
    """The sheets by name. ``ours`` where our own sheet is there: then cells are guarded by us."""

    sheets: Mapping[str, Sequence[Line]]
    ours: bool
    told: tuple[Told, ...]

    def lines(self, sheet: str) -> Sequence[Line]:
        """The lines of a sheet; none where it is not there."""
        return self.sheets.get(sheet, ())


def read_form(file: str, data: bytes) -> Form:
    """The sheets of a form. Raises Refusal as ``unpacked`` does, and where there is no sheet survey."""
    clean = unpacked(file, data, MOST)
    try:
        return _form(file, clean)
    except (CalamineError, ValueError, OverflowError, KeyError, ParseError) as fault:
        raise Refusal(f"{file} is not a workbook that can be read: it may be damaged.") from fault


def _form(file: str, clean: bytes) -> Form:
    book = CalamineWorkbook.from_filelike(io.BytesIO(clean))
    names = {
        sheet.name.strip().lower(): sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    }
    if SURVEY not in names:
        raise Refusal(f"{file} is no XLSForm: it has no sheet “survey”.")
    rows = {
        name: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for name, sheet in names.items()
    }
    ours = _texts(rows.get(PRIVATE, [[]])[0]) == list(FIELDS) if rows.get(PRIVATE) else False
    sheets = {name: tuple(_lines(name, each, ours=ours)) for name, each in rows.items()}
    told = [each for name in (SURVEY, CHOICES) if name in names for each in _unworked(clean, names[name])]
    return Form(sheets, ours, tuple(told))


def _unworked(clean: bytes, sheet: str) -> Iterator[Told]:
    for each in unworked(clean, sheet):
        message = (
            f"left out: the formula {quoted(each.text)}, whose value was never stored; "
            "save the workbook in a spreadsheet first"
        )
        yield Told(message, f"{sheet} {each.row or ''}".strip(), "row", lost=True)


def _lines(sheet: str, rows: Sequence[Sequence[object]], *, ours: bool) -> Iterator[Line]:
    """Every row under the first that is not blank."""
    numbered = [(number, _texts(row)) for number, row in enumerate(rows, 1)]
    filled = [(number, row) for number, row in numbered if any(cell.strip() for cell in row)]
    if not filled:
        return
    headings = list(FIELDS) if ours and sheet == PRIVATE else [_heading(cell) for cell in filled[0][1]]
    for number, row in filled[1:]:
        cells = {
            heading: unguarded(cell) if ours else cell.strip()
            for heading, cell in zip(headings, row, strict=False)
            if heading and cell.strip()
        }
        yield Line(number, cells)


def _heading(cell: str) -> str:
    """A heading as we compare it: small letters, its language behind two colons."""
    text = " ".join(cell.split())
    found = _IN_LANGUAGE.fullmatch(text)
    name = (found[1] if found else text).lower()
    name = _HEADINGS.get(name, name)
    return f"{name}::{found[2]}" if found else name


def _texts(row: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
