"""Whole numbers of people behind a printed percentage, by exact arithmetic (method 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm

Span = tuple[int, int]
"""Least and most people, both included; empty where least is above most."""


def slack(decimals: int, rounded_parts: int = 1) -> Fraction:
    """Half a unit in the last printed place for each rounded part, in points."""
    return Fraction(rounded_parts, 2 * 10**decimals)


@dataclass(frozen=True, slots=True)
class Room:
    """What a printed percentage leaves open: the shares from ``low`` to ``high``, both over ``scale``.

    ``less`` is 1 where the share ``high / scale`` itself prints as another percentage, else 0. Whole
    numbers, because a search over thousands of bases asks for little else.
    """

    low: int
    high: int
    scale: int
    less: int = 0

    def counts(self, base: int) -> Span:
        """The counts on ``base`` with such a share."""
        least, most = -(-self.low * base // self.scale), (self.high * base - self.less) // self.scale
        return max(least, 0), min(most, base)

    def fits(self, bases: range) -> bool:
        """Whether there is such a count on any of ``bases``, for a percentage from 0 to 100."""
        low, high, scale, less = self.low, self.high, self.scale, self.less
        return any(-(-low * base // scale) <= (high * base - less) // scale for base in bases)


def room(percent: Fraction, decimals: int, rounded_parts: int = 1) -> Room:
    """Every share within the slack of ``percent``, both ends included.

    Both ends are included so that rounding half up and half to even are each allowed.
    """
    give = slack(decimals, rounded_parts)
    common = lcm(percent.denominator, give.denominator)
    return Room(int((percent - give) * common), int((percent + give) * common), 100 * common)


def print_room(percent: Fraction, decimals: int) -> Room:
    """The shares that print as exactly ``percent``, rounding half up or half to even.

    Tighter than ``room`` in one case: a tie just above, where only an even last figure rounds down.
    """
    return replace(room(percent, decimals), less=int(percent * 10**decimals % 2 == 1))


def counts(percent: Fraction, decimals: int, base: int, rounded_parts: int = 1) -> Span:
    """The counts x with ``|100 x / base - percent|`` within the slack, ends included."""
    return room(percent, decimals, rounded_parts).counts(base)


def prints_as(exact: Fraction, percent: Fraction, decimals: int) -> bool:
    """Whether ``exact`` rounds to ``percent``, half up or half to even."""
    gap = exact - percent
    if gap == slack(decimals):
        return bool(percent * 10**decimals % 2 == 0)
    return abs(gap) <= slack(decimals)


def empty(span: Span) -> bool:
    """True where no count fits."""
    return span[0] > span[1]


def choices(
    percent: Fraction, decimals: int, bases: range, rounded_parts: int = 1
) -> Iterator[tuple[int, Span]]:
    """Every base in ``bases`` that allows a count, with its counts."""
    allowed = room(percent, decimals, rounded_parts).counts
    for base in bases:
        span = allowed(base)
        if not empty(span):
            yield base, span


def as_printed(percent: Fraction, decimals: int) -> str:
    """A percentage rounded half up to ``decimals`` places, as text."""
    unit = 10**decimals
    whole = floor(percent * unit + Fraction(1, 2))
    return place_point(whole, decimals)


def cut(percent: Fraction, decimals: int) -> Fraction:
    """A percentage cut, not rounded, after ``decimals`` places."""
    return Fraction(floor(percent * 10**decimals), 10**decimals)


def place_point(units: int, decimals: int) -> str:
    """A whole number of last-place units as text: 7925 with two places is 79.25."""
    if decimals == 0:
        return str(units)
    head, tail = divmod(units, 10**decimals)
    return f"{head}.{tail:0{decimals}d}"


def nearest_share(percent: Fraction, bases: range, within: Span) -> Fraction | None:
    """The percentage nearest to ``percent`` of a count within ``within`` on one of ``bases``.

    In a tie that of the smaller base, then of the lower count; None where no base reaches ``within``.
    """
    share, scale = (percent / 100).as_integer_ratio()
    nearest: int | None = None
    gap, on = scale + 1, 1
    for base in bases:
        over = share * base % scale
        if min(over, scale - over) * on >= gap * base or base < within[0]:
            continue
        count = _nearest_count(share * base, scale, (within[0], min(within[1], base)))
        there = abs(count * scale - share * base)
        if there * on < gap * base:
            nearest, gap, on = count, there, base
    return None if nearest is None else Fraction(100 * nearest, on)


def _nearest_count(people: int, scale: int, span: Span) -> int:
    """The count within ``span`` nearest to ``people / scale``; the lower in a tie."""
    least, most = span
    below = min(max(people // scale, least), most)
    above = min(below + 1, most)
    return min((below, above), key=lambda count: abs(count * scale - people))


def telling_shares(percent: Fraction, numerator: int, bases: range) -> tuple[Fraction, ...]:
    """The percentages ``numerator`` makes on ``bases`` that lie next to ``percent``, one on each side.

    They fall as the base grows, so if any of them prints as ``percent``, or is cut to it, one of these does.
    """
    if not percent:
        return (Fraction(100 * numerator, bases[-1]),)
    ideal = 100 * numerator / percent
    sides = {min(max(base, bases[0]), bases[-1]) for base in (floor(ideal), ceil(ideal))}
    return tuple(Fraction(100 * numerator, base) for base in sorted(sides))
