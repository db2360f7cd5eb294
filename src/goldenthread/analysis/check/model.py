"""A printed figure, and what may be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class FigureKind(StrEnum):
    """``share``: one answer; ``net``: a sum of answers; ``mean``: an average of other figures."""

    SHARE = "share"
    NET = "net"
    MEAN = "mean"


class Truth(StrEnum):
    """What exact arithmetic says of a figure; the first that holds, in this order."""

    WRONG = "wrong"
    IMPOSSIBLE = "impossible"
    SUM_IMPOSSIBLE = "sum-impossible"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a figures file.

    ``percent`` is as printed, with ``decimals`` places; None where only a count was printed.
    ``base_low`` and ``base_high`` are equal where the base is known, None where it is not.
    ``part`` rows of one ``group`` and wave are the parts of one whole. ``item`` and ``answer``
    tie a published wave's figure to a study. ``row`` counts lines of the file from 1.
    """

    id: str
    percent: Fraction | None
    decimals: int = 0
    group: str = ""
    kind: FigureKind = FigureKind.SHARE
    of: tuple[str, ...] = ()
    part: bool = False
    label: str = ""
    numerator: int | None = None
    base_low: int | None = None
    base_high: int | None = None
    rounded_parts: int = 1
    wave: str = ""
    item: str = ""
    answer: str = ""
    row: int | None = None

    @property
    def base(self) -> int | None:
        """The base, where exactly one is known."""
        return self.base_low if self.base_low == self.base_high else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found for one figure. ``nearest`` is the nearest percentage that could have been
    printed, with the figure's own decimals; None where there is none to offer."""

    id: str
    verdict: Truth
    because: str = ""
    nearest: str | None = None
