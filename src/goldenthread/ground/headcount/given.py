"""A count as a person gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WORKS, KINDS = "areas-of-work", "organisation-kinds"
MOST_PEOPLE, LONGEST_SOURCE = 10_000_000, 300

Column = str | int | date | bool | None


@dataclass(frozen=True, slots=True)
class CountGiven:
    """How many people on a day, by whose word; "" for ``work`` or ``kind`` is all of them.

    ``number_high`` is the upper end where only a range is known.
    """

    number: int
    dated: date
    source: str
    work: str = ""
    kind: str = ""
    number_high: int | None = None
    all_invited: bool = True

    @property
    def cell(self) -> tuple[str, str, date]:
        """What may be counted only once."""
        return self.work, self.kind, self.dated

    def columns(self) -> dict[str, Column]:
        """The columns of its row; a range of one number is that number."""
        return {
            "work": self.work,
            "kind": self.kind,
            "number": self.number,
            "number_high": self.number_high if self.number_high != self.number else None,
            "dated": self.dated,
            "source": " ".join(self.source.split()),
            "all_invited": self.all_invited,
        }

    def numbers(self) -> str:
        """The number, or the range, in words."""
        high = self.columns()["number_high"]
        return f"{self.number:,}" if high is None else f"{self.number:,} to {high:,}"

    def words(self) -> str:
        """All that is said of these people."""
        invited = "all invited" if self.all_invited else "not all invited"
        return f"{self.numbers()}, {invited}, {' '.join(self.source.split())}"
