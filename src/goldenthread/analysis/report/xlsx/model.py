"""A sheet of the workbook as plain data: every cell is text or a number that stays a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["text", "whole", "count", "percent", "points", "decimal", "general"]

NO_FIGURE = "[x]"
MARKS = {
    "[c]": "Confidential: fewer than 10 answers, or it would give such a group away.",
    "[u]": "Unreliable: too few answers to rely on.",
    "[a]": "Approximate: worked out from rounded published figures.",
    NO_FIGURE: "No figure: not asked, not known, or not worked out.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, how it looks, and a mark printed after it. Per cents are shares, 0 to 1."""

    value: float
    look: Look = "general"
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


def whole(value: float | None) -> Value:
    return None if value is None else Figure(value, "whole")


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
