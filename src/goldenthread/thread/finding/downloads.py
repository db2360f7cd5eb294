"""What a page shows, to take away: each file holds its title, how it is looked at, method, build and date."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.plain_cells import guarded
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.model import (
    BarChart,
    ChangeChart,
    Heading,
    ItemPage,
    Paragraph,
    Report,
    Table,
    WaveChart,
)
from goldenthread.analysis.report.pictures.picture import Chart
from goldenthread.analysis.report.pictures.sheet import SheetWords, sheet_png, sheet_svg
from goldenthread.analysis.report.sentences.words import one_in
from goldenthread.analysis.report.xlsx.file import workbook
from goldenthread.analysis.report.xlsx.model import Figure, Head, Sheet, Value, marks
from goldenthread.thread.finding.explore import Opened
from goldenthread.thread.finding.page import NONE, Way, item_page, levels
from goldenthread.thread.finding.queries import BuildFacts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER = r"\d[\d,]*(?:\.\d+)?"
COUNTED = re.compile(rf"({NUMBER}) \((\d+)%\)")
SHARED = re.compile(r"(\d+)% ±(\d+)( \[[ua]\])?")
RANGE = re.compile(r"([+−]?\d+) to ([+−]?\d+)( \[[ua]\])?")
WHOLE = re.compile(NUMBER)
PERCENT = re.compile(r"(\d+)%")
POINTS = re.compile(r"[+−]\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Made:
    """A file made from what a page shows."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Paper:
    """A page, and the lines that say what it is: they stand inside every file."""

    page: ItemPage
    survey: str
    lines: tuple[str, ...]
    made: date
    view: Opened

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.page.blocks if isinstance(block, Table)]

    @property
    def charts(self) -> list[Chart]:
        return [block for block in self.page.blocks if isinstance(block, BarChart | WaveChart | ChangeChart)]


def file_of(view: Opened, build: BuildFacts, item: str, way: Way, kind: str) -> Made | None:
    """What the item's page shows, as xlsx, csv, png or svg; None where there is no such item or kind."""
    page = item_page(view, item, way)
    if page is None or kind not in MAKERS:
        return None
    made = (build.ended or build.asked).date()
    lines = (_from(build, made), _looked_at(view, way), *_method(view), *standing_caveat(view.book))
    paper = _Paper(page, build.title, lines, made, view)
    media_type, make = MAKERS[kind]
    return Made(f"{page.item}.{kind}", media_type, make(paper))


def _from(build: BuildFacts, made: date) -> str:
    return f"{build.title}, build {build.number}, made on {made.day} {made:%B %Y}."


def _looked_at(view: Opened, way: Way) -> str:
    """How the page was looked at, in words."""
    book = view.book
    by = f"by {book.grouping_label(way.by).lower()}" if way.by else "everybody"
    some = [label for level, label in levels(view, way.by) if level in way.only]
    only = f" (only {listed(some)})" if some else ""
    against = {"": "", NONE: ", against no earlier wave"}
    compare = against.get(way.compare) if way.compare in against else f", against {book.label(way.compare)}"
    mix = "" if way.mix or not book.study.mix else ", without the same mix"
    return f"Shown: {by}{only}{compare}{mix}."


def _method(view: Opened) -> tuple[str, ...]:
    lines = view.book.study.thresholds
    level = (
        "A per cent is of the people who were asked and gave an answer on the scale: the base. "
        "Its range is a 95% interval (Wilson)."
    )
    change = (
        "A change has a 95% interval (Newcombe). It is called a rise or a fall only where chance is an "
        f"unlikely reason: of those so called, expect at most {one_in(lines.q)} to be chance. A change of "
        f"under {lines.margin:g} points is too small to matter."
    )
    return level, change


# CSV


def _csv(paper: _Paper) -> bytes:
    """The lines, then every table; text that a spreadsheet would run is kept from running."""
    text = io.StringIO()
    writer = csv.writer(text)
    for line in (paper.page.over, paper.page.headline, *paper.lines, *_paragraphs(paper)):
        writer.writerow([guarded(line)])
    for table in paper.tables:
        writer.writerows([[], [guarded(table.caption)]])
        writer.writerow([guarded(column.label) for column in table.columns])
        writer.writerows([[guarded(cell.text) for cell in row] for row in table.rows])
        if table.note:
            writer.writerow([guarded(table.note)])
    return text.getvalue().encode("utf-8-sig")


