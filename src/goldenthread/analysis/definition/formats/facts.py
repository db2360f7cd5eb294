"""A questionnaire as single facts, each with its place: to compare two of them, and to put facts back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from goldenthread.analysis.definition.conditions import read_condition
from goldenthread.analysis.definition.model import (
    Answer,
    Condition,
    Kind,
    Net,
    Polarity,
    Question,
    Questionnaire,
    Recode,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.definition.shape import Faults, Table
from goldenthread.analysis.definition.write import condition_shape

Key = tuple[str, str, str, str]
"""(of, name, part, key): ("answer", "q4", "8", "outside") says whether answer 8 of q4 is outside the base."""

Facts = Mapping[Key, str]
"""Each fact as JSON."""

SURVEY, SECTION, QUESTION, ROW, ANSWER = "survey", "section", "question", "row", "answer"
NAME = "id"
_OF_SCALE = ("order", "nets", "headline")


def facts(whole: Questionnaire) -> dict[Key, str]:
    """Every fact, sections and questions by their ids."""
    found = ((key, as_json(value)) for key, value in _facts(whole))
    return dict(found)


def as_json(value: object) -> str:
    """A value in ASCII, in one way only, so that two can be compared."""
    return json.dumps(_plain(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def fact_of(key: Key, text: str) -> object:
    """The value of a fact as it goes into a questionnaire. Raises ValueError where it is none."""
    of, _, _, name = key
    try:
        read = _READ[of, name]
        return read(json.loads(text))
    except (KeyError, TypeError, RecursionError) as fault:
        raise ValueError(str(key)) from fault


def with_facts(whole: Questionnaire, changed: Mapping[Key, Any]) -> Questionnaire:
    """``whole`` with the values of ``changed`` (as ``fact_of`` gives them) at their places.

    Ids stay: who has another name is the business of ``names``. Raises ValueError where an order of answers
    names others than there are.
    """
    by_place: dict[tuple[str, str, str], dict[str, Any]] = {}
    for (of, name, part, key), value in changed.items():
        if key != NAME or of == SURVEY:
            by_place.setdefault((of, name, part), {})[key] = value
    sections = tuple(_with_section(section, by_place) for section in whole.sections)
    return replace(whole, sections=sections, **by_place.get((SURVEY, "", ""), {}))


def _facts(whole: Questionnaire) -> Iterator[tuple[Key, object]]:
    for key in ("id", "title", "purpose", "routing_known"):
        yield (SURVEY, "", "", key), getattr(whole, key)
    for section in whole.sections:
        yield (SECTION, section.id, "", NAME), section.id
        yield (SECTION, section.id, "", "title"), section.title
        yield (SECTION, section.id, "", "show_if"), section.show_if
        for question in section.questions:
            yield from _question_facts(question)


def _question_facts(question: Question) -> Iterator[tuple[Key, object]]:
    for key in (NAME, "kind", "text", "help", "item", "label", "topic", "polarity", "show_if"):
        yield (QUESTION, question.id, "", key), getattr(question, key)
    for key in ("required", "number", "need"):
        yield (QUESTION, question.id, "", key), getattr(question, key)
    yield (QUESTION, question.id, "", "recode"), [[each.value, each.answer] for each in question.recode]
    for row in question.rows:
        for key in (NAME, "text", "item", "label", "topic", "polarity", "need"):
            yield (ROW, question.id, row.id, key), getattr(row, key)
    if question.scale:
        yield from _scale_facts(question.id, question.scale)


def _scale_facts(name: str, scale: Scale) -> Iterator[tuple[Key, object]]:
    yield (QUESTION, name, "", "order"), [answer.code for answer in scale.answers]
    yield (QUESTION, name, "", "nets"), [[net.id, net.label, net.side] for net in scale.nets]
    yield (QUESTION, name, "", "headline"), scale.headline
    for answer in scale.answers:
        yield (ANSWER, name, answer.code, NAME), answer.code
        for key in ("label", "aliases", "net", "outside", "exclusive", "other", "need"):
            yield (ANSWER, name, answer.code, key), getattr(answer, key)


def _plain(value: object) -> object:
    """What JSON can say of a value; 3.0 is 3."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return _plain(condition_shape(value))  # type: ignore[arg-type]


