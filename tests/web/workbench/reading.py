"""What a page shows, as somebody reads it: its tables, the rows of its charts, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import html5lib

Tree = Any
"""An element of html5lib's tree."""


@dataclass(frozen=True)
class Grid:
    """A table: its caption, headings, rows of text, and the note under it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def row(self, name: str) -> dict[str, str]:
        """The row that begins with ``name``, by heading."""
        found = next(row for row in self.rows if row[0] == name)
        return dict(zip(self.heads, found, strict=True))


@dataclass(frozen=True)
class Row:
    """A row of a chart: the chart's question, the row's name, base, value and range, and its other words."""

    question: str
    name: str
    base: str
    value: str
    range: str


@dataclass(frozen=True)
class Page:
    """A page's main part. ``words`` is all of its text, ``texts`` the same piece by piece."""

    title: str
    headline: str
    grids: tuple[Grid, ...]
    rows: tuple[Row, ...]
    words: str
    texts: tuple[str, ...]

    def grid(self, caption: str) -> Grid:
        """The table whose caption begins so."""
        return next(grid for grid in self.grids if grid.caption.startswith(caption))


def read(html: str) -> Page:
    """A page of the application, or a fragment of one."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    main = next(tree.iter("main"))
    charts = _of(main, "gt-figure")
    return Page(
        words_of(next(tree.iter("title"))),
        words_of(next(main.iter("h1"))),
        tuple(_grid(main, table) for table in main.iter("table")),
        tuple(row for chart in charts for row in _rows(chart)),
        words_of(main),
        tuple(main.itertext()),
    )


def words_of(element: Tree) -> str:
    """All of an element's text, spaces folded."""
    return " ".join("".join(element.itertext()).split())


def _grid(main: Tree, table: Tree) -> Grid:
    caption = " ".join(words_of(each) for each in table.iter("caption"))
    head, *rows = [tuple(words_of(cell) for cell in row) for row in table.iter("tr")]
    around = next((each for each in main.iter("div") if table in list(each)), None)
    notes = [] if around is None else [words_of(each) for each in around if each.tag == "p"]
    return Grid(caption, head, tuple(rows), " ".join(notes))


def _rows(chart: Tree) -> list[Row]:
    question = " ".join(words_of(each) for each in _of(chart, "gt-figure__question"))
    return [_row(question, each) for each in _of(chart, "gt-row") if "gt-row--axis" not in each.get("class")]


def _row(question: str, row: Tree) -> Row:
    base, name, value, spread = (
        " ".join(words_of(each) for each in _of(row, kind))
        for kind in ("gt-row__base", "gt-row__name", "gt-row__value", "gt-row__range")
    )
    return Row(question, name.removesuffix(base).strip(), base, value.removesuffix(spread).strip(), spread)


def _of(element: Tree, kind: str) -> list[Tree]:
    return [each for each in element.iter() if kind in str(each.get("class", "")).split()]


def form(page: str) -> dict[str, str]:
    """What a browser would send of the columns page: each control as it stands."""
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner) or re.search(r'value="([^"]*)"', inner)
        sent[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        sent[name] = text.strip("\n")
    return sent
