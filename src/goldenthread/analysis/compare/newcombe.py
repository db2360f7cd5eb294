"""The range and the p-value of a change between two independent shares (method 5).

Square-and-add from two Wilson intervals: Newcombe 1998, "Interval estimation for the difference
between independent proportions", his tenth method. The p-value inverts the same interval, so the two
never disagree: "95 %" is z = 1.96 in both. Shares are 0 to 1; bases may be effective, not whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

from goldenthread.analysis.estimate.wilson import Z, wilson

STEPS = 200


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of ``n`` people: ``p`` from 0 to 1, ``n`` the base its range stands on."""

    p: float
    n: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Later share minus earlier, with its 95 % range, all from -1 to 1, and its p-value."""

    d: float
    low: float
    high: float
    p: float


def interval(earlier: Proportion, later: Proportion, z: float = Z) -> tuple[float, float]:
    """The square-and-add interval of ``later.p - earlier.p`` at ``z``."""
    d = later.p - earlier.p
    low1, high1 = wilson(earlier.p, earlier.n, z)
    low2, high2 = wilson(later.p, later.n, z)
    below = sqrt((later.p - low2) ** 2 + (high1 - earlier.p) ** 2)
    above = sqrt((high2 - later.p) ** 2 + (earlier.p - low1) ** 2)
    return d - below, d + above


def touching_z(earlier: Proportion, later: Proportion) -> float:
    """The z at which the interval's end nearer to nought touches it; 0 where the shares agree.

    The end moves one way as z grows and always passes nought, so halving finds it.
    """
    if later.p == earlier.p:
        return 0.0
    if later.p < earlier.p:
        earlier, later = later, earlier
    least, most = 0.0, 1.0
    while interval(earlier, later, most)[0] > 0:
        least, most = most, most * 2
    for _ in range(STEPS):
        middle = (least + most) / 2
        if middle in (least, most):
            break
        if interval(earlier, later, middle)[0] > 0:
            least = middle
        else:
            most = middle
    return least


def difference(earlier: Proportion, later: Proportion) -> Difference:
    """The change with its range and p-value: p is under 2(1 - Phi(1.96)), the 5 % of method 3, exactly
    where the range leaves out nought."""
    low, high = interval(earlier, later)
    p = erfc(touching_z(earlier, later) / sqrt(2))
    return Difference(later.p - earlier.p, low, high, p)


def detectable(earlier: Proportion, later: Proportion) -> float | None:
    """The change this comparison could have seen, 0 to 1: D = 2.8 sqrt(pbar (1 - pbar) (1/n1 + 1/n2)).

    2.8 = 1.96 + 0.84: a true change of D would leave nought outside the range four times in five.
    None where everybody or nobody gave the answer in both waves: the formula says nothing there.
    """
    pooled = (earlier.p * earlier.n + later.p * later.n) / (earlier.n + later.n)
    if not 0 < pooled < 1:
        return None
    return 2.8 * sqrt(pooled * (1 - pooled) * (1 / earlier.n + 1 / later.n))
