"""A questionnaire beside that of the last wave."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.analysis.definition.model import Is, Kind, Questionnaire
from goldenthread.thread.survey.editing.compare import How, continued, differences
from goldenthread.thread.survey.editing.questions import (
    Wording,
    add_question,
    change_question,
    drop_question,
    items_of,
    move_question,
    show_if,
)
from goldenthread.thread.survey.editing.sections import add_section

ROLES = Wording(Kind.SINGLE, "What is your role?", "Role", answers=("Teacher", "Assistant"))
STATEMENTS = Wording(
    Kind.MATRIX, "How far do you agree?", rows=("I can sign well.", "I can wait."), scale="agreement"
)


def last() -> Questionnaire:
    whole = add_question(add_section(Questionnaire("w", "W", ()), "You"), "s1", ROLES)
    whole = add_question(add_section(whole, "Skills"), "s2", STATEMENTS)
    whole = add_question(whole, "s2", Wording(Kind.LONG_TEXT, "What else?"))
    return add_question(whole, "s2", Wording(Kind.MULTIPLE, "What helps?", answers=("Time", "Advice")))


def found(after: Questionnaire) -> dict[str, tuple[How, ...]]:
    return {each.item: each.how for each in differences(last(), after)}


def test_what_is_asked_as_before_is_no_difference() -> None:
    assert found(last()) == {}


def test_a_statement_reworded_in_the_editor_continues_reworded() -> None:
    rows = ("I can sign very well.", "I can wait.")
    assert found(change_question(last(), "q2", replace(STATEMENTS, rows=rows))) == {
        "i-can-sign-well": (How.REWORDED,)
    }


def test_new_and_gone() -> None:
    after = add_question(drop_question(last(), "q3"), "s2", Wording(Kind.NUMBER, "How many years?"))
    assert found(after) == {"how-many-years": (How.NEW,), "what-else": (How.GONE,)}


def test_other_answers_by_the_crosswalks_own_rule() -> None:
    fewer = replace(STATEMENTS, scale="agreement-four")
    assert found(change_question(last(), "q2", fewer)) == {
        "i-can-sign-well": (How.ANSWERS,),
        "i-can-wait": (How.ANSWERS,),
    }
    not_my_role = replace(STATEMENTS, scale="agreement", not_my_role=True)
    assert found(change_question(last(), "q2", not_my_role)) == {}, "it never enters a base"
    options = Wording(Kind.MULTIPLE, "What helps?", answers=("Time", "Advice", "A colleague"))
    assert found(change_question(last(), "q4", options)) == {"what-helps": (How.ANSWERS,)}


def test_asked_of_others_and_moved() -> None:
    routed = show_if(last(), "q3", Is("q1", ("teacher",)))
    assert found(routed) == {"what-else": (How.ROUTING,)}
    assert found(move_question(last(), "q3", -1)) == {"what-else": (How.MOVED,)}
    assert set(found(move_question(last(), "q2", -1)).values()) == {(How.MOVED,)}


def test_routing_is_compared_by_item_whatever_a_question_is_called() -> None:
    before = show_if(last(), "q3", Is("q1", ("teacher",)))
    first = before.sections[0]
    renamed = replace(first, questions=(replace(first.questions[0], id="role"),))
    after = replace(before, sections=(renamed, *before.sections[1:]))
    after = show_if(after, "q3", Is("role", ("teacher",)))
    assert differences(before, after) == ()


def test_what_is_typed_in_the_words_of_the_last_wave_is_the_same_item() -> None:
    empty = add_section(Questionnaire("n", "N", ()), "Mine")
    typed = add_question(empty, "s1", replace(ROLES, label="Your work", text="what is your ROLE?"))
    assert items_of(typed) == ["your-work"]
    assert items_of(continued(typed, empty, last())) == ["role"]
    statements = add_question(empty, "s1", replace(STATEMENTS, rows=("Brand new.", "I can wait!")))
    assert "i-can-wait" in items_of(continued(statements, empty, last()))


def test_what_somebody_parted_stays_parted() -> None:
    parted = replace(last().sections[0].questions[0], item="role-2027")
    after = replace(last(), sections=(replace(last().sections[0], questions=(parted,)), *last().sections[1:]))
    assert continued(after, after, last()) == after


def test_one_item_is_not_given_twice() -> None:
    empty = add_section(Questionnaire("n", "N", ()), "Mine")
    once = continued(add_question(empty, "s1", ROLES), empty, last())
    twice = add_question(once, "s1", replace(ROLES, label="Again"))
    assert items_of(continued(twice, once, last())) == ["role", "again"]
