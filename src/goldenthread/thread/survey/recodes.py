"""What stray values of a wave's file were decided to mean, and putting that into what it asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from goldenthread.analysis.definition.model import Answer, Question, Questionnaire, Recode, Scale
from goldenthread.analysis.definition.words import fold_label
from goldenthread.analysis.responses.answers import decided_key
from goldenthread.analysis.responses.propose.make import code_from

LONGEST = 200
"""A longer value is shown cut short, so nobody can decide on it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value of a question is read as: an answer (its code), no answer, or outside every base
    under its own words."""

    question: str
    value: str
    answer: str = ""
    outside: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What two decisions on the same value share."""
        return self.question, decided_key(self.value)


def meanings(plain: Iterable[Mapping[str, Any]]) -> tuple[Meaning, ...]:
    """From JSON."""
    return tuple(Meaning(**each) for each in plain)


def merged(before: Iterable[Meaning], given: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """What was decided with what is decided now; the later decision on a value stands."""
    return tuple({each.key: each for each in (*before, *given)}.values())


def to_plain(decided: Iterable[Meaning]) -> list[dict[str, Any]]:
    """As JSON holds it."""
    return [asdict(each) for each in decided]


def with_meanings(whole: Questionnaire, decided: Iterable[Meaning]) -> Questionnaire:
    """The questionnaire, its questions read as decided. What fits a question no longer is passed over."""
    by_question: dict[str, list[Meaning]] = {}
    for each in decided:
        by_question.setdefault(each.question, []).append(each)
    sections = (
        replace(section, questions=tuple(_decided(q, by_question.get(q.id, ())) for q in section.questions))
        for section in whole.sections
    )
    return replace(whole, sections=tuple(sections))


def _decided(question: Question, decided: Iterable[Meaning]) -> Question:
    for each in decided:
        if question.scale is not None and applies(question, each):
            question = _one(question, question.scale, each)
    return question


def applies(question: Question, decided: Meaning) -> bool:
    """Whether a decision still fits: its answer is there, and its value is no answer itself."""
    answers = question.scale.answers if question.scale else ()
    names = {fold_label(name) for a in answers for name in (a.code, a.label, *a.aliases)}
    if not answers or fold_label(decided.value) in names:
        return False
    return decided.outside or not decided.answer or decided.answer in {a.code for a in answers}


def _one(question: Question, scale: Scale, decided: Meaning) -> Question:
    if not decided.outside:
        recode = Recode(decided.value, decided.answer or None)
        return replace(question, recode=(*question.recode, recode))
    used = {answer.code for answer in scale.answers} | {net.id for net in scale.nets}
    answer = Answer(code_from(decided.value, used), decided.value, outside=True)
    return replace(question, scale=replace(scale, answers=(*scale.answers, answer)))


def in_words(question: Question, decided: Meaning) -> str:
    """What a value is read as, for a sentence: "“Strongly agree”", "no answer"."""
    answers = question.scale.answers if question.scale else ()
    if decided.outside:
        return "outside the answers, counted beside them in its own words"
    label = next((answer.label for answer in answers if answer.code == decided.answer), "")
    return f"“{label}”" if label else "no answer"
