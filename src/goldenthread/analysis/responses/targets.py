"""What a column can stand for, and every name it may be headed with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.responses import fold


class Role(StrEnum):
    """What a column holds of its question."""

    ANSWER = "answer"
    OTHER = "other"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Target:
    """A question, or its row or option ``part``; or the words written beside either."""

    question: str
    part: str | None = None
    role: Role = Role.ANSWER


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a target; a lower ``tier`` wins where two targets share a name."""

    text: str
    tier: int
    target: Target


Index = Mapping[str, tuple[Target, ...]]
_ID, _NUMBER, _TEXT, _LABEL, _BARE = range(5)


@dataclass(frozen=True, slots=True)
class Names:
    """All names folded lightly and heavily; each with the targets of its best tier, in order."""

    light: Index
    heavy: Index

    def find(self, name: str) -> tuple[Target, ...]:
        """The targets ``name`` can mean: none, one, or several that nothing tells apart."""
        text = fold.heading(name)
        return self.light.get(fold.light(text)) or self.heavy.get(fold.heavy(text)) or ()


def names_of(questionnaire: Questionnaire) -> Names:
    """The names of everything a questionnaire asks."""
    every = [name for question in questionnaire.questions for name in _question(question)]
    return Names(_index(every, fold.light), _index(every, fold.heavy))


def _index(names: list[Name], folded: Callable[[str], str]) -> Index:
    best: dict[str, tuple[int, dict[Target, None]]] = {}
    for name in names:
        key = folded(fold.heading(name.text))
        tier, targets = best.get(key, (name.tier, {}))
        if name.tier < tier:
            tier, targets = name.tier, {}
        if name.tier == tier:
            targets[name.target] = None
        best[key] = (tier, targets)
    return {key: tuple(targets) for key, (_, targets) in best.items() if key}


def _question(question: Question) -> Iterator[Name]:
    if question.kind is not Kind.MATRIX or len(question.rows) == 1:
        part = question.rows[0].id if question.rows else None
        yield from (Name(text, tier, Target(question.id, part)) for text, tier in _heads(question))
    for part, tails in _parts(question):
        yield from _joined(question, Target(question.id, part), tails)
        yield from _joined(question, Target(question.id, part, Role.COMMENT), [(f"{part}comment", _ID)])
    yield from _joined(question, Target(question.id, role=Role.COMMENT), [("comment", _NUMBER)])
    yield from _others(question)


def _heads(question: Question) -> Iterator[tuple[str, int]]:
    """Names of a whole question: id, number, text, their combinations, label."""
    number = question.number
    yield question.id, _ID
    numbers = [number, f"Q{number}", f"Question {number}"] if number else []
    yield from ((each, _NUMBER) for each in numbers)
    if question.text:
        yield question.text, _TEXT
        yield from ((f"{each} {question.text}", _TEXT) for each in (question.id, *numbers))
    if question.label:
        yield question.label, _LABEL


def _parts(question: Question) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Each row or option with its own names."""
    for row in question.rows:
        yield row.id, _tails(row.id, row.text, row.label)
    if question.kind is Kind.MULTIPLE and question.scale:
        for answer in question.scale.answers:
            yield answer.code, _tails(answer.code, answer.label, *answer.aliases)


def _tails(part: str, *texts: str) -> list[tuple[str, int]]:
    return [(part, _ID), *((text, _TEXT) for text in texts if text)]


def _joined(question: Question, target: Target, tails: list[tuple[str, int]]) -> Iterator[Name]:
    """ "head[tail]" for every name of the question; and the tail alone, if it is words."""
    for tail, worth in tails:
        for head, tier in _heads(question):
            yield from (
                Name(form, max(tier, worth), target) for form in (f"{head}[{tail}]", f"{head} [{tail}]")
            )
        if target.role is Role.ANSWER and (worth == _TEXT or question.kind is Kind.MATRIX):
            yield Name(tail, _BARE, target)


def _others(question: Question) -> Iterator[Name]:
    """The words behind "other": ``Q[other]``, or the label of that answer."""
    answers = question.scale.answers if question.scale else ()
    other = next((answer for answer in answers if answer.other), None)
    if other is None or question.kind not in (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE):
        return
    target = Target(question.id, role=Role.OTHER)
    tails = ["other", "other text", "other (please specify)", f"{other.code} text", f"{other.label} text"]
    if question.kind is not Kind.MULTIPLE:
        tails += [other.code, other.label]
    yield from _joined(question, target, [(tail, _NUMBER) for tail in tails])
