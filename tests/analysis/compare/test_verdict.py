"""Four verdicts: every change gets exactly one, and the sentence that belongs to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.analysis.compare.model import Verdict
from goldenthread.analysis.compare.verdict import Rule, because, in_words, verdict

RULE = Rule(margin=5, q=0.10, comparisons=28)
RANGES = st.tuples(st.floats(-100, 100), st.floats(-100, 100)).map(lambda ends: (min(ends), max(ends)))


def holds(found: Verdict, evidence: tuple[float, float], p: float) -> bool:
    """Method 7, each rule written out whole instead of in turn."""
    low, high = evidence
    inside = low >= -5 and high <= 5
    rose, fell = low > 0 and p <= 0.10 and not inside, high < 0 and p <= 0.10 and not inside
    return {
        Verdict.SAME: inside,
        Verdict.ROSE: rose,
        Verdict.FELL: fell,
        Verdict.FEW: not (inside or rose or fell),
    }[found]


@given(RANGES, st.floats(0, 1))
def test_the_verdicts_are_a_partition(evidence: tuple[float, float], p: float) -> None:
    assert [found for found in Verdict if holds(found, evidence, p)] == [verdict(evidence, p, RULE)]


@given(RANGES, st.floats(0, 1), st.floats(0, 1))
def test_stronger_evidence_never_takes_a_rise_away(
    evidence: tuple[float, float], p: float, less: float
) -> None:
    if verdict(evidence, p, RULE) in (Verdict.ROSE, Verdict.FELL):
        assert verdict(evidence, min(p, less), RULE) is verdict(evidence, p, RULE)


@given(RANGES, st.floats(0, 1))
def test_a_mirrored_change_gets_the_mirrored_verdict(evidence: tuple[float, float], p: float) -> None:
    other = {Verdict.ROSE: Verdict.FELL, Verdict.FELL: Verdict.ROSE}
    found = verdict(evidence, p, RULE)
    assert verdict((-evidence[1], -evidence[0]), p, RULE) is other.get(found, found)


@given(RANGES, st.floats(0, 1))
def test_every_verdict_has_its_words(evidence: tuple[float, float], p: float) -> None:
    assert because(verdict(evidence, p, RULE), evidence, RULE)


@pytest.mark.parametrize(
    ("evidence", "p", "found", "words"),
    [
        ((-4.0, 5.0), 0.9, Verdict.SAME, "any change is under 5 points"),
        ((-5.0, 5.0), 0.9, Verdict.SAME, "any change is under 5 points"),
        ((0.4, 4.6), 0.01, Verdict.SAME, "a small rise, under 5 points"),
        ((-4.6, -0.4), 0.01, Verdict.SAME, "a small fall, under 5 points"),
        ((2.0, 18.0), 0.10, Verdict.ROSE, "between 2 and 18 higher"),
        ((-18.0, -2.0), 0.01, Verdict.FELL, "between 2 and 18 lower"),
        ((0.3, 8.2), 0.01, Verdict.ROSE, "between under 1 and 8 higher"),
        ((-8.2, -0.3), 0.01, Verdict.FELL, "between under 1 and 8 lower"),
        ((0.0, 8.2), 0.01, Verdict.FEW, "between no change and 8 higher"),
        (
            (2.0, 18.0),
            0.11,
            Verdict.FEW,
            "on its own this would count as a rise; among 28 comparisons it could be chance",
        ),
        (
            (-18.0, -2.0),
            0.11,
            Verdict.FEW,
            "on its own this would count as a fall; among 28 comparisons it could be chance",
        ),
        ((-4.0, 16.0), 0.3, Verdict.FEW, "too few answers to tell: between 4 lower and 16 higher"),
        ((-0.3, 5.8), 0.2, Verdict.FEW, "between no change and 6 higher"),
        ((-5.8, 0.0), 0.2, Verdict.FEW, "between 6 lower and no change"),
        ((-1.2, 7.0), 0.2, Verdict.FEW, "between 1 lower and 7 higher"),
    ],
)
def test_the_sentences(evidence: tuple[float, float], p: float, found: Verdict, words: str) -> None:
    assert verdict(evidence, p, RULE) is found
    assert because(found, evidence, RULE) == words


def test_the_farthest_reading_of_a_printed_figure_can_deny_sameness() -> None:
    assert verdict((-4.0, 4.0), 0.9, RULE, [(-4.4, 4.9)]) is Verdict.SAME
    assert verdict((-4.0, 4.0), 0.9, RULE, [(-4.4, 5.2)]) is Verdict.FEW


def test_whole_points_are_rounded_half_up_either_way() -> None:
    assert in_words((-2.5, 2.5)) == "between 3 lower and 3 higher"
    assert in_words((6.1, 6.4)) == "6 higher"
    assert in_words((-0.2, 0.3)) == "no change"


def test_a_range_without_nought_never_reaches_no_change() -> None:
    assert in_words((0.1, 0.4)) == "under 1 higher"
    assert in_words((-0.4, -0.1)) == "under 1 lower"
    assert in_words((0.4, 0.6)) == "between under 1 and 1 higher"
    assert in_words((0.5, 8.2)) == "between 1 and 8 higher"
