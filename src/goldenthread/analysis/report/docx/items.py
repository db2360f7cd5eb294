"""What of an item's page goes into the Word document: a board reads it, and can ask for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.analysis.report.model import BarChart, Block, ChangeChart, Report, Table, WaveChart
from goldenthread.analysis.report.pictures.picture import Chart

TREND = 3
"""Waves with a figure that make a picture of waves worth its space: of two, the changes say it all."""
ELSEWHERE = (
    "Each item has its pictures here, and one table for everybody. The tables for each group, and every "
    "change, are in report.html and tables.xlsx."
)


def pictured(blocks: Sequence[Block]) -> tuple[Chart, ...]:
    """The charts of an item that are drawn: the first of each kind, and its waves only if many."""
    first: dict[type, Chart] = {}
    for block in blocks:
        if isinstance(block, BarChart | ChangeChart) or (isinstance(block, WaveChart) and _many(block)):
            first.setdefault(type(block), block)
    return tuple(first.values())


def kept(blocks: Sequence[Block]) -> Iterator[Block]:
    """An item's blocks without its detailed tables and without a picture of two waves."""
    for block in blocks:
        detail = isinstance(block, Table) and block.detail
        if not detail and not (isinstance(block, WaveChart) and not _many(block)):
            yield block


def _many(chart: WaveChart) -> bool:
    return sum(point.percent is not None for point in chart.points) >= TREND


def tables_left_out(report: Report) -> bool:
    """Whether any item has a table that the document leaves to the other files."""
    return any(isinstance(block, Table) and block.detail for page in report.items for block in page.blocks)
