"""The tables as a workbook: a contents sheet, then one table a sheet, numbers kept as numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.docx.xml import clean
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.report.model import Report
from goldenthread.analysis.report.xlsx.banner import banner_sheets
from goldenthread.analysis.report.xlsx.model import Figure, Head, Look, Sheet, Value, marks
from goldenthread.analysis.report.xlsx.needs import need_sheets
from goldenthread.analysis.report.xlsx.sheets import (
    changes_sheet,
    items_sheet,
    problems_sheet,
    who_sheet,
)
from goldenthread.analysis.results import Results

EARLIEST = date(2000, 1, 1)
CONTENTS = "Contents"
HEADING_ROW = 3
A4, WIDE = 9, 260
LONGEST_TEXT, LONGEST_NAME = 32_000, 31
INK, SOFT, ACTION, HAIRLINE = "#16212B", "#4A5560", "#0A5A61", "#DCD7CB"
NUMBERS: dict[Look, str] = {
    "whole": "#,##0",
    "count": "#,##0.0",
    "percent": "0%",
    "share": "0.00%",
    "points": "+0;−0;0",
    "decimal": "0.000",
}


def xlsx(report: Report, results: Results, made: date = EARLIEST) -> bytes:
    """The bytes of an .xlsx file: the same results give the same bytes.

    ``made`` is printed in the workbook's properties (a wave's date, never the clock's).
    """
    book = Book(without_hidden(results))
    return workbook(report, _sheets(book), marks(book.rules), made)


def workbook(
    report: Report, sheets: Sequence[Sheet], meanings: Mapping[str, str], made: date = EARLIEST
) -> bytes:
    """Any sheets under a contents sheet with ``report``'s title, its caveats and what its marks mean."""
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as file:
        _properties(file, report, made)
        _Writer(file, report, meanings).write(sheets)
    return out.getvalue()


OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def _sheets(book: Book) -> tuple[Sheet, ...]:
    return (
        items_sheet(book),
        *banner_sheets(book),
        changes_sheet(book),
        who_sheet(book),
        *need_sheets(book),
        problems_sheet(book.results.problems),
    )


def _properties(workbook: Workbook, report: Report, made: date) -> None:
    moment = datetime(made.year, made.month, made.day, 12)  # noqa: DTZ001 - the file format holds no zone
    properties = {"title": report.title, "subject": report.lead, "author": report.area, "created": moment}
    workbook.set_properties({key: clean(v) if isinstance(v, str) else v for key, v in properties.items()})


def sheet_names(sheets: Sequence[Sheet]) -> list[str]:
    """A name for each sheet that the format allows, no two alike."""
    taken = {CONTENTS.lower(), "history"}
    names = []
    for sheet in sheets:
        plain = "".join(" " if letter in "[]:*?/\\" else letter for letter in clean(sheet.name)).strip("' ")
        name, number = plain[:LONGEST_NAME].strip("' ") or "Sheet", 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - 4]} {number}"
        taken.add(name.lower())
        names.append(name)
    return names


