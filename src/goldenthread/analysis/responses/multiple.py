"""Questions with any number of answers: a column for each option, or all of them in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.definition.model import Answer, Question
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses import fold
from goldenthread.analysis.responses.answers import AnswerIndex, answer_index, decided_key
from goldenthread.analysis.responses.distinct import Distinct
from goldenthread.analysis.responses.joined import Cut, Cutter, find_cutter
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.model import BLANK, Codes
from goldenthread.analysis.responses.notes import NO_ANSWER, Place, at_rows, note, over_values, read_as
from goldenthread.analysis.responses.sheet import Read, Sheet, Texts
from goldenthread.analysis.responses.targets import Role

TICKED = frozenset(("yes", "y", "1", "true", "x", "checked", "ticked", "selected", "✓", "✔", "☑", "☒"))
NOT_TICKED = frozenset(("no", "n", "0", "false", "unchecked", "not ticked", "not selected", "☐"))
NO, YES, AFTER_TICKED = 0, 1, 2
"""Positions in an option's answers; the question's answers outside the base come after."""

_UNTICKED = "a person wrote an answer without ticking “other”: counted as ticked."
_EXCLUDED = "ticked together with other answers that it excludes; this one was left out, the others kept."

Ticks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Ticked:
    """Who ticked each option that was asked about; words written for "other"; what went wrong."""

    by_option: Mapping[int, Ticks]
    words: Texts | None = None
    problems: tuple[Problem, ...] = ()


def read_multiple(sheet: Sheet, question: Question) -> Read:
    """One column of no or yes for each option; blank for people who ticked nothing at all.

    An option that excludes the others, ticked together with them, is left out with a problem; so is
    one outside the base. Who ticked that alone is outside the base of every option (method 2).
    """
    answers = question.scale.answers if question.scale else ()
    ticked = _with_words(sheet, question, answers, _ticked(sheet, question, answers))
    kept, clashes = _exclusive(sheet, question, answers, ticked.by_option)
    base = _base(sheet, answers, kept)
    codes = {
        f"{question.id}.{answer.code}": _codes(sheet, kept.get(position), base)
        for position, answer in enumerate(answers)
    }
    texts = {} if ticked.words is None else {f"{question.id}.other": ticked.words}
    return Read(codes, texts=texts, problems=ticked.problems + clashes)


def _base(sheet: Sheet, answers: tuple[Answer, ...], kept: Mapping[int, Ticks]) -> Codes:
    """``NO`` for people who ticked anything that counts, the place of the outside option they ticked
    alone, or ``BLANK``."""
    found = np.full(sheet.people, BLANK, np.int16)
    outside = [position for position, answer in enumerate(answers) if answer.outside]
    for place, position in enumerate(outside):
        if position in kept:
            found[kept[position]] = AFTER_TICKED + place
    for position in kept.keys() - set(outside):
        found[kept[position]] = NO
    return found


def _codes(sheet: Sheet, ticks: Ticks | None, base: Codes) -> Codes:
    if ticks is None:
        return sheet.nothing()
    return np.where((base == NO) & ticks, YES, base).astype(np.int16)


def _ticked(sheet: Sheet, question: Question, answers: tuple[Answer, ...]) -> _Ticked:
    options = {
        position: column
        for position, answer in enumerate(answers)
        if (column := sheet.column(question, answer.code))
    }
    whole = sheet.column(question)
    if not options:
        return _from_cells(sheet, question, whole) if whole else _Ticked({})
    read = [
        _from_option(sheet, question, (position, answers[position]), column)
        for position, column in options.items()
    ]
    unused = (note(sheet.place(whole), "not read: its options have columns of their own."),) if whole else ()
    words = next((each.words for each in read if each.words), None)
    by_option = {position: ticks for each in read for position, ticks in each.by_option.items()}
    return _Ticked(by_option, words, (*unused, *(problem for each in read for problem in each.problems)))


def _from_option(sheet: Sheet, question: Question, option: tuple[int, Answer], column: Column) -> _Ticked:
    """One option's column. For "other" it may hold people's words instead of a tick."""
    position, answer = option
    values = sheet.distinct(column)
    index = answer_index((answer,), question.recode)
    states = [_state(text, index) for text in values.texts]
    unknown = [each for each, state in enumerate(states) if state is None]
    lookup = np.array([state or (state is None and answer.other) for state in states], bool)
    if answer.other and unknown:
        own = np.isin(values.ids, unknown)
        words = tuple(values.texts[i] if mine else None for i, mine in zip(values.ids, own, strict=True))
        return _Ticked({position: lookup[values.ids]}, words)
    message = "neither a tick nor empty; counted as not ticked."
    place = sheet.place(column, question)
    lost = over_values(place, message, values.said(unknown))
    return _Ticked({position: lookup[values.ids]}, problems=(*_told(place, values, index), *lost))


def _told(place: Place, values: Distinct, index: AnswerIndex) -> Iterator[Problem]:
    """A note of each cell that is read as somebody decided."""
    for each, text in enumerate(values.texts):
        if text and decided_key(text) in index.decided:
            ticked = index.decided[decided_key(text)].position is not None
            yield from over_values(
                place, "read as a tick." if ticked else "read as no tick.", values.said([each]), lost=False
            )


def _state(text: str, index: AnswerIndex) -> bool | None:
    """Ticked, not ticked, or None for anything else. "No" is no tick even where it is the label."""
    said = fold.light(text) or text
    if not text or said in NOT_TICKED:
        return False
    read = index.read(text)
    return False if read.silent else True if said in TICKED or read.position is not None else None


def _from_cells(sheet: Sheet, question: Question, column: Column) -> _Ticked:
    """All options in one cell, cut at the separator the column's cells are best understood by."""
    values, place = sheet.distinct(column), sheet.place(column, question)
    answers = question.scale.answers if question.scale else ()
    index = answer_index(answers, question.recode)
    weights = np.bincount(values.ids, minlength=len(values.texts)).tolist()
    cutter = find_cutter(values.texts, weights, index)
    cuts = [cutter.cut(text) for text in values.texts]
    other = next((position for position, answer in enumerate(answers) if answer.other), None)
    unknown = {each: text for each, cut in enumerate(cuts) if (text := _unknown(cut, cutter))}
    by_option = {
        position: np.array(
            [
                _names(cut, position) or (position == other and each in unknown)
                for each, cut in enumerate(cuts)
            ],
            bool,
        )[values.ids]
        for position in range(len(answers))
    }
    notes = (*_folded(place, values, cuts, answers), *_silent(place, values, cuts))
    doubts = _ambiguous(place, values, cuts, answers)
    if other is not None and unknown:
        return _Ticked(by_option, tuple(unknown.get(int(each)) for each in values.ids), notes + doubts)
    return _Ticked(by_option, None, notes + doubts + _lost(place, values, unknown))


