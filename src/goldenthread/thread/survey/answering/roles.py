"""Who is asked what: people told apart by their answer to one question, and what each of them is led to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import Kind, Question, Questionnaire, Section
from goldenthread.analysis.definition.variables import shown_if
from goldenthread.thread.survey.answering.minutes import Walk, walk
from goldenthread.thread.survey.answering.model import Given

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


def _given(code: str) -> Given:
    return code or ()
