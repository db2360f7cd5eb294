"""One frozen report. Every kind of file is drawn from this and computes nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["done", "part", "todo"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows, and the item whose page the cell opens, if any."""

    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table; the first cell of each row is its heading. ``total`` marks the last row.

    ``detail`` marks a table that a document for reading leaves to the page and the workbook.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    total: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer of a diverging bar, lowest first; ``step`` is its colour, 0 to 6 with 3 in the middle."""

    label: str
    step: int
    side: Literal["low", "middle", "high"]
    percent: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a diverging bar chart. No segments where the row is hidden (then ``why``)."""

    name: str
    base: str
    value: str
    range: str
    segments: tuple[Segment, ...] = ()
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Who agrees? Diverging bars; ``alt`` says the same in words for a picture."""

    id: str
    question: str
    answer: str
    key: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    note: str
    alt: str


@dataclass(frozen=True, slots=True)
class WavePoint:
    """One wave of one item: a dot and its range, or why there is none ("not asked")."""

    label: str
    base: str
    value: str
    range: str
    place: Literal["now", "before", "earlier"]
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class WaveChart:
    id: str
    question: str
    answer: str
    points: tuple[WavePoint, ...]
    note: str
    alt: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change with its range: ``verdict`` picks the arrow, the words are in ``verdict_text``."""

    name: str
    base: str
    verdict: str | None
    verdict_text: str
    points_text: str
    judgement: Literal["better", "worse", ""] = ""
    points: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ChangeChart:
    id: str
    question: str
    answer: str
    rows: tuple[ChangeRow, ...]
    margin: float
    note: str
    alt: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: Literal["body", "lead", "note", "caveat"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below a chapter's own."""

    text: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in a list: a link to its item's page, the sentence, and the arrow it earns."""

    item: str
    name: str
    sentence: str
    verdict: str | None = None
    judgement: Literal["better", "worse", ""] = ""
    verdict_text: str = ""


@dataclass(frozen=True, slots=True)
class FindingList:
    """All findings of one kind, under a plain heading with the rule that put them there."""

    id: str
    title: str
    rule: str
    lines: tuple[FindingLine, ...]


Block = Paragraph | Bullets | Heading | Table | BarChart | WaveChart | ChangeChart | FindingList


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report; ``link`` is the place on the thread it belongs to (Ask, Find, ...)."""

    id: str
    link: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item: the sentence first, then the pictures, then the figures."""

    item: str
    over: str
    headline: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One link of the thread on the cover; ``target`` is the id of a chapter, or None."""

    name: str
    text: str
    state: State
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. ``items`` follow the chapter called ``items`` in ``chapters``' order."""

    study: str
    title: str
    lead: str
    area: str
    cover: tuple[CoverLine, ...]
    caveat: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    items: tuple[ItemPage, ...]
    attribution: str = ""
    language: str = "en-GB"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of the chapters, then of the items' pages."""
        parts: tuple[Chapter | ItemPage, ...] = (*self.chapters, *self.items)
        return tuple(block for part in parts for block in part.blocks)
