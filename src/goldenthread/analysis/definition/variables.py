"""The coded columns a questionnaire gives rise to."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.analysis.definition.model import (
    Answer,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Row,
    Section,
    Variable,
)

NOT_TICKED = Answer("no", "Not ticked")
TICKED = Answer("yes", "Ticked")


def variables(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """One variable for each single or scale question, matrix row and option of a multiple.

    In the questionnaire's order. A matrix row is called ``question.row``, an option
    ``question.code``; number, date and text questions have none. ``text`` is the part's own
    wording: the words above it are ``question.text``. An option's headline is its answer ``yes``.
    """
    return tuple(
        variable
        for section in questionnaire.sections
        for question in section.questions
        for variable in _of(question, shown_if(section, question))
    )


def shown_if(section: Section, question: Question) -> tuple[Condition, ...]:
    """Every condition that must hold before ``question`` is shown."""
    both = (section.show_if, question.show_if)
    return tuple(condition for condition in both if condition is not None)


def stem(variable: Variable) -> str:
    """The question a row or an option stands under; empty where the variable is a question itself."""
    return "" if variable.part is None else variable.question.text


def ticked_option(variable: Variable) -> Answer | None:
    """The option a variable of a multiple question stands for; None for any other variable."""
    question = variable.question
    if question.kind is not Kind.MULTIPLE or question.scale is None:
        return None
    return next((answer for answer in question.scale.answers if answer.code == variable.part), None)


def _of(question: Question, conditions: tuple[Condition, ...]) -> Iterator[Variable]:
    if question.kind in (Kind.SINGLE, Kind.SCALE):
        yield _whole(question, conditions)
    elif question.kind is Kind.MATRIX:
        yield from (_statement(question, row, conditions) for row in question.rows)
    elif question.kind is Kind.MULTIPLE and question.scale:
        yield from (_option(question, answer, conditions) for answer in question.scale.answers)


def _whole(question: Question, conditions: tuple[Condition, ...]) -> Variable:
    scale = question.scale
    return Variable(
        id=question.id,
        question=question,
        item=question.item,
        label=question.label or question.text,
        text=question.text,
        answers=scale.answers if scale else (),
        nets=scale.nets if scale else (),
        headline=scale.headline if scale else None,
        topic=question.topic,
        polarity=question.polarity,
        show_if=conditions,
        need=question.need,
    )


def _statement(question: Question, row: Row, conditions: tuple[Condition, ...]) -> Variable:
    scale = question.scale
    return Variable(
        id=f"{question.id}.{row.id}",
        question=question,
        item=row.item,
        label=row.label or row.text,
        text=row.text,
        answers=scale.answers if scale else (),
        nets=scale.nets if scale else (),
        headline=scale.headline if scale else None,
        topic=row.topic,
        polarity=row.polarity,
        part=row.id,
        show_if=conditions,
        need=row.need or question.need,
    )


def _options(question: Question) -> tuple[Answer, ...]:
    return question.scale.answers if question.scale else ()


def _option(question: Question, answer: Answer, conditions: tuple[Condition, ...]) -> Variable:
    return Variable(
        id=f"{question.id}.{answer.code}",
        question=question,
        item=f"{question.item}.{answer.code}",
        label=f"{question.label}: {answer.label}" if question.label else answer.label,
        text=answer.label,
        answers=(NOT_TICKED, TICKED, *(a for a in _options(question) if a.outside)),
        nets=(),
        headline=TICKED.code,
        topic=question.topic,
        polarity=question.polarity,
        part=answer.code,
        show_if=conditions,
        need=answer.need or question.need,
    )
