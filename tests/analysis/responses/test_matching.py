"""Headings find their questions however they are written, and what finds none is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.analysis.responses.asked import (
    AGREE,
    CONFIDENT,
    EVERYTHING,
    HELP,
    ROLE,
    SAY,
    YEARS,
    csv_file,
    labels,
    questionnaire,
    read,
    said,
)

from goldenthread.analysis.definition.model import Answer, Kind, Question, Row, Scale
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.problem import Refusal

ROLES = ROLE.scale.answers


@pytest.mark.parametrize(
    "heading",
    [
        "role",
        "ROLE",
        "1",
        "Q1",
        "Question 1",
        "What is your main role?",
        "  what is your\u00a0 MAIN role :",
        "What is your main role (optional)",
        "1. What is your main role?",
        "Q1 – What is your main role?",
        "role: What is your main role?",
    ],
)
def test_a_question_is_found_by_id_number_or_text(tmp_path: Path, heading: str) -> None:
    responses = read(csv_file(tmp_path, [(heading,), ("ta",)]), ROLE)
    assert labels(responses, "role", ROLES) == ["ta"]
    assert responses.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "confident[autism]",
        "confident_autism",
        "confident.autism",
        "confident - autism",
        "I can support autistic pupils",
        "How far do you agree? [I can support autistic pupils]",
        "2. How far do you agree? - I can support autistic pupils.",
        "Q2: I can support autistic pupils",
        "autism",
    ],
)
def test_a_row_of_a_matrix_is_found(tmp_path: Path, heading: str) -> None:
    responses = read(csv_file(tmp_path, [(heading,), ("4",)]), CONFIDENT)
    assert labels(responses, "confident.autism", AGREE.answers) == ["4"]


@pytest.mark.parametrize(
    "heading",
    ["help[training]", "help.training", "What would help most? [Training]", "3. Training", "Training"],
)
def test_an_option_is_found(tmp_path: Path, heading: str) -> None:
    responses = read(csv_file(tmp_path, [(heading, "help[time]"), ("Yes", ""), ("", "Yes")]), HELP)
    assert responses.codes["help.training"].tolist() == [1, 0]


def test_an_id_beats_a_number_and_a_number_beats_a_text(tmp_path: Path) -> None:
    first = replace(ROLE, id="q4", number="5", text="Q9")
    second = replace(ROLE, id="q5", number="9")
    responses = read(
        csv_file(tmp_path, [("q5", "Q9 "), ("ta", "teacher")]), first, replace(second, number="")
    )
    assert labels(responses, "q5", ROLES) == ["ta"]
    assert labels(responses, "q4", ROLES) == ["teacher"]


def test_options_that_differ_by_a_sign_are_kept_apart(tmp_path: Path) -> None:
    tools = Scale("t", (Answer("1", "C"), Answer("2", "C++"), Answer("3", "C#")))
    question = Question("tools", Kind.MULTIPLE, "Which?", "tools", scale=tools)
    table = [("Which? [C#]", "Which? [C]", "Which? [C++]"), ("Y", "", ""), ("", "Y", ""), ("", "", "Y")]
    responses = read(csv_file(tmp_path, table), question)
    assert responses.codes["tools.1"].tolist() == [0, 1, 0]
    assert responses.codes["tools.2"].tolist() == [0, 0, 1]
    assert responses.codes["tools.3"].tolist() == [1, 0, 0]


def test_a_heading_that_fits_two_questions_is_left_out_and_said(tmp_path: Path) -> None:
    rows = (Row("sure", "I feel sure", "sure"),)
    pair = [
        replace(CONFIDENT, id=name, text=name, number="", item=name, rows=rows) for name in ("one", "two")
    ]
    responses = read(csv_file(tmp_path, [("role", "I feel sure"), ("ta", "4")]), ROLE, *pair)
    assert labels(responses, "one.sure", AGREE.answers) == [-1]
    assert "fits “one.sure”, “two.sure” alike and the column was left out" in said(responses)


def test_what_has_no_column_is_named_and_counts_once_for_each_person(tmp_path: Path) -> None:
    table = [("confident[autism]", "help[training]"), ("4", "Y"), ("5", "Y"), ("5", "")]
    responses = read(csv_file(tmp_path, table), *EVERYTHING)
    missing = {each.message: (each.lost, each.count) for each in responses.problems}
    question, part = "all of it is missing.", "the whole column is missing."
    assert missing[f"no column answers the question “role” (What is your main role?): {question}"] == (
        True,
        3,
    )
    assert missing[f"no column answers the question “say” (Anything else?): {question}"] == (False, 3)
    assert missing[f"no column answers the row “speech” of the question “confident”: {part}"] == (True, 3)
    assert missing[f"no column answers the option “time” of the question “help”: {part}"] == (True, 3)
    assert labels(responses, "role", ROLES) == [-1, -1, -1]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("confidentspech", "the row “speech” of the question “confident”"),
        ("confident_seech", "the row “speech” of the question “confident”"),
        ("I can support speach and language need", "the row “speech” of the question “confident”"),
        ("What is your main job role?", "the question “role”"),
        ("roel", "the question “role”"),
    ],
)
def test_a_missing_column_names_the_unread_one_that_looks_like_it(
    tmp_path: Path, heading: str, question: str
) -> None:
    responses = read(csv_file(tmp_path, [("confident[autism]", heading), ("4", "5")]), ROLE, CONFIDENT)
    (problem,) = [each for each in responses.problems if question in each.message]
    assert problem.message.endswith(f"is missing. The column “{heading}” was not read: is it meant?")
    others = [each for each in responses.problems if each.lost and each is not problem]
    assert not [each for each in others if "is it meant" in each.message]


def test_a_missing_matrix_names_every_unread_column_that_looks_like_its_rows(tmp_path: Path) -> None:
    table = [("role", "confidence autism", "confidence speech", "Shoe size"), ("ta", "5", "5", "9")]
    told = said(read(csv_file(tmp_path, table), ROLE, CONFIDENT))
    assert "“confidence autism” and “confidence speech” were not read: are they meant?" in told


def test_nothing_is_meant_where_nothing_is_alike(tmp_path: Path) -> None:
    table = [("confident[autism]", "Shoe size", "Response no."), ("4", "9", "1")]
    assert "meant" not in said(read(csv_file(tmp_path, table), *EVERYTHING))


def test_columns_that_answer_nothing_are_listed_but_not_lost(tmp_path: Path) -> None:
    table = [("role", "Shoe size", "", "empty", ""), ("ta", "9", "x", "", "")]
    responses = read(csv_file(tmp_path, table), ROLE)
    (problem,) = responses.problems
    assert not problem.lost
    assert (
        "3 columns answer no question and were not read: B “Shoe size”; C (no heading); D “empty”."
        in problem.message
    )


def test_every_variable_has_a_column_and_no_other(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("role",), ("ta",)]), *EVERYTHING)
    assert list(responses.codes) == [variable.id for variable in variables(questionnaire(*EVERYTHING))]
    assert list(responses.numbers) == [YEARS.id]
    assert SAY.id in responses.texts


def test_weights_and_strata_are_read_by_their_headings(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, [("role", "Weight ", "Kind of  school"), ("ta", "0.5", "Primary"), ("ta", "2", "Special")]
    )
    responses = read(path, ROLE, weight="weight", stratum="kind of school")
    assert responses.weight is not None
    assert responses.weight.tolist() == [0.5, 2.0]
    assert responses.stratum == ("Primary", "Special")
    assert responses.problems == ()


def test_a_weight_may_have_a_decimal_comma_between_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("role;w\nta;0,8\nta;1,25\n", "utf-8")
    weight = read(path, ROLE, weight="w").weight
    assert weight is not None
    assert weight.tolist() == [0.8, 1.25]


@pytest.mark.parametrize("weight", ["0", "-1", "", "much", "inf", "nan"])
def test_a_weight_that_is_none_is_refused_with_its_row(tmp_path: Path, weight: str) -> None:
    path = csv_file(tmp_path, [("role", "w"), ("ta", "1"), ("ta", weight)])
    with pytest.raises(Refusal, match="row 3, column “w”"):
        read(path, ROLE, weight="w")


def test_a_blank_stratum_and_a_missing_column_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "s"), ("ta", "1"), ("ta", "")])
    with pytest.raises(Refusal, match="row 3, column “s”: the stratum is blank"):
        read(path, ROLE, stratum="s")
    with pytest.raises(Refusal, match="has no column “weight”"):
        read(path, ROLE, weight="weight")


def test_a_weight_named_like_a_question_is_not_also_an_answer(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "years"), ("ta", "2")])
    responses = read(path, ROLE, YEARS, weight="years")
    assert "no column answers the question “years”" in said(responses)
    assert responses.weight is not None
