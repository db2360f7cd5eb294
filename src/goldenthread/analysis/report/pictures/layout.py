"""What every picture shares: the look's light colours, the columns of a row, shapes and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from textwrap import wrap
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

INK = "#16212b"
SOFT = "#4a5560"
HAIRLINE = "#dcd7cb"
BAND = "#e9e5da"
GOOD = "#14603f"
CONCERN = "#963a1b"
AGREE = ("#521a09", "#963a1b", "#e79a74", "#d9d4c8", "#69adab", "#0a5a61", "#04282f")
ON_AGREE = ("#ffffff", "#ffffff", INK, INK, INK, "#ffffff", "#ffffff")
"""By a segment's step: the colour of an answer, and of the figure on it."""
WAVE = {"now": "#0a5a61", "before": "#6c7681", "earlier": "#868f97"}
FONT = "Liberation Sans, Arial, sans-serif"
"""The drawing program carries the first; a machine's own copy, of the same widths, goes before it."""

WIDTH = 640
NAMES = 186
RIGHT = WIDTH - 3
LINE = 16
AXIS = 26
FIRST, SECOND = 13, 30
ROW = 42
FIGURE = 8
"""Letters of a value set large; "More than 95%" would run into the plot."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies between the names on its left and the values on its right."""

    values: int
    low: float
    high: float
    ticks: tuple[int, ...]
    label: Callable[[int], str]
    top: int = 4

    @property
    def width(self) -> int:
        return WIDTH - NAMES - self.values

    def across(self, value: float) -> float:
        """The pixel at which ``value`` lies."""
        return NAMES + self.width * (value - self.low) / (self.high - self.low)

    def grid(self, height: int) -> Iterator[str]:
        """An upright for each tick, and its label under the plot."""
        for tick in self.ticks:
            at = self.across(tick)
            yield upright(at, self.top, self.top + height, HAIRLINE, 1)
            yield word(at, self.top + height + 14, self.label(tick), size=12, colour=SOFT, anchor="middle")

    def zero(self, height: int) -> str:
        """The upright at nought."""
        return upright(self.across(0), self.top, self.top + height, INK, 1.5)


@dataclass(frozen=True, slots=True)
class Row:
    """One row's name, broken to fit, its base, and the pixel at which the row starts."""

    name: tuple[str, ...]
    base: str
    top: int
    total: bool = False

    def drawn(self) -> Iterator[str]:
        """The rule above (an ink rule above the total), and name and base on the left."""
        colour, weight = (INK, 2) if self.total else (HAIRLINE, 1)
        yield level(0, WIDTH, self.top, colour, weight)
        at = self.top + FIRST
        yield from (word(0, at + LINE * n, line, bold=self.total) for n, line in enumerate(self.name))
        yield word(0, at + LINE * len(self.name), self.base, size=12, colour=SOFT)

    def value(self, text: str, spread: str) -> Iterator[str]:
        """The value and its range on the right."""
        size = 16 if len(text) <= FIGURE else 12
        yield word(RIGHT, self.top + FIRST, text, size=size, bold=True, anchor="end")
        yield word(RIGHT, self.top + SECOND, spread, size=12, colour=SOFT, anchor="end")


def rows_of(
    named: Iterable[tuple[str, str, bool]], top: int, depths: Sequence[int] = ()
) -> tuple[list[Row], int]:
    """Rows for each (name, base, is the total) from pixel ``top``, and the height they take together.

    ``depths`` is the least height of each row, where its other words need one.
    """
    rows, y = [], top
    for place, (name, base, total) in enumerate(named):
        lines = broken(name, NAMES - 8)
        rows.append(Row(lines, base, y, total))
        y += max(ROW, LINE * (len(lines) + bool(base)) + 8, *depths[place : place + 1])
    return rows, y - top


def broken(text: str, width: float) -> tuple[str, ...]:
    """``text`` in lines of at most about ``width`` pixels; one empty line where there is none."""
    return tuple(wrap(text, floor(width / 6.6))) or ("",)


def picture(height: int, shapes: Iterable[str]) -> str:
    """A whole picture on white."""
    ground = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    body = "".join(shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{ground}{body}</svg>'


def word(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 13,
    colour: str = INK,
    anchor: Anchor = "start",
    bold: bool = False,
) -> str:
    """A line of text whose middle is at ``y``; nothing where there is no text."""
    if not text:
        return ""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y + 0.35 * size:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{size}" fill="{colour}"{weight}>{escape(text)}</text>'


def text_width(text: str, size: float = 12) -> float:
    """Pixels ``text`` takes at ``size``; about right is enough."""
    return len(text) * size * 0.51


def block(left: float, right: float, top: float, height: float, colour: str) -> str:
    """A filled rectangle, parted from its neighbours by a white edge."""
    place = f'x="{left:.1f}" y="{top:.1f}" width="{max(right - left, 0):.1f}" height="{height:.1f}"'
    return f'<rect {place} fill="{colour}" stroke="#ffffff"/>'


def level(left: float, right: float, y: float, colour: str, weight: float) -> str:
    return _line((left, y), (right, y), colour, weight)


def upright(x: float, top: float, foot: float, colour: str, weight: float) -> str:
    return _line((x, top), (x, foot), colour, weight)


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, weight: float) -> str:
    ends = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{weight}"/>'


def dot(x: float, y: float, radius: float, *, fill: str, edge: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{edge}" stroke-width="2.5"/>'
    )


def stroke(points: Sequence[Sequence[tuple[float, float]]], colour: str, dashes: str = "") -> str:
    """Broken lines, one for each run of points."""
    path = " ".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in run) for run in points)
    dashed = f" stroke-dasharray={quoteattr(dashes)}" if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'


def bracket(left: float, right: float, middle: float, y: float) -> Iterator[str]:
    """A range with its figure: a line, an upright at each end, a dot."""
    yield level(left, right, y, INK, 2)
    yield from (upright(end, y - 4, y + 4, INK, 1.5) for end in (left, right))
    yield f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="3.7" fill="{INK}"/>'
