"""A file of answers, from whatever system, as one wave's typed responses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from pathlib import Path

import numpy as np

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.definition.text_table import Share, unheard
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import is_blank
from goldenthread.analysis.responses.dates import read_date
from goldenthread.analysis.responses.design import design_columns, read_stratum, read_weight
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Layout
from goldenthread.analysis.responses.layouts.recognise import recognise
from goldenthread.analysis.responses.match import Matched, match_columns
from goldenthread.analysis.responses.missing import absent_parts, held_parts
from goldenthread.analysis.responses.model import NOT_SHOWN, Codes, Responses
from goldenthread.analysis.responses.multiple import read_multiple
from goldenthread.analysis.responses.notes import Place, at_rows
from goldenthread.analysis.responses.numbers import read_number
from goldenthread.analysis.responses.routing import Table, route
from goldenthread.analysis.responses.sheet import Read, Sheet, together
from goldenthread.analysis.responses.single import read_matrix, read_single
from goldenthread.analysis.responses.stack import stacked
from goldenthread.analysis.responses.targets import Role, Target

_UNFINISHED = "the row was left out: blank here means that the person did not finish."


@dataclass(frozen=True, slots=True)
class _File:
    """One file of answers with its columns matched, before any cell is read."""

    questionnaire: Questionnaire
    sheet: Sheet
    layout: str
    unfinished: tuple[Problem, ...]

    @property
    def held(self) -> frozenset[Target]:
        """Every question, row and option that a column answers."""
        return held_parts(self.questionnaire, self.sheet.matched.columns)


def read_wave(wave: Wave, off_route: AnswerOffRoute) -> Responses:
    """The answers in every file of the wave, the people of each file under those of the one before.

    What one version of a survey holds and another does not is ``NOT_SHOWN`` for the people of the
    other, with one note a file; what no file holds is a problem of each, as in ``read_responses``.
    Raises Refusal as that does.
    """
    files = [_opened(path, wave) for path in wave.files]
    if not files:
        raise Refusal(f"Wave “{wave.id}” names no file of answers.")
    everywhere = frozenset[Target]().union(*(file.held for file in files))
    return stacked([_read(file, wave, off_route, everywhere) for file in files])


def read_responses(path: Path, wave: Wave, off_route: AnswerOffRoute, tell: Share = unheard) -> Responses:
    """The answers in ``path`` to the wave's questionnaire.

    Every variable of the questionnaire has a column of codes, even where the file has none for it
    (then all blank, and a Problem says so). Words written for "other" are in ``texts`` under
    ``question.other``, comments beside an answer under ``question.comment`` or
    ``question.part.comment``. ``tell`` hears how much of the file has been read, 0 to 1. Raises Refusal,
    in one sentence, where the file cannot be used.
    """
    return _read(_opened(path, wave, tell), wave, off_route)


def _opened(path: Path, wave: Wave, tell: Share = unheard) -> _File:
    questionnaire = _questionnaire(wave)
    whole = read_grid(path, tell)
    layout = recognise(whole.headings)
    grid, unfinished = _finished(whole, layout)
    columns = layout.columns(grid.headings)
    matched = match_columns(grid, columns, questionnaire, design_columns(grid, wave))
    grid = replace(grid, problems=_of_answers(grid.problems, matched, unfinished))
    return _File(questionnaire, Sheet(grid, matched), layout.name, unfinished)


def _read(
    file: _File, wave: Wave, off_route: AnswerOffRoute, everywhere: frozenset[Target] = frozenset()
) -> Responses:
    """The answers in one file; ``everywhere`` is what any version of the survey holds."""
    sheet, grid, matched = file.sheet, file.sheet.grid, file.sheet.matched
    absent = absent_parts(grid, file.questionnaire, matched, everywhere)
    read = together(_READERS[question.kind](sheet, question) for question in file.questionnaire.questions)
    read = together((read, _comments(sheet, file.questionnaire)))
    elsewhere = {target.question for target in absent.elsewhere} - {part.question for part in file.held}
    routed = route(file.questionnaire, read, off_route, _table(sheet, frozenset(elsewhere)))
    columns_said = (*matched.doubtful, *absent.problems, *matched.unread)
    return Responses(
        wave=wave.id,
        people=sheet.people,
        codes=_not_shown(routed.codes, absent.elsewhere),
        numbers=routed.numbers,
        texts=routed.texts,
        weight=read_weight(grid, wave),
        stratum=read_stratum(grid, wave),
        format=file.layout,
        problems=(*grid.problems, *file.unfinished, *columns_said, *routed.problems),
    )


def _not_shown(codes: Mapping[str, Codes], elsewhere: frozenset[Target]) -> Mapping[str, Codes]:
    """The codes with what this version does not hold marked as not shown to its people."""
    names = {_name(target) for target in elsewhere}
    return {
        name: np.full_like(column, NOT_SHOWN) if name in names else column for name, column in codes.items()
    }


def _questionnaire(wave: Wave) -> Questionnaire:
    if wave.questionnaire is None:
        raise Refusal(f"Wave “{wave.id}” has answers but no questionnaire to read them by.")
    return wave.questionnaire


def _finished(grid: Grid, layout: Layout) -> tuple[Grid, tuple[Problem, ...]]:
    """The grid without the rows of people who did not finish, and a problem that names those rows."""
    column = layout.finished(grid.headings)
    if column is None:
        return grid, ()
    wanted = [not is_blank(cell) for cell in grid.columns[column]]
    if not any(wanted):
        raise Refusal(f"{grid.file}: nobody finished: “{grid.headings[column]}” is blank in every row.")
    left = compress(grid.rows, map(not_, wanted))
    return grid.keep(wanted), at_rows(Place(grid.file, grid.headings[column]), _UNFINISHED, left)


def _of_answers(
    problems: tuple[Problem, ...], matched: Matched, unfinished: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The problems without those in columns that answer nothing, or in rows that are left out whole."""
    headings = {column.heading for column in matched.columns.values()}
    left = {row for problem in unfinished for row in problem.rows}
    return tuple(
        problem
        for problem in problems
        if problem.column is None or (problem.column in headings and left.isdisjoint(problem.rows))
    )


