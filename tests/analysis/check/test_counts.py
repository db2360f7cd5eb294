"""The counts a printed percentage allows, against rounding done by other means."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.analysis.check.counts import as_printed, counts, empty, nearest_count


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
    assert nearest_count(Fraction(percent), 12, (0, 12)) == expected
