"""Everybody's answers as the table that the science reads: one person a row, codes in the cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.responses.layouts.own import MARK
from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.answering.route import fields

TICKED = "yes"
Cell = Callable[[Answers], str]


def write_table(questionnaire: Questionnaire, people: Iterable[Answers], out: TextIO) -> int:
    """Write a heading for each field and a row for each of ``people``; how many there were.

    A question of several answers has a column for each, headed ``question[code]``.
    """
    columns: list[tuple[str, Cell]] = [(MARK, lambda _: "1")]
    columns += (column for question in questionnaire.questions for column in _columns(question))
    writer = csv.writer(out)
    writer.writerow([heading for heading, _ in columns])
    count = 0
    for answers in people:
        writer.writerow([cell(answers) for _, cell in columns])
        count += 1
    return count


def _columns(question: Question) -> list[tuple[str, Cell]]:
    names = list(fields(question))
    if question.kind is Kind.MULTIPLE and question.scale:
        ticks = [_tick(question.id, answer.code) for answer in question.scale.answers]
        return [*ticks, *(_words(name) for name in names[1:])]
    return [_words(name) for name in names]


def _tick(field: str, code: str) -> tuple[str, Cell]:
    return f"{field}[{code}]", lambda answers: TICKED if code in answers.get(field, ()) else ""


def _words(field: str) -> tuple[str, Cell]:
    question, _, part = field.partition(".")
    return f"{question}[{part}]" if part else field, lambda answers: _text(answers.get(field, ""))


def _text(given: str | tuple[str, ...]) -> str:
    return given if isinstance(given, str) else ";".join(given)