def _text(sheet: Sheet, question: Question) -> Read:
    column = sheet.column(question)
    return Read(texts={question.id: sheet.words(column) if column else (None,) * sheet.people})


def _comments(sheet: Sheet, questionnaire: Questionnaire) -> Read:
    """Comments beside an answer; they are kept as words and never counted."""
    order = {question.id: place for place, question in enumerate(questionnaire.questions)}
    found = [
        (target, column) for target, column in sheet.matched.columns.items() if target.role is Role.COMMENT
    ]
    found.sort(key=lambda pair: (order[pair[0].question], pair[0].part or ""))
    return Read(texts={f"{_name(target)}.comment": sheet.words(column) for target, column in found})


def _name(target: Target) -> str:
    return f"{target.question}.{target.part}" if target.part else target.question


def _table(sheet: Sheet, elsewhere: frozenset[str]) -> Table:
    columns = {
        _name(target): column
        for target, column in sheet.matched.columns.items()
        if target.role is Role.ANSWER
    }
    headings = {name: column.heading for name, column in columns.items()}
    cells = {name: sheet.grid.columns[column.index] for name, column in columns.items()}
    return Table(sheet.grid.file, sheet.grid.rows, headings, cells, elsewhere)


_READERS: Mapping[Kind, Callable[[Sheet, Question], Read]] = {
    Kind.SINGLE: read_single,
    Kind.SCALE: read_single,
    Kind.MATRIX: read_matrix,
    Kind.MULTIPLE: read_multiple,
    Kind.NUMBER: read_number,
    Kind.DATE: read_date,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
}
