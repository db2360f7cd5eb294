"""A questionnaire beside that of an earlier wave: what is new, gone or different, and what that does.

Whether two waves may be compared is decided by the crosswalk's own rules (analysis.definition.links), so
that this page and a report never differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from goldenthread.analysis.definition.links import rescaled, reworded
from goldenthread.analysis.definition.model import (
    All,
    AnyOf,
    Condition,
    Kind,
    Not,
    Question,
    Questionnaire,
    Row,
    Section,
    Variable,
)
from goldenthread.analysis.definition.variables import shown_if, variables
from goldenthread.analysis.definition.words import fold_label, fold_text
from goldenthread.thread.survey.asked import relinked


class How(StrEnum):
    """In which way an item differs between two waves."""

    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"
    ANSWERS = "answers"
    ROUTING = "routing"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked: a question, or one statement of a matrix."""

    item: str
    number: int
    text: str
    section: str
    question: Question
    row: Row | None
    coded: tuple[Variable, ...]
    routing: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that differs, as each wave asks it, and how: the most telling first."""

    before: Unit | None
    after: Unit | None
    how: tuple[How, ...]

    @property
    def item(self) -> str:
        """Its name in the crosswalk."""
        unit = self.after or self.before
        return unit.item if unit else ""


def differences(before: Questionnaire, after: Questionnaire) -> tuple[Difference, ...]:
    """Every item that is not asked as it was, in the order it is asked now; then those that are gone."""
    old, new = _by_item(before), _by_item(after)
    stayed = _in_place(list(old), list(new))
    found = [_differing(old.get(item), unit, stayed) for item, unit in new.items()]
    gone = [Difference(unit, None, (How.GONE,)) for item, unit in old.items() if item not in new]
    return (*(each for each in found if each.how), *gone)


def continued(after: Questionnaire, was: Questionnaire, before: Questionnaire) -> Questionnaire:
    """``after`` with what it asks anew, since ``was``, known as the item that ``before`` asked in the very
    same words. What stood there already keeps its item: somebody may have parted it."""
    stood = {(unit.question.id, _row(unit), fold_text(unit.text)) for unit in _units(was)}
    taken = {unit.item for unit in _units(after)}
    known = {(fold_text(unit.text), unit.row is None): unit.item for unit in _units(before)}
    for unit in _units(after):
        place = (unit.question.id, _row(unit), fold_text(unit.text))
        item = known.get((fold_text(unit.text), unit.row is None), "")
        if item and item not in taken and place not in stood:
            after = relinked(after, unit.question.id, _row(unit), item)
            taken.add(item)
    return after


def _differing(old: Unit | None, new: Unit, stayed: frozenset[str]) -> Difference:
    if old is None:
        return Difference(None, new, (How.NEW,))
    tests = {
        How.ANSWERS: _answers_differ(old, new),
        How.REWORDED: _words_differ(old, new),
        How.ROUTING: old.routing != new.routing,
        How.MOVED: new.item not in stayed or fold_label(old.section) != fold_label(new.section),
    }
    return Difference(old, new, tuple(how for how, holds in tests.items() if holds))


def _words_differ(old: Unit, new: Unit) -> bool:
    if old.question.kind is Kind.MULTIPLE or not (old.coded and new.coded):
        return fold_text(old.text) != fold_text(new.text)
    return reworded(old.coded[0], new.coded[0])


def _answers_differ(old: Unit, new: Unit) -> bool:
    if old.question.kind is not new.question.kind and not (old.row or new.row):
        return True
    if len(old.coded) != len(new.coded):
        return True
    if old.question.kind is Kind.MULTIPLE:
        return {(v.item, fold_label(v.text)) for v in old.coded} != {
            (v.item, fold_label(v.text)) for v in new.coded
        }
    return any(rescaled(one, two) for one, two in zip(old.coded, new.coded, strict=True))


def _in_place(old: list[str], new: list[str]) -> frozenset[str]:
    """The items that both ask in the same order; those around them were moved."""
    one, two = [item for item in old if item in set(new)], [item for item in new if item in set(old)]
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return frozenset(item for block in blocks for item in one[block.a : block.a + block.size])


def _by_item(whole: Questionnaire) -> Mapping[str, Unit]:
    return {unit.item: unit for unit in _units(whole)}


def _units(whole: Questionnaire) -> Iterator[Unit]:
    coded: dict[str, list[Variable]] = {}
    for variable in variables(whole):
        is_row = variable.question.kind is Kind.MATRIX
        coded.setdefault(variable.item if is_row else variable.question.item, []).append(variable)
    items = {question.id: question.item for question in whole.questions}
    number = 0
    for section in whole.sections:
        for question in section.questions:
            number += 1
            for row in question.rows or (None,):
                item = row.item if row else question.item
                routing = tuple(_by_items(each, items) for each in shown_if(section, question))
                yield _unit(section, question, row, (item, number, tuple(coded.get(item, ())), routing))


def _unit(
    section: Section,
    question: Question,
    row: Row | None,
    rest: tuple[str, int, tuple[Variable, ...], tuple[Condition, ...]],
) -> Unit:
    item, number, coded, routing = rest
    text = row.text if row else question.text
    return Unit(item, number, text, section.title, question, row, coded, routing)


def _row(unit: Unit) -> str:
    return unit.row.id if unit.row else ""


def _by_items(condition: Condition, items: Mapping[str, str]) -> Condition:
    """A condition that names items, so that it can be held beside another wave's."""
    if isinstance(condition, All | AnyOf):
        return replace(condition, parts=tuple(_by_items(part, items) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(_by_items(condition.part, items))
    name, dot, row = condition.question.partition(".")
    return replace(condition, question=f"{items.get(name, name)}{dot}{row}")
