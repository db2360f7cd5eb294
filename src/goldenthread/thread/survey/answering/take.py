"""Taking what a person sent of some questions: only what was on offer, and nothing typed is lost."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from goldenthread.analysis.definition.model import Answer, Kind, Question
from goldenthread.thread.survey.answering.model import OTHER, Answers, Fault, Given, Taken
from goldenthread.thread.survey.answering.route import fields

Posted = Mapping[str, Sequence[str]]
"""What a form sent: every value of every name."""

LONGEST = {Kind.SHORT_TEXT: 500, Kind.LONG_TEXT: 5000}
"""Characters; a page says how many there may be."""

LARGEST_NUMBER = 1e9
DATE_PARTS = ("day", "month", "year")
_NOT_TEXT = re.compile(r"[^\S\n]+|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")

Part = tuple[Answers, tuple[Fault, ...]]


def take(questions: Iterable[Question], posted: Posted) -> Taken:
    """The answers to ``questions`` in what was sent; names that are none of theirs are passed over.

    Faults are in the order of the page. A question that must be answered and was not is a fault.
    """
    answers: dict[str, Given] = {}
    faults: list[Fault] = []
    typed: dict[str, Given] = {}
    for question in questions:
        found, wrong = _READERS[question.kind](question, posted)
        answers |= found
        typed |= _typed(question, posted)
        faults += wrong or _missing(question, found)
    return Taken(answers, typed, tuple(faults))


def _missing(question: Question, found: Answers) -> Iterator[Fault]:
    if not question.required:
        return
    for name in fields(question):
        if name not in found and not name.endswith(f".{OTHER}"):
            yield Fault(name, "Answer this question. If none of the answers fits, choose the nearest.")


def _typed(question: Question, posted: Posted) -> Mapping[str, Given]:
    names = [*fields(question), *(f"{question.id}.{part}" for part in DATE_PARTS)]
    return {name: tuple(posted[name]) for name in names if name in posted}


def _single(question: Question, posted: Posted) -> Part:
    chosen, wrong = _choice(question.id, _offered(question), posted)
    if chosen is None:
        return {}, wrong
    found: dict[str, Given] = {question.id: chosen.code}
    words, too_long = _other(question, posted) if chosen.other else (None, ())
    return (found | {f"{question.id}.{OTHER}": words} if words else found), too_long


def _matrix(question: Question, posted: Posted) -> Part:
    found: dict[str, Given] = {}
    faults: list[Fault] = []
    for name in fields(question):
        chosen, wrong = _choice(name, _offered(question), posted)
        faults += wrong
        if chosen:
            found[name] = chosen.code
    return found, tuple(faults)


def _choice(name: str, offered: Sequence[Answer], posted: Posted) -> tuple[Answer | None, tuple[Fault, ...]]:
    value = _one(posted, name)
    if not value:
        return None, ()
    chosen = next((answer for answer in offered if answer.code == value), None)
    if chosen is None:
        return None, (Fault(name, "Choose one of the answers on the page."),)
    return chosen, ()


def _multiple(question: Question, posted: Posted) -> Part:
    ticked = set(posted.get(question.id, ())) - {""}
    chosen = [answer for answer in _offered(question) if answer.code in ticked]
    if len(chosen) < len(ticked):
        return {}, (Fault(question.id, "Choose from the answers on the page."),)
    alone = next((answer for answer in chosen if answer.exclusive or answer.outside), None)
    if alone and len(chosen) > 1:
        return {}, (Fault(question.id, f"Choose “{alone.label}” on its own, or leave it out."),)
    if not chosen:
        return {}, ()
    found: dict[str, Given] = {question.id: tuple(answer.code for answer in chosen)}
    words, wrong = _other(question, posted) if any(each.other for each in chosen) else (None, ())
    return (found | {f"{question.id}.{OTHER}": words} if words else found), wrong


def _other(question: Question, posted: Posted) -> tuple[str | None, tuple[Fault, ...]]:
    return _words(f"{question.id}.{OTHER}", LONGEST[Kind.SHORT_TEXT], posted)


def _text(question: Question, posted: Posted) -> Part:
    words, wrong = _words(question.id, LONGEST[question.kind], posted)
    return ({question.id: words} if words else {}), wrong


def _words(name: str, most: int, posted: Posted) -> tuple[str | None, tuple[Fault, ...]]:
    """The words without control characters and runs of spaces; lines are kept."""
    text = _one(posted, name).replace("\r\n", "\n").replace("\r", "\n")
    words = _NOT_TEXT.sub(" ", text).strip()
    if len(words) > most:
        over = len(words) - most
        return None, (Fault(name, f"This may be {most:,} characters long: shorten it by {over:,}."),)
    return words or None, ()


def _number(question: Question, posted: Posted) -> Part:
    text = _one(posted, question.id).strip()
    if not text:
        return {}, ()
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    try:
        number = float(plain) if plain.isascii() else math.nan
    except ValueError:
        number = math.nan
    if not abs(number) <= LARGEST_NUMBER:
        return {}, (Fault(question.id, "Write a number in figures, such as 12 or 7.5."),)
    return {question.id: f"{number:.12g}"}, ()


def _date(question: Question, posted: Posted) -> Part:
    parts = [_one(posted, f"{question.id}.{part}").strip() for part in DATE_PARTS]
    if not any(parts):
        return {}, ()
    try:
        day, month, year = (int(part) for part in parts if part.isascii())
        found = date(year, month, day)
    except ValueError:
        return {}, (Fault(question.id, "Write a real date, such as 27 3 2026."),)
    return {question.id: found.isoformat()}, ()


def _one(posted: Posted, name: str) -> str:
    values = posted.get(name, ())
    return values[-1] if values else ""


def _offered(question: Question) -> Sequence[Answer]:
    return question.scale.answers if question.scale else ()


_READERS: Mapping[Kind, Callable[[Question, Posted], Part]] = {
    Kind.SINGLE: _single,
    Kind.SCALE: _single,
    Kind.MATRIX: _matrix,
    Kind.MULTIPLE: _multiple,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
}
