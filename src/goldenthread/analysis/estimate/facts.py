"""Who answered a wave, its totals, who was left out of a base, and pupils' needs: as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

NOT_SHOWN = "not shown"
"""The word for every hidden count, small ones and those hidden for their sake alike: were they told apart,
the sum of what is hidden could say how many each is."""


@dataclass(frozen=True, slots=True)
class WhoRow:
    """One row of a who-answered table. ``count`` None means hidden (D5); ``shown_as`` says it in words.

    ``headcount`` and ``rate`` are by the upper end of a headcount given as a range; ``headcount_low``
    is then its lower end, else None.
    """

    level: str
    label: str
    count: int | None
    percent: float | None
    headcount: int | None = None
    rate: float | None = None
    share_ratio: float | None = None
    shown_as: str = ""
    headcount_low: int | None = None


@dataclass(frozen=True, slots=True)
class WhoTable:
    """Who answered one wave, by one grouping; zero rows kept."""

    wave: str
    grouping: str
    label: str
    base: int
    rows: tuple[WhoRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """One wave's totals. ``rate`` is per cent of ``invited``; None where that is unknown."""

    id: str
    label: str
    published: bool
    answered: int | None
    invited: int | None = None
    invited_high: int | None = None
    rate: float | None = None
    shift_if_others_differ_by_10: float | None = None
    matches: tuple[str, ...] = ()
    does_not_match: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    format: str = ""


@dataclass(frozen=True, slots=True)
class Besides:
    """People left out of an item's base, shown beside it (method 2). None where hidden."""

    item: str
    wave: str
    group: str | None
    level: str | None
    outside: int | None
    blank: int | None
    not_shown: int | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One type of need: pupils recorded with SEN for whom it is the primary one, and their per cent.

    ``pupils`` None means hidden (then ``shown_as`` says it in words) or not in the census.
    ``low_incidence`` is None for a type the census does not count, and where it would tell of a hidden
    count.
    """

    need: str
    label: str
    pupils: int | None
    percent: float | None
    low_incidence: bool | None
    shown_as: str = ""
    catch_all: bool = False


@dataclass(frozen=True, slots=True)
class NeedTable:
    """A census as it may be shown. ``under`` is the line of low incidence, in per cent of ``total``.

    ``no_type`` are pupils whose type is not recorded; it and ``total`` are None where hidden.
    """

    dated: date
    sources: tuple[str, ...]
    under: float
    total: int | None
    no_type: int | None
    rows: tuple[NeedRow, ...]
