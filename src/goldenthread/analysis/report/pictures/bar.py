"""A diverging bar as a picture: who agrees?

Agreement lies right of the line and everything else left, so the total that agrees can be read off
the axis. Its range is a bracket below the bar, never over the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from goldenthread.analysis.report.model import Bar, BarChart
from goldenthread.analysis.report.pictures.layout import (
    AGREE,
    AXIS,
    FIRST,
    ON_AGREE,
    SOFT,
    WIDTH,
    Frame,
    Row,
    block,
    bracket,
    picture,
    rows_of,
    text_width,
    word,
)
from goldenthread.analysis.report.sentences.words import whole

VALUES = 92
BAR_TOP, BAR_HEIGHT, BRACKET = 5, 21, 34
LABELLED = 20
KEY_ROW, SQUARE = 20, 12
RANGE_KEY = "range, give or take chance"
SIDES = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the key: where it stands, and its colour (None for the range)."""

    left: float
    middle: float
    label: str
    colour: str | None


def bar_picture(of: BarChart) -> str:
    """The picture of a bar chart as SVG; no row is drawn that has no figure to show."""
    entries, depth = _key(of.key)
    frame = _frame(of.bars, depth)
    rows, height = rows_of(((bar.name, bar.base, bar.total) for bar in of.bars), depth)
    shapes = [
        *(shape for entry in entries for shape in _entry(entry)),
        *frame.grid(height),
        *(shape for bar, row in zip(of.bars, rows, strict=True) for shape in _row(bar, row, frame)),
        frame.zero(height),
    ]
    return picture(depth + height + AXIS, shapes)


def _frame(bars: Sequence[Bar], top: int) -> Frame:
    left = max((_left(bar) for bar in bars), default=0)
    right = max((max(_right(bar), bar.high or 0) for bar in bars), default=0)
    low, high = -25 * ceil(left / 25), 25 * max(1, ceil(right / 25))
    return Frame(VALUES, low - 2, high + 2, tuple(range(low, high + 1, 25)), lambda t: f"{abs(t)}%", top)


def _left(bar: Bar) -> float:
    return sum(s.percent for s in bar.segments if s.side != "high")


def _right(bar: Bar) -> float:
    return sum(s.percent for s in bar.segments if s.side == "high")


def _row(bar: Bar, row: Row, frame: Frame) -> Iterator[str]:
    yield from row.drawn()
    yield from row.value(bar.value, bar.range)
    yield word(frame.across(0) + 6, row.top + FIRST, bar.why, size=12, colour=SOFT)
    yield from _segments(bar, row, frame)
    if bar.low is not None and bar.high is not None and bar.percent is not None:
        ends = (frame.across(bar.low), frame.across(bar.high))
        yield from bracket(*ends, frame.across(bar.percent), row.top + BRACKET)


def _segments(bar: Bar, row: Row, frame: Frame) -> Iterator[str]:
    """From the far left to the far right: disagreement, neither, agreement."""
    at, top = -_left(bar), row.top + BAR_TOP
    for segment in sorted(bar.segments, key=lambda s: SIDES.index(s.side)):
        left, right = frame.across(at), frame.across(at + segment.percent)
        yield block(left, right, top, BAR_HEIGHT, AGREE[segment.step])
        if right - left >= LABELLED:
            figure, on = str(whole(segment.percent)), ON_AGREE[segment.step]
            yield word((left + right) / 2, top + BAR_HEIGHT / 2, figure, size=12, colour=on, anchor="middle")
        at += segment.percent


def _key(key: Sequence[tuple[str, int]]) -> tuple[list[_Entry], int]:
    """The key's entries, over as many lines as they need, and the depth of them all."""
    entries: list[_Entry] = []
    at, middle = 0.0, 8.0
    for label, colour in (*((label, AGREE[step]) for label, step in key), (RANGE_KEY, None)):
        wide = SQUARE + 8 + text_width(label) + 16
        if at + wide > WIDTH and at > 0:
            at, middle = 0.0, middle + KEY_ROW
        entries.append(_Entry(at, middle, label, colour))
        at += wide
    return entries, round(middle) + KEY_ROW


def _entry(entry: _Entry) -> Iterator[str]:
    right = entry.left + SQUARE
    if entry.colour is None:
        yield from bracket(entry.left, right + 2, (entry.left + right) / 2 + 1, entry.middle)
    else:
        yield block(entry.left, right, entry.middle - SQUARE / 2, SQUARE, entry.colour)
    yield word(right + 8, entry.middle, entry.label, size=12, colour=SOFT)
