"""What to count: the columns of a table of answers, and what their codes mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A column of answers to an item, as positions 0 to ``size`` - 1 (below 0: no answer).

    Positions in ``outside`` are answers that never enter the base. ``part`` numbers the columns of a
    pooled item.
    """

    column: str
    item: str
    size: int
    outside: frozenset[int] = frozenset()
    part: int = 0


@dataclass(frozen=True, slots=True)
class Grouped:
    """A column that groups people, as positions in ``levels`` (below 0: did not say, level "")."""

    column: str
    item: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything ``make_cube`` needs to know about a table. ``strata`` names each stratum's position."""

    wave: str
    counted: tuple[Counted, ...]
    grouped: tuple[Grouped, ...] = ()
    stratum: str | None = None
    strata: tuple[str, ...] = ()
    weight: str | None = None

    @property
    def frame(self) -> tuple[str, ...]:
        """The columns that every count is broken down by."""
        return tuple(g.column for g in self.grouped) + ((self.stratum,) if self.stratum else ())
