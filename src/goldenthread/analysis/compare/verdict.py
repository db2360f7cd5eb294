"""One of four verdicts for a change, and the sentence that goes with it (method 7).

Points are differences of per cents. Comparisons are unrounded and ends count as inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from goldenthread.analysis.compare.model import Verdict
from goldenthread.analysis.definition.words import counted

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
        return small_move(evidence, rule.margin) or f"any change is under {rule.margin:g} points"
    if found is Verdict.FEW:
        return too_few(evidence, rule.margin, rule.comparisons)
    return in_words(evidence)


def small_move(evidence: Range, margin: float) -> str:
    """What "about the same" leaves unsaid: "a small rise, under 5 points"; empty where the range holds 0."""
    way = _way(evidence)
    return f"a small {way}, under {margin:g} points" if way else ""


def too_few(evidence: Range, margin: float, comparisons: int) -> str:
    """Why it is too few to tell, by the first of method 7's three sentences that fits."""
    way = _way(evidence)
    if way:
        among = counted(comparisons, "comparison", "comparisons")
        return f"on its own this would count as a {way}; among {among} it could be chance"
    low, high = evidence
    wide = (high - low) / 2 > margin
    return f"too few answers to tell: {in_words(evidence)}" if wide else in_words(evidence)


def in_words(evidence: Range) -> str:
    """A range as "between 4 lower and 16 higher", in whole points rounded half up.

    A range without 0 is never said to reach "no change": an end that rounds there is "under 1".
    """
    way = _way(evidence)
    ends = sorted(map(abs, evidence)) if way else evidence
    near, far = (_size(end) if way else _end(end) for end in ends)
    said = near if near == far else f"between {near} and {far}"
    return f"{said} {_WAYS[way]}" if way else said


_WAYS = {"rise": "higher", "fall": "lower"}


def _way(evidence: Range) -> str:
    """Which way the whole range lies: "rise", "fall", or empty where it holds 0."""
    low, high = evidence
    if low > 0:
        return "rise"
    return "fall" if high < 0 else ""


def _size(points: float) -> str:
    return str(_whole(points) or "under 1")


def _end(points: float) -> str:
    if not _whole(points):
        return "no change"
    return f"{_whole(points)} {'higher' if points > 0 else 'lower'}"


def _whole(points: float) -> int:
    return floor(abs(points) + 0.5)
