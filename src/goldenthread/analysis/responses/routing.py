"""Who should have been shown each question, by their own answers (method 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import Condition, Kind, Question, Questionnaire, Variable
from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.definition.variables import shown_if, variables
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.cells import Cell, text_of
from goldenthread.analysis.responses.conditions import Given, People, all_hold, either
from goldenthread.analysis.responses.model import NOT_SHOWN, Codes
from goldenthread.analysis.responses.multiple import YES
from goldenthread.analysis.responses.notes import Place, at_rows, note, over_values
from goldenthread.analysis.responses.sheet import Read

_LEFT_OUT = "an answer to a question that this person's other answers lead past; left out."
_KEPT = "an answer to a question that other answers lead past, kept as the study asks."


@dataclass(frozen=True, slots=True)
class Table:
    """Where the answers stood: the people's row numbers, and of each variable and question that has
    a column its heading and its cells. Questions in ``elsewhere`` are on other versions only."""

    file: str
    rows: tuple[int, ...]
    headings: Mapping[str, str]
    cells: Mapping[str, Sequence[Cell]]
    elsewhere: frozenset[str] = frozenset()

    def place(self, name: str) -> Place:
        """The column of a variable, or of its question where they share one."""
        return Place(self.file, self.headings.get(name) or self.headings.get(name.partition(".")[0]))

    def has(self, name: str) -> bool:
        """Whether any column answers ``name``."""
        return name in self.headings or any(each.startswith(f"{name}.") for each in self.headings)


@dataclass(frozen=True, slots=True)
class _Stray:
    """Answers in one column from people led past it; their words are not repeated."""

    place: Place
    who: People
    said: Sequence[str] | None = None


def route(questionnaire: Questionnaire, read: Read, off_route: AnswerOffRoute, table: Table) -> Read:
    """Mark answers nobody was asked for as ``NOT_SHOWN`` and see to those given off route.

    Conditions are tested in the questionnaire's order, on what is left of the earlier answers. A
    question governed by one that has no column is taken as shown to everybody, with a note. Where
    the routing is not known nothing is changed.
    """
    if not questionnaire.routing_known:
        return read
    known = {variable.id: variable for variable in variables(questionnaire)}
    for section in questionnaire.sections:
        for question in section.questions:
            conditions = shown_if(section, question)
            if conditions and question.id not in table.elsewhere:
                given = Given(read, known, len(table.rows))
                read = _routed(given, question, conditions, off_route, table)
    return read


def _routed(
    given: Given,
    question: Question,
    conditions: tuple[Condition, ...],
    off_route: AnswerOffRoute,
    table: Table,
) -> Read:
    names = dict.fromkeys(leaf.question for condition in conditions for leaf in leaves(condition))
    unknown = [name for name in names if not table.has(name)]
    if unknown:
        problems = (*given.read.problems, _not_routed(table, question, unknown))
        return replace(given.read, problems=problems)
    shown = all_hold(conditions, given)
    strays = list(_strays(given, question, ~shown, table))
    if off_route is AnswerOffRoute.KEEP:
        shown = either([shown, *(stray.who for stray in strays)], given.people)
    seen = (_kept if off_route is AnswerOffRoute.KEEP else _left_out)(strays, table.rows)
    return replace(_hidden(given, question, shown), problems=(*given.read.problems, *seen))


def _not_routed(table: Table, question: Question, unknown: Sequence[str]) -> Problem:
    names = ", ".join(f"“{name}”" for name in unknown)
    message = (
        f"who was shown “{question.id}” depends on {names}, which has no column: taken as shown to everybody."
    )
    return note(table.place(question.id), message)


def _strays(given: Given, question: Question, hidden: People, table: Table) -> Iterator[_Stray]:
    for variable in given.parts(question.id):
        codes = given.read.codes[variable.id]
        least = YES if question.kind is Kind.MULTIPLE else 0
        who = hidden & (codes >= least)
        if who.any():
            yield _Stray(table.place(variable.id), who, _said(variable, codes, who, table))
    numbers = given.read.numbers.get(question.id)
    if numbers is not None and (hidden & ~np.isnan(numbers)).any():
        who = hidden & ~np.isnan(numbers)
        yield _Stray(table.place(question.id), who, [f"{number:g}" for number in numbers[who]])
    texts = given.read.texts.get(question.id)
    if texts is not None:
        who = hidden & np.array([text is not None for text in texts], bool)
        if who.any():
            yield _Stray(table.place(question.id), who)


def _said(variable: Variable, codes: Codes, who: People, table: Table) -> list[str]:
    """What each of these people's cells holds; the answer's label where that is their own words, or
    where the cell holds other answers too."""
    cells = table.cells.get(variable.id)
    return [
        label if cells is None or own_words else text_of(cells[person])
        for person, (label, own_words) in zip(
            np.flatnonzero(who).tolist(),
            (_label(variable, code) for code in codes[who].tolist()),
            strict=True,
        )
    ]


def _label(variable: Variable, code: int) -> tuple[str, bool]:
    """The words of an answer, and whether people may write their own in its place."""
    if variable.question.kind is Kind.MULTIPLE:
        options = variable.question.scale.answers if variable.question.scale else ()
        return variable.text, any(option.other for option in options if option.code == variable.part)
    return variable.answers[code].label, variable.answers[code].other


def _kept(strays: Sequence[_Stray], rows: tuple[int, ...]) -> Iterator[Problem]:
    for stray in strays:
        yield from at_rows(stray.place, _KEPT, compress(rows, stray.who), lost=False)


def _left_out(strays: Sequence[_Stray], rows: tuple[int, ...]) -> Iterator[Problem]:
    for stray in strays:
        numbers = list(compress(rows, stray.who))
        if stray.said is None:
            yield from at_rows(stray.place, _LEFT_OUT, numbers)
            continue
        by_value: dict[str, list[int]] = {}
        for said, row in zip(stray.said, numbers, strict=True):
            by_value.setdefault(said, []).append(row)
        yield from over_values(stray.place, _LEFT_OUT, sorted(by_value.items()))


def _hidden(given: Given, question: Question, shown: People) -> Read:
    """The answers with this question's taken away from whoever was not shown it."""
    read = given.read
    own = {part.id for part in given.parts(question.id)}
    codes = {
        name: np.where(shown, column, np.int16(NOT_SHOWN)) if name in own else column
        for name, column in read.codes.items()
    }
    numbers = {
        name: np.where(shown, column, np.nan) if name == question.id else column
        for name, column in read.numbers.items()
    }
    texts = {
        name: tuple(text if seen else None for text, seen in zip(column, shown, strict=True))
        if name.partition(".")[0] == question.id
        else column
        for name, column in read.texts.items()
    }
    return Read(codes, numbers, texts, read.problems)
