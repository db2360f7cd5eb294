"""A sheet of the workbook as plain data: every cell is text or a number that stays a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goldenthread.analysis.definition.preset import Preset
from goldenthread.analysis.report.sentences.marks import meanings

Look = Literal["whole", "count", "percent", "share", "points", "decimal"]

NO_FIGURE = "[x]"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, how it looks, and a mark printed after it. Per cents are shares, 0 to 1."""

    value: float
    look: Look
    mark: str = ""


Value = str | Figure | None
"""None leaves the cell empty."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading and its width in characters."""

    label: str
    width: float = 12
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table on one sheet, under a title and a line of explanation; ``holds`` is for the contents."""

    name: str
    title: str
    about: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    holds: str = ""
    frozen: int = 1
    empty: str = ""
    strong: frozenset[int] = frozenset()
    """Places of rows that open a block of rows."""


def marks(rules: Preset) -> dict[str, str]:
    """Each mark the workbook may print, with its meaning."""
    return meanings(rules) | {NO_FIGURE: "No figure: not asked, not known, or not worked out."}


def decimal(value: float | None) -> Value:
    return None if value is None else Figure(value, "decimal")


def percent(value: float | None, mark: str = "") -> Value:
    """A per cent of 0 to 100, held as a share."""
    return None if value is None else Figure(value / 100, "percent", mark)


def points(value: float | None) -> Value:
    return None if value is None else Figure(value, "points")


def count(value: float | None, mark: str = "") -> Value:
    """People; a half, from a mean of questions, keeps its decimal."""
    return None if value is None else Figure(value, "count" if value % 1 else "whole", mark)
