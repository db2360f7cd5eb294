"""A questionnaire under other names: what one format allows as a code, another does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goldenthread.analysis.definition.model import (
    All,
    AnyOf,
    Condition,
    Is,
    Not,
    Question,
    Questionnaire,
    Recode,
    Scale,
    Section,
)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ODD = re.compile(r"[^A-Za-z0-9_-]+")

Part = tuple[str, str]
"""A question's id, and that of its row or the code of its answer."""


@dataclass(frozen=True, slots=True)
class Names:
    """The new name of each old one. What is not here keeps its name."""

    sections: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[Part, str] = field(default_factory=dict)
    codes: Mapping[Part, str] = field(default_factory=dict)

    def changed(self) -> Iterator[tuple[str, str, str, str]]:
        """(what it is, its question where it is a part, old name, new name) of all that change."""
        for noun, plain in (("section", self.sections), ("question", self.questions)):
            yield from ((noun, "", old, new) for old, new in plain.items() if old != new)
        for noun, parts in (("row", self.rows), ("answer", self.codes)):
            yield from ((noun, owner, old, new) for (owner, old), new in parts.items() if old != new)


def free(stem: str, taken: set[str], longest: int, fold: Callable[[str], str] = str.lower) -> str:
    """``stem``, or the first of stem2, stem3, … that is not ``taken``, whatever its case; then it is."""
    name, number = stem[:longest], 1
    while fold(name) in taken:
        number += 1
        name = f"{stem[: longest - len(str(number))]}{number}"
    taken.add(fold(name))
    return name


def letters(text: str, kept: str = "A-Za-z0-9") -> str:
    """The letters of ``text`` that are among ``kept``."""
    return re.sub(f"[^{kept}]", "", text)


def as_id(name: str, stem: str) -> str:
    """``name`` where it can be an id of ours, else what is left of it; ``stem`` where nothing is."""
    return name if _ID.fullmatch(name) else _ODD.sub("-", name).strip("-_") or stem


def renamed(whole: Questionnaire, names: Names) -> Questionnaire:
    """``whole`` under new names, conditions and recodes along with it."""
    return replace(whole, sections=tuple(_section(section, names) for section in whole.sections))


def _section(section: Section, names: Names) -> Section:
    return replace(
        section,
        id=names.sections.get(section.id, section.id),
        show_if=_maybe(section.show_if, names),
        questions=tuple(_question(question, names) for question in section.questions),
    )


def _question(question: Question, names: Names) -> Question:
    old = question.id
    return replace(
        question,
        id=names.questions.get(old, old),
        rows=tuple(replace(row, id=names.rows.get((old, row.id), row.id)) for row in question.rows),
        scale=question.scale and _scale(old, question.scale, names),
        show_if=_maybe(question.show_if, names),
        recode=tuple(_recode(old, each, names) for each in question.recode),
    )


def _scale(question: str, scale: Scale, names: Names) -> Scale:
    answers = (
        replace(each, code=names.codes.get((question, each.code), each.code)) for each in scale.answers
    )
    return replace(scale, answers=tuple(answers))


def _recode(question: str, recode: Recode, names: Names) -> Recode:
    code = recode.answer
    return recode if code is None else replace(recode, answer=names.codes.get((question, code), code))


def _maybe(condition: Condition | None, names: Names) -> Condition | None:
    return None if condition is None else _condition(condition, names)


def _condition(condition: Condition, names: Names) -> Condition:
    if isinstance(condition, All | AnyOf):
        return replace(condition, parts=tuple(_condition(part, names) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(_condition(condition.part, names))
    question, dot, row = condition.question.partition(".")
    named = names.questions.get(question, question) + dot + names.rows.get((question, row), row)
    if isinstance(condition, Is):
        return Is(named, tuple(names.codes.get((question, code), code) for code in condition.codes))
    return replace(condition, question=named)
