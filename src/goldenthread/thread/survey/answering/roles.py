"""Who is asked what: people told apart by their answer to one question, and what each of them is led to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import (
    All,
    AnyOf,
    Condition,
    Is,
    Kind,
    Question,
    Questionnaire,
    Section,
)
from goldenthread.analysis.definition.variables import shown_if
from goldenthread.thread.survey.answering.minutes import Walk, walk
from goldenthread.thread.survey.answering.model import Answers, Given
from goldenthread.thread.survey.answering.route import kept

BLANK = "No answer"


@dataclass(frozen=True, slots=True)
class Role:
    """Those who give one answer: its ``code`` is empty for those who leave the question blank.

    ``walk`` is None where nobody can come to that answer, or the ways are too many to walk.
    """

    code: str
    label: str
    walk: Walk | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many questions of a section somebody is asked: surely, perhaps besides, and of how many."""

    surely: int
    perhaps: int
    of: int


def telling(whole: Questionnaire) -> tuple[Question, ...]:
    """The questions of one answer that others are shown by, that by which most are shown first."""
    counts: Counter[str] = Counter()
    for section in whole.sections:
        for question in section.questions:
            conditions = shown_if(section, question)
            counts.update({leaf.question for condition in conditions for leaf in leaves(condition)})
    found = [each for each in whole.questions if each.kind is Kind.SINGLE and each.scale and counts[each.id]]
    return tuple(sorted(found, key=lambda each: -counts[each.id]))


def roles(whole: Questionnaire, apart: Question) -> tuple[Role, ...]:
    """Everybody ``apart`` tells apart: a role for each of its answers, and one for no answer where that
    can be."""
    offered: list[tuple[str, str]] = [(a.code, a.label) for a in (apart.scale.answers if apart.scale else ())]
    if not apart.required:
        offered.append(("", BLANK))
    return tuple(Role(code, label, walk(whole, given={apart.id: _given(code)})) for code, label in offered)


def share(section: Section, walked: Walk) -> Share:
    """What of a section a way asks."""
    names = {question.id for question in section.questions}
    surely = len(names & walked.always)
    return Share(surely, len(names & walked.ever) - surely, len(names))


def leading_to(whole: Questionnaire, apart: str, code: str) -> Answers:
    """Answers that lead to the question ``apart`` and give it ``code``; none where picking finds no way."""
    placed = {
        question.id: (section, question) for section in whole.sections for question in section.questions
    }
    wanted: dict[str, Given] = {}
    waiting = [Is(apart, (code,))]
    while waiting:
        each = waiting.pop()
        if each.question not in placed or each.question in wanted:
            continue
        section, question = placed[each.question]
        wanted[question.id] = each.codes[:1] if question.kind is Kind.MULTIPLE else each.codes[0]
        waiting += [test for condition in shown_if(section, question) for test in _picked(condition)]
    found = kept(whole, wanted)
    return found if apart in found else {}


def _picked(condition: Condition) -> Iterator[Is]:
    """The answers to give so that a condition is met, as far as giving answers does it."""
    if isinstance(condition, Is):
        yield condition
    elif isinstance(condition, AnyOf):
        yield from _picked(condition.parts[0])
    elif isinstance(condition, All):
        for part in condition.parts:
            yield from _picked(part)


def _given(code: str) -> Given:
    return code or ()
