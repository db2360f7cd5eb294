"""Which question a condition may ask about, and in what order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goldenthread.analysis.definition.conditions import Leaf, leaves
from goldenthread.analysis.definition.model import (
    Between,
    Condition,
    Is,
    Kind,
    Question,
    Questionnaire,
)
from goldenthread.analysis.definition.variables import shown_if
from goldenthread.analysis.definition.words import listed, meant, quoted

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question a condition can name, and its place in the order of asking.

    ``row`` is true where one row of a matrix is meant, written ``question.row``.
    """

    question: Question
    order: int
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Owner:
    """A section or question with a condition; the answers it needs must be given before ``order``."""

    place: str
    condition: Condition
    order: int
    members: frozenset[str]


def asked(questionnaire: Questionnaire) -> Mapping[str, Asked]:
    """Everything a condition can name: question ids, and ``question.row`` of a matrix."""
    found: dict[str, Asked] = {}
    for order, question in enumerate(questionnaire.questions):
        found.setdefault(question.id, Asked(question, order))
        for row in question.rows:
            found.setdefault(f"{question.id}.{row.id}", Asked(question, order, row=True))
    return found


def condition_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Unknown questions and codes, tests a question cannot take, and answers needed too early."""
    known = asked(questionnaire)
    needs = _needs(questionnaire, known)
    for owner in _owners(questionnaire):
        for leaf in dict.fromkeys(leaves(owner.condition)):
            yield from ((owner.place, message) for message in _leaf_faults(leaf, known))
        for name in dict.fromkeys(leaf.question for leaf in leaves(owner.condition)):
            if name in known and known[name].order >= owner.order:
                yield owner.place, _too_early(owner, known[name].question.id, needs)


def _owners(questionnaire: Questionnaire) -> Iterator[_Owner]:
    order = 0
    for section in questionnaire.sections:
        members = frozenset(question.id for question in section.questions)
        if section.show_if is not None:
            yield _Owner(f"section {quoted(section.id)}", section.show_if, order, members)
        for question in section.questions:
            if question.show_if is not None:
                place = f"question {quoted(question.id)}"
                yield _Owner(place, question.show_if, order, frozenset({question.id}))
            order += 1


def _needs(questionnaire: Questionnaire, known: Mapping[str, Asked]) -> Mapping[str, frozenset[str]]:
    """Question id -> the ids of questions whose answers decide whether it is shown."""
    return {
        question.id: frozenset(
            known[leaf.question].question.id
            for condition in shown_if(section, question)
            for leaf in leaves(condition)
            if leaf.question in known
        )
        for section in questionnaire.sections
        for question in section.questions
    }


def _too_early(owner: _Owner, name: str, needs: Mapping[str, frozenset[str]]) -> str:
    circle = _path(name, owner.members, needs)
    if circle is None:
        return f"its condition needs the answer to {quoted(name)}, which is asked later"
    if len(circle) > 1:
        return f"circular condition: {' needs '.join(map(quoted, (circle[-1], *circle)))}"
    if owner.place.startswith("section"):
        return f"circular condition: it needs the answer to {quoted(name)}, which is in this section"
    return "circular condition: it needs its own answer"


def _path(start: str, ends: frozenset[str], needs: Mapping[str, frozenset[str]]) -> list[str] | None:
    """The shortest way from ``start`` along ``needs`` to one of ``ends``, or None."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        if path[-1] in ends:
            return path
        for following in sorted(needs.get(path[-1], frozenset()) - seen):
            seen.add(following)
            paths.append([*path, following])
    return None


def _leaf_faults(leaf: Leaf, known: Mapping[str, Asked]) -> Iterator[str]:
    if leaf.question not in known:
        if leaf.question:
            yield f"its condition names an unknown question {quoted(leaf.question)}" + meant(
                leaf.question, known
            )
        return
    target = known[leaf.question]
    if isinstance(leaf, Between):
        yield from _range_faults(leaf, target.question)
    elif isinstance(leaf, Is):
        yield from _code_faults(leaf, target)


def _range_faults(leaf: Between, question: Question) -> Iterator[str]:
    name = quoted(leaf.question)
    if question.kind is not Kind.NUMBER:
        yield f"its condition asks for a number, but {name} is a {question.kind.value} question"
    if leaf.least is not None and leaf.most is not None and leaf.least > leaf.most:
        yield f"its condition on {name} wants at least {leaf.least:g} and at most {leaf.most:g}"


def _code_faults(leaf: Is, target: Asked) -> Iterator[str]:
    question, name = target.question, quoted(leaf.question)
    if question.kind is Kind.MATRIX and not target.row:
        rows = listed((quoted(f"{question.id}.{row.id}") for row in question.rows), "or")
        yield f"its condition names the matrix {name}; name one of its rows: {rows}"
    elif question.scale is None:
        yield f"its condition asks for an answer by code, but {name} has none"
    elif question.scale.answers:
        codes = [answer.code for answer in question.scale.answers]
        for code in (code for code in leaf.codes if code not in codes):
            yield f"its condition names {quoted(code)}, which is no answer of {name}{meant(code, codes)}"