class _Writer:
    """Writes sheets; text is always text, so that nothing in a cell is ever run."""

    def __init__(self, workbook: Workbook, report: Report, meanings: Mapping[str, str]) -> None:
        self._workbook = workbook
        self._report = report
        self._meanings = meanings
        self._formats: dict[tuple[object, ...], Format] = {}

    def write(self, sheets: Sequence[Sheet]) -> None:
        names = sheet_names(sheets)
        contents = self._workbook.add_worksheet(CONTENTS)
        pages = [self._workbook.add_worksheet(name) for name in names]
        self._contents(contents, names, sheets)
        for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True), 1):
            self._sheet(page, sheet, f"Table_{number}")

    def _format(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            base = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"}
            self._formats[key] = self._workbook.add_format(base | wanted)
        return self._formats[key]

    # The contents

    def _contents(self, page: Worksheet, names: Sequence[str], sheets: Sequence[Sheet]) -> None:
        report = self._report
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 92)
        page.hide_gridlines(2)
        page.set_row(0, 26)
        self._text(page, 0, 0, report.title, bold=True, font_size=18)
        self._text(page, 1, 0, " · ".join(part for part in (report.lead, report.area) if part), font_size=12)
        row = 3
        for note in (*report.caveat, report.attribution):
            if note:
                self._about(page, row, note)
                row += 1
        row = self._list(page, row + 1, ("Sheet", "What it holds"), names, [s.holds for s in sheets])
        self._list(
            page, row + 1, ("Mark", "What it means"), list(self._meanings), list(self._meanings.values())
        )
        self._print(page, 1)

    def _about(self, page: Worksheet, row: int, note: str) -> None:
        """A note over both columns; only here, where there is no data, are cells joined."""
        page.set_row(row, 15 * (1 + len(note) // 118))
        wrap = self._format(text_wrap=True)
        page.merge_range(row, 0, row, 1, "", wrap)
        page.write_string(row, 0, clean(note), wrap)

    def _list(
        self, page: Worksheet, row: int, heads: tuple[str, str], names: Sequence[str], told: Sequence[str]
    ) -> int:
        heading = self._format(bold=True, bottom=2, bottom_color=INK)
        for column, head in enumerate(heads):
            page.write_string(row, column, head, heading)
        for place, (name, words) in enumerate(zip(names, told, strict=True), row + 1):
            if heads[0] == "Sheet":
                target = name.replace("'", "''")
                page.write_url(place, 0, f"internal:'{target}'!A1", self._format(**LINK), name)
            else:
                page.write_string(place, 0, name, self._format())
            page.write_string(place, 1, clean(words), self._format())
        return row + 1 + len(names)

    # One sheet

    def _sheet(self, page: Worksheet, sheet: Sheet, name: str) -> None:
        self._text(page, 0, 0, sheet.title, bold=True, font_size=14)
        self._text(page, 1, 0, sheet.about if sheet.rows else sheet.empty, font_color=SOFT)
        page.write_url(2, 0, f"internal:'{CONTENTS}'!A1", self._format(**LINK), "Back to the contents")
        page.hide_gridlines(2)
        for column, head in enumerate(sheet.heads):
            page.set_column(column, column, head.width)
        if sheet.rows:
            self._table(page, sheet, name)
        self._print(page, ceil(sum(head.width for head in sheet.heads) / WIDE))
        page.repeat_rows(HEADING_ROW)
        page.repeat_columns(0)
        page.freeze_panes(HEADING_ROW + 1, min(sheet.frozen, len(sheet.heads)))

    def _table(self, page: Worksheet, sheet: Sheet, name: str) -> None:
        heads = unique(sheet.heads)
        columns = [
            {"header": clean(label), "header_format": self._heading(head)}
            for label, head in zip(heads, sheet.heads, strict=True)
        ]
        last, right = HEADING_ROW + len(sheet.rows), len(sheet.heads) - 1
        page.add_table(HEADING_ROW, 0, last, right, {"name": name, "columns": columns, "style": None})
        page.set_row(HEADING_ROW, 15 * max(1, *(lines(head) for head in sheet.heads)))
        for place, row in enumerate(sheet.rows):
            rule = place in sheet.strong
            for column, value in enumerate(row):
                look = self._look(sheet.heads[column], value, rule=rule)
                self._value(page, HEADING_ROW + 1 + place, column, value, look)

    def _heading(self, head: Head) -> Format:
        side: dict[str, object] = {"align": "right"} if head.numeric else {"align": "left", "indent": 1}
        return self._format(bold=True, bottom=2, bottom_color=INK, text_wrap=True, valign="bottom", **side)

    def _look(self, head: Head, value: Value, *, rule: bool) -> dict[str, object]:
        look: dict[str, object] = {"top": 1, "top_color": INK} if rule else {}
        if isinstance(value, str):
            look |= {"align": "right"} if head.numeric else {"align": "left", "indent": 1}
        return look

    def _value(self, page: Worksheet, row: int, column: int, value: Value, look: dict[str, object]) -> None:
        if isinstance(value, Figure):
            number = NUMBERS[value.look] + (f'" {value.mark}"' if value.mark else "")
            page.write_number(row, column, value.value, self._format(num_format=number, **look))
        elif value is not None:
            page.write_string(row, column, clean(value)[:LONGEST_TEXT], self._format(**look))

    def _text(self, page: Worksheet, row: int, column: int, text: str, **look: object) -> None:
        page.write_string(row, column, clean(text), self._format(**look))

    def _print(self, page: Worksheet, across: int) -> None:
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(across, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.set_footer("&L&A&RPage &P of &N")


LINK: dict[str, object] = {"font_color": ACTION, "underline": 1}


def unique(heads: Sequence[Head]) -> list[str]:
    """Headings a table may have: no two alike, whatever their case."""
    taken: set[str] = set()
    names = []
    for head in heads:
        name, number = head.label, 1
        while name.lower() in taken:
            number += 1
            name = f"{head.label} ({number})"
        taken.add(name.lower())
        names.append(name)
    return names


def lines(head: Head) -> int:
    """How many lines a heading takes in its column."""
    return -(-len(head.label) // max(1, int(head.width) - 2))
