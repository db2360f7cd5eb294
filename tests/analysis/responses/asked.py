"""A short questionnaire for staff of an invented area, and ways to write a table of answers down."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from goldenthread.analysis.definition.model import (
    Answer,
    Is,
    Kind,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
)
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.problem import folded
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.responses.read import read_responses

FIXTURES = Path(__file__).parent / "fixtures"

AGREE = Scale(
    "agree",
    (
        Answer("1", "Strongly disagree"),
        Answer("2", "Disagree"),
        Answer("3", "Neither agree nor disagree", aliases=("Neither agree or disagree",)),
        Answer("4", "Agree"),
        Answer("5", "Strongly agree"),
        Answer("na", "Not part of my role", outside=True),
    ),
)
ROLES = Scale(
    "roles",
    (
        Answer("teacher", "Teacher"),
        Answer("ta", "Teaching assistant"),
        Answer("other", "Something else", aliases=("Other",), other=True),
    ),
)
HELPS = Scale(
    "helps",
    (
        Answer("training", "Training"),
        Answer("advice", "Advice, by phone or e-mail"),
        Answer("time", "Time"),
        Answer("none", "None of these", exclusive=True),
        Answer("other", "Other", other=True),
    ),
)
ROLE = Question("role", Kind.SINGLE, "What is your main role?", "role", scale=ROLES, number="1")
CONFIDENT = Question(
    "confident",
    Kind.MATRIX,
    "How far do you agree?",
    "confident",
    scale=AGREE,
    number="2",
    rows=(
        Row("autism", "I can support autistic pupils", "autism"),
        Row("speech", "I can support speech and language needs", "speech"),
    ),
)
HELP = Question("help", Kind.MULTIPLE, "What would help most?", "help", scale=HELPS, number="3")
MEETS = Question(
    "meets", Kind.SCALE, "We meet often enough", "meets", scale=AGREE, show_if=Is("role", ("teacher",))
)
YEARS = Question("years", Kind.NUMBER, "How many years have you worked here?", "years")
STARTED = Question("started", Kind.DATE, "When did you start?", "started")
SAY = Question("say", Kind.LONG_TEXT, "Anything else?", "say")

EVERYTHING = (ROLE, CONFIDENT, HELP, MEETS, YEARS, STARTED, SAY)

Table = Sequence[Sequence[object]]


def questionnaire(*questions: Question, routing_known: bool = True) -> Questionnaire:
    return Questionnaire("staff", "Staff survey", (Section("all", "All", questions),), "", routing_known)


def wave(*questions: Question, routing_known: bool = True, **design: str) -> Wave:
    return Wave(
        "2025", "2025", questionnaire=questionnaire(*questions, routing_known=routing_known), **design
    )


def read(
    path: Path, *questions: Question, off_route: AnswerOffRoute = AnswerOffRoute.LEAVE_OUT, **rest: object
) -> Responses:
    return read_responses(path, wave(*(questions or EVERYTHING), **rest), off_route)


def csv_file(folder: Path, table: Table, name: str = "answers.csv") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    path = folder / name
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path


def xlsx_file(folder: Path, table: Table, name: str = "answers.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(list(row))
    path = folder / name
    book.save(path)
    return path


def labels(responses: Responses, variable: str, answers: Sequence[Answer]) -> list[str | int]:
    """What each person said: an answer's code, or the number for blank or not shown."""
    return [answers[code].code if code >= 0 else int(code) for code in responses.codes[variable]]


def lost(responses: Responses) -> list[tuple[int | None, str | None, str | None]]:
    """Row, column and value of everything that was left out."""
    found = (each for each in responses.problems if each.lost)
    return [(row, each.column, each.value) for each in found for row in each.rows or (None,)]


def said(responses: Responses) -> str:
    return "\n".join(fold.sentence() for fold in folded(responses.problems))
