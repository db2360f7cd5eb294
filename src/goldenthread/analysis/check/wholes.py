"""Counts of several figures together: parts of one whole, nets of parts, averages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from goldenthread.analysis.check.counts import Span, print_room, slack
from goldenthread.analysis.check.model import Figure, FigureKind

MOST_SUMS = 4096


Spans = Callable[[int], Span]
"""The counts something may stand for, by its base."""


def spans(figure: Figure) -> Spans:
    """The counts ``figure`` may stand for on a base: its own numerator, else its rounding's."""
    number = figure.numerator
    if number is not None:
        return lambda _: (number, number)
    if figure.percent is None or figure.kind is FigureKind.MEAN:
        return lambda base: (0, base)
    return print_room(figure.percent, figure.decimals).counts


def total(parts: Iterable[Span]) -> Span:
    """The sums that counts within the spans of ``parts`` can reach."""
    pairs = tuple(parts)
    return sum(least for least, _ in pairs), sum(most for _, most in pairs)


def bases(figure: Figure) -> range:
    """Every base the figure may have; none where it is unknown."""
    if figure.base_low is None or figure.base_high is None:
        return range(0)
    return range(figure.base_low, figure.base_high + 1)


def shared_bases(figures: Iterable[Figure]) -> range | None:
    """The bases all figures may have together; None where no figure's base is known."""
    known = [bases(figure) for figure in figures if bases(figure)]
    if not known:
        return None
    return range(max(b.start for b in known), min(b.stop for b in known))


def adds_up(parts: tuple[Figure, ...]) -> bool:
    """True where whole counts exist, one for each part, that add to the base they share."""
    shared = shared_bases(parts)
    if shared is None:
        return _percents_add_up(parts)
    allowed = [spans(part) for part in parts]
    return any(_reaches(allowed, base) for base in shared)


def _reaches(parts: Iterable[Spans], base: int) -> bool:
    """Whether every part has a count and they can add to ``base``; given up at the first that has none."""
    least = most = 0
    for part in parts:
        low, high = part(base)
        if low > high:
            return False
        least, most = least + low, most + high
    return least <= base <= most


def _percents_add_up(parts: tuple[Figure, ...]) -> bool:
    give = sum((slack(part.decimals) for part in parts), Fraction(0))
    printed = sum((part.percent or Fraction(0) for part in parts), Fraction(0))
    return abs(printed - 100) <= give


def net_spans(parts: tuple[Figure, ...], rest: tuple[Figure, ...]) -> Spans:
    """The counts a net of ``parts`` can have; ``rest`` are the other parts of the same whole."""
    ours, others = [spans(part) for part in parts], [spans(part) for part in rest]

    def allowed(base: int) -> Span:
        least, most = total(part(base) for part in ours)
        if others:
            rest_least, rest_most = total(part(base) for part in others)
            least, most = max(least, base - rest_most), min(most, base - rest_least)
        return least, most

    return allowed


def averages(parts: tuple[Figure, ...]) -> tuple[Fraction, Fraction] | frozenset[Fraction]:
    """Every average the parts' counts can make, in per cent.

    A set of exact values where they are few enough to list; else their least and most.
    """
    shares = [_shares(part) for part in parts]
    size = 1
    for values in shares:
        size *= len(values)
    if not size or size > MOST_SUMS:
        return _ends(parts)
    sums = {Fraction(0)}
    for values in shares:
        sums = {so_far + value for so_far in sums for value in values}
    return frozenset(value / len(parts) for value in sums)


def _shares(part: Figure) -> list[Fraction]:
    if part.kind is FigureKind.MEAN or len(bases(part)) * 2 > MOST_SUMS:
        return []
    allowed = spans(part)
    found: list[Fraction] = []
    for base in bases(part):
        least, most = allowed(base)
        if len(found) + most - least > MOST_SUMS:
            return []
        found += [Fraction(100 * count, base) for count in range(least, most + 1)]
    return found


def _ends(parts: tuple[Figure, ...]) -> tuple[Fraction, Fraction]:
    lows = [(part.percent or Fraction(0)) - slack(part.decimals) for part in parts]
    highs = [(part.percent or Fraction(0)) + slack(part.decimals) for part in parts]
    return sum(lows, Fraction(0)) / len(parts), sum(highs, Fraction(0)) / len(parts)


def rest_of_whole(
    parts: tuple[Figure, ...], wholes: Mapping[tuple[str, str], tuple[Figure, ...]]
) -> tuple[Figure, ...]:
    """The other parts of the one whole all ``parts`` belong to; none where there is no such whole."""
    keys = {(part.group, part.wave) for part in parts}
    if len(keys) != 1 or not all(part.part for part in parts):
        return ()
    ids = {part.id for part in parts}
    return tuple(part for part in wholes.get(keys.pop(), ()) if part.id not in ids)
