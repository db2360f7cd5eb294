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
from goldenthread.analysis.definition.words import fold_label
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.fold import heavy
from goldenthread.analysis.responses.propose.model import Choice, Seen
from goldenthread.analysis.responses.propose.scales import as_met, known_scales, outside_answers

CODED = (Kind.SINGLE, Kind.SCALE, Kind.MATRIX, Kind.MULTIPLE)


def questionnaire(name: str, title: str, chosen: Iterable[tuple[Seen, Choice]]) -> Questionnaire:
    """The questionnaire that reads the file as decided.

    Nobody wrote down who was shown what, so its routing is unknown. Where two would be called the same in
    reports, the later is numbered. Raises Refusal where no question is left, or two have one item.
    """
    questions = [_question(seen, choice, choice.kind) for seen, choice in chosen if choice.kind]
    if not questions:
        raise Refusal("Every question is left out: choose at least one to read.")
    _no_item_twice(questions)
    section = Section("all", title, _told_apart(questions))
    return Questionnaire(name, title, (section,), routing_known=False)


def _told_apart(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions, no two questions or statements with one label."""
    used: set[str] = set()
    return tuple(
        replace(
            each,
            label=_free(each.label, used) if each.kind is not Kind.MATRIX else each.label,
            rows=tuple(replace(row, label=_free(row.label, used)) for row in each.rows),
        )
        for each in questions
    )


def _free(label: str, used: set[str]) -> str:
    found, number = label, 2
    while fold_label(found) in used:
        found, number = f"{label} ({number})", number + 1
    used.add(fold_label(found))
    return found


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
    if choice.scale:
        base = as_met(known_scales()[choice.scale].scale, [value.text for value in seen.values])
        return _with_outside(replace(base, id=choice.scale), choice.outside)
    return _with_outside(_own_scale(seen, choice, kind), choice.outside)


def _with_outside(scale: Scale, labels: Iterable[str]) -> Scale:
    """The scale with its answers outside every base; labels that mean one thing are one answer."""
    used = {answer.code for answer in scale.answers} | {net.id for net in scale.nets}
    found: dict[str, Answer] = {}
    for label in labels:
        known = _known_outside(label)
        meant = known.code if known else heavy(label) or label
        if meant in found:
            found[meant] = replace(found[meant], aliases=(*found[meant].aliases, label))
        else:
            found[meant] = Answer(code_from(known.code if known else label, used), label, outside=True)
    return replace(scale, answers=(*scale.answers, *found.values()))


def _known_outside(label: str) -> Answer | None:
    return next(iter(outside_answers([label])), None)


def _own_scale(seen: Seen, choice: Choice, kind: Kind) -> Scale:
    """A scale of the values met. The upper half of an ordered one is its headline."""
    labels, sides = own_answers(seen, choice)
    used: set[str] = set()
    answers = tuple(Answer(code_from(label, used), label) for label in labels)
    if kind is Kind.SINGLE or len(answers) < 2 or not any(sides):
        return Scale(seen.id, answers)
    netted = tuple(
        replace(answer, net=_net(side) if side else None) for answer, side in zip(answers, sides, strict=True)
    )
    met = [side for side in Side if side in sides]
    if not {Side.LOW, Side.HIGH} <= set(met):
        raise Refusal(f"“{choice.label}” needs at least one answer in its low half and one in its high half.")
    nets = tuple(
        Net(_net(side), " or ".join(a.label for a in netted if a.net == _net(side)), side) for side in met
    )
    return Scale(seen.id, netted, nets, _net(Side.HIGH))


def own_answers(seen: Seen, choice: Choice) -> tuple[tuple[str, ...], tuple[Side | None, ...]]:
    """The answers of a question with a scale of its own, lowest first, and the side each stands on."""
    order = choice.order or tuple(value.text for value in seen.values)
    labels = _once(label for label in order if label not in choice.outside)
    if len(choice.sides) == len(order):
        given = dict(zip(order, choice.sides, strict=True))
        return labels, tuple(Side(given[label]) if given[label] else None for label in labels)
    half = len(labels) / 2
    return labels, tuple(
        Side.LOW if place < half - 0.5 else Side.HIGH if place > half - 0.5 else Side.MIDDLE
        for place in range(len(labels))
    )


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    """The first of each spelling: "school" is read as "School", with a note."""
    found: dict[str, str] = {}
    for label in labels:
        found.setdefault(heavy(label) or label, label)
    return tuple(found.values())


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
        Answer(code_from(label, used), label, outside=_known_outside(label) is not None)
        for label in pieces.values()
    )


def code_from(label: str, used: set[str]) -> str:
    """A code from a label: none of ``used``, and put among them."""
    name = "-".join(heavy(label).replace("+", " plus ").split())[:40].strip("-") or "answer"
    name = "".join(c if c.isalnum() or c == "-" else "" for c in name) or "answer"
    found, number = name, 2
    while found in used:
        found, number = f"{name}-{number}", number + 1
    used.add(found)
    return found