def _with_section(section: Section, changed: Mapping[tuple[str, str, str], dict[str, Any]]) -> Section:
    questions = tuple(_with_question(question, changed) for question in section.questions)
    return replace(section, questions=questions, **changed.get((SECTION, section.id, ""), {}))


def _with_question(question: Question, changed: Mapping[tuple[str, str, str], dict[str, Any]]) -> Question:
    own = changed.get((QUESTION, question.id, ""), {})
    rows = tuple(replace(row, **changed.get((ROW, question.id, row.id), {})) for row in question.rows)
    plain = {key: value for key, value in own.items() if key not in _OF_SCALE}
    scale = question.scale and _with_scale(question.id, question.scale, own, changed)
    return replace(question, rows=rows, scale=scale, **plain)


def _with_scale(
    name: str, scale: Scale, own: Mapping[str, Any], changed: Mapping[tuple[str, str, str], dict[str, Any]]
) -> Scale:
    answers = tuple(replace(each, **changed.get((ANSWER, name, each.code), {})) for each in scale.answers)
    if "order" in own:
        answers = _ordered(answers, own["order"])
    more = {key: own[key] for key in ("nets", "headline") if key in own}
    return replace(scale, answers=answers, **more)


def _ordered(answers: Sequence[Answer], order: Sequence[str]) -> tuple[Answer, ...]:
    known = {answer.code: answer for answer in answers}
    if sorted(order) != sorted(known):
        raise ValueError("order")
    return tuple(known[code] for code in order)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, _list(value)))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _recode(value: object) -> tuple[Recode, ...]:
    pairs = (_list(each) for each in _list(value))
    return tuple(Recode(_text(said), _maybe(answer)) for said, answer in pairs)


def _nets(value: object) -> tuple[Net, ...]:
    triples = (_list(each) for each in _list(value))
    return tuple(Net(_text(name), _text(label), Side(_text(side))) for name, label, side in triples)


def _condition(value: object) -> Condition | None:
    if value is None:
        return None
    faults = Faults("")
    found = read_condition(Table({"show_if": value}, "", faults))
    if found is None or faults.lines:
        raise ValueError("show_if")
    return found


_Read = Callable[[object], object]
_READ: Mapping[tuple[str, str], _Read] = {
    **{(SURVEY, key): _text for key in ("id", "title", "purpose")},
    (SURVEY, "routing_known"): _flag,
    **{(of, NAME): _text for of in (SECTION, QUESTION, ROW, ANSWER)},
    (SECTION, "title"): _text,
    (SECTION, "show_if"): _condition,
    **{(QUESTION, key): _text for key in ("text", "help", "item", "label", "number")},
    **{(QUESTION, key): _maybe for key in ("topic", "need", "headline")},
    (QUESTION, "kind"): lambda value: Kind(_text(value)),
    (QUESTION, "show_if"): _condition,
    (QUESTION, "required"): _flag,
    (QUESTION, "recode"): _recode,
    (QUESTION, "order"): _texts,
    (QUESTION, "nets"): _nets,
    **{(of, "polarity"): lambda value: Polarity(_text(value)) for of in (QUESTION, ROW)},
    **{(ROW, key): _text for key in ("text", "item", "label")},
    **{(ROW, key): _maybe for key in ("topic", "need")},
    (ANSWER, "label"): _text,
    (ANSWER, "aliases"): _texts,
    **{(ANSWER, key): _maybe for key in ("net", "need")},
    **{(ANSWER, key): _flag for key in ("outside", "exclusive", "other")},
}
