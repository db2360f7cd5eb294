"""Each system's export, laid out cell by cell, is recognised as itself and gives the same answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.responses.asked import (
    AGREE,
    CONFIDENT,
    FIXTURES,
    HELP,
    HELPS,
    ROLE,
    ROLES,
    labels,
    lost,
    read,
    said,
    xlsx_file,
)

from goldenthread.analysis.definition.model import Answer, Kind, Question, Row, Scale
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.layouts.recognise import LAYOUTS
from goldenthread.analysis.responses.model import Responses

CODES = "LimeSurvey, codes as headings"
TEXTS = "LimeSurvey, codes and texts as headings"
FORMS = "Microsoft Forms"
PLAIN = "plain table"

at = datetime.fromisoformat

FORM = (
    (
        *("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
        "What is your\u00a0main role?",
        "I can support autistic pupils",
        "I can support speech and\nlanguage needs\u00a0",
        "What would help most?",
        "We meet often enough",
        "How many years have you worked here?",
        "When did you start?",
        "Anything else?",
    ),
    (
        *(1, at("2025-03-03 09:05:10"), at("2025-03-03 09:12:44"), "anonymous", None, None),
        *("Teacher", "Strongly agree", "Agree", "Training;Time;", "Disagree", 12, at("2013-09-01")),
        "A first line\nand a second",
    ),
    (
        *(2, at("2025-03-03 09:59:10"), at("2025-03-03 10:01:02"), "anonymous", None, None),
        *("Teaching assistant", "Strongly disagree", "Not part of my role"),
        *("Advice, by phone or e-mail;A buddy;", None, 3.5, at("2021-01-11"), "'=SUM(A1:A9)"),
    ),
    (
        *(3, at("2025-03-04 16:31:00"), at("2025-03-04 16:40:00"), "anonymous", None, None),
        *("Art therapist", "Neither agree nor disagree", None, "None of these;", None, None, None, None),
    ),
)

QUIZ = (
    (
        *("Id", "Start time", "Completion time", "Email", "Name", "Total points", "Quiz feedback"),
        *(
            "What is your main role?",
            "Points - What is your main role?",
            "Feedback - What is your main role?",
        ),
    ),
    (1, "3/3/25 9:05:10", "3/3/25 9:12:44", "anonymous", "Anonymous", 0, None, "Teacher", 0, None),
)


def workbook(folder: Path, name: str) -> Path:
    return xlsx_file(folder, {"forms": FORM, "quiz": QUIZ}[name], f"{name}.xlsx")


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("limesurvey-codes.csv", CODES),
        ("limesurvey-expression.csv", CODES),
        ("limesurvey-dual.csv", CODES),
        ("limesurvey-texts.csv", TEXTS),
        ("codes-throughout.csv", TEXTS),
        ("plain.csv", PLAIN),
        ("numbered.csv", PLAIN),
        ("forms", FORMS),
        ("quiz", FORMS),
    ],
)
def test_each_export_is_recognised_as_itself_and_no_other(tmp_path: Path, name: str, layout: str) -> None:
    path = FIXTURES / name if name.endswith(".csv") else workbook(tmp_path, name)
    headings = read_grid(path).headings
    assert [each.name for each in LAYOUTS if each.recognise(headings)] == [layout]


def expected(responses: Responses) -> None:
    """The same three people, whichever system they answered in."""
    assert responses.people == 3
    assert labels(responses, "role", ROLES.answers) == ["teacher", "ta", "other"]
    assert labels(responses, "confident.autism", AGREE.answers) == ["5", "1", "3"]
    assert labels(responses, "confident.speech", AGREE.answers) == ["4", "na", -1]
    assert labels(responses, "meets", AGREE.answers) == ["2", -2, -2]
    ticked = {answer.code: responses.codes[f"help.{answer.code}"].tolist() for answer in HELPS.answers}
    assert ticked == {
        "training": [1, 0, 0],
        "advice": [0, 1, 0],
        "time": [1, 0, 0],
        "none": [0, 0, 1],
        "other": [0, 1, 0],
    }
    np.testing.assert_array_equal(responses.numbers["years"], [12, 3.5, np.nan])
    assert responses.texts["started"] == ("2013-09-01", "2021-01-11", None)
    assert responses.texts["say"] == ("A first line\nand a second", "=SUM(A1:A9)", None)
    assert responses.texts["role.other"] == (None, None, "Art therapist")
    assert responses.texts["help.other"] == (None, "A buddy", None)


@pytest.mark.parametrize("name", ["limesurvey-codes.csv", "limesurvey-texts.csv", "plain.csv", "forms"])
def test_the_same_people_are_read_from_every_system(tmp_path: Path, name: str) -> None:
    path = FIXTURES / name if name.endswith(".csv") else workbook(tmp_path, name)
    expected(read(path))


def test_people_who_did_not_finish_are_left_out_and_counted() -> None:
    responses = read(FIXTURES / "limesurvey-codes.csv")
    (problem,) = (each for each in responses.problems if each.lost)
    assert (problem.column, problem.rows) == ("submitdate", (5,))
    assert "the row was left out" in problem.message


def test_a_comment_beside_an_option_is_kept_as_words() -> None:
    responses = read(FIXTURES / "limesurvey-codes.csv")
    assert responses.texts["help.advice.comment"] == (None, "by phone", None)


def test_expression_manager_codes_are_read_like_the_others() -> None:
    responses = read(FIXTURES / "limesurvey-expression.csv", ROLE, CONFIDENT, HELP)
    assert labels(responses, "confident.speech", AGREE.answers) == ["4", "na"]
    assert responses.codes["help.other"].tolist() == [0, 1]
    assert not lost(responses)


@pytest.mark.parametrize("name", ["limesurvey-dual.csv", "limesurvey-expression.csv"])
def test_a_dual_scale_is_two_matrix_questions(name: str) -> None:
    high = Scale("high", (Answer("lo", "Low"), Answer("hi", "High")))
    halves = [
        Question(
            f"rate_{scale}",
            Kind.MATRIX,
            "Rate",
            f"rate{scale}",
            scale=high,
            rows=(Row("SQ001", "Us", f"us{scale}"),),
        )
        for scale in (1, 2)
    ]
    responses = read(FIXTURES / name, *halves)
    assert labels(responses, "rate_1.SQ001", high.answers) == ["hi", "lo"]
    assert labels(responses, "rate_2.SQ001", high.answers) == ["lo", -1]


def test_codes_kept_by_a_data_frame_are_read_by_code() -> None:
    agree = [Question(f"agree{n}", Kind.SCALE, "In our own words", f"agree{n}", scale=AGREE) for n in (1, 2)]
    tools = Question("tool2-1", Kind.SHORT_TEXT, "Tools", "tools")
    responses = read(FIXTURES / "codes-throughout.csv", *agree, tools)
    assert labels(responses, "agree1", AGREE.answers) == ["5", "1", -1]
    assert labels(responses, "agree2", AGREE.answers) == ["4", "3", "2"]
    assert responses.texts["tool2-1"] == ("Symbols", None, "Signs, and objects")
    assert "A (no heading); B “role1. What is your main role?”" in said(responses)


def test_what_forms_adds_itself_is_never_read(tmp_path: Path) -> None:
    named = Question("name", Kind.SHORT_TEXT, "Email", "name")
    responses = read(workbook(tmp_path, "quiz"), ROLE, named)
    assert labels(responses, "role", ROLES.answers) == ["teacher"]
    assert responses.texts["name"] == (None,)
    assert "not read" not in said(responses)


def test_questions_with_one_text_are_taken_in_turn(tmp_path: Path) -> None:
    again = [
        Question(
            name,
            Kind.MATRIX,
            f"About {name}",
            name,
            scale=AGREE,
            rows=(Row("row", "I feel sure", f"{name}.row"),),
        )
        for name in ("pupils", "parents", "partners")
    ]
    table = (
        (
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "I feel sure",
            "I feel sure2",
            "I feel sure3",
        ),
        (1, "3/3/25 9:05:10", "3/3/25 9:12:44", "anonymous", None, "Agree", "Disagree", "Strongly agree"),
    )
    responses = read(xlsx_file(tmp_path, table), *again)
    assert [labels(responses, f"{name.id}.row", AGREE.answers) for name in again] == [["4"], ["2"], ["5"]]


@pytest.mark.parametrize("heading", ["sure[SQ001]", "sure[SQ001]. Words we do not hold []"])
def test_the_only_column_of_a_code_is_its_question(tmp_path: Path, heading: str) -> None:
    sure = Question("sure", Kind.SCALE, "I feel sure", "sure", scale=AGREE)
    path = xlsx_file(tmp_path, [("id", "submitdate", heading), ("1", "2025-03-03 09:12:44", "Agree")])
    assert labels(read(path, sure), "sure", AGREE.answers) == ["4"]
