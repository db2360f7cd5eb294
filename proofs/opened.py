"""A report's files as anybody opens them: tables, rows of charts, and every other text, each with its place.

HTML is read by html5lib, Word by python-docx, the workbook by openpyxl. Of the last two every other part
of the zip is looked through as well: properties, styles, notes, comments, pictures.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from struct import unpack
from typing import Any

import html5lib
from defusedxml.ElementTree import fromstring
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

Value = str | float | None


@dataclass(frozen=True)
class Place:
    """Where something stands: the item whose page it is on, and the grouping of the chart it belongs to."""

    page: str = ""
    by: str = ""
    key: tuple[tuple[str, str], ...] = ()
    """(colour, answer) of the chart around it."""
    unit: float = 0.0
    """Of the width of the plots around it, how much 1 per cent takes; 0 where nothing is drawn."""
    zero: float = 0.0


@dataclass(frozen=True)
class Grid:
    """One table: its caption, headings, and rows as text or, where the file keeps them, numbers."""

    place: Place
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Drawn:
    """One piece of a bar: its answer, how many per cent wide it is, and the figure on it, if any."""

    answer: str
    width: float
    figure: str


@dataclass(frozen=True)
class Row:
    """One row of a chart: its words, and what is drawn: each piece, and the ends of its range."""

    place: Place
    name: str
    base: str
    value: str
    range: str
    drawn: tuple[Drawn, ...] = ()
    ends: tuple[float, ...] = ()


@dataclass(frozen=True)
class Text:
    """Any other words: a sentence, a picture's description, an attribute, a property."""

    place: Place
    words: str


Piece = Grid | Row | Text
STRANGE = "Nobody has read this part: 1 "
"""Opens the text that stands for a part of a file no reader knows."""


def opened(name: str, data: bytes) -> list[Piece]:
    """Everything in one file of a report, by its name."""
    suffix = name.rpartition(".")[2]
    return list({"html": _html, "docx": _docx, "xlsx": _xlsx}[suffix](data))


# HTML

