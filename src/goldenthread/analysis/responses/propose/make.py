"""A questionnaire from what was seen and what a person decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from goldenthread.analysis.definition.model import (
    Answer,
    Kind,
    Net,
    Polarity,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.fold import heavy
from goldenthread.analysis.responses.propose.model import Choice, Seen
from goldenthread.analysis.responses.propose.scales import as_met, known_scales, outside_answers

CODED = (Kind.SINGLE, Kind.SCALE, Kind.MATRIX, Kind.MULTIPLE)


def questionnaire(name: str, title: str, chosen: Iterable[tuple[Seen, Choice]]) -> Questionnaire:
    """The questionnaire that reads the file as decided.

    Nobody wrote down who was shown what, so its routing is unknown. Raises Refusal where no
    question is left, or two have one item.
    """
    questions = [_question(seen, choice, choice.kind) for seen, choice in chosen if choice.kind]
    if not questions:
        raise Refusal("Every question is left out: choose at least one to read.")
    _no_item_twice(questions)
    section = Section("all", title, tuple(questions))
    return Questionnaire(name, title, (section,), routing_known=False)


def _no_item_twice(questions: Sequence[Question]) -> None:
    first: dict[str, str] = {}
    for item, text in (pair for question in questions for pair in _items(question)):
        if item in first:
            raise Refusal(f"“{first[item]}” and “{text}” both have the item “{item}”; give each its own.")
        first[item] = text


def _items(question: Question) -> list[tuple[str, str]]:
    """Each item a question asks about, with its words."""
    return [(row.item, row.text) for row in question.rows] or [(question.item, question.text)]


def _question(seen: Seen, choice: Choice, kind: Kind) -> Question:
    return Question(
        id=seen.id,
        kind=kind,
        text=seen.text,
        item=choice.item,
        label=choice.label,
        scale=_scale(seen, choice, kind) if kind in CODED else None,
        rows=_rows(seen, choice) if kind is Kind.MATRIX else (),
        polarity=_polarity(choice),
    )


def _polarity(choice: Choice) -> Polarity:
    if choice.good is None:
        return Polarity.NONE
    return Polarity.POSITIVE if choice.good else Polarity.NEGATIVE


def _rows(seen: Seen, choice: Choice) -> tuple[Row, ...]:
    items = choice.row_items or tuple(f"{choice.item}.{code}" for code, _ in seen.parts)
    return tuple(
        Row(code, words, item, words, polarity=_polarity(choice))
        for (code, words), item in zip(seen.parts, items, strict=True)
    )


def _scale(seen: Seen, choice: Choice, kind: Kind) -> Scale:
    if kind is Kind.MULTIPLE:
        return Scale(seen.id, _options(seen))
    labels = [value.text for value in seen.values]
    outside = tuple(
        answer if answer else Answer(_code(label, set()), label, outside=True)
        for label, answer in ((each, _known_outside(each)) for each in choice.outside)
    )
    if choice.scale:
        base = as_met(known_scales()[choice.scale].scale, labels)
        return replace(base, id=choice.scale, answers=(*base.answers, *outside))
    return _own_scale(seen, choice, kind, outside)


def _known_outside(label: str) -> Answer | None:
    return next(iter(outside_answers([label])), None)


def _own_scale(seen: Seen, choice: Choice, kind: Kind, outside: tuple[Answer, ...]) -> Scale:
    """A scale of the values met. An ordered one is parted at its middle: the upper half is its headline."""
    apart = {answer.label for answer in outside}
    labels = [label for label in choice.order or [v.text for v in seen.values] if label not in apart]
    used: set[str] = set()
    answers = tuple(Answer(_code(label, used), label) for label in labels)
    if kind is Kind.SINGLE or len(answers) < 2:
        return Scale(seen.id, (*answers, *outside))
    half = len(answers) / 2
    sides = [
        Side.LOW if place < half - 0.5 else Side.HIGH if place > half - 0.5 else Side.MIDDLE
        for place in range(len(answers))
    ]
    netted = tuple(replace(answer, net=_net(side)) for answer, side in zip(answers, sides, strict=True))
    nets = tuple(
        Net(_net(side), " or ".join(a.label for a in netted if a.net == _net(side)), side)
        for side in dict.fromkeys(sides)
    )
    return Scale(seen.id, (*netted, *outside), nets, _net(Side.HIGH))


def _net(side: Side) -> str:
    """A net's id that no answer's code can be."""
    return f"all-{side.value}"


def _options(seen: Seen) -> tuple[Answer, ...]:
    """The options of a tick list: its columns, or the pieces of its cells."""
    used: set[str] = set()
    if seen.parts:
        return tuple(
            Answer(code, words, outside=_known_outside(words) is not None) for code, words in seen.parts
        )
    pieces: dict[str, str] = {}
    for value in seen.values:
        for piece in filter(None, (bit.strip() for bit in value.text.split(";"))):
            pieces.setdefault(heavy(piece), piece)
    return tuple(
        Answer(_code(label, used), label, outside=_known_outside(label) is not None)
        for label in pieces.values()
    )


def _code(label: str, used: set[str]) -> str:
    """A code from a label; no two alike."""
    name = "-".join(heavy(label).replace("+", " plus ").split())[:40].strip("-") or "answer"
    name = "".join(c if c.isalnum() or c == "-" else "" for c in name) or "answer"
    found, number = name, 2
    while found in used:
        found, number = f"{name}-{number}", number + 1
    used.add(found)
    return found
