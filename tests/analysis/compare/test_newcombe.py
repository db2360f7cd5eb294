"""The range of a change against print, and its p-value against the range."""

from __future__ import annotations

from math import erfc, isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binom

from goldenthread.analysis.compare.newcombe import Proportion, detectable, difference, interval, touching_z

FIVE = erfc(1.96 / sqrt(2))


def share(x: int, n: int) -> Proportion:
    return Proportion(x / n, n)


@st.composite
def shares(draw: st.DrawFn) -> Proportion:
    n = draw(st.integers(1, 2000))
    return share(draw(st.integers(0, n)), n)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_1998_table_ii(
    later: tuple[int, int], earlier: tuple[int, int], low: float, high: float
) -> None:
    """The paper takes z to be 1.959964."""
    found = interval(share(*earlier), share(*later), 1.959964)
    assert tuple(round(end, 4) for end in found) == (low, high)


@given(shares(), shares())
def test_p_is_under_five_per_cent_exactly_where_the_range_leaves_out_nought(
    earlier: Proportion, later: Proportion
) -> None:
    found = difference(earlier, later)
    if not isclose(found.p, FIVE, rel_tol=1e-9):
        assert (found.p < FIVE) == (found.low > 0 or found.high < 0)


@given(shares(), shares())
def test_the_p_value_inverts_the_interval(earlier: Proportion, later: Proportion) -> None:
    z = touching_z(earlier, later)
    if z:
        low, high = interval(earlier, later, z)
        near = low if later.p > earlier.p else high
        assert abs(near) < 1e-9


@given(shares(), shares())
def test_the_range_holds_the_change_and_stays_in_bounds(earlier: Proportion, later: Proportion) -> None:
    found = difference(earlier, later)
    assert -1 - 1e-12 <= found.low <= found.d <= found.high <= 1 + 1e-12
    assert 0 <= found.p <= 1


@given(shares(), shares())
def test_turning_the_waves_round_turns_the_range_round(earlier: Proportion, later: Proportion) -> None:
    one, two = difference(earlier, later), difference(later, earlier)
    assert isclose(one.low, -two.high, abs_tol=1e-12)
    assert isclose(one.p, two.p, abs_tol=1e-12)


@given(shares(), shares(), st.integers(2, 50))
def test_more_answers_never_make_a_change_less_sure(
    earlier: Proportion, later: Proportion, times: int
) -> None:
    more = difference(Proportion(earlier.p, earlier.n * times), Proportion(later.p, later.n * times))
    few = difference(earlier, later)
    assert more.p <= few.p + 1e-12
    assert more.high - more.low <= few.high - few.low + 1e-12


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_no_change_has_p_one(p: float) -> None:
    found = difference(Proportion(p, 50), Proportion(p, 70))
    assert (found.d, found.p) == (0.0, 1.0)
    assert found.low < 0 < found.high


def test_from_nobody_to_everybody_is_beyond_doubt() -> None:
    found = difference(share(0, 1000), share(1000, 1000))
    assert found.low > 0.99
    assert found.p < 1e-100


@pytest.mark.parametrize(("n1", "n2"), [(15, 15), (40, 30), (187, 159)])
def test_the_range_covers_the_true_change_95_times_in_100(n1: int, n2: int) -> None:
    """Exactly, by adding up every outcome, for true shares of 5 % to 95 %: nothing is drawn."""
    ends = np.array([[interval(share(x, n1), share(y, n2)) for y in range(n2 + 1)] for x in range(n1 + 1)])
    truths = np.arange(0.05, 0.96, 0.10)
    covered = [
        _outcomes(n1, p1) @ ((ends[:, :, 0] <= p2 - p1) & (ends[:, :, 1] >= p2 - p1)) @ _outcomes(n2, p2)
        for p1 in truths
        for p2 in truths
    ]
    assert 0.947 <= np.mean(covered) <= 0.96
    assert min(covered) >= 0.92


def _outcomes(n: int, p: float) -> NDArray[np.float64]:
    return np.asarray(binom.pmf(np.arange(n + 1), n, p))


def test_what_159_and_187_answers_can_see() -> None:
    assert round(100 * (detectable(share(80, 160), share(94, 188)) or 0)) == 15
    assert round(100 * (detectable(Proportion(0.9, 187), Proportion(0.9, 159)) or 0)) == 9
    assert detectable(share(10, 10), share(12, 12)) is None
