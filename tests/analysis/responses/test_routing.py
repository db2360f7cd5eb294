"""Who was asked follows from people's own answers; answers given off the way are seen to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.responses.asked import (
    AGREE,
    CONFIDENT,
    HELP,
    MEETS,
    ROLE,
    SAY,
    YEARS,
    csv_file,
    labels,
    lost,
    read,
    said,
)

from goldenthread.analysis.definition.model import (
    All,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Not,
    Question,
    Questionnaire,
    Section,
)
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.responses.read import read_responses

SURE = Question("sure", Kind.SCALE, "I feel sure", "sure", scale=AGREE)
TABLE = [
    ("role", "confident[autism]", "confident[speech]", "help", "years", "sure"),
    ("teacher", "5", "", "Time", "3", "4"),
    ("ta", "", "", "Training;Time", "10", "4"),
    ("", "", "1", "", "", "4"),
]


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        (Is("role", ("teacher",)), [True, False, False]),
        (Is("role", ("teacher", "ta")), [True, True, False]),
        (Not(Is("role", ("teacher",))), [False, True, True]),
        (Is("help", ("training",)), [False, True, False]),
        (Is("help", ("training", "time")), [True, True, False]),
        (Is("confident.speech", ("1", "2")), [False, False, True]),
        (Answered("role"), [True, True, False]),
        (Answered("confident"), [True, False, True]),
        (Answered("help"), [True, True, False]),
        (Answered("years"), [True, True, False]),
        (Not(Answered("years")), [False, False, True]),
        (Between("years", 3, 5), [True, False, False]),
        (Between("years", least=4), [False, True, False]),
        (Between("years", most=10), [True, True, False]),
        (All((Answered("role"), Between("years", most=5))), [True, False, False]),
        (AnyOf((Is("role", ("ta",)), Answered("confident"))), [True, True, True]),
    ],
)
def test_a_question_is_shown_where_its_condition_holds(
    tmp_path: Path, condition: Condition, shown: list[bool]
) -> None:
    questions = (ROLE, CONFIDENT, HELP, YEARS, replace(SURE, show_if=condition))
    responses = read(csv_file(tmp_path, TABLE), *questions)
    assert (responses.codes["sure"] != -2).tolist() == shown
    assert len(lost(responses)) == shown.count(False)


def two_steps(show_if: Condition) -> tuple[Question, ...]:
    return ROLE, replace(SURE, show_if=Is("role", ("teacher",))), replace(HELP, show_if=show_if)


def test_an_answer_off_route_opens_no_further_question(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "sure", "help"), ("ta", "5", "Time"), ("teacher", "5", "Time")])
    responses = read(path, *two_steps(Is("sure", ("5",))))
    assert labels(responses, "sure", AGREE.answers) == [-2, "5"]
    assert responses.codes["help.time"].tolist() == [-2, 1]
    assert lost(responses) == [(2, "sure", "5"), (2, "help", "Time")]
    assert "lead past; left out." in said(responses)


def test_an_answer_off_route_is_kept_where_the_study_says_so(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, [("role", "sure", "help"), ("ta", "5", "Time"), ("ta", "", ""), ("teacher", "", "")]
    )
    responses = read(path, *two_steps(Is("sure", ("5",))), off_route=AnswerOffRoute.KEEP)
    assert labels(responses, "sure", AGREE.answers) == ["5", -2, -1]
    assert responses.codes["help.time"].tolist() == [1, -2, -2]
    assert not lost(responses)
    told = "an answer to a question that other answers lead past, kept as the study asks."
    assert f"row 2, column “sure”: {told}" in said(responses)


def test_numbers_and_words_off_route_are_left_out_and_words_not_repeated(tmp_path: Path) -> None:
    table = [("role", "years", "say", "sure"), ("ta", "7", "My head is unkind", "1")]
    teacher = Is("role", ("teacher",))
    asked = (ROLE, replace(YEARS, show_if=teacher), replace(SAY, show_if=teacher))
    responses = read(csv_file(tmp_path, table), *asked)
    assert np.isnan(responses.numbers["years"]).all()
    assert responses.texts["say"] == (None,)
    assert lost(responses) == [(2, "years", "7"), (2, "say", None)]
    assert "unkind" not in said(responses)


def test_an_answer_off_route_is_shown_as_the_file_holds_it_but_for_own_words(tmp_path: Path) -> None:
    table = [
        ("years", "role", "help[time]", "help[other]"),
        ("1", "ta", "1", ""),
        ("1", "Juggler at the zoo", "", "A quieter zoo"),
    ]
    long = Between("years", least=5)
    asked = (YEARS, replace(ROLE, show_if=long), replace(HELP, show_if=long))
    responses = read(csv_file(tmp_path, table), *asked)
    led_past = [each for each in lost(responses) if each[0]]
    assert led_past == [
        (3, "role", "Something else"),
        (2, "role", "ta"),
        (2, "help[time]", "1"),
        (3, "help[other]", "Other"),
    ]
    assert "zoo" not in said(responses)


def test_a_section_hides_all_its_questions(tmp_path: Path) -> None:
    form = Questionnaire(
        "staff",
        "Staff",
        (Section("a", "A", (ROLE,)), Section("b", "B", (SURE, HELP), show_if=Is("role", ("teacher",)))),
    )
    path = csv_file(tmp_path, [("role", "sure", "help"), ("ta", "", ""), ("teacher", "1", "Time")])
    responses = read_responses(path, Wave("w", "W", questionnaire=form), AnswerOffRoute.LEAVE_OUT)
    assert labels(responses, "sure", AGREE.answers) == [-2, "1"]
    assert responses.codes["help.other"].tolist() == [-2, 0]
    assert responses.problems == ()


def test_unknown_routing_hides_nothing(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "meets"), ("ta", "5"), ("ta", "")])
    responses = read(path, ROLE, MEETS, routing_known=False)
    assert labels(responses, "meets", AGREE.answers) == ["5", -1]
    assert responses.problems == ()


def test_a_question_governed_by_one_without_a_column_is_taken_as_shown(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("meets",), ("5",), ("4",)])
    responses = read(path, ROLE, MEETS)
    assert labels(responses, "meets", AGREE.answers) == ["5", "4"]
    assert "depends on “role”, which has no column: taken as shown to everybody." in said(responses)


def test_many_answers_off_route_are_all_named_and_counted(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "meets"), *[("ta", "5")] * 50])
    responses = read(path, ROLE, MEETS)
    assert lost(responses) == [(row, "meets", "5") for row in range(2, 52)]
