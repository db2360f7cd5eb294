"""Diverging bars: the answer the page leads with right of the line, the others left of it."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from markupsafe import Markup

from goldenthread.analysis.report.model import Bar, BarChart, Segment
from goldenthread.analysis.report.sentences.words import whole
from goldenthread.analysis.report.svg.draw import (
    Scale,
    across,
    kept,
    plot,
    reuse,
    tag,
    unseen,
    upright,
    whisker,
    words,
)

TICK = 25
DIGIT, EDGES = 8.5, 3
"""Pixels a figure needs, and the edges of its segment."""
NARROWEST, NARROW, WIDE = 2.4, 2.7, 3.6
"""Pixels to one per cent of the plot on a phone, a sheet and a wide page."""


def scale_of(chart: BarChart) -> Scale:
    """Room for the longest bar on either side of the line, the same for every row."""
    left = max((_left(bar) for bar in chart.bars), default=0.0)
    right = max((_right(bar) for bar in chart.bars), default=0.0)
    return Scale(-_rounded(left), max(_rounded(right), 25.0))


def _rounded(value: float) -> float:
    return 5.0 * ceil(value / 5) + 2.0 if value else 2.0


def _left(bar: Bar) -> float:
    return sum(s.percent for s in bar.segments if s.side != "high")


def _right(bar: Bar) -> float:
    return max(sum(s.percent for s in bar.segments if s.side == "high"), bar.high or 0.0)


def bar_rows(chart: BarChart) -> tuple[Markup, ...]:
    """One plot for each bar of the chart; how far down its parts lie is in the style sheet.

    The grid is that of ``bar_grids``.
    """
    scale = scale_of(chart)
    return tuple(_plot(scale, bar) for bar in chart.bars)


def _plot(scale: Scale, bar: Bar) -> Markup:
    grid, zero = reuse(f"g{_name(scale)}"), reuse(f"z{_name(scale)}")
    return plot([grid, *_segments(scale, bar.segments), zero, *_range(scale, bar)])


def _name(scale: Scale) -> str:
    return f"{-scale.least:g}-{scale.most:g}"


def bar_grids(charts: Iterable[BarChart]) -> Markup:
    """The grid and the zero line of every scale these charts use, kept once at the head of the page."""
    scales = dict.fromkeys(scale_of(chart) for chart in charts)
    return unseen(shape for scale in scales for shape in _grid(scale))


def _grid(scale: Scale) -> Iterable[Markup]:
    ticks = (upright(scale, tick, "grid") for tick in scale.ticks(TICK) if tick)
    return kept(f"g{_name(scale)}", ticks), kept(f"z{_name(scale)}", [upright(scale, 0, "zero")])


def _segments(scale: Scale, segments: tuple[Segment, ...]) -> Iterable[Markup]:
    """Boxes first, then the figures on them; the middle answer lies next to the line."""
    placed = [(segment, start) for segment, start in _placed(segments) if segment.percent > 0]
    for segment, start in placed:
        width = scale.place(segment.percent) - scale.place(0)
        yield tag("rect", class_=f"a{segment.step}", x=scale.at(start), width=across(width))
    for segment, start in placed:
        label, kind = _label(scale, segment)
        if label:
            yield words(label, scale.at(start + segment.percent / 2), kind)


def _placed(segments: tuple[Segment, ...]) -> Iterable[tuple[Segment, float]]:
    """Each segment with the number its left edge stands at."""
    edge = 0.0
    for segment in reversed([s for s in segments if s.side != "high"]):
        edge -= segment.percent
        yield segment, edge
    edge = 0.0
    for segment in (s for s in segments if s.side == "high"):
        yield segment, edge
        edge += segment.percent


def _label(scale: Scale, segment: Segment) -> tuple[str, str]:
    """The figure on a segment, and the class that hides it where the plot is too narrow for it."""
    figure = str(whole(segment.percent))
    share = scale.place(segment.percent) - scale.place(0)
    need = DIGIT * len(figure) + EDGES
    kind = f"on{segment.step}"
    if share * NARROWEST >= need:
        return figure, kind
    if share * NARROW >= need:
        return figure, f"{kind} in-bar--small"
    return (figure, f"{kind} in-bar--tiny") if share * WIDE >= need else ("", "")


def _range(scale: Scale, bar: Bar) -> Iterable[Markup]:
    """The bracket under the bar, never on top of its figures."""
    if bar.percent is None or bar.low is None or bar.high is None:
        return
    yield whisker(scale, bar.low, bar.high, "whisker ends")
    yield tag("circle", class_="whisker-dot", cx=scale.at(bar.percent))


def bar_axis(chart: BarChart) -> Markup:
    """Per cents under the bars, counted away from the line on both sides."""
    scale = scale_of(chart)
    marks = (words(f"{abs(t)}%", scale.at(t), _tick_kind(t, scale)) for t in scale.ticks(TICK))
    return plot(marks, " gt-plot--axis")


def _tick_kind(tick: int, scale: Scale) -> str:
    """Quarters are dropped first where there is no room: on a phone, or on a sheet with a long scale."""
    if tick % 50 == 0:
        return "mid"
    return "mid in-bar--tiny" if scale.most - scale.least > 125 else "mid in-bar--small"
