"""Routing in words: of whom a question is asked, and why nobody can come to one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import All, AnyOf, Between, Condition, Is, Not, Questionnaire
from goldenthread.analysis.definition.variables import shown_if
from goldenthread.analysis.definition.words import listed, quoted


@dataclass(frozen=True, slots=True)
class Dead:
    """A question that no answers lead to, its number, and why."""

    number: int
    text: str
    why: str


def shown(whole: Questionnaire, condition: Condition | None) -> str:
    """A routing in words; empty where everybody is asked."""
    return f"Asked of those who answered {_told(whole, condition)}." if condition else ""


def short(text: str) -> str:
    """The words of a question as a name for it."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def dead(whole: Questionnaire, ever: Collection[str]) -> tuple[Dead, ...]:
    """The questions that are not among those anybody is asked ``ever``, in order."""
    found = []
    placed = [(section, question) for section in whole.sections for question in section.questions]
    for number, (section, question) in enumerate(placed, 1):
        if question.id not in ever:
            conditions = shown_if(section, question)
            found.append(Dead(number, question.text, _why(whole, conditions, ever)))
    return tuple(found)


def _why(whole: Questionnaire, conditions: tuple[Condition, ...], ever: Collection[str]) -> str:
    words = " ".join(shown(whole, condition) for condition in conditions)
    needed = {leaf.question.partition(".")[0] for each in conditions for leaf in leaves(each)}
    closed = [quoted(short(q.text)) for q in whole.questions if q.id in needed and q.id not in ever]
    if closed:
        return f"{words} Nobody is asked {listed(closed, 'or')} either."
    return f"{words} No answers can meet {'both' if len(conditions) > 1 else 'that'}."


def _told(whole: Questionnaire, condition: Condition) -> str:
    if isinstance(condition, All):
        return listed((_told(whole, part) for part in condition.parts), "and")
    if isinstance(condition, AnyOf):
        return listed((_told(whole, part) for part in condition.parts), "or")
    if isinstance(condition, Not):
        return f"other than {_told(whole, condition.part)}"
    asked = next((q for q in whole.questions if q.id == condition.question.partition(".")[0]), None)
    words = quoted(asked.label or short(asked.text)) if asked else "an earlier question"
    if not isinstance(condition, Is):
        return f"{words} with a number in a range" if isinstance(condition, Between) else f"{words} at all"
    labels = {answer.code: answer.label for answer in asked.scale.answers} if asked and asked.scale else {}
    return f"{words} with {listed((quoted(labels.get(code, code)) for code in condition.codes), 'or')}"
