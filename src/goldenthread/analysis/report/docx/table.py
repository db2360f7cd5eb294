"""A table of the report as a Word table: real header row, real row headings, kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from goldenthread.analysis.report.docx.styles import INK, border
from goldenthread.analysis.report.docx.xml import attribute, link, paragraph, run
from goldenthread.analysis.report.model import Cell, Column, Table

TEXT_WIDTH = 9411
"""Twentieths of a point between the margins."""
SHORT = 16
"""A table of up to this many rows is kept on one page."""
WIDEST = 44
NAME = 26
"""Letters of a row's name that come before the comfort of the other columns: it heads every row."""
FIGURE = 11
"""Letters of a figure that is not broken: "1,510 (95%)", "+11 to +22"."""
BOLD = 1.15
"""How much wider a heading's letters are."""
Anchor = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type: what a letter and the sides of a cell take, and the name its styles end in."""

    letter: int
    sides: int
    suffix: str = ""

    def twips(self, letters: int) -> int:
        return self.sides + self.letter * letters


USUAL, SMALL = Type(106, 190), Type(90, 170, " small")


def table_xml(table: Table, anchor: Anchor) -> str:
    """The table alone, without caption and note. ``anchor`` turns an item into its bookmark."""
    size = USUAL if sum(_least(table, USUAL)) + _more_for_names(table, USUAL) <= TEXT_WIDTH else SMALL
    widths = column_widths(table, size)
    last = len(table.rows) - 1
    kept = last < SHORT
    rows = [
        _row(cells, table.columns, widths, anchor, _Row(kept and keep, total, size.suffix))
        for cells, keep, total in _each(table, last)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heading = _heading(table.columns, widths, size)
    return f"<w:tbl>{_properties(table)}<w:tblGrid>{grid}</w:tblGrid>{heading}{''.join(rows)}</w:tbl>"


def _each(table: Table, last: int) -> Iterator[tuple[Sequence[Cell], bool, bool]]:
    """Each row, whether it is kept with what follows, and whether it is the total."""
    for place, cells in enumerate(table.rows):
        yield cells, place < last or bool(table.note), table.total and place == last


def column_widths(table: Table, size: Type) -> list[int]:
    """Every column wide enough for its longest figure or word, then the names; then all grow alike."""
    least = _least(table, size)
    least[0] += max(0, min(_more_for_names(table, size), TEXT_WIDTH - sum(least)))
    wanted = [max(0, size.twips(_wanted(table, place)) - low) for place, low in enumerate(least)]
    grown = _shared_out(TEXT_WIDTH - sum(least), wanted)
    widths = [low + more for low, more in zip(least, grown, strict=True)]
    over = TEXT_WIDTH - sum(widths)
    widths = [width + over // len(widths) for width in widths]
    widths[0] += TEXT_WIDTH - sum(widths)
    return widths


def _shared_out(spare: int, wanted: Sequence[int]) -> list[int]:
    """``spare`` among those who want it: the least wanting first, none more than an equal share."""
    given = [0] * len(wanted)
    places = sorted(range(len(wanted)), key=wanted.__getitem__)
    for served, place in enumerate(places):
        given[place] = max(0, min(wanted[place], spare // (len(places) - served)))
        spare -= given[place]
    return given


def _least(table: Table, size: Type) -> list[int]:
    """Width for the longest unbroken figure of each column; for its longest word where that is too much."""
    for figure in (FIGURE, 0):
        least = [size.twips(_longest(table, place, figure)) for place in range(len(table.columns))]
        if sum(least) <= TEXT_WIDTH:
            break
    return least


def _more_for_names(table: Table, size: Type) -> int:
    return size.twips(min(NAME, _wanted(table, 0))) - _least(table, size)[0]


def _texts(table: Table, place: int) -> list[str]:
    return [table.columns[place].label, *(row[place].text for row in table.rows)]


def _longest(table: Table, place: int, figure: int) -> int:
    """Letters that stay on one line: a figure of up to ``figure`` letters is read as one word."""
    heading, *texts = _texts(table, place)
    figures = [len(text) for text in texts if table.columns[place].numeric and len(text) <= figure]
    words = [len(word) for text in texts for word in text.split()]
    return max((*figures, *words, *(ceil(BOLD * len(word)) for word in heading.split())), default=1)


def _wanted(table: Table, place: int) -> int:
    heading, *texts = _texts(table, place)
    return max(min(WIDEST, max(map(len, texts), default=0)), min(14, len(heading)))


def _properties(table: Table) -> str:
    look = f'w:firstRow="1" w:lastRow="{int(table.total)}" w:firstColumn="1" w:lastColumn="0"'
    return (
        '<w:tblPr><w:tblStyle w:val="FiguresTable"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="04A0" {look} w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(table.caption)}/></w:tblPr>"
    )


def _heading(columns: Sequence[Column], widths: Sequence[int], size: Type) -> str:
    cells = (
        _cell(
            width, paragraph(_heading_style(column) + size.suffix, run(column.label), extra="<w:keepNext/>")
        )
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _heading_style(column: Column) -> str:
    return "Table figure heading" if column.numeric else "Table heading"


@dataclass(frozen=True, slots=True)
class _Row:
    keep: bool
    total: bool
    suffix: str


def _row(
    cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int], anchor: Anchor, kind: _Row
) -> str:
    drawn = [
        _cell(width, _words(cell, _style(place, column, kind), anchor, kind), kind)
        for place, (cell, column, width) in enumerate(zip(cells, columns, widths, strict=True))
    ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(drawn)}</w:tr>"


def _style(place: int, column: Column, kind: _Row) -> str:
    if place == 0 or kind.total:
        return _heading_style(column) + kind.suffix
    return ("Table figure" if column.numeric else "Table text") + kind.suffix


def _words(cell: Cell, style: str, anchor: Anchor, kind: _Row) -> str:
    name = anchor(cell.item) if cell.item else ""
    words = link(name, run(cell.text, "Hyperlink")) if name else run(cell.text)
    return paragraph(style, words, extra="<w:keepNext/>" if kind.keep else "")


def _cell(width: int, words: str, kind: _Row | None = None) -> str:
    borders = _edge("bottom") if kind is None else _edge("top") if kind.total else ""
    side = "bottom" if kind is None else "top"
    place = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}<w:vAlign w:val="{side}"/></w:tcPr>'
    return f"<w:tc>{place}{words}</w:tc>"


def _edge(side: str) -> str:
    return f"<w:tcBorders>{border(side, 12, INK, 0)}</w:tcBorders>"
