"""Numbers of pupils as a person gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LONGEST_SOURCE, MOST_PUPILS = 300, 10_000_000


@dataclass(frozen=True, slots=True)
class PupilsGiven:
    """How many pupils had each type of need (by code) on a day, by whose word.

    A type left out is not counted. ``total`` is all pupils with SEN, None where it is not known.
    """

    dated: date
    source: str
    pupils: Mapping[str, int] = field(hash=False)
    total: int | None = None
    published: bool = False
