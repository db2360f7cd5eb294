"""One wave's side of a comparison: the shares it may stand for, and the base they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goldenthread.analysis.check.counts import choices, slack
from goldenthread.analysis.compare.newcombe import Difference, Proportion, difference
from goldenthread.analysis.compare.verdict import Range
from goldenthread.analysis.estimate.model import PublishedFigure

MOST_BASES = 1000
"""A wider range of bases allows every share the rounding does: there is nothing to list."""


@dataclass(frozen=True, slots=True)
class Side:
    """Shares 0 to 1. ``low`` and ``high`` are equal where the count is known; a printed figure
    leaves room between them. ``n`` is what its range stands on, ``base`` the people (the fewest
    that fit, for a printed figure)."""

    low: float
    high: float
    n: float
    base: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed percentage allows (method 8). ``count`` where only one is possible."""

    side: Side
    approximate: bool
    count: int | None


def read_figure(figure: PublishedFigure) -> Reading:
    """The shares and the smallest base a printed figure allows.

    Lowest and highest share and smallest base are taken each by itself, so with a range of bases
    the reading is never bolder than any one count and base. Where no count fits, the printed
    percentage is taken as if exact, give or take its rounding, and the reading is approximate.
    """
    bases = range(figure.base_low, figure.base_high + 1)
    if len(bases) > MOST_BASES:
        return Reading(_as_if_exact(figure), approximate=False, count=None)
    fits = list(choices(figure.percent, figure.decimals, bases, figure.rounded_parts))
    if not fits:
        return Reading(_as_if_exact(figure), approximate=True, count=None)
    low = min(Fraction(least, base) for base, (least, _) in fits)
    high = max(Fraction(most, base) for base, (_, most) in fits)
    smallest, (least, most) = fits[0]
    only = least if len(bases) == 1 and least == most else None
    side = Side(float(low), float(high), smallest, smallest)
    return Reading(side, approximate=False, count=only)


def _as_if_exact(figure: PublishedFigure) -> Side:
    give = slack(figure.decimals, figure.rounded_parts)
    low = max(Fraction(0), figure.percent - give) / 100
    high = min(Fraction(100), figure.percent + give) / 100
    return Side(float(low), float(high), figure.base_low, figure.base_low)


def base_too_wide(figure: PublishedFigure) -> bool:
    """True where the base is known less well than to one in ten."""
    return 10 * figure.base_low < 9 * figure.base_high


def least_evidence(earlier: Side, later: Side) -> Difference:
    """The change as the nearest readings give it: what rules 2 and 3 may rest on."""
    if later.low > earlier.high:
        return _difference(earlier, earlier.high, later, later.low)
    if later.high < earlier.low:
        return _difference(earlier, earlier.low, later, later.high)
    both = (max(earlier.low, later.low) + min(earlier.high, later.high)) / 2
    return _difference(earlier, both, later, both)


def farthest(earlier: Side, later: Side) -> tuple[Range, ...]:
    """The ranges, in points, of the readings farthest apart either way: what rule 1 must survive."""
    if earlier.low == earlier.high and later.low == later.high:
        return ()
    ends = ((earlier.low, later.high), (earlier.high, later.low))
    found = (_difference(earlier, p1, later, p2) for p1, p2 in ends)
    return tuple((100 * change.low, 100 * change.high) for change in found)


def _difference(earlier: Side, p1: float, later: Side, p2: float) -> Difference:
    return difference(Proportion(p1, earlier.n), Proportion(p2, later.n))
