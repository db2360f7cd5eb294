"""Questions, rows and options that no column answers, and the unread column that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.words import listed, near
from goldenthread.analysis.problem import Problem, brief
from goldenthread.analysis.responses import fold
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.match import Matched
from goldenthread.analysis.responses.notes import Place, note
from goldenthread.analysis.responses.targets import Role, Target, names_of

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


@dataclass(frozen=True, slots=True)
class Absent:
    """What a file has no column for: where that loses answers, and what only other versions hold."""

    problems: tuple[Problem, ...] = ()
    elsewhere: frozenset[Target] = frozenset()


def held_parts(questionnaire: Questionnaire, found: Mapping[Target, Column]) -> frozenset[Target]:
    """Every question, row and option that some column of a file answers."""
    return frozenset(
        part
        for question in questionnaire.questions
        for part in _parts(question)
        if Target(question.id) in found or part in found or _in_words(question, part, found)
    )


def absent_parts(
    grid: Grid, questionnaire: Questionnaire, matched: Matched, others: frozenset[Target] = frozenset()
) -> Absent:
    """A problem for each question, row or option without a column here or in the ``others``.

    It counts one answer for each person in the file, for whether they answered cannot be known.
    A question in words that has no column loses no figure and is a note. What only other versions
    of the survey hold is no problem: one note names it all.
    """
    held = held_parts(questionnaire, matched.columns)
    likely = _likely(questionnaire, matched.strays, held)
    missing = _all_missing(questionnaire, held | others)
    lost = tuple(
        Problem(
            grid.file,
            f"{_said(each)}{_hint(each, likely)}",
            lost=each.question.kind not in _WORDS,
            each=len(grid.rows),
        )
        for each in missing
    )
    return Absent((*lost, *_elsewhere(grid, questionnaire, held, others, likely)), others - held)


def _elsewhere(
    grid: Grid,
    questionnaire: Questionnaire,
    held: frozenset[Target],
    others: frozenset[Target],
    likely: Mapping[Target, list[str]],
) -> Iterator[Problem]:
    """One note of what this version does not hold and another does."""
    everything = frozenset(part for question in questionnaire.questions for part in _parts(question))
    missing = _all_missing(questionnaire, everything - (others - held))
    if missing:
        named = listed(_named(each) for each in missing)
        hints = "".join(_hint(each, likely) for each in missing)
        message = f"this version does not hold {named}: its people count as not asked.{hints}"
        yield note(Place(grid.file), message)


def _all_missing(questionnaire: Questionnaire, held: frozenset[Target]) -> tuple[_Missing, ...]:
    return tuple(each for question in questionnaire.questions for each in _missing(question, held))


def _missing(question: Question, held: frozenset[Target]) -> Iterator[_Missing]:
    parts = _parts(question)
    without = [part for part in parts if part not in held]
    if without and len(without) == len(parts):
        yield _Missing(question, tuple(dict.fromkeys((Target(question.id), *without))), whole=True)
    else:
        yield from (_Missing(question, (part,), whole=False) for part in without)


def _parts(question: Question) -> tuple[Target, ...]:
    """The targets that make up a question: its rows, its options, or itself."""
    if question.kind is Kind.MATRIX:
        return tuple(Target(question.id, row.id) for row in question.rows)
    if question.kind is Kind.MULTIPLE and question.scale:
        return tuple(Target(question.id, answer.code) for answer in question.scale.answers)
    return (Target(question.id),)


def _in_words(question: Question, target: Target, found: Mapping[Target, Column]) -> bool:
    """Whether the option "other" is known by the words people wrote for it."""
    others = {answer.code for answer in question.scale.answers if answer.other} if question.scale else set()
    return target.part in others and Target(question.id, role=Role.OTHER) in found


def _said(missing: _Missing) -> str:
    if missing.whole:
        text = brief(missing.question.text)
        return f"no column answers {_named(missing)} ({text}): all of it is missing."
    return f"no column answers {_named(missing)}: the whole column is missing."


def _named(missing: _Missing) -> str:
    question = missing.question
    if missing.whole:
        return f"the question “{question.id}”"
    kind = "row" if question.kind is Kind.MATRIX else "option"
    return f"the {kind} “{missing.targets[0].part}” of the question “{question.id}”"


def _likely(
    questionnaire: Questionnaire, strays: Sequence[Column], held: frozenset[Target]
) -> dict[Target, list[str]]:
    """The headings of unread columns by the missing target each is most like, if it is like any."""
    wanted = {target for each in _all_missing(questionnaire, held) for target in each.targets}
    if not wanted or len(strays) > MOST_STRAYS:
        return {}
    known = {
        name: targets[0]
        for name, targets in names_of(questionnaire).heavy.items()
        if len(targets) == 1 and targets[0] in wanted and targets[0].role is Role.ANSWER
    }
    found: dict[Target, list[str]] = {}
    for column in strays:
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
