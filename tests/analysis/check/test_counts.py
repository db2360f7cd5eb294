"""The counts a printed percentage allows, against rounding done by other means."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.analysis.check.counts import (
    as_printed,
    counts,
    cut,
    empty,
    nearest_share,
    print_room,
    prints_as,
    telling_shares,
)


@st.composite
def people_and_base(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(1, 3000))
    return draw(st.integers(0, base)), base


def rounded(people: int, base: int, decimals: int, mode: str) -> Fraction:
    """Rounded by the decimal module, on a quotient exact enough never to meet a false tie."""
    with localcontext() as context:
        context.prec = 60
        share = Decimal(100 * people) / Decimal(base)
        return Fraction(share.quantize(Decimal(1).scaleb(-decimals), rounding=mode))


@given(people_and_base(), st.integers(0, 3), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_the_true_count_is_always_allowed(shares: tuple[int, int], decimals: int, mode: str) -> None:
    people, base = shares
    least, most = counts(rounded(people, base, decimals, mode), decimals, base)
    assert least <= people <= most


@given(people_and_base(), st.integers(0, 2))
def test_every_allowed_count_prints_as_the_percentage_and_no_other_does(
    shares: tuple[int, int], decimals: int
) -> None:
    people, base = shares
    printed = rounded(people, base, decimals, ROUND_HALF_UP)
    least, most = counts(printed, decimals, base)
    half = Fraction(1, 2 * 10**decimals)
    allowed = [x for x in range(base + 1) if abs(Fraction(100 * x, base) - printed) <= half]
    assert allowed == list(range(least, most + 1))


@given(people_and_base(), st.integers(2, 5), st.integers(0, 2))
def test_more_rounded_parts_allow_more_counts(shares: tuple[int, int], parts: int, decimals: int) -> None:
    people, base = shares
    printed = rounded(people, base, decimals, ROUND_HALF_UP)
    least, most = counts(printed, decimals, base)
    wider_least, wider_most = counts(printed, decimals, base, parts)
    assert wider_least <= least <= most <= wider_most


def test_a_tie_is_allowed_both_ways() -> None:
    """1 of 8 is 12.5 %: it prints as 13 half up and as 12 half to even."""
    assert counts(Fraction(13), 0, 8) == (1, 1)
    assert counts(Fraction(12), 0, 8) == (1, 1)


def test_a_percentage_no_count_makes() -> None:
    assert empty(counts(Fraction("69.19"), 2, 187))
    assert not empty(counts(Fraction("69.19"), 2, 185))


@given(people_and_base(), st.integers(0, 3))
def test_printing_rounds_half_up(shares: tuple[int, int], decimals: int) -> None:
    people, base = shares
    shown = as_printed(Fraction(100 * people, base), decimals)
    assert Fraction(shown) == rounded(people, base, decimals, ROUND_HALF_UP)
    assert len(shown.partition(".")[2]) == decimals


@pytest.mark.parametrize(("percent", "expected"), [("0.4", 0), ("99.9", 12), ("54", 6), ("66.7", 8)])
def test_the_nearest_count(percent: str, expected: int) -> None:
    assert nearest_share(Fraction(percent), range(12, 13), (0, 12)) == Fraction(100 * expected, 12)


@given(
    st.integers(0, 10_000),
    st.integers(1, 40),
    st.integers(0, 30),
    st.integers(0, 60),
    st.integers(0, 2),
)
def test_a_search_over_bases_finds_what_trying_every_count_finds(
    units: int, first: int, more: int, least: int, decimals: int
) -> None:
    percent, bases = Fraction(units // 10 ** (2 - decimals), 10**decimals), range(first, first + more + 1)
    shares = [Fraction(100 * x, base) for base in bases for x in range(least, base + 1)]
    nearest = nearest_share(percent, bases, (least, bases[-1]))
    assert nearest == min(shares, key=lambda share: abs(share - percent), default=None)
    every = [Fraction(100 * x, base) for base in bases for x in range(base + 1)]
    assert print_room(percent, decimals).fits(bases) == any(prints_as(x, percent, decimals) for x in every)


@given(st.integers(0, 100), st.integers(1, 40), st.integers(0, 30), st.integers(0, 40))
def test_a_count_on_a_range_of_bases_is_told_by_the_two_next_to_it(
    percent: int, first: int, more: int, numerator: int
) -> None:
    printed, bases = Fraction(percent), range(first, first + more + 1)
    every = [Fraction(100 * numerator, base) for base in bases]
    told = telling_shares(printed, numerator, bases)
    assert set(told) <= set(every)
    assert any(prints_as(x, printed, 0) for x in told) == any(prints_as(x, printed, 0) for x in every)
    assert any(cut(x, 0) == printed for x in told) == any(cut(x, 0) == printed for x in every)
    assert min(abs(x - printed) for x in told) == min(abs(x - printed) for x in every)