def _names(cut: Sequence[Cut], position: int) -> bool:
    return len(cut) == 1 and position in cut[0].positions


def _unknown(cut: Sequence[Cut], cutter: Cutter) -> str:
    return cutter.unknown(cut[0]) if len(cut) == 1 else ""


def _lost(place: Place, values: Distinct, unknown: Mapping[int, str]) -> tuple[Problem, ...]:
    rows = values.rows_of(unknown)
    return over_values(
        place, "not one of the answers; left out.", ((unknown[each], rows[each]) for each in unknown)
    )


def _ambiguous(
    place: Place, values: Distinct, cuts: Sequence[Sequence[Cut]], answers: tuple[Answer, ...]
) -> tuple[Problem, ...]:
    doubtful = {each: cut for each, cut in enumerate(cuts) if len(cut) > 1}
    rows = values.rows_of(doubtful)
    return tuple(
        line
        for each, cut in doubtful.items()
        for line in at_rows(place, _either(cut, answers), rows[each], value=values.texts[each])
    )


def _either(cuts: Sequence[Cut], answers: tuple[Answer, ...]) -> str:
    ways = (" and ".join(f"“{answers[p].label}”" for p in sorted(cut.positions)) for cut in cuts)
    return f"could be {', or '.join(ways)}; left out."


def _folded(
    place: Place, values: Distinct, cuts: Sequence[Sequence[Cut]], answers: tuple[Answer, ...]
) -> list[Problem]:
    cells: dict[tuple[str, int], set[int]] = {}
    for each, cut in enumerate(cuts):
        for piece in (piece for piece in cut[0].pieces if piece.folded and len(cut) == 1):
            cells.setdefault((piece.text, piece.position or 0), set()).add(each)
    rows = values.rows_of(set().union(*cells.values()))
    return [
        problem
        for (text, position), found in sorted(cells.items())
        for problem in read_as(place, text, answers[position].label, _merged(rows, found))
    ]


def _silent(place: Place, values: Distinct, cuts: Sequence[Sequence[Cut]]) -> Iterator[Problem]:
    """A note of each piece that somebody decided is no answer."""
    cells: dict[str, set[int]] = {}
    for each, cut in enumerate(cuts):
        for piece in (piece for piece in cut[0].pieces if piece.silent):
            cells.setdefault(piece.text, set()).add(each)
    rows = values.rows_of(set().union(*cells.values()))
    for text, found in sorted(cells.items()):
        yield from at_rows(place, NO_ANSWER, _merged(rows, found), value=text, lost=False)


def _merged(rows: Mapping[int, Sequence[int]], cells: Iterable[int]) -> list[int]:
    return sorted(chain.from_iterable(rows[each] for each in cells))


def _with_words(sheet: Sheet, question: Question, answers: tuple[Answer, ...], ticked: _Ticked) -> _Ticked:
    """Words in a column of their own tick the option "other"."""
    other = next((position for position, answer in enumerate(answers) if answer.other), None)
    column = sheet.column(question, role=Role.OTHER)
    if other is None or column is None:
        return ticked
    words = sheet.words(column)
    wrote = np.fromiter((word is not None for word in words), bool, len(words))
    before = ticked.by_option.get(other)
    new = [] if before is None else compress(sheet.grid.rows, wrote & ~before)
    said = at_rows(sheet.place(column), _UNTICKED, new, lost=False)
    ticks = wrote if before is None else wrote | before
    return _Ticked({**ticked.by_option, other: ticks}, words, ticked.problems + said)


def _exclusive(
    sheet: Sheet, question: Question, answers: tuple[Answer, ...], ticked: Mapping[int, Ticks]
) -> tuple[Mapping[int, Ticks], tuple[Problem, ...]]:
    nobody = np.zeros(sheet.people, bool)
    several = np.sum([*ticked.values(), nobody], axis=0) > 1
    counts = np.logical_or.reduce([*(t for p, t in ticked.items() if not answers[p].outside), nobody])
    kept = dict(ticked)
    problems: list[Problem] = []
    for position in (p for p in ticked if answers[p].exclusive or answers[p].outside):
        clash = ticked[position] & (counts if answers[position].outside else several)
        kept[position] = ticked[position] & ~clash
        problems += _clashes(sheet, question, answers[position], clash)
    return kept, tuple(problems)


def _clashes(sheet: Sheet, question: Question, answer: Answer, clash: Ticks) -> tuple[Problem, ...]:
    """Each clash with its row and what the cell holds."""
    column = sheet.column(question, answer.code) or sheet.column(question)
    if column is None or not clash.any():
        return ()
    return over_values(sheet.place(column), _EXCLUDED, sheet.cells(column, clash))
