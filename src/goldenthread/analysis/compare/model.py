"""A change between two waves, and the finding an item gives rise to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Method 7."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "about-the-same"
    FEW = "too-few-to-tell"


MOVED = frozenset({Verdict.ROSE, Verdict.FELL})


class FindingKind(StrEnum):
    """Method 11, in the order of first match."""

    FELL = "fell"
    STRENGTH = "strength"
    LOW_BUT_IMPROVING = "low-but-improving"
    ROSE = "rose"
    MIXED = "mixed"
    GAP = "gap"
    STEADY = "steady"
    NEW = "new"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one net between two waves, in points; p-values 0 to 1 (method 5 to 9).

    ``verdict`` is None where no verdict may be given, and then ``because`` says why.
    """

    item: str
    answer: str
    group: str | None
    level: str | None
    from_wave: str
    to_wave: str
    points: float | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None
    family: str | None
    verdict: Verdict | None
    because: str
    detectable: float | None = None
    mix_by: str | None = None
    mix_cells: int | None = None
    mix_points: float | None = None
    mix_low: float | None = None
    mix_high: float | None = None
    mix_verdict: Verdict | None = None
    conflict: bool = False
    from_published: bool = False
    mix_because: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an item says: its kind, its direction, whether that is good, and why it is classed so."""

    item: str
    kind: FindingKind
    direction: Verdict | None
    good: bool | None
    because: str
