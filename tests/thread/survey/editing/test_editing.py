"""Every change of a questionnaire gives one that can be kept and read again, or is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.analysis.definition.model import Answered, Is, Kind, Polarity, Questionnaire
from goldenthread.analysis.definition.words import repeated
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.editing.questions import (
    Wording,
    add_question,
    change_question,
    drop_question,
    move_question,
    question_of,
    show_if,
)
from goldenthread.thread.survey.editing.sections import (
    add_section,
    drop_section,
    move_section,
    name_section,
)

EMPTY = read_draft("", title="Staff survey", name="staff").whole
TEAM = Wording(Kind.SINGLE, "Where do you work?", "Team", answers=("A school", "A nursery", "Elsewhere"))
SIGNS = Wording(Kind.SCALE, "I can use signs.", scale="agreement", not_my_role=True)
BOTH = Wording(Kind.MATRIX, "How far do you agree?", rows=("I can listen.", "I can wait."), scale="agreement")


def started() -> Questionnaire:
    """Two sections: who you are, and what you can do."""
    whole = add_section(add_section(EMPTY, "You"), "What you can do")
    whole = add_question(whole, "s1", TEAM)
    return add_question(add_question(whole, "s2", SIGNS), "s2", BOTH)


def order(whole: Questionnaire) -> list[list[str]]:
    return [[question.id for question in section.questions] for section in whole.sections]


def test_a_questionnaire_is_written_from_nothing_and_can_be_asked() -> None:
    draft = read_draft(Draft(started(), ()).text, title="Staff survey", name="staff")
    assert draft.faults == ()
    assert draft.whole == started()
    assert order(draft.whole) == [["q1"], ["q2", "q3"]]


def test_what_is_not_finished_is_kept_and_said() -> None:
    draft = read_draft(Draft(add_section(EMPTY, "You"), ()).text, title="Staff survey", name="staff")
    assert [section.title for section in draft.whole.sections] == ["You"]
    assert any("there is no question" in fault for fault in draft.faults)


def test_not_part_of_my_role_is_offered_outside_the_base() -> None:
    asked = question_of(started(), "q2")
    assert asked.scale
    assert [answer.label for answer in asked.scale.answers if answer.outside] == ["Not part of my role"]
    assert asked.scale.headline == "all-agree"
    assert asked.polarity is Polarity.POSITIVE


def test_rewording_keeps_the_item_and_the_codes_of_answers_that_stay() -> None:
    whole = started()
    before = question_of(whole, "q1")
    wording = Wording(Kind.SINGLE, "Where do you mainly work?", answers=("A nursery", "A school", "At home"))
    after = question_of(change_question(whole, "q1", wording), "q1")
    assert after.item == before.item
    assert before.scale
    assert after.scale
    codes = {answer.label: answer.code for answer in before.scale.answers}
    assert [answer.code for answer in after.scale.answers] == [
        codes["A nursery"],
        codes["A school"],
        "at-home",
    ]


def test_help_is_kept_in_lines_and_can_be_taken_out() -> None:
    asked = Wording(Kind.SINGLE, "Where?", answers=("Here", "There"), help=" Where you  work\n most days. ")
    whole = change_question(started(), "q1", asked)
    assert question_of(whole, "q1").help == "Where you work\nmost days."
    assert question_of(change_question(whole, "q1", replace(asked, help="")), "q1").help == ""


def test_a_statement_keeps_its_item_by_its_words() -> None:
    whole = started()
    before = {row.text: row.item for row in question_of(whole, "q3").rows}
    wording = Wording(Kind.MATRIX, "How far do you agree?", rows=("I can wait.", "I can ask."))
    after = {row.text: row.item for row in question_of(change_question(whole, "q3", wording), "q3").rows}
    assert after["I can wait."] == before["I can wait."]
    assert after["I can ask."] not in before.values()


def test_a_question_moves_within_its_section_and_past_its_end() -> None:
    whole = move_question(started(), "q2", 1)
    assert order(whole) == [["q1"], ["q3", "q2"]]
    assert order(move_question(whole, "q3", -1)) == [["q1", "q3"], ["q2"]]
    assert order(move_question(whole, "q2", 1)) == order(whole), "there is nowhere further down"


def test_routing_is_kept_whole() -> None:
    whole = show_if(started(), "q2", Is("q1", ("a-school",)))
    for change, said in (
        (lambda: drop_question(whole, "q1"), "is shown by the answer to this"),
        (lambda: drop_section(whole, "s1"), "is shown by the answer to this"),
        (lambda: move_section(whole, "s1", 1), "needs an answer that would then be asked later"),
        (lambda: show_if(whole, "q1", Answered("q3")), "needs an answer that would then be asked later"),
        (
            lambda: change_question(whole, "q1", Wording(Kind.SINGLE, "Where?", answers=("Here", "There"))),
            "is shown by the answer to this",
        ),
    ):
        with pytest.raises(Refused, match=said):
            change()


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (Wording(Kind.SINGLE, " "), "Write the question."),
        (Wording(Kind.SINGLE, "Where?", answers=("Here",)), "Write at least two answers"),
        (Wording(Kind.SINGLE, "Where?", answers=("Here", "here ", "There")), "stands there twice"),
        (Wording(Kind.MATRIX, "How far?", scale="agreement"), "Write at least one statement"),
        (Wording(Kind.SCALE, "I can."), "Choose how people answer."),
        (Wording(Kind.SCALE, "I can.", scale="stars"), "Choose one of the scales on offer."),
    ],
)
def test_what_is_missing_is_said(wording: Wording, said: str) -> None:
    with pytest.raises(Refused, match=said):
        add_question(started(), "s1", wording)


def test_what_is_gone_meanwhile_is_said() -> None:
    for change in (
        lambda: name_section(EMPTY, "s9", "New"),
        lambda: drop_question(EMPTY, "q9"),
        lambda: add_question(EMPTY, "s9", TEAM),
    ):
        with pytest.raises(Refused, match="no longer there"):
            change()


Step = Callable[[Questionnaire], Questionnaire]
sections = st.sampled_from(["s1", "s2", "s3"])
names = st.sampled_from(["q1", "q2", "q3", "q4"])
wordings = st.sampled_from(
    [TEAM, SIGNS, BOTH, Wording(Kind.LONG_TEXT, "What else?"), Wording(Kind.DATE, "When?")]
)
routing = st.none() | names.map(Answered) | names.map(lambda name: Is(name, ("a-school",)))
steps: st.SearchStrategy[Step] = st.one_of(
    st.just(lambda whole: add_section(whole, "More")),
    sections.map(lambda name: lambda whole: drop_section(whole, name)),
    st.tuples(sections, st.sampled_from([-1, 1])).map(lambda a: lambda whole: move_section(whole, *a)),
    st.tuples(sections, wordings).map(lambda a: lambda whole: add_question(whole, *a)),
    st.tuples(names, wordings).map(lambda a: lambda whole: change_question(whole, *a)),
    st.tuples(names, st.sampled_from([-2, -1, 1, 2])).map(lambda a: lambda whole: move_question(whole, *a)),
    names.map(lambda name: lambda whole: drop_question(whole, name)),
    st.tuples(names, routing).map(lambda a: lambda whole: show_if(whole, *a)),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(steps, max_size=12))
def test_whatever_is_done_it_can_be_kept_and_read_again(done: list[Step]) -> None:
    whole = started()
    for step in done:
        with suppress(Refused):
            whole = step(whole)
        items = [row.item for q in whole.questions for row in q.rows] + [
            q.item for q in whole.questions if not q.rows
        ]
        assert repeated(items) == ()
        assert read_draft(Draft(whole, ()).text, title="x", name="x").whole == whole
