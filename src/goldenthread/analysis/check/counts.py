"""Whole numbers of people behind a printed percentage, by exact arithmetic (method 8)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

Span = tuple[int, int]
"""Least and most people, both included; empty where least is above most."""


def slack(decimals: int, rounded_parts: int = 1) -> Fraction:
    """Half a unit in the last printed place for each rounded part, in points."""
    return Fraction(rounded_parts, 2 * 10**decimals)


def counts(percent: Fraction, decimals: int, base: int, rounded_parts: int = 1) -> Span:
    """The counts x with ``|100 x / base - percent|`` within the slack, ends included.

    Both ends are included so that rounding half up and half to even are each allowed.
    """
    give = slack(decimals, rounded_parts)
    least = ceil((percent - give) * base / 100)
    most = floor((percent + give) * base / 100)
    return max(0, least), min(base, most)


def printable(percent: Fraction, decimals: int, base: int) -> Span:
    """The counts that print as exactly ``percent``, rounding half up or half to even.

    Tighter than ``counts`` in one case: a tie just above, where only an even last figure rounds down.
    """
    least, most = counts(percent, decimals, base)
    if percent * 10**decimals % 2 == 1 and most * 100 == (percent + slack(decimals)) * base:
        most -= 1
    return least, most


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
    for base in bases:
        span = counts(percent, decimals, base, rounded_parts)
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


def nearest_count(percent: Fraction, base: int, span: Span) -> int:
    """The count within ``span`` whose percentage lies nearest to ``percent``; the lower in a tie."""
    least, most = span
    below = min(max(floor(percent * base / 100), least), most)
    above = min(below + 1, most)
    return min((below, above), key=lambda x: abs(Fraction(100 * x, base) - percent))
