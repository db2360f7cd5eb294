"""The minutes shown are those of a walk of every path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given, settings
from tests.thread.survey.answering.made import every_answer, question, questionnaires, whole

from goldenthread.analysis.definition.model import Is, Kind, Questionnaire
from goldenthread.thread.survey.answering.minutes import Walk, seconds, usual_pace, walk
from goldenthread.thread.survey.answering.model import Answers, Given
from goldenthread.thread.survey.answering.route import shown_sections

MOST = 5_000
"""Ways of answering that brute force goes through."""


def ways(questionnaire: Questionnaire) -> Iterator[Answers]:
    """Every way of answering every question, whether it is shown or not."""
    for parts in product(*(list(every_answer(each)) for each in questionnaire.questions)):
        yield {name: value for part in parts for name, value in part.items()}


def answered_as_shown(questionnaire: Questionnaire, intended: Answers) -> dict[str, Given]:
    """What a person who means to answer so ends up sending: question by question, as they are led."""
    sent: dict[str, Given] = {}
    for asked in questionnaire.questions:
        if any(asked in section.questions for section in shown_sections(questionnaire, sent)):
            own = (name for name in intended if name.partition(".")[0] == asked.id)
            sent |= {name: intended[name] for name in own}
    return sent


def brute_force(questionnaire: Questionnaire) -> Walk:
    times, counts = [], []
    for intended in ways(questionnaire):
        sections = shown_sections(questionnaire, answered_as_shown(questionnaire, intended))
        asked = [each for section in sections for each in section.questions]
        pace = usual_pace()
        times.append(sum(seconds(each, pace) for each in asked) + pace.page * len(sections))
        counts.append(len(asked))
    return Walk(min(times), max(times), min(counts), max(counts))


@settings(deadline=None, max_examples=60)
@given(questionnaires())
def test_every_way_through_is_walked(questionnaire: Questionnaire) -> None:
    assume(prod(len(list(every_answer(each))) for each in questionnaire.questions) <= MOST)
    found, right = walk(questionnaire), brute_force(questionnaire)
    assert found is not None
    assert (found.fewest, found.longest) == (right.fewest, right.longest)
    assert found.least == pytest.approx(right.least)
    assert found.most == pytest.approx(right.most)


def test_a_role_is_walked_through_its_own_questions_only() -> None:
    role = question("role", required=True)
    names = ("a", "b", "b-too")
    own = tuple(question(f"of-{name}", Kind.LONG_TEXT, show_if=Is("role", (name[0],))) for name in names)
    sheet = whole((role,), own)
    counts = {code: walk(sheet, given={"role": code}) for code in "abc"}
    assert {code: found and (found.fewest, found.longest) for code, found in counts.items()} == {
        "a": (2, 2),
        "b": (3, 3),
        "c": (1, 1),
    }


def test_a_longer_question_takes_longer_by_its_words() -> None:
    pace = usual_pace()
    short = question("q")
    long = replace(short, text=short.text + " and so on" * 100)
    helped = replace(short, help=" and so on" * 100)
    assert seconds(long, pace) - seconds(short, pace) == pytest.approx(300 * 60 / 238)
    assert seconds(helped, pace) == pytest.approx(seconds(long, pace))