WORDLESS = {"class", "href", "role", "scope", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d"}
INLINE = {"a", "b", "strong", "em", "span", "small", "code", "use"}
SVG = "{http://www.w3.org/2000/svg}"
Tree = Any
"""An element of html5lib's tree; a comment's tag is no text."""


def _html(data: bytes) -> Iterator[Piece]:
    yield from _block(html5lib.parse(data.decode(), namespaceHTMLElements=False), Place())


def _block(element: Tree, place: Place) -> Iterator[Piece]:
    """An element that begins on a line of its own."""
    kinds = set(element.get("class", "").split())
    if element.tag == "article":
        place = Place(element.get("id", "").removeprefix("item-"))
    elif element.tag == "figure":
        place = _chart(element, place)
    yield from _attributes(element)
    if element.tag == "table":
        yield from (text for each in element.iter() for text in _attributes(each))
        yield _table(element, place)
    elif "gt-row--axis" in kinds:
        return
    elif "gt-row" in kinds:
        yield from (text for each in element.iter() for text in _attributes(each))
        yield from _row(element, place)
    elif element.tag == "style":
        yield from (Text(place, rule) for rule in (element.text or "").split("}"))
    else:
        yield from _words(element, place)


def _attributes(element: Tree) -> Iterator[Text]:
    """What attributes say, but those that only place and paint."""
    values = (value for name, value in element.attrib.items() if name not in WORDLESS)
    yield from (Text(Place(), value) for value in values)


def _words(element: Tree, place: Place) -> Iterator[Piece]:
    """Runs of words, cut wherever a block begins or ends; each block in its turn."""
    run: list[str] = []
    for part in _inside(element):
        if isinstance(part, str):
            run.append(part)
            continue
        yield from _said(run, place)
        run = []
        yield from _block(part, place)
    yield from _said(run, place)


def _inside(element: Tree) -> Iterator[Tree | str]:
    """Words, those of inline elements and their attributes among them; and blocks."""
    yield element.text or ""
    for child in element:
        if child.tag in INLINE:
            yield " ".join(value for name, value in child.attrib.items() if name not in WORDLESS)
            yield from _inside(child)
        else:
            yield child
        yield child.tail or ""


def _said(run: Sequence[str], place: Place) -> Iterator[Text]:
    words = _plain("".join(run))
    if words:
        yield Text(place, words)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _all(element: Tree) -> str:
    return _plain("".join(element.itertext()))


def _table(element: Tree, place: Place) -> Grid:
    caption = "".join(_all(each) for each in element.iter("caption"))
    head, *rows = [tuple(_all(cell) for cell in row) for row in element.iter("tr")]
    return Grid(place, caption, head, tuple(rows))


def _of(element: Tree, kind: str) -> list[Tree]:
    return [each for each in element.iter() if kind in str(each.get("class", "")).split()]


def _chart(element: Tree, place: Place) -> Place:
    """The grouping, the colours and the scale of one chart."""
    question = " ".join(_all(each) for each in _of(element, "gt-figure__question"))
    boxes = ((box, each) for each in _of(element, "is-narrow") for box in each.iter(f"{SVG}rect"))
    names = [(box.get("class"), _all(each)) for box, each in boxes]
    marks = (mark for axis in _of(element, "gt-plot--axis") for mark in axis.iter(f"{SVG}text"))
    ticks = [(_number(mark.get("x")), _number(_all(mark))) for mark in marks]
    zero, (end, most) = next((x for x, tick in ticks if not tick), 0.0), max(ticks, default=(0.0, 0.0))
    unit = (end - zero) / most if most else 0.0
    return replace(place, by=grouping_in(question), key=tuple(names), unit=unit, zero=zero)


def grouping_in(question: str) -> str:
    """``area of work`` from ``Who agrees? 2025, by area of work``."""
    return question.rpartition(", by ")[2] if ", by " in question else ""


def _number(text: str) -> float:
    return float(text.removesuffix("%"))


def _row(element: Tree, place: Place) -> Iterator[Piece]:
    """A row's words; whatever is drawn beside them; and any sentence in it."""
    (name,) = _of(element, "gt-row__name")
    base, value, spread = (
        " ".join(_all(each) for each in _of(element, kind))
        for kind in ("gt-row__base", "gt-row__value", "gt-row__range")
    )
    own = _all(name).removesuffix(base).strip()
    value = value.removesuffix(spread).strip()
    yield Row(place, own, base, value, spread, tuple(_pieces(element, place)), tuple(_ends(element, place)))
    yield Text(place, f"{own}: {_unclaimed(element)}")


def _unclaimed(element: Tree) -> str:
    """All words of a row but its name, its value and what stands in the drawing."""
    if element.tag == f"{SVG}svg" or {"gt-row__name", "gt-row__value"}.intersection(
        element.get("class", "").split()
    ):
        return ""
    inside = ((_unclaimed(child), child.tail or "") for child in element)
    return _plain(" ".join([element.text or "", *(word for words in inside for word in words)]))


def _pieces(row: Tree, place: Place) -> Iterator[Drawn]:
    """The pieces of a bar, by the first answer of their colour; a figure stands on its own piece."""
    figures = {re.sub(r"\D", "", text.get("class")): _all(text) for text in row.iter(f"{SVG}text")}
    key = dict(reversed(place.key))
    for box in row.iter(f"{SVG}rect"):
        colour = box.get("class").split()[-1]
        figure = figures.pop(re.sub(r"\D", "", colour), "")
        yield Drawn(key.get(colour, colour), _number(box.get("width")) / place.unit, figure)
    yield from (Drawn(colour, 0, figure) for colour, figure in figures.items())


def _ends(row: Tree, place: Place) -> Iterator[float]:
    for line in row.iter(f"{SVG}line"):
        yield from ((_number(line.get(end)) - place.zero) / place.unit for end in ("x1", "x2"))


# Word


def _docx(data: bytes) -> Iterator[Piece]:
    place, caption = Place(), ""
    for element in Document(io.BytesIO(data)).element.body:
        words = "".join(each.text or "" for each in element.iter(qn("w:t")))
        if element.tag == qn("w:tbl"):
            yield _word_table(element, place, caption)
            continue
        place = _moved(place, getattr(element, "style", "") or "", words)
        caption = words
        yield Text(place, words)
        yield from (Text(place, each.get("descr")) for each in element.iter() if each.get("descr"))
    yield from _parts(data, WORD)


def _moved(place: Place, style: str, words: str) -> Place:
    """A heading opens a chapter or an item's page; a question opens a chart."""
    if style in {"Heading1", "Heading2"}:
        number, _, name = words.partition("\N{EN SPACE}")
        return Place(name if "." in number else "")
    return replace(place, by=grouping_in(words)) if style == "Question" else place


def _word_table(element: Tree, place: Place, caption: str) -> Grid:
    head, *rows = [
        tuple("".join(each.text or "" for each in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc")))
        for row in element.iter(qn("w:tr"))
    ]
    return Grid(place, caption, head, tuple(rows))


# The workbook


def _xlsx(data: bytes) -> Iterator[Piece]:
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        for table in sheet.tables.values():
            first = int(re.sub(r"\D", "", table.ref.partition(":")[0]))
            head, body = rows[first - 1], rows[first:]
            yield Grid(Place(), str(rows[0][0]), tuple(map(str, head)), tuple(body))
            rows = rows[: first - 1]
        yield from (Text(Place(), str(value)) for row in rows for value in row if value is not None)
    yield from _parts(data, BOOK)


# Everything else in a zip

EITHER = r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
WORD = re.compile(
    rf"{EITHER}|word/(document|styles|settings|fontTable|numbering|footer1)\.xml"
    r"|word/_rels/document\.xml\.rels|word/media/image\d+\.png"
)
BOOK = re.compile(
    rf"{EITHER}|xl/(workbook|sharedStrings|styles|theme/theme1)\.xml|xl/tables/table\d+\.xml"
    r"|xl/worksheets/(sheet\d+\.xml|_rels/sheet\d+\.xml\.rels)|xl/_rels/workbook\.xml\.rels"
)
PLAIN_PICTURE = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA"}
"""Parts of a picture that hold no words."""


def _parts(data: bytes, known: re.Pattern[str]) -> Iterator[Text]:
    """Every text and attribute of every part, but Word's text and descriptions of pictures, which are read
    in their place; and the parts nobody knows."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if not known.fullmatch(name):
                yield Text(Place(), STRANGE + name)
            elif name.endswith(".png"):
                yield from (Text(Place(), f"{STRANGE}{name} {kind}") for kind in _wordy(file.read(name)))
            else:
                yield from _xml(file.read(name), in_place=name == "word/document.xml")


def _xml(data: bytes, *, in_place: bool) -> Iterator[Text]:
    for element in fromstring(data).iter():
        found = [value for name, value in element.attrib.items() if name != "descr"]
        words = "" if in_place and element.tag == qn("w:t") else element.text
        yield from (Text(Place(), each) for each in (words, *found) if each)


def _wordy(picture: bytes) -> Iterator[str]:
    """The kinds of a PNG's chunks that may hold words."""
    start = 8
    while start < len(picture):
        (length,) = unpack(">I", picture[start : start + 4])
        kind = picture[start + 4 : start + 8]
        if kind not in PLAIN_PICTURE:
            yield kind.decode("latin-1")
        start += 12 + length
