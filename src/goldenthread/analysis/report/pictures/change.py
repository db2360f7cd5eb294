"""A wave-to-wave chart and a chart of changes as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from goldenthread.analysis.report.model import ChangeChart, ChangeRow, WaveChart, WavePoint
from goldenthread.analysis.report.pictures.layout import (
    AXIS,
    BAND,
    CONCERN,
    FIRST,
    GOOD,
    INK,
    LINE,
    NAMES,
    SECOND,
    SOFT,
    WAVE,
    WIDTH,
    Frame,
    Row,
    block,
    broken,
    dot,
    level,
    picture,
    rows_of,
    stroke,
    text_width,
    word,
)

WAVE_VALUES, VERDICTS = 92, 190
MIDDLE = 21
ARROW, VERDICT = 20, 36
ARROWS = {
    "rose": (((0, 6), (0, -6)), ((-4, -2), (0, -6), (4, -2))),
    "fell": (((0, -6), (0, 6)), ((-4, 2), (0, 6), (4, 2))),
    "about-the-same": (((-5, -2), (5, -2)), ((-5, 2), (5, 2))),
}


def wave_picture(of: WaveChart) -> str:
    """Dots with their ranges, one row a wave, as SVG: solid for now, hollow for before."""
    frame = Frame(WAVE_VALUES, -1, 101, (0, 25, 50, 75, 100), lambda t: f"{t}%")
    rows, height = rows_of(((point.label, point.base, False) for point in of.points), frame.top)
    drawn = (s for point, row in zip(of.points, rows, strict=True) for s in _wave(point, row, frame))
    return picture(frame.top + height + AXIS, [*frame.grid(height), *drawn])


def _wave(point: WavePoint, row: Row, frame: Frame) -> Iterator[str]:
    yield from row.drawn()
    yield from row.value(point.value, point.range)
    yield word(NAMES + 4, row.top + FIRST, point.why, size=12, colour=SOFT)
    colour = WAVE[point.place]
    fill = colour if point.place == "now" else "#ffffff"
    yield from _ranged((point.low, point.percent, point.high), row, frame, (colour, fill))


def change_picture(of: ChangeChart) -> str:
    """Changes with their ranges as SVG, over the band of those too small to matter."""
    frame = _frame(of)
    rows, height = rows_of(
        ((row.name, row.base, False) for row in of.rows), frame.top, [_depth(row) for row in of.rows]
    )
    band = block(frame.across(-of.margin), frame.across(of.margin), frame.top, height, BAND)
    drawn = (s for change, row in zip(of.rows, rows, strict=True) for s in _change(change, row, frame))
    return picture(frame.top + height + AXIS, [band, *frame.grid(height), frame.zero(height), *drawn])


def _frame(of: ChangeChart) -> Frame:
    ends = [abs(end) for row in of.rows for end in (row.points, row.low, row.high) if end is not None]
    reach = max((2 * of.margin, *ends))
    step = next(step for step in (5, 10, 20, 50) if reach <= 4 * step)
    far = step * ceil(reach / step)
    return Frame(VERDICTS, -far - 1, far + 1, tuple(range(-far, far + 1, step)), _signed)


def _signed(tick: int) -> str:
    return f"{'+' if tick > 0 else '−' if tick < 0 else ''}{abs(tick)}"


def _change(change: ChangeRow, row: Row, frame: Frame) -> Iterator[str]:
    yield from row.drawn()
    yield from _ranged((change.low, change.points, change.high), row, frame, (WAVE["now"], WAVE["now"]))
    yield from _sign(change.verdict, WIDTH - VERDICTS + ARROW, row.top + FIRST)
    yield from _verdict(change, row.top)


def _depth(change: ChangeRow) -> int:
    """Pixels that a change's words take."""
    return SECOND + LINE * (len(verdict_lines(change)) - 1) + 12


def _verdict(change: ChangeRow, top: int) -> Iterator[str]:
    """What happened, whether it is better, and the figures; a reason may need more than one line."""
    at = WIDTH - VERDICTS + VERDICT
    lines = verdict_lines(change)
    for place, line in enumerate(lines):
        yield word(at, top + FIRST + LINE * place, line, bold=True)
    after = at + text_width(lines[-1], 14.5) + 4
    judged = GOOD if change.judgement == "better" else CONCERN
    yield word(after, top + FIRST + LINE * (len(lines) - 1), change.judgement, colour=judged)
    yield word(at, top + SECOND + LINE * (len(lines) - 1), change.points_text, size=12, colour=SOFT)


def verdict_lines(change: ChangeRow) -> tuple[str, ...]:
    """A change's verdict, or the reason why there is none, broken to fit."""
    return broken(change.verdict_text, VERDICTS - VERDICT - 14)


def _sign(verdict: str | None, x: float, y: float) -> Iterator[str]:
    """An arrow for a direction, a broken ring for "too few to tell"."""
    runs = ARROWS.get(verdict or "")
    if runs:
        yield stroke([[(x + dx, y + dy) for dx, dy in run] for run in runs], INK)
    elif verdict == "too-few-to-tell":
        yield f'<circle cx="{x}" cy="{y}" r="5" fill="none" stroke="{SOFT}" stroke-dasharray="2 2"/>'


def _ranged(
    ends: tuple[float | None, float | None, float | None], row: Row, frame: Frame, look: tuple[str, str]
) -> Iterator[str]:
    """A dot on its range; nothing where there is no figure."""
    low, middle, high = ends
    if low is None or middle is None or high is None:
        return
    edge, fill = look
    yield level(frame.across(low), frame.across(high), row.top + MIDDLE, edge, 2)
    yield dot(frame.across(middle), row.top + MIDDLE, 6, fill=fill, edge=edge)
