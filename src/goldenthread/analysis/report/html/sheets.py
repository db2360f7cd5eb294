"""Which sheet each block lies on: a report on a desk is leaves, not one long column."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    Bullets,
    ChangeChart,
    Chapter,
    ItemPage,
    Report,
    Table,
    WaveChart,
)

FIGURES = (BarChart, WaveChart, ChangeChart)
HEADLINE = 250

WIDE, FEWER, LONG = 7, 5, 10
"""A table is given a wide sheet from seven columns on, or from five where it is long."""


@dataclass(frozen=True, slots=True)
class ChapterSheet:
    """A chapter, numbered, and whether it needs a wide sheet."""

    number: int
    chapter: Chapter
    wide: bool


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """An item's page as three leaves: the first picture, what changed, and the same numbers."""

    number: str
    page: ItemPage
    first: tuple[Block, ...]
    second: tuple[Block, ...]
    numbers: tuple[Block, ...]


def chapter_sheets(report: Report) -> tuple[ChapterSheet, ...]:
    """Chapters in order, counted from 1."""
    return tuple(ChapterSheet(n, c, _wide(c)) for n, c in enumerate(report.chapters, 1))


def _wide(chapter: Chapter) -> bool:
    tables = [block for block in chapter.blocks if isinstance(block, Table)]
    return any(len(t.columns) >= WIDE or (len(t.columns) >= FEWER and len(t.rows) > LONG) for t in tables)


def item_sheets(report: Report) -> tuple[ItemSheet, ...]:
    """Item pages, numbered under the chapter they follow."""
    chapter = next((n for n, c in enumerate(report.chapters, 1) if c.id == "items"), len(report.chapters))
    return tuple(_sheet(f"{chapter}.{n}", page) for n, page in enumerate(report.items, 1))


def _sheet(number: str, page: ItemPage) -> ItemSheet:
    table = next((n for n, b in enumerate(page.blocks) if isinstance(b, Table)), len(page.blocks))
    pictures, numbers = page.blocks[:table], page.blocks[table:]
    first, second = _facing(pictures)
    return ItemSheet(number, page, first, second, numbers)


def _facing(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Two pages of about one height, in order; the first picture is always on the left.

    One page where the second would hold no picture.
    """
    first = next((n + 1 for n, b in enumerate(blocks) if isinstance(b, BarChart)), len(blocks))
    splits = range(first, len(blocks) + 1)
    best = min(splits, key=lambda n: abs(HEADLINE + _height(blocks[:n]) - _height(blocks[n:])))
    if not any(isinstance(block, FIGURES) for block in blocks[best:]):
        return blocks, ()
    return blocks[:best], blocks[best:]


def _height(blocks: tuple[Block, ...]) -> int:
    """About how many pixels blocks take on a screen; it only balances two pages."""
    return sum(_rows(block) * 58 + (190 if isinstance(block, FIGURES) else 30) for block in blocks)


def _rows(block: Block) -> int:
    if isinstance(block, BarChart):
        return len(block.bars)
    if isinstance(block, WaveChart):
        return len(block.points)
    if isinstance(block, ChangeChart):
        return len(block.rows)
    return len(block.items) if isinstance(block, Bullets) else 1
