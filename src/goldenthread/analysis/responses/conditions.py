"""Testing routing conditions on everybody's answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.definition.model import (
    All,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Not,
    Variable,
)
from goldenthread.analysis.responses.multiple import YES
from goldenthread.analysis.responses.sheet import Read

People = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Given:
    """The answers to test, with the variables that say what a coded column's numbers mean."""

    read: Read
    variables: Mapping[str, Variable]
    people: int

    def parts(self, question: str) -> list[Variable]:
        """The variables of one question."""
        return [each for each in self.variables.values() if each.question.id == question]


def all_hold(conditions: Sequence[Condition], given: Given) -> People:
    """Who meets every condition. No condition is met by everybody."""
    return ~either([~holds(each, given) for each in conditions], given.people)


def either(parts: Iterable[People], people: int) -> People:
    """Who is in any of ``parts``."""
    found = np.zeros(people, bool)
    for part in parts:
        found |= part
    return found


def holds(condition: Condition, given: Given) -> People:
    """Who meets ``condition``.

    A test of a question is false for whoever left it blank or was not shown it; "not" turns that
    round, so that "not yes" holds for a blank.
    """
    if isinstance(condition, All):
        return all_hold(condition.parts, given)
    if isinstance(condition, AnyOf):
        return either((holds(part, given) for part in condition.parts), given.people)
    if isinstance(condition, Not):
        return ~holds(condition.part, given)
    if isinstance(condition, Is):
        return _is(condition, given)
    return (
        _answered(condition.question, given)
        if isinstance(condition, Answered)
        else _between(condition, given)
    )


def _is(test: Is, given: Given) -> People:
    variable = given.variables.get(test.question)
    if variable is None:
        options = [f"{test.question}.{code}" for code in test.codes]
        ticked = [given.read.codes[option] == YES for option in options if option in given.read.codes]
        return either(ticked, given.people)
    wanted = [position for position, answer in enumerate(variable.answers) if answer.code in test.codes]
    return np.isin(given.read.codes[test.question], wanted)


def _answered(name: str, given: Given) -> People:
    own = [name] if name in given.variables else [part.id for part in given.parts(name)]
    found = [given.read.codes[each] >= 0 for each in own]
    if name in given.read.numbers:
        found.append(~np.isnan(given.read.numbers[name]))
    if name in given.read.texts:
        found.append(np.array([text is not None for text in given.read.texts[name]], bool))
    return either(found, given.people)


def _between(test: Between, given: Given) -> People:
    numbers = given.read.numbers.get(test.question, np.full(given.people, np.nan))
    least = -np.inf if test.least is None else test.least
    most = np.inf if test.most is None else test.most
    return (numbers >= least) & (numbers <= most)
