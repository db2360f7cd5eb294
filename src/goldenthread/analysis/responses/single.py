"""Questions with one answer: single choices, scales and the rows of a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress

import numpy as np

from goldenthread.analysis.definition.model import Answer, Question
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.answers import NOTHING, answer_index
from goldenthread.analysis.responses.distinct import Distinct
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.model import BLANK, Codes
from goldenthread.analysis.responses.notes import NO_ANSWER, Place, at_rows, over_values, read_as
from goldenthread.analysis.responses.sheet import Read, Sheet, Texts, together
from goldenthread.analysis.responses.targets import Role

UNKNOWN = "not one of the answers; left out."
_OWN_WORDS = "an answer in a person's own words was counted as “other”."
_WORDS_ALONE = "a person wrote an answer and chose none: counted as “other”."


@dataclass(frozen=True, slots=True)
class _LookUp:
    """The code of each distinct cell, the answers seen only by folding, and cells that are none.

    ``silent`` are those that somebody decided are no answer.
    """

    codes: Codes
    folded: Mapping[int, Answer]
    unknown: tuple[int, ...]
    silent: tuple[int, ...] = ()


def read_single(sheet: Sheet, question: Question) -> Read:
    """A single or scale question, with the words written for "other" where it has such an answer."""
    column = sheet.column(question)
    read = _column(sheet, question, column, question.id)
    other = _other_position(question)
    words = sheet.column(question, role=Role.OTHER)
    if other is None or words is None:
        return read
    return _with_words(sheet, question, read, words, other)


def read_matrix(sheet: Sheet, question: Question) -> Read:
    """Each row of a matrix as a coded column of its own."""
    return together(
        _column(sheet, question, sheet.column(question, row.id), f"{question.id}.{row.id}")
        for row in question.rows
    )


def _answers(question: Question) -> tuple[Answer, ...]:
    return question.scale.answers if question.scale else ()


def _other_position(question: Question) -> int | None:
    return next((position for position, answer in enumerate(_answers(question)) if answer.other), None)


def _column(sheet: Sheet, question: Question, column: Column | None, variable: str) -> Read:
    if column is None:
        return Read({variable: sheet.nothing()})
    values = sheet.distinct(column)
    found = _look_up(values, question)
    place = sheet.place(column, question)
    notes = _notes(place, values, found)
    other = _other_position(question)
    if other is not None and found.unknown:
        words, said = _own_words(place, values, found)
        found.codes[list(found.unknown)] = other
        return Read(
            {variable: found.codes[values.ids]}, texts={f"{variable}.other": words}, problems=notes + said
        )
    lost = over_values(place, UNKNOWN, values.said(found.unknown))
    return Read({variable: found.codes[values.ids]}, problems=notes + lost)


def _notes(place: Place, values: Distinct, found: _LookUp) -> tuple[Problem, ...]:
    """What was read as something else than it says."""
    rows = values.rows_of(found.folded)
    read = (
        note
        for each, answer in found.folded.items()
        for note in read_as(place, values.texts[each], answer.label, rows[each])
    )
    return (*read, *over_values(place, NO_ANSWER, values.said(found.silent), lost=False))


def _look_up(values: Distinct, question: Question) -> _LookUp:
    answers = _answers(question)
    index = answer_index(answers, question.recode)
    readings = [index.read(text) for text in values.texts]
    codes = [BLANK if reading.position is None else reading.position for reading in readings]
    known = [(each, reading.position) for each, reading in enumerate(readings) if reading.folded]
    return _LookUp(
        codes=np.array(codes, np.int16),
        folded={each: answers[position] for each, position in known if position is not None},
        unknown=tuple(each for each, text in enumerate(values.texts) if text and readings[each] == NOTHING),
        silent=tuple(each for each, reading in enumerate(readings) if reading.silent),
    )


def _own_words(place: Place, values: Distinct, found: _LookUp) -> tuple[Texts, tuple[Problem, ...]]:
    """Answers in people's own words, kept where they stand, and a note of the rows."""
    own = np.isin(values.ids, found.unknown)
    words = tuple(values.texts[i] if mine else None for i, mine in zip(values.ids, own, strict=True))
    return words, at_rows(place, _OWN_WORDS, compress(values.rows, own), lost=False)


def _with_words(sheet: Sheet, question: Question, read: Read, column: Column, other: int) -> Read:
    """The separate column of words: kept, and an answer of "other" where no other was given."""
    words = sheet.words(column)
    codes = read.codes[question.id]
    alone = np.fromiter((word is not None for word in words), bool, len(words)) & (codes == BLANK)
    codes = np.where(alone, np.int16(other), codes)
    said = at_rows(sheet.place(column), _WORDS_ALONE, compress(sheet.grid.rows, alone), lost=False)
    key = f"{question.id}.other"
    texts = _joined(words, read.texts.get(key))
    return Read({question.id: codes}, texts={key: texts}, problems=read.problems + said)


def _joined(words: Texts, written: Texts | None) -> Texts:
    if written is None:
        return words
    return tuple(first or second for first, second in zip(words, written, strict=True))
