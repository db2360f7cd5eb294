"""A share and its range, from a tally (method 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.analysis.estimate.finite import almost_everyone
from goldenthread.analysis.estimate.model import Tally
from goldenthread.analysis.estimate.wilson import corrected, wilson


@dataclass(frozen=True, slots=True)
class Share:
    """``p`` and its range, 0 to 1, and how it was found.

    ``low`` and ``high`` are None where almost everyone answered (method 4). ``n`` is the number of
    answers the range behaves as if it had.
    """

    p: float
    low: float | None
    high: float | None
    n: float
    method: str


def share_of(tally: Tally, name: str, codes: Sequence[str], people: int | None = None) -> Share:
    """The share of ``codes`` (what the answer or net called ``name`` sums) in a base above 0.

    ``people`` is the group's headcount where the finite population correction applies (method 4); it
    is not used where a linearised variance holds it already.
    """
    p = _proportion(tally, codes)
    n = float(tally.base) if tally.effective_base is None else tally.effective_base
    base = people_in(tally)
    if almost_everyone(base, people):
        return Share(p, None, None, n, "almost-everyone")
    variance = (tally.variances or {}).get(name, 0.0)
    if 0 < p < 1 and variance > 0:
        n = p * (1 - p) / variance
        return Share(p, *wilson(p, n), n, "wilson-linearised")
    if tally.variances is not None:
        return Share(p, *wilson(p, n), n, "wilson-effective-base")
    n = corrected(n, base, people)
    return Share(p, *wilson(p, n), n, "wilson" if people is None else "wilson-fpc")


def count_of(tally: Tally, codes: Sequence[str]) -> float:
    """How many gave any of ``codes``; whole where all but a rounding error is."""
    count = sum(tally.counts.get(code, 0) for code in codes)
    return float(round(count)) if abs(count - round(count)) < 1e-9 * max(1, tally.base) else count


def _proportion(tally: Tally, codes: Sequence[str]) -> float:
    count = count_of(tally, codes)
    if count in (0, tally.base) or tally.weighted_counts is None or not tally.weighted_base:
        return count / tally.base
    return sum(tally.weighted_counts.get(code, 0) for code in codes) / tally.weighted_base


def people_in(tally: Tally) -> int:
    """The people a range stands on: for a pooled item, whose base counts answers, its smallest part."""
    pooled = tally.effective_base is not None and tally.weighted_base is None
    return round(tally.effective_base) if pooled and tally.effective_base else tally.base
