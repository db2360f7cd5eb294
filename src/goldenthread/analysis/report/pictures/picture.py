"""Charts as pictures for documents: our own drawing as SVG, painted without a network."""

from __future__ import annotations

import vl_convert

from goldenthread.analysis.report.model import BarChart, ChangeChart, WaveChart
from goldenthread.analysis.report.pictures.bar import bar_picture
from goldenthread.analysis.report.pictures.change import change_picture, wave_picture
from goldenthread.analysis.report.pictures.letters import outlined
from goldenthread.analysis.report.pictures.png import smaller

Chart = BarChart | WaveChart | ChangeChart
SCALE = 1.5
"""About 150 dots an inch on the page; twice the size took half as long again for the whole report."""


def svg(chart: Chart) -> str:
    """The chart as SVG; it holds what the chart shows and nothing else."""
    if isinstance(chart, BarChart):
        return bar_picture(chart)
    if isinstance(chart, WaveChart):
        return wave_picture(chart)
    return change_picture(chart)


def png(chart: Chart) -> bytes:
    """The chart as PNG at one and a half times its size, on white."""
    return smaller(bytes(vl_convert.svg_to_png(outlined(svg(chart)), scale=SCALE)))
