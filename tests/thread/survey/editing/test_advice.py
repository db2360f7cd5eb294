"""Wording that often goes wrong is pointed out, and good wording is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.thread.survey.answering.made import question, whole

from goldenthread.analysis.definition.model import Kind, Row
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.example import example
from goldenthread.thread.survey.editing.advice import advise


def codes(text: str, kind: Kind = Kind.SCALE) -> list[str]:
    return [advice.code for advice in advise(whole((replace(question("q", kind), text=text),)))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I can plan lessons and manage behaviour.", "two-things"),
        ("I can ask a specialist or a colleague.", "two-things"),
        ("Obviously training is needed.", "leading"),
        ("Don’t you think that more time is needed?", "leading"),
        ("Our excellent advice line helps me.", "loaded"),
        ("I do not feel unable to ask.", "two-nots"),
        ("I always listen to children.", "absolute"),
        ("How helpful was the advice?", "assumes"),
        (" ".join(["word"] * 26), "long"),
    ],
)
def test_what_often_goes_wrong_is_pointed_out(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "I can explain an EHC plan to parents and carers.",
        "I know how to support children and young people with SEND.",
        "I know whom to ask.",
        "I have enough time to plan.",
    ],
)
def test_good_wording_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_two_answers_to_a_question_of_fact_are_no_two_things() -> None:
    assert codes("Do you work in a school or a nursery?", Kind.SINGLE) == []


def test_a_statement_of_a_matrix_is_read_too() -> None:
    rows = (Row("r1", "I can plan and teach.", "a"),)
    found = advise(whole((question("q", Kind.MATRIX, rows=rows),)))
    assert [(advice.code, advice.text) for advice in found] == [("two-things", "I can plan and teach.")]


def test_anyshires_questionnaire_is_not_drowned_in_advice() -> None:
    sheet = read_questionnaire(example().parent / "questionnaire-2025.toml")
    asked = sum(len(question.rows) or 1 for question in sheet.questions)
    assert len(advise(sheet)) <= asked / 5
