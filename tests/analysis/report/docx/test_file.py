"""The Word file, read back with another library: headings, tables, pictures, links, and no leaks."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table as Shown
from docx.text.paragraph import Paragraph as Read
from tests.analysis.report.files_made import made, parts, report, secrets_of, unprotected
from tests.analysis.report.results_fixture import plain_results

from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.docx.file import GAP, docx
from goldenthread.analysis.report.docx.items import ELSEWHERE, pictured
from goldenthread.analysis.report.docx.table import SMALL, TEXT_WIDTH, USUAL, column_widths
from goldenthread.analysis.report.model import (
    BarChart,
    Cell,
    ChangeChart,
    Chapter,
    Column,
    ItemPage,
    Paragraph,
    Report,
    Table,
    WaveChart,
    WavePoint,
)
from goldenthread.analysis.report.pictures.picture import Chart


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Document(io.BytesIO(made()["report.docx"]))


def styled(opened: Opened, *names: str) -> list[Read]:
    return [p for p in opened.paragraphs if p.style is not None and p.style.name in names]


def of(table: Shown) -> BaseOxmlElement:
    """The element of a table."""
    return table._tbl  # noqa: SLF001 - python-docx offers no other way to a row's marks


def small(*blocks: Paragraph | Table, title: str = "A study") -> Report:
    chapter = Chapter("short", "Find", "In short", blocks)
    return Report("s", title, "A survey", "Anyshire", (), (), (chapter,), ())


def test_headings_are_real_and_skip_no_level(opened: Opened) -> None:
    levels = [int(p.style.name[-1]) for p in styled(opened, "Heading 1", "Heading 2", "Heading 3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chapter_and_item_has_its_heading_and_number(opened: Opened) -> None:
    told = report()
    chapters = [f"{n}{GAP}{c.title}" for n, c in enumerate(told.chapters, 1)]
    assert [p.text for p in styled(opened, "Heading 1")] == chapters
    assert [p.text for p in styled(opened, "Heading 2") if p.text in items()] == items()


def items() -> list[str]:
    """The headings of the items, with the number of their chapter and their own."""
    place = next(n for n, c in enumerate(report().chapters, 1) if c.id == "items")
    return [f"{place}.{n}{GAP}{page.over}" for n, page in enumerate(report().items, 1)]


def test_each_item_starts_a_page(opened: Opened) -> None:
    starts = [p for p in styled(opened, "Heading 2") if p.text in items()]
    assert starts
    assert all(p.paragraph_format.page_break_before for p in starts)


def test_headings_and_captions_stay_with_what_follows(opened: Opened) -> None:
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "Question", "Picture answer"):
        assert opened.styles[name].paragraph_format.keep_with_next, name


def test_every_picture_says_in_words_what_it_shows(opened: Opened) -> None:
    told = [drawn.get("descr") for drawn in opened.element.iter(qn("wp:docPr"))]
    assert told
    assert told == [chart.alt for chart in _in_order()]
    assert all(text and text.strip() for text in told)


def _in_order() -> list[Chart]:
    of_chapters = [b for c in report().chapters for b in c.blocks if isinstance(b, Chart)]
    return of_chapters + [chart for page in report().items for chart in pictured(page.blocks)]


def test_an_item_has_its_first_bars_its_changes_and_one_table(opened: Opened) -> None:
    """The rest would bury the report; where it is to be found is said once."""
    page = report().items[0]
    bars, *_ = (b for b in page.blocks if isinstance(b, BarChart))
    change, *_ = (b for b in page.blocks if isinstance(b, ChangeChart))
    assert {bars, change} <= set(pictured(page.blocks))
    assert [t.caption for t in _tables_shown() if t.id.startswith(f"{page.item}-")] == [
        "Every wave, everybody"
    ]
    assert [p.text for p in opened.paragraphs].count(ELSEWHERE) == 1


def test_a_chart_that_is_not_drawn_stands_in_words(opened: Opened) -> None:
    told = {p.text for p in opened.paragraphs}
    blocks = [b for page in report().items for b in page.blocks if isinstance(b, BarChart | ChangeChart)]
    assert all(block.answer in told for block in blocks)


def test_waves_are_drawn_only_where_more_than_two_have_figures() -> None:
    known = [WavePoint(str(n), "", "50%", "", "earlier", 50, 40, 60) for n in range(3)]
    unknown = WavePoint("4", "", "–", "", "earlier", why="Not asked")
    two, three = (WaveChart("w", "?", "Two.", (*known[:n], unknown), "", "Dots.") for n in (2, 3))
    assert pictured([two]) == ()
    assert pictured([three]) == (three,)
    told = replace(small(), items=(ItemPage("i", "Item", "Said.", (two,)),))
    assert "Two." not in [p.text for p in Document(io.BytesIO(docx(told))).paragraphs]


def _tables_shown() -> list[Table]:
    parts = (*report().chapters, *report().items)
    return [b for part in parts for b in part.blocks if isinstance(b, Table) and not b.detail]


def test_every_table_has_a_heading_row_that_repeats(opened: Opened) -> None:
    assert len(opened.tables) == len(_tables_shown()) > len(report().items)
    for table in opened.tables:
        rows = list(of(table).iter(qn("w:tr")))
        assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        assert of(table).find(qn("w:tblPr")).find(qn("w:tblCaption")).get(qn("w:val"))


def test_a_tables_first_column_is_its_row_headings(opened: Opened) -> None:
    for table in opened.tables:
        styles = {cell.paragraphs[0].style.name for cell in table.columns[0].cells}
        assert styles <= {"Table heading", "Table heading small", "Table figure heading"}


def test_every_link_leads_somewhere(opened: Opened) -> None:
    places = {mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in opened.element.iter(qn("w:hyperlink"))}
    assert links
    assert links <= places


def test_the_contents_are_whole_without_being_renewed(opened: Opened) -> None:
    """A field that a word processor may renew, and every entry of it a numbered link already."""
    entries = styled(opened, "toc 1", "toc 2")
    told = {p.text.replace("\t", GAP) for p in entries}
    assert {f"{n}{GAP}{c.title}" for n, c in enumerate(report().chapters, 1)} | set(items()) <= told
    assert all(p._p.find(qn("w:hyperlink")) is not None for p in entries)  # noqa: SLF001
    codes = [code.text.split()[0] for code in opened.element.iter(qn("w:instrText"))]
    assert codes == ["TOC"]


def test_no_field_asks_to_be_filled_in_and_word_asks_nothing() -> None:
    told = parts(made()["report.docx"])
    assert "PAGEREF" not in told["word/document.xml"]
    assert "updateFields" not in told["word/settings.xml"]


def test_the_cover_leads_to_parts_by_number(opened: Opened) -> None:
    lines = [p.text.split("\t") for p in styled(opened, "Cover line")]
    numbers = {c.id: f"part {n}" for n, c in enumerate(report().chapters, 1)}
    wanted = [[line.name, line.text, numbers[line.target]] for line in report().cover if line.target]
    assert wanted
    assert all(line in lines for line in wanted)


def test_the_first_page_carries_title_and_caveat(opened: Opened) -> None:
    before = []
    for p in opened.paragraphs:
        if p.style is not None and p.style.name == "Contents heading":
            break
        before.append(p.text)
    assert report().title in before
    assert set(report().caveat) <= set(before)


def test_the_page_is_a4_with_its_number_in_the_footer(opened: Opened) -> None:
    section = opened.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    footers = [text for name, text in parts(made()["report.docx"]).items() if "footer" in name]
    assert any(" PAGE " in text for text in footers)


def test_properties_name_the_area_and_a_day_of_the_wave(opened: Opened) -> None:
    core = opened.core_properties
    assert (core.title, core.author, core.language) == (report().title, report().area, "en-GB")
    assert core.created == core.modified
    assert core.created.isoformat().startswith("2025-07-11T12:00")
    assert core.last_modified_by == report().area


def test_nothing_of_a_template_or_a_machine_is_left() -> None:
    names = set(parts(made()["report.docx"]))
    assert not any("thumbnail" in name or "customXml" in name or "app.xml" in name for name in names)
    assert "python-docx" not in parts(made()["report.docx"])["docProps/core.xml"]


def test_no_hidden_figure_is_in_any_part() -> None:
    assert secrets_of(docx(compose(unprotected())))
    assert not secrets_of(made()["report.docx"])


def test_the_same_report_gives_the_same_bytes() -> None:
    told = compose(plain_results())
    assert docx(told, date(2025, 7, 11)) == docx(told, date(2025, 7, 11))
    assert docx(told, date(2025, 7, 11)) != docx(told, date(2025, 7, 12))


def test_text_no_xml_can_hold_and_text_like_markup_are_safe() -> None:
    written = docx(small(Paragraph("a\x00b\x0b <w:p/> & “c” \ud800"), title="Can\x1f we?"))
    told = [p.text for p in Document(io.BytesIO(written)).paragraphs]
    assert "ab <w:p/> & “c” " in told
    assert "Can we?" in told


def test_a_tables_columns_fill_the_page_and_break_no_word() -> None:
    columns = tuple(Column(label) for label in ("Area of work", "Base", "Disagree", "Range"))
    rows = (tuple(Cell(text) for text in ("Adult and disability social care", "36", "33%", "24 to 50")),)
    widths = column_widths(Table("t", "T", columns, rows), USUAL)
    assert sum(widths) == TEXT_WIDTH
    longest = ("disability", "Base", "Disagree", "Range")
    assert all(width >= USUAL.twips(len(word)) for width, word in zip(widths, longest, strict=True))


def test_a_figure_keeps_to_its_line_and_a_name_comes_before_other_words() -> None:
    columns = (Column("Item"), *(Column(f"Range {n}", numeric=True) for n in range(5)), Column("Verdict"))
    cells = (
        "Reaching the complex needs panel",
        *["−10 to +13"] * 5,
        "Too few answered to tell, as it was put",
    )
    widths = column_widths(Table("t", "T", columns, (tuple(map(Cell, cells)),)), SMALL)
    assert sum(widths) == TEXT_WIDTH
    assert all(width >= SMALL.twips(len("−10 to +13")) for width in widths[1:6])
    assert widths[0] > widths[6]


def test_a_table_too_wide_for_its_figures_still_breaks_no_word() -> None:
    columns = tuple(Column("Summer 2025", numeric=True) for _ in range(12))
    widths = column_widths(Table("t", "T", columns, (tuple(Cell("1,510 (95%)") for _ in columns),)), SMALL)
    assert sum(widths) == TEXT_WIDTH
    assert all(width >= SMALL.twips(len("Summer")) for width in widths)


def test_a_wide_table_is_set_smaller() -> None:
    columns = tuple(Column(f"Unbreakable{n}") for n in range(9))
    table = Table("t", "T", columns, (tuple(Cell("1") for _ in columns),))
    text = parts(docx(small(table)))["word/document.xml"]
    assert f'w:val="TableHeading{SMALL.suffix.title().strip()}"' in text


def test_a_total_stands_out() -> None:
    table = replace(_table(), total=True)
    styles = [row.cells[1].paragraphs[0].style.name for row in Document(_file(table)).tables[0].rows]
    assert styles == ["Table figure heading", "Table figure", "Table figure heading"]


def _table() -> Table:
    columns = (Column("Who"), Column("Base", numeric=True))
    return Table("t", "T", columns, ((Cell("Some"), Cell("12")), (Cell("Everybody"), Cell("34"))))


def _file(table: Table) -> io.BytesIO:
    return io.BytesIO(docx(small(table)))
