"""A file of answers, from whatever system, as one wave's typed responses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import is_blank
from goldenthread.analysis.responses.dates import read_date
from goldenthread.analysis.responses.design import design_columns, read_stratum, read_weight
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Layout
from goldenthread.analysis.responses.layouts.recognise import recognise
from goldenthread.analysis.responses.match import match_columns
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.responses.multiple import read_multiple
from goldenthread.analysis.responses.notes import counted
from goldenthread.analysis.responses.numbers import read_number
from goldenthread.analysis.responses.routing import Table, route
from goldenthread.analysis.responses.sheet import Read, Sheet, together
from goldenthread.analysis.responses.single import read_matrix, read_single
from goldenthread.analysis.responses.targets import Role, Target


def read_responses(path: Path, wave: Wave, off_route: AnswerOffRoute) -> Responses:
    """The answers in ``path`` to the wave's questionnaire.

    Every variable of the questionnaire has a column of codes, even where the file has none for it
    (then all blank, and a Problem says so). Words written for "other" are in ``texts`` under
    ``question.other``, comments beside an answer under ``question.comment`` or
    ``question.part.comment``. Raises Refusal, in one sentence, where the file cannot be used.
    """
    questionnaire = _questionnaire(wave)
    whole = read_grid(path)
    layout = recognise(whole.headings)
    grid, unfinished = _finished(whole, layout)
    sheet = Sheet(
        grid,
        match_columns(grid, layout.columns(grid.headings), questionnaire, design_columns(grid, wave)),
    )
    read = together(_READERS[question.kind](sheet, question) for question in questionnaire.questions)
    read = together((read, _comments(sheet, questionnaire)))
    routed = route(questionnaire, read, off_route, _table(sheet))
    return Responses(
        wave=wave.id,
        people=sheet.people,
        codes=routed.codes,
        numbers=routed.numbers,
        texts=routed.texts,
        weight=read_weight(grid, wave),
        stratum=read_stratum(grid, wave),
        format=layout.name,
        problems=(*grid.problems, *unfinished, *sheet.matched.problems, *routed.problems),
    )


def _questionnaire(wave: Wave) -> Questionnaire:
    if wave.questionnaire is None:
        raise Refusal(f"Wave “{wave.id}” has answers but no questionnaire to read them by.")
    return wave.questionnaire


def _finished(grid: Grid, layout: Layout) -> tuple[Grid, tuple[Problem, ...]]:
    """The grid without the rows of people who did not finish, and one line counting them."""
    column = layout.finished(grid.headings)
    if column is None:
        return grid, ()
    wanted = [not is_blank(cell) for cell in grid.columns[column]]
    left = len(wanted) - sum(wanted)
    if not left:
        return grid, ()
    if left == len(wanted):
        raise Refusal(f"{grid.file}: nobody finished: “{grid.headings[column]}” is blank in every row.")
    message = (
        f"{counted(left, 'row was', 'rows were')} left out: blank here means that the person did not finish."
    )
    return grid.keep(wanted), (Problem(grid.file, message, None, grid.headings[column], count=left),)


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


def _table(sheet: Sheet) -> Table:
    columns = {
        _name(target): column
        for target, column in sheet.matched.columns.items()
        if target.role is Role.ANSWER
    }
    headings = {name: column.heading for name, column in columns.items()}
    cells = {name: sheet.grid.columns[column.index] for name, column in columns.items()}
    return Table(sheet.grid.file, sheet.grid.rows, headings, cells)


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
