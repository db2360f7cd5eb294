"""Which sections and questions a person is shown, by their own answers."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.analysis.definition.model import Question, Questionnaire, Section
from goldenthread.thread.survey.answering.holds import holds
from goldenthread.thread.survey.answering.model import Answers, Given


def shown_questions(section: Section, answers: Answers) -> tuple[Question, ...]:
    """The section's questions that these answers lead to, in order.

    A condition may look at a question of its own section; it is then met only once that question is
    answered, so a question can appear when the section is sent.
    """
    if not holds(section.show_if, answers):
        return ()
    return tuple(question for question in section.questions if holds(question.show_if, answers))


def shown_sections(questionnaire: Questionnaire, answers: Answers) -> tuple[Section, ...]:
    """The sections with anything to show, in order, each with its shown questions only."""
    found = (
        Section(section.id, section.title, shown_questions(section, answers), section.show_if)
        for section in questionnaire.sections
    )
    return tuple(section for section in found if section.questions)


def kept(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """The answers without those to questions that the other answers now lead past.

    In the questionnaire's order, as conditions look only at earlier questions: an answer that falls
    takes with it those that hung on it. Answers to what is not in the questionnaire fall too.
    """
    left: dict[str, Given] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if holds(section.show_if, left) and holds(question.show_if, left):
                left.update((name, answers[name]) for name in fields(question) if name in answers)
    return left


def fields(question: Question) -> Iterator[str]:
    """The names of the fields a question has."""
    if question.rows:
        yield from (f"{question.id}.{row.id}" for row in question.rows)
        return
    yield question.id
    if question.scale and any(answer.other for answer in question.scale.answers):
        yield f"{question.id}.other"
