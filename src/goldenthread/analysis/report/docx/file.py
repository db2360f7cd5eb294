"""The report as a Word document: drawn from the frozen report, computing nothing of its own."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from datetime import date

from docx.document import Document as Package
from docx.oxml import parse_xml

from goldenthread.analysis.report.docx.items import ELSEWHERE, kept, pictured, tables_left_out
from goldenthread.analysis.report.docx.pack import EARLIEST, add_picture, new_package, packed
from goldenthread.analysis.report.docx.table import table_xml
from goldenthread.analysis.report.docx.xml import (
    EMU_PER_CM,
    NAMESPACES,
    bookmark,
    field_end,
    field_start,
    link,
    paragraph,
    picture,
    run,
    tab,
)
from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    Bullets,
    ChangeChart,
    Chapter,
    CoverLine,
    FindingLine,
    FindingList,
    Heading,
    ItemPage,
    Paragraph,
    Report,
    Table,
    WaveChart,
)
from goldenthread.analysis.report.pictures.picture import Chart, png

STYLE = {"body": "Normal", "lead": "Lead", "note": "Note", "caveat": "Caveat"}
PICTURE_WIDTH, PICTURE_HEIGHT = 16.6 * EMU_PER_CM, 15.2 * EMU_PER_CM
"""Room is left above a picture for an item's name, its sentence and the picture's own two lines."""
GAP = "\N{EN SPACE}"
"""Between the number of a heading and its words."""
VERDICT_STYLE = {"better": "Better", "worse": "Worse", "": "Strong"}


def docx(report: Report, made: date = EARLIEST) -> bytes:
    """The bytes of a .docx file: the same report gives the same bytes.

    ``made`` is printed in the document's properties (a wave's date, never the clock's). Of an item's
    charts the first of each kind is drawn and the others stand in words; its tables by group are left
    to the other files (``items``), for they would bury the report.
    """
    return _Writer(report, made).bytes()


class _Writer:
    """Builds the body as text, part by part, and parses it once."""

    def __init__(self, report: Report, made: date) -> None:
        self._report = report
        self._package: Package = new_package(report, made)
        self._items = {page.item: f"item_{n}" for n, page in enumerate(report.items, 1)}
        self._chapters = {chapter.id: f"part_{n}" for n, chapter in enumerate(report.chapters, 1)}
        self._numbers = numbers(report)
        self._marks = 0
        self._pictures = 0

    def bytes(self) -> bytes:
        parts = (*self._cover(), *self._contents(), *self._chapters_and_items())
        body = self._package.element.body
        for child in parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>"):
            body.insert(len(body) - 1, child)
        return packed(self._package)

    def _mark(self, name: str, *inside: str) -> str:
        self._marks += 1
        return bookmark(self._marks, name, *inside)

    def _numbered(self, name: str, title: str) -> str:
        return self._mark(name, run(f"{self._numbers[name]}{GAP}{title}"))

    def _anchor(self, item: str) -> str:
        return self._items.get(item, "")

    # The cover and the contents

    def _cover(self) -> Iterator[str]:
        report = self._report
        yield paragraph("Cover area", run(report.area))
        yield paragraph("Title", run(report.title))
        yield paragraph("Cover lead", run(report.lead))
        yield from (self._cover_line(line) for line in report.cover)
        yield paragraph("Cover note")
        notes = (*report.caveat, report.attribution)
        yield from (paragraph("Cover note", run(note)) for note in notes if note)

    def _cover_line(self, line: CoverLine) -> str:
        style = "Cover line to do" if line.state == "todo" else "Cover line"
        words = [run(line.name, "Strong"), tab(), run(line.text)]
        place = self._chapters.get(line.target or "")
        if place:
            words += [tab(), link(place, run(f"part {self._numbers[place]}", "Hyperlink"))]
        return paragraph(style, *words)

    def _contents(self) -> Iterator[str]:
        """A field that a word processor may renew, holding links by number until it does."""
        yield paragraph("Contents heading", run("Contents"))
        entries = list(self._entries())
        opening = field_start('TOC \\o "1-2" \\h \\z \\u')
        for place, (level, mark, text) in enumerate(entries):
            number = (run(self._numbers[mark]), tab()) if mark in self._numbers else ()
            entry = link(mark, *number, run(text))
            first, last = opening if place == 0 else "", field_end() if place == len(entries) - 1 else ""
            yield paragraph(f"toc {level}", first, entry, last)

    def _entries(self) -> Iterator[tuple[int, str, str]]:
        """The headings as the contents list them: a chapter, its own headings, and the items."""
        for chapter in self._report.chapters:
            mark = self._chapters[chapter.id]
            yield 1, mark, chapter.title
            yield from ((2, f"{mark}_{n}", text) for n, text in enumerate(_headings(chapter), 1))
            if chapter.id == "items":
                yield from ((2, self._items[page.item], page.over) for page in self._report.items)

    # Chapters and items

    def _chapters_and_items(self) -> Iterator[str]:
        for chapter in self._report.chapters:
            yield from self._chapter(chapter)
            if chapter.id == "items":
                if tables_left_out(self._report):
                    yield paragraph("Normal", run(ELSEWHERE))
                for page in self._report.items:
                    yield from self._item(page)

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        mark = self._chapters[chapter.id]
        yield paragraph("Heading 1", self._numbered(mark, chapter.title))
        number = 0
        for block in chapter.blocks:
            if isinstance(block, Heading | FindingList):
                number += 1
                title = block.text if isinstance(block, Heading) else block.title
                yield paragraph("Heading 2", self._mark(f"{mark}_{number}", run(title)))
            if not isinstance(block, Heading):
                yield from self._block(block)

    def _item(self, page: ItemPage) -> Iterator[str]:
        name = self._numbered(self._items[page.item], page.over)
        yield paragraph("Heading 2", name, extra="<w:pageBreakBefore/>")
        yield paragraph("Answer", run(page.headline))
        drawn = pictured(page.blocks)
        for block in kept(page.blocks):
            if isinstance(block, Heading):
                yield paragraph("Heading 3", run(block.text))
            elif isinstance(block, BarChart | WaveChart | ChangeChart) and block not in drawn:
                yield paragraph("Question", run(block.question))
                yield paragraph("Normal", run(block.answer))
            else:
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield paragraph(STYLE[block.style], run(block.text))
            case Bullets():
                yield from (paragraph("List Bullet", run(text)) for text in block.items)
            case Table():
                yield from self._table(block)
            case FindingList():
                yield from self._findings(block)
            case BarChart() | WaveChart() | ChangeChart():
                yield from self._chart(block)

    def _findings(self, findings: FindingList) -> Iterator[str]:
        yield paragraph("Note", run(findings.rule), extra="<w:keepNext/>")
        yield from (paragraph("Finding", *self._finding(line)) for line in findings.lines)

    def _finding(self, line: FindingLine) -> Sequence[str]:
        place = self._anchor(line.item)
        name = link(place, run(line.name, "Hyperlink")) if place else run(line.name, "Strong")
        judged = (
            [run(f" {line.judgement.capitalize()}.", VERDICT_STYLE[line.judgement])] if line.judgement else []
        )
        return [name, run(f": {line.sentence}"), *judged]

    def _table(self, table: Table) -> Iterator[str]:
        yield paragraph("Caption", run(table.caption))
        yield table_xml(table, self._anchor)
        yield paragraph("Note", *([run(table.note)] if table.note else []))

    # Pictures

    def _chart(self, chart: Chart) -> Iterator[str]:
        yield paragraph("Question", run(chart.question))
        yield paragraph("Picture answer", run(chart.answer))
        yield paragraph("Picture", self._picture(chart))
        yield paragraph("Note", *([run(chart.note)] if chart.note else []))

    def _picture(self, chart: Chart) -> str:
        data = png(chart)
        self._pictures += 1
        relation = add_picture(self._package, self._pictures, data)
        width, height = struct.unpack(">II", data[16:24])
        size = min(PICTURE_WIDTH / width, PICTURE_HEIGHT / height)
        return picture(
            relation,
            self._pictures,
            alt=chart.alt,
            width=round(width * size),
            height=round(height * size),
        )


def _headings(chapter: Chapter) -> Iterator[str]:
    for block in chapter.blocks:
        if isinstance(block, Heading | FindingList):
            yield block.text if isinstance(block, Heading) else block.title


def numbers(report: Report) -> dict[str, str]:
    """The number of each chapter and item by bookmark, counted as the page counts them."""
    parts = {f"part_{n}": str(n) for n in range(1, len(report.chapters) + 1)}
    own = next((n for n, chapter in enumerate(report.chapters, 1) if chapter.id == "items"), 0)
    return parts | {f"item_{n}": f"{own}.{n}" for n in range(1, len(report.items) + 1)}
