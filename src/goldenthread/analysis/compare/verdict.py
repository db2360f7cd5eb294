"""One of four verdicts for a change, and the sentence that goes with it (method 7).

Points are differences of per cents. Comparisons are unrounded and ends count as inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from goldenthread.analysis.compare.model import Verdict

Range = tuple[float, float]
"""The low and high end of a change, in points."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The lines a verdict is drawn by: a margin in points, a false-discovery share, and how many
    comparisons the family holds."""

    margin: float
    q: float
    comparisons: int


def verdict(evidence: Range, p_adjusted: float, rule: Rule, widest: Sequence[Range] = ()) -> Verdict:
    """The first rule that holds; every change gets exactly one.

    ``evidence`` is the range rules 2 to 4 look at; ``widest`` the ranges that must all lie inside
    the margin for rule 1 (a published figure's farthest readings; else the evidence itself).
    """
    low, high = evidence
    if all(-rule.margin <= a and b <= rule.margin for a, b in (evidence, *widest)):
        return Verdict.SAME
    if low > 0 and p_adjusted <= rule.q:
        return Verdict.ROSE
    if high < 0 and p_adjusted <= rule.q:
        return Verdict.FELL
    return Verdict.FEW


def because(found: Verdict, evidence: Range, rule: Rule) -> str:
    """The sentence for a verdict, without a full stop."""
    if found is Verdict.SAME:
        return _same(evidence, rule)
    if found is Verdict.FEW:
        return _few(evidence, rule)
    return in_words(evidence)


def _same(evidence: Range, rule: Rule) -> str:
    low, high = evidence
    if low > 0:
        return f"a small rise, under {rule.margin:g} points"
    if high < 0:
        return f"a small fall, under {rule.margin:g} points"
    return f"any change is under {rule.margin:g} points"


def _few(evidence: Range, rule: Rule) -> str:
    low, high = evidence
    if low > 0 or high < 0:
        word = "rise" if low > 0 else "fall"
        among = "1 comparison" if rule.comparisons == 1 else f"{rule.comparisons} comparisons"
        return f"on its own this would count as a {word}; among {among} it could be chance"
    if (high - low) / 2 > rule.margin:
        return f"too few answers to tell: {in_words(evidence)}"
    return in_words(evidence)


def in_words(evidence: Range) -> str:
    """A range as "between 4 lower and 16 higher", in whole points rounded half up."""
    low, high = (_whole(value) for value in evidence)
    if low == high:
        return _end(low)
    if low > 0 or high < 0:
        near, far = sorted((abs(low), abs(high)))
        return f"between {near} and {far} {'higher' if low > 0 else 'lower'}"
    return f"between {_end(low)} and {_end(high)}"


def _whole(points: float) -> int:
    whole = floor(abs(points) + 0.5)
    return whole if points > 0 else -whole


def _end(points: int) -> str:
    if points == 0:
        return "no change"
    return f"{points} higher" if points > 0 else f"{-points} lower"
