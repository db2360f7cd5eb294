"""Waves as dots with their ranges, and changes as dots against the band too small to matter."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from goldenthread.analysis.report.model import ChangeChart, ChangeRow, WaveChart, WavePoint
from goldenthread.analysis.report.sentences.words import signed
from goldenthread.analysis.report.svg.draw import (
    HEIGHT,
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

WHOLE = Scale(0, 100)
STEPS, LABELS = (5, 10, 20, 50), 5
"""Points between the marks of an axis, and how many marks have room."""


def wave_rows(chart: WaveChart) -> tuple[Markup, ...]:
    """One plot for each wave, on a scale of 0 to 100 per cent."""
    return tuple(plot([reuse("wave-grid"), *_dot(point)]) for point in chart.points)


def wave_grid() -> Markup:
    """The grid every wave chart uses, kept once at the head of the page."""
    return unseen([kept("wave-grid", (upright(WHOLE, t, "grid") for t in WHOLE.ticks(25)))])


def _dot(point: WavePoint) -> Iterable[Markup]:
    if point.percent is None:
        return
    if point.low is not None and point.high is not None:
        kind = "whisker" if point.place == "now" else f"whisker whisker--{point.place}"
        yield whisker(WHOLE, point.low, point.high, kind)
    yield tag("circle", class_=f"dot-{point.place}", cx=WHOLE.at(point.percent))


def wave_axis() -> Markup:
    """0% to 100%; the ends are set inside the plot."""
    kinds = {0: "start", 100: "end"}
    marks = (words(f"{t}%", WHOLE.at(t), kinds.get(t, "mid")) for t in WHOLE.ticks(25))
    return plot(marks, " gt-plot--axis")


def change_scale(chart: ChangeChart) -> Scale:
    """Room for every range and for the band on both sides of no change."""
    ends = [e for row in chart.rows for e in (row.low, row.high) if e is not None]
    return Scale(min([*ends, -chart.margin]) - 2, max([*ends, chart.margin]) + 2)


def change_rows(chart: ChangeChart) -> tuple[Markup, ...]:
    """One plot for each change, all on one scale, over the band too small to matter."""
    scale = change_scale(chart)
    return tuple(plot([reuse(f"{chart.id}-band"), *_change_dot(scale, row)]) for row in chart.rows)


def _change_dot(scale: Scale, row: ChangeRow) -> Iterable[Markup]:
    if row.points is None or row.low is None or row.high is None:
        return
    yield whisker(scale, row.low, row.high)
    yield tag("circle", class_="dot-now", cx=scale.at(row.points))


def change_axis(chart: ChangeChart) -> Markup:
    """Points, signed, at a step that leaves room for the figures; keeps the band of every row."""
    scale = change_scale(chart)
    width = across(scale.place(chart.margin) - scale.place(-chart.margin))
    band = tag("rect", class_="band", x=scale.at(-chart.margin), width=width, height=HEIGHT)
    ground = kept(f"{chart.id}-band", [band, upright(scale, 0, "zero")])
    span = scale.most - scale.least
    step = next((s for s in STEPS if span / s <= LABELS), STEPS[-1])
    marks = (words(signed(t), scale.at(t), "mid") for t in scale.ticks(step))
    return plot([ground, *marks], " gt-plot--axis")
