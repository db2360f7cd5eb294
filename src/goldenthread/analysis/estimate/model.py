"""Counts behind a figure, and the figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from goldenthread.analysis.problem import Problem


@dataclass(frozen=True, slots=True)
class Tally:
    """People by answer for one item, in one wave, among everybody or one group.

    ``counts`` holds substantive answers only (by answer code; fractional for a mean of items) and
    ``base`` the people they come from (method 2). ``variances`` maps a net or answer to its
    linearised variance where the design is weighted or stratified.
    """

    counts: Mapping[str, float]
    base: int
    outside: Mapping[str, int] = field(default_factory=dict)
    blank: int = 0
    not_shown: int = 0
    weighted_counts: Mapping[str, float] | None = None
    weighted_base: float | None = None
    effective_base: float | None = None
    variances: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A percentage as a report printed it: all that is left of an older wave (method 8)."""

    item: str
    answer: str
    percent: Fraction
    decimals: int
    base_low: int
    base_high: int
    rounded_parts: int = 1
    id: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its base and its range; percents are 0 to 100, unrounded.

    ``flag``: ``u`` too few to rely on, ``c`` confidential (then no figure), ``a`` approximate.
    ``bound`` is set instead of a figure where a group all but agrees ("more than 95", D3).
    """

    item: str
    wave: str
    group: str | None
    level: str | None
    answer: str
    count: float | None
    base: int | None
    percent: float | None
    low: float | None
    high: float | None
    weighted_base: float | None = None
    effective_base: float | None = None
    weighted: bool = False
    method: str = "wilson"
    flag: str | None = None
    published: bool = False
    base_low: int | None = None
    base_high: int | None = None
    bound: str | None = None


TallyKey = tuple[str, str | None, str | None]
"""(item, grouping or None, level or None)."""


@dataclass(frozen=True, slots=True)
class WaveMeasures:
    """Everything known of one wave: shown estimates, and the raw tallies no renderer may read."""

    wave: str
    answered: int | None
    estimates: tuple[Estimate, ...]
    tallies: Mapping[TallyKey, Tally] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], PublishedFigure] = field(default_factory=dict)
    mix: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hidden: frozenset[TallyKey] = frozenset()
    limits: tuple[str, ...] = ()
    who_hidden: frozenset[tuple[str, str]] = frozenset()
    """(grouping, level) not shown in the who-answered table."""
    rounded: frozenset[str] = frozenset()
    """Items whose shares are shown rounded: weights or strata, and groups hidden."""
    problems: tuple[Problem, ...] = ()
