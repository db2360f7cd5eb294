"""None or all of a group: a bound is printed, and what would undo it is hidden."""

from __future__ import annotations

import pytest
from studies import random_study
from tests.analysis.cube import people

from goldenthread.analysis.cube.coding import Coding, codings
from goldenthread.analysis.estimate.bounded import Cover, covers
from goldenthread.analysis.estimate.model import Tally

FEW, MOST, HIDDEN = Cover.FEW, Cover.MOST, Cover.HIDDEN


@pytest.fixture
def coding() -> Coding:
    """Answers no, so-so, yes; nets low (no) and high (yes)."""
    study = people.study([people.scale_question("plan")], [people.item("plan", ["plan"])])
    return codings(study, study.waves[0])["plan"]


def tally(no: int, so_so: int, yes: int) -> Tally:
    return Tally({"no": no, "so-so": so_so, "yes": yes}, no + so_so + yes)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 10, 15), {}),
        ((0, 10, 20), {"no": FEW, "low": FEW, "so-so": HIDDEN}),
        ((12, 0, 18), {"so-so": FEW, "no": HIDDEN, "low": HIDDEN}),
        ((0, 30, 0), {"no": FEW, "low": FEW, "yes": FEW, "high": FEW, "so-so": MOST}),
        ((0, 0, 30), {"no": FEW, "low": FEW, "so-so": FEW, "yes": MOST, "high": MOST}),
    ],
)
def test_a_second_answer_goes_with_the_bounded_one(
    coding: Coding, counts: tuple[int, int, int], expected: dict[str, Cover]
) -> None:
    assert covers(tally(*counts), coding, 5) == expected


def test_up_to_twenty_people_the_bound_alone_is_printed(coding: Coding) -> None:
    assert covers(tally(0, 8, 12), coding, 5) == {"no": FEW, "low": FEW}
    assert covers(tally(0, 9, 12), coding, 5)["so-so"] is HIDDEN


def test_a_preset_without_bounds_covers_nothing(coding: Coding) -> None:
    assert covers(tally(0, 10, 20), coding, 0) == {}


def test_a_group_without_answers_needs_no_cover(coding: Coding) -> None:
    assert covers(tally(0, 0, 0), coding, 5) == {}


def test_an_answer_of_the_same_net_goes_before_a_smaller_one() -> None:
    """Hiding "yes" keeps both nets in sight; hiding the smaller "no" would take both with it."""
    study, wave, _ = random_study(0)
    coding = codings(study, wave)["x"]
    found = covers(Tally({"no": 3, "so-so": 15, "yes": 12, "very": 0}, 30), coding, 5)
    assert found == {"very": FEW, "yes": HIDDEN}
