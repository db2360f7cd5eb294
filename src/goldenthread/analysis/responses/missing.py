"""Questions, rows and options that no column answers, and the unread column that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.words import listed, near
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses import fold
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.notes import brief
from goldenthread.analysis.responses.targets import Names, Role, Target

MOST_STRAYS = 100
"""With more unread columns than this none is held against the missing ones: most resemble something."""
_MOST_NAMED = 3
_WORDS = (Kind.SHORT_TEXT, Kind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class _Missing:
    """What no column answers: all of a question, or one row or option of it."""

    question: Question
    targets: tuple[Target, ...]
    whole: bool


def missing_columns(
    grid: Grid,
    questionnaire: Questionnaire,
    names: Names,
    found: Mapping[Target, Column],
    strays: Sequence[Column],
) -> tuple[Problem, ...]:
    """A problem for each question, row or option without a column.

    It counts one answer for each person in the file, for whether they answered cannot be known.
    A question in words that has no column loses no figure and is a note.
    """
    missing = [each for question in questionnaire.questions for each in _missing(question, found)]
    wanted = {target for each in missing for target in each.targets}
    likely = _likely(names, wanted, strays) if missing else {}
    return tuple(
        Problem(
            grid.file,
            f"{_said(each)}{_hint(each, likely)}",
            lost=each.question.kind not in _WORDS,
            count=len(grid.rows),
        )
        for each in missing
    )


def _missing(question: Question, found: Mapping[Target, Column]) -> Iterator[_Missing]:
    if Target(question.id) in found:
        return
    parts = [Target(question.id, part) for part in _parts(question)]
    without = [part for part in parts if part not in found and not _in_words(question, part, found)]
    if without and len(without) == len(parts):
        yield _Missing(question, tuple(dict.fromkeys((Target(question.id), *without))), whole=True)
    else:
        yield from (_Missing(question, (part,), whole=False) for part in without)


def _parts(question: Question) -> list[str | None]:
    if question.kind is Kind.MATRIX:
        return [row.id for row in question.rows]
    if question.kind is Kind.MULTIPLE and question.scale:
        return [answer.code for answer in question.scale.answers]
    return [None]


def _in_words(question: Question, target: Target, found: Mapping[Target, Column]) -> bool:
    """Whether the option "other" is known by the words people wrote for it."""
    others = {answer.code for answer in question.scale.answers if answer.other} if question.scale else set()
    return target.part in others and Target(question.id, role=Role.OTHER) in found


def _said(missing: _Missing) -> str:
    question = missing.question
    if missing.whole:
        return (
            f"no column answers the question “{question.id}” ({brief(question.text)}): all of it is missing."
        )
    kind = "row" if question.kind is Kind.MATRIX else "option"
    part = missing.targets[0].part
    return (
        f"no column answers the {kind} “{part}” of the question “{question.id}”: the whole column is missing."
    )


def _likely(names: Names, wanted: set[Target], strays: Sequence[Column]) -> dict[Target, list[str]]:
    """The headings of unread columns by the missing target each is most like, if it is like any."""
    known = {
        name: targets[0]
        for name, targets in names.heavy.items()
        if len(targets) == 1 and targets[0] in wanted and targets[0].role is Role.ANSWER
    }
    found: dict[Target, list[str]] = {}
    for column in strays if len(strays) <= MOST_STRAYS else ():
        alike = (near(fold.heavy(name), known) for name in column.names)
        name = next(filter(None, alike), None)
        if name is not None:
            found.setdefault(known[name], []).append(column.heading)
    return found


def _hint(missing: _Missing, likely: Mapping[Target, list[str]]) -> str:
    headings = [heading for target in missing.targets for heading in likely.get(target, ())]
    if not headings:
        return ""
    named = listed(f"“{brief(heading)}”" for heading in headings[:_MOST_NAMED])
    if len(headings) == 1:
        return f" The column {named} was not read: is it meant?"
    return f" The columns {named} were not read: are they meant?"
