"""Answers that are no known scale are put in an order where their words or numbers tell it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.analysis.responses.propose.test_propose import column

from goldenthread.analysis.definition.model import Kind, Side
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.propose.ladders import ladder
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.analysis.responses.propose.model import Choice, Proposal


@pytest.mark.parametrize(
    "order",
    [
        ("Poor", "Fair", "Good", "Excellent"),
        ("1 - Poor", "2 - Fair", "10 - Good"),
        ("Not at all (1)", "A bit (2)", "Entirely (3)"),
        ("Less than once a year", "Once a term", "Weekly"),
        ("-1", "0", "1"),
    ],
)
def test_the_order_is_found_whatever_order_they_come_in(order: tuple[str, ...]) -> None:
    found = ladder(reversed(order))
    assert found is not None
    assert found.order == order


@pytest.mark.parametrize("labels", [(), ("Red", "Blue"), ("Good", "Fair", "Poor", "Purple"), ("OK", "okay")])
def test_what_nothing_tells_has_no_order(labels: tuple[str, ...]) -> None:
    assert ladder(labels) is None


def quality(folder: Path) -> Proposal:
    return column(folder, "How good?", *["Excellent", "Good", "Poor", "Fair", "Not applicable"] * 4)


def test_steps_are_a_scale_with_its_order_and_why_it_wants_an_eye(tmp_path: Path) -> None:
    found = quality(tmp_path)
    assert (found.choice.kind, found.sure, found.choice.good) == (Kind.SCALE, False, True)
    assert found.choice.order == ("Poor", "Fair", "Good", "Excellent", "Not applicable")
    assert "no scale that we know" in found.because
    assert "by their words" in found.because


def test_bands_are_a_list_and_not_a_scale(tmp_path: Path) -> None:
    found = column(tmp_path, "Age?", *["25-34", "35-44", "45-54"] * 4)
    assert found.choice.kind is Kind.SINGLE
    assert found.choice.order == ("25-34", "35-44", "45-54")


def test_stray_answers_are_named_in_the_reason(tmp_path: Path) -> None:
    found = column(tmp_path, "Sure?", *["Agree", "Disagree"] * 6, "Stongly agree", "Stongly agree", "Eh")
    assert "but not “Stongly agree” (2) and “Eh” (1)" in found.because


def sides(folder: Path, *given: str) -> Choice:
    order = ("Poor", "Fair", "Good", "Excellent", "Not applicable")
    return replace(quality(folder).choice, order=order, sides=given)


def test_somebody_says_which_answers_are_the_low_and_the_high(tmp_path: Path) -> None:
    choice = sides(tmp_path, "low", "low", "middle", "high", "")
    (question,) = questionnaire("q", "Q", [(quality(tmp_path).seen, choice)]).questions
    scale = question.scale
    assert scale is not None
    assert [(net.label, net.side) for net in scale.nets] == [
        ("Poor or Fair", Side.LOW),
        ("Good", Side.MIDDLE),
        ("Excellent", Side.HIGH),
    ]
    assert scale.answers[-1].outside


def test_an_answer_may_stand_on_no_side(tmp_path: Path) -> None:
    choice = sides(tmp_path, "low", "", "", "high", "")
    (question,) = questionnaire("q", "Q", [(quality(tmp_path).seen, choice)]).questions
    assert question.scale is not None
    assert [net.label for net in question.scale.nets] == ["Poor", "Excellent"]


def test_a_scale_without_a_high_half_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="at least one answer in its low half and one in its high half"):
        questionnaire("q", "Q", [(quality(tmp_path).seen, sides(tmp_path, "low", "low", "", "", ""))])
