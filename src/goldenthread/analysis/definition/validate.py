"""Every fault of a questionnaire, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.reach import unreachable_faults
from goldenthread.analysis.definition.routing import condition_faults
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.definition.words import fold_label, fold_text, meant, quoted, repeated

Fault = tuple[str, str]
"""(place, message)."""

CODED = (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.MATRIX)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def structure_faults(questionnaire: Questionnaire) -> tuple[Fault, ...]:
    """Every fault of sections, questions and routing; those of the scales are found with them."""
    faults = [
        *_id_faults(questionnaire),
        *(fault for question in questionnaire.questions for fault in _question_faults(question)),
        *_item_faults(questionnaire),
        *condition_faults(questionnaire),
    ]
    return (*faults, *unreachable_faults(questionnaire))


def _id_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    sections = [section.id for section in questionnaire.sections]
    questions = [question.id for question in questionnaire.questions]
    yield from _names("section", sections)
    yield from _names("question", questions)
    for question in questionnaire.questions:
        rows = [row.id for row in question.rows]
        yield from ((f"question {quoted(question.id)}, {place}", f) for place, f in _names("row", rows))


def _names(noun: str, ids: list[str]) -> Iterator[Fault]:
    for each in repeated([each for each in ids if each]):
        yield f"{noun} {quoted(each)}", f"this id is used by {ids.count(each)} {noun}s"
    for each in dict.fromkeys(ids):
        if each and not _ID.fullmatch(each):
            yield f"{noun} {quoted(each)}", "an id is letters, digits, hyphens and underscores only"


def _question_faults(question: Question) -> Iterator[Fault]:
    place = f"question {quoted(question.id)}"
    yield from ((place, message) for message in _kind_faults(question))
    for text in repeated([fold_text(row.text) for row in question.rows if row.text]):
        yield place, f"two rows have the text {quoted(text)}"


def _kind_faults(question: Question) -> Iterator[str]:
    kind = f"a {question.kind.value} question"
    if question.kind in CODED and question.scale is None:
        yield f"{kind} needs {quoted('answers')} or a {quoted('scale')}"
    if question.kind not in CODED and question.scale is not None:
        yield f"{kind} cannot have answers or a scale"
    if question.kind is Kind.MATRIX and not question.rows:
        yield f"{kind} needs {quoted('rows')}"
    if question.kind is not Kind.MATRIX and question.rows:
        yield f"{kind} cannot have rows; only a matrix question can"
    yield from _net_use_faults(question)
    yield from _recode_faults(question)


def _recode_faults(question: Question) -> Iterator[str]:
    answers = question.scale.answers if question.scale else ()
    codes = {answer.code for answer in answers}
    named = {fold_label(n) for answer in answers for n in (answer.code, answer.label, *answer.aliases)}
    if question.recode and question.kind not in CODED:
        yield f"a {question.kind.value} question cannot have {quoted('recode')}: it has no answers to read as"
        return
    for recode in question.recode:
        if recode.answer and recode.answer not in codes:
            yield f"recode: unknown answer {quoted(recode.answer)}{meant(recode.answer, codes)}"
        if fold_label(recode.value) in named:
            yield f"recode: {quoted(recode.value)} is already one of the answers"
    for value in repeated([fold_label(recode.value) for recode in question.recode]):
        yield f"recode: {quoted(value)} is read as two answers"


def _net_use_faults(question: Question) -> Iterator[str]:
    scale = question.scale
    if scale is None or not scale.nets:
        return
    if question.kind is Kind.MULTIPLE:
        yield "a multiple question cannot have nets: each option is reported on its own"
    if question.kind in (Kind.SCALE, Kind.MATRIX) and scale.headline is None:
        yield f"its scale has nets but no {quoted('headline')} to say which one a report leads with"


def _item_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    coded = variables(questionnaire)
    spoken = [q for q in questionnaire.questions if q.kind not in CODED]
    pairs = [(v.item, v.id) for v in coded] + [(q.item, q.id) for q in spoken]
    yield from _shared(pairs, "the item")
    labels = [(fold_label(v.label), v.id) for v in coded if _has_label(v.question, v.part)]
    labels += [(fold_label(q.label), q.id) for q in spoken if q.label]
    yield from _shared(labels, "the label")


def _has_label(question: Question, part: str | None) -> bool:
    if question.kind is Kind.MATRIX:
        return any(row.label for row in question.rows if row.id == part)
    return bool(question.label)


def _shared(pairs: Iterable[tuple[str, str]], noun: str) -> Iterator[Fault]:
    """A name held by two different variables; a repeated id has its own fault already."""
    owners: dict[str, list[str]] = {}
    for name, owner in pairs:
        held = owners.setdefault(name, [])
        if owner not in held:
            held.append(owner)
    for name, ids in owners.items():
        for later in ids[1:]:
            yield f"question {quoted(later)}", f"{noun} {quoted(name)} is already that of {quoted(ids[0])}"
