"""A questionnaire written down again, as the file that ``read`` reads."""

from __future__ import annotations

from typing import Any

import tomli_w

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Net,
    Not,
    Polarity,
    Question,
    Questionnaire,
    Recode,
    Row,
    Scale,
    Section,
)

Shape = dict[str, Any]


def questionnaire_text(questionnaire: Questionnaire) -> str:
    """The questionnaire as TOML: read again, it is the same (docs/reference/questionnaire-file.md)."""
    return tomli_w.dumps(
        _plain(
            id=questionnaire.id,
            title=questionnaire.title,
            purpose=questionnaire.purpose,
            routing="known" if questionnaire.routing_known else "unknown",
            sections=[_section(section) for section in questionnaire.sections],
        ),
        multiline_strings=False,
    )


def _plain(**values: object) -> Shape:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", (), [], False)}


def _section(section: Section) -> Shape:
    questions = [_question(question) for question in section.questions]
    shown = None if section.show_if is None else condition_shape(section.show_if)
    return _plain(id=section.id, title=section.title, show_if=shown, questions=questions)


def _question(question: Question) -> Shape:
    shown = None if question.show_if is None else condition_shape(question.show_if)
    return _plain(
        id=question.id,
        number=question.number,
        kind=question.kind.value,
        text=question.text,
        help=question.help,
        item=question.item,
        label=question.label,
        topic=question.topic,
        need=question.need,
        polarity=question.polarity.value,
        rows=[_row(row) for row in question.rows],
        required=question.required,
        show_if=shown,
        recode=[_recode(each) for each in question.recode],
        **(_scale(question.scale, nets=question.kind is not Kind.MULTIPLE) if question.scale else {}),
    )


def _recode(recode: Recode) -> Shape:
    return _plain(value=recode.value, answer=recode.answer)


def _row(row: Row) -> Shape:
    polarity = Polarity(row.polarity).value
    return _plain(
        id=row.id,
        text=row.text,
        item=row.item,
        label=row.label,
        topic=row.topic,
        need=row.need,
        polarity=polarity,
    )


def _scale(scale: Scale, *, nets: bool) -> Shape:
    return _plain(
        answers=[_answer(answer) for answer in scale.answers],
        nets=[_net(net) for net in scale.nets] if nets else [],
        headline=scale.headline if nets else None,
    )


def _answer(answer: Answer) -> Shape:
    return _plain(
        code=answer.code,
        label=answer.label,
        aliases=list(answer.aliases),
        net=answer.net,
        outside=answer.outside,
        exclusive=answer.exclusive,
        other=answer.other,
        need=answer.need,
    )


def _net(net: Net) -> Shape:
    return _plain(id=net.id, label=net.label, side=net.side.value)


def condition_shape(condition: Condition) -> Shape:
    """A condition as the table that ``conditions`` reads."""
    match condition:
        case Is(question, codes):
            return {"question": question, "is": list(codes)}
        case Answered(question):
            return {"question": question, "answered": True}
        case Between(question, least, most):
            return _bounds(question, least, most)
        case All(parts):
            return {"all": [condition_shape(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_shape(part) for part in parts]}
        case Not(part):
            return {"not": condition_shape(part)}


def _bounds(question: str, least: float | None, most: float | None) -> Shape:
    ends = {"at_least": least, "at_most": most}
    return {"question": question, **{key: end for key, end in ends.items() if end is not None}}
