"""Wordings of our own: good by our own advice, and the same item in every wave that takes them."""

from __future__ import annotations

import pytest

from goldenthread.analysis.definition.model import Kind, Questionnaire
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.editing.advice import advise
from goldenthread.thread.survey.editing.bank import bank, take
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.editing.questions import Wording, add_question, change_question, items_of
from goldenthread.thread.survey.editing.sections import add_section


def begun() -> Questionnaire:
    return add_section(Questionnaire("w", "W", ()), "What you can do")


def everything() -> Questionnaire:
    return take(begun(), "s1", [each.item for each in bank().wordings], ask_help=True)


def test_every_wording_can_be_asked_as_it_is() -> None:
    whole = everything()
    assert read_draft(Draft(whole, ()).text, title="", name="").faults == ()
    assert len(set(items_of(whole))) == len(items_of(whole))
    assert len({each.wording.text for each in bank().wordings}) == len(bank().wordings) >= 60


def test_our_own_advice_has_nothing_to_say_of_them() -> None:
    assert [(each.text, each.code) for each in advise(everything())] == []


def test_statements_come_under_one_stem_with_their_own_topics_and_not_my_role() -> None:
    whole = take(begun(), "s1", ["bank-autism-plan", "bank-funding-topup"], ask_help=False)
    (matrix,) = whole.questions
    assert matrix.kind is Kind.MATRIX
    assert [(row.item, row.topic) for row in matrix.rows] == [
        ("bank-autism-plan", "Autism"),
        ("bank-funding-topup", "Funding"),
    ]
    assert matrix.scale
    assert [answer.label for answer in matrix.scale.answers if answer.outside] == ["Not part of my role"]


def test_what_would_help_is_asked_of_each_topic_once() -> None:
    items = ["bank-autism-plan", "bank-autism-advice", "bank-funding-topup"]
    whole = take(begun(), "s1", items, ask_help=True)
    asked = [question for question in whole.questions if question.kind is Kind.MULTIPLE]
    assert [question.text for question in asked] == [
        "What would help you most with supporting autistic children?",
        "What would help you most with funding?",
    ]
    assert asked[0].scale
    labels = ["Time", "Training", "Practice with somebody beside me", "A person to ask"]
    assert [answer.label for answer in asked[0].scale.answers] == labels
    again = take(whole, "s1", ["bank-autism-distress"], ask_help=True)
    assert sum(question.topic == "Autism" for question in again.questions) == 1


def test_two_waves_that_take_one_wording_ask_one_item() -> None:
    first, second = (take(begun(), "s1", ["bank-role"], ask_help=False) for _ in range(2))
    assert items_of(first) == items_of(second) == ["bank-role"]


def test_what_is_asked_already_and_nothing_at_all_are_refused() -> None:
    whole = take(begun(), "s1", ["bank-role"], ask_help=False)
    with pytest.raises(Refused, match="is asked already"):
        take(whole, "s1", ["bank-role"], ask_help=False)
    with pytest.raises(Refused, match="Tick what to take"):
        take(whole, "s1", ["no such thing"], ask_help=False)


def test_a_reworded_statement_stays_the_same_item_with_its_topic() -> None:
    whole = take(begun(), "s1", ["bank-autism-plan", "bank-funding-topup"], ask_help=False)
    rows = ["I know how to get top-up money for a child.", "I can bake bread."]
    wording = Wording(Kind.MATRIX, "How far do you agree?", rows=rows, not_my_role=True)
    (matrix,) = change_question(whole, "q1", wording).questions
    assert [(row.item, row.topic) for row in matrix.rows] == [
        ("bank-funding-topup", "Funding"),
        ("i-can-bake-bread", None),
    ]


def test_changing_words_keeps_a_topic_and_which_way_a_statement_points() -> None:
    whole = add_question(begun(), "s1", Wording(Kind.SCALE, "I can sign.", topic="Signs", scale="agreement"))
    (changed,) = change_question(whole, "q1", Wording(Kind.SCALE, "I can sign well.")).questions
    assert changed.topic == "Signs"
