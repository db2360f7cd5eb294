"""Testing one person's answers against a routing condition."""

from __future__ import annotations

from goldenthread.analysis.definition.conditions import Leaf
from goldenthread.analysis.definition.model import All, AnyOf, Between, Condition, Is, Not
from goldenthread.thread.survey.answering.model import Answers


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether ``answers`` meet ``condition``; no condition is met by everybody.

    The very rule by which answers are read back (analysis.responses.conditions): a test of a question
    is false where it was left blank or not shown, and "not" turns that round.
    """
    if isinstance(condition, All):
        return all(holds(part, answers) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, answers) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, answers)
    return condition is None or _met(condition, answers)


def _met(test: Leaf, answers: Answers) -> bool:
    if isinstance(test, Is):
        return not set(test.codes).isdisjoint(_codes(answers, test.question))
    if isinstance(test, Between):
        return _between(test, answers)
    return test.question in answers or any(name.startswith(f"{test.question}.") for name in answers)


def _codes(answers: Answers, field: str) -> tuple[str, ...]:
    given = answers.get(field, ())
    return (given,) if isinstance(given, str) else given


def _between(test: Between, answers: Answers) -> bool:
    given = answers.get(test.question)
    number = _number(given) if isinstance(given, str) else None
    if number is None:
        return False
    return (test.least is None or number >= test.least) and (test.most is None or number <= test.most)


def _number(words: str) -> float | None:
    """None for words: a draft may ask for a range of what is no number."""
    try:
        return float(words)
    except ValueError:
        return None