def _paragraphs(paper: _Paper) -> Iterator[str]:
    yield from (b.text for b in paper.page.blocks if isinstance(b, Paragraph) and not isinstance(b, Heading))


# Pictures


def _words(paper: _Paper) -> SheetWords:
    return SheetWords(paper.page.over, paper.page.headline, (*_paragraphs(paper), *paper.lines))


def _png(paper: _Paper) -> bytes:
    return sheet_png(paper.charts, _words(paper))


def _svg(paper: _Paper) -> bytes:
    return sheet_svg(paper.charts, _words(paper)).encode()


# The workbook


def _xlsx(paper: _Paper) -> bytes:
    """A contents sheet with the lines, then each table of the page on a sheet, its numbers as numbers."""
    view = paper.view
    cover = Report(
        study=view.book.study.id,
        title=paper.page.over,
        lead=paper.survey,
        area=view.book.study.area,
        cover=(),
        caveat=(paper.page.headline, *_paragraphs(paper), *paper.lines),
        chapters=(),
        items=(),
        attribution=view.book.study.attribution,
    )
    return workbook(cover, tuple(map(_sheet, paper.tables)), marks(view.book.rules), paper.made)


def _sheet(table: Table) -> Sheet:
    """One table; a column of counts with per cents, or of ranges, takes two columns."""
    columns = [_column(table, place) for place in range(len(table.columns))]
    heads = tuple(head for column in columns for head in column[0])
    rows = tuple(
        tuple(value for column in columns for value in column[1][place]) for place in range(len(table.rows))
    )
    last = frozenset({len(rows) - 1}) if table.total else frozenset[int]()
    return Sheet(table.caption, table.caption, table.note, heads, rows, table.caption, strong=last)


def _column(table: Table, place: int) -> tuple[tuple[Head, ...], list[tuple[Value, ...]]]:
    column, texts = table.columns[place], [row[place].text for row in table.rows]
    for pattern, names, split in PAIRS:
        if any(pattern.fullmatch(text) for text in texts):
            heads = tuple(Head(f"{column.label}{name}", 12, numeric=True) for name in names)
            return heads, [split(text) for text in texts]
    width = min(60, max(10, *(len(text) for text in (column.label, *texts))))
    return (Head(column.label or "Row", width, numeric=column.numeric),), [(_value(text),) for text in texts]


def _value(text: str) -> Value:
    if WHOLE.fullmatch(text):
        return Figure(_number(text), "count" if "." in text else "whole")
    if found := PERCENT.fullmatch(text):
        return Figure(int(found[1]) / 100, "percent")
    return Figure(_number(text), "points") if POINTS.fullmatch(text) else text or None


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _counted(text: str) -> tuple[Value, ...]:
    found = COUNTED.fullmatch(text)
    if found is None:
        return _alone(text)
    return _value(found[1]), Figure(int(found[2]) / 100, "percent")


def _shared(text: str) -> tuple[Value, ...]:
    found = SHARED.fullmatch(text)
    if found is None:
        return _alone(text)
    mark = (found[3] or "").strip()
    return Figure(int(found[1]) / 100, "percent", mark), Figure(int(found[2]) / 100, "percent", mark)


def _ranged(text: str) -> tuple[Value, ...]:
    found = RANGE.fullmatch(text)
    if found is None:
        return (
            (_value(text), _value(text)) if POINTS.fullmatch(text) or WHOLE.fullmatch(text) else _alone(text)
        )
    mark = (found[3] or "").strip()
    look: Callable[[str], Figure] = (
        (lambda end: Figure(_number(end), "points", mark))
        if text[0] in "+−" or "−" in text or "+" in text
        else (lambda end: Figure(_number(end) / 100, "percent", mark))
    )
    return look(found[1]), look(found[2])


def _alone(text: str) -> tuple[Value, ...]:
    """A cell with no pair in it: a mark stands in both columns, a base or a word in the first."""
    return (text, text) if text == "[c]" else (_value(text), None)


PAIRS: Sequence[tuple[re.Pattern[str], tuple[str, str], Callable[[str], tuple[Value, ...]]]] = (
    (COUNTED, (", people", ", %"), _counted),
    (SHARED, ("", ", give or take"), _shared),
    (RANGE, (" from", " to"), _ranged),
)
MAKERS: dict[str, tuple[str, Callable[[_Paper], bytes]]] = {
    "xlsx": (XLSX, _xlsx),
    "csv": ("text/csv; charset=utf-8", _csv),
    "png": ("image/png", _png),
    "svg": ("image/svg+xml", _svg),
}
