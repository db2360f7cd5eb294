"""A page's charts as one picture: its title and sentence above, what to know of it below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import vl_convert

from goldenthread.analysis.report.pictures.layout import FONT, HAIRLINE, SOFT, WIDTH, broken, level, word
from goldenthread.analysis.report.pictures.letters import outlined
from goldenthread.analysis.report.pictures.picture import SCALE, Chart, svg
from goldenthread.analysis.report.pictures.png import smaller

EDGE, GAP = 20, 22
OPEN = re.compile(r'^<svg xmlns="[^"]*" width="\d+" height="(\d+)"')


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands over and under the charts: a line, the sentence, and notes, one a line."""

    over: str
    headline: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the picture, drawn from height 0, and how high it is."""

    drawn: str
    height: float


def sheet_svg(charts: Sequence[Chart], words: SheetWords) -> str:
    """Every chart with its question, its answer and its note, one under the other, on white."""
    parts = list(_parts(charts, words))
    height, placed = EDGE, []
    for part in parts:
        placed.append(f'<g transform="translate({EDGE} {height:.0f})">{part.drawn}</g>')
        height += round(part.height)
    size = f'width="{WIDTH + 2 * EDGE}" height="{height + EDGE}"'
    ground = f'<rect {size} fill="#ffffff"/>'
    box = f'viewBox="0 0 {WIDTH + 2 * EDGE} {height + EDGE}"'
    body = "".join(placed)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{FONT}">{ground}{body}</svg>'


def sheet_png(charts: Sequence[Chart], words: SheetWords) -> bytes:
    """The same painted, at one and a half times its size."""
    return smaller(bytes(vl_convert.svg_to_png(outlined(sheet_svg(charts, words)), scale=SCALE)))


def _parts(charts: Sequence[Chart], words: SheetWords) -> Iterator[_Part]:
    yield _lines(words.over, size=12, colour=SOFT)
    yield _lines(words.headline, size=19, bold=True)
    for chart in charts:
        yield _Part("", GAP)
        yield _lines(chart.question, size=12, colour=SOFT)
        yield _lines(chart.answer, size=14, bold=True)
        yield _Part("", 6)
        yield _chart(chart)
        yield _lines(chart.note, size=12, colour=SOFT)
    yield _Part(level(0, WIDTH, GAP / 2, HAIRLINE, 1), GAP)
    for note in words.notes:
        yield _lines(note, size=12, colour=SOFT)


def _lines(text: str, *, size: int, colour: str = "#16212b", bold: bool = False) -> _Part:
    """``text`` broken to the width; nothing where there is none."""
    if not text:
        return _Part("", 0)
    step = round(size * 1.4)
    lines = broken(text, WIDTH * 12.5 / size)
    drawn = (
        word(0, step * (n + 0.5), line, size=size, colour=colour, bold=bold) for n, line in enumerate(lines)
    )
    return _Part("".join(drawn), step * len(lines) + 4)


def _chart(chart: Chart) -> _Part:
    drawn = svg(chart)
    found = OPEN.match(drawn)
    return _Part(drawn, float(found[1]) if found else 0.0)
