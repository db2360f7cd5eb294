"""What a person sends is taken as it was on offer; what cannot stand is said, and not lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.thread.survey.answering.made import question

from goldenthread.analysis.definition.model import Answer, Kind, Question, Scale
from goldenthread.thread.survey.answering.model import Taken
from goldenthread.thread.survey.answering.take import LONGEST, take

ODD = Scale(
    "odd",
    (
        Answer("time", "More time"),
        Answer("person", "A person to ask"),
        Answer("else", "Something else", other=True),
        Answer("none", "Nothing", exclusive=True),
        Answer("not-mine", "Not part of my role", outside=True),
    ),
)


def sent(asked: Question, **posted: list[str]) -> Taken:
    return take([asked], {name.replace("_", "."): values for name, values in posted.items()})


def messages(taken: Taken) -> list[tuple[str, str]]:
    return [(fault.field, fault.message) for fault in taken.faults]


@pytest.mark.parametrize(
    ("kind", "posted", "answers"),
    [
        (Kind.SINGLE, {"q": ["b"]}, {"q": "b"}),
        (Kind.SCALE, {"q": ["c"]}, {"q": "c"}),
        (Kind.MULTIPLE, {"q": ["c", "a", "a"]}, {"q": ("a", "c")}),
        (Kind.MATRIX, {"q_r1": ["a"], "q_r2": [""]}, {"q.r1": "a"}),
        (Kind.NUMBER, {"q": [" 1,200 "]}, {"q": "1200"}),
        (Kind.NUMBER, {"q": ["7.50"]}, {"q": "7.5"}),
        (Kind.DATE, {"q_day": ["27"], "q_month": ["3"], "q_year": ["2026"]}, {"q": "2026-03-27"}),
        (Kind.SHORT_TEXT, {"q": ["  a\tb\x00c  "]}, {"q": "a b c"}),
        (Kind.LONG_TEXT, {"q": ["one\r\ntwo"]}, {"q": "one\ntwo"}),
        (Kind.SINGLE, {"q": [""]}, {}),
        (Kind.MULTIPLE, {}, {}),
        (Kind.DATE, {"q_day": [""], "q_month": [""], "q_year": [""]}, {}),
        (Kind.LONG_TEXT, {"q": [" \n "]}, {}),
    ],
)
def test_an_answer_on_offer_is_taken(
    kind: Kind, posted: dict[str, list[str]], answers: dict[str, object]
) -> None:
    taken = sent(question("q", kind), **posted)
    assert taken.answers == answers
    assert taken.faults == ()


@pytest.mark.parametrize(
    ("kind", "posted", "said"),
    [
        (Kind.SINGLE, {"q": ["forged"]}, "Choose one of the answers on the page."),
        (Kind.MATRIX, {"q_r1": ["forged"]}, "Choose one of the answers on the page."),
        (Kind.MULTIPLE, {"q": ["a", "forged"]}, "Choose from the answers on the page."),
        (Kind.NUMBER, {"q": ["a few"]}, "Write a number in figures, such as 12 or 7.5."),
        (Kind.NUMBER, {"q": ["nan"]}, "Write a number in figures, such as 12 or 7.5."),
        (Kind.NUMBER, {"q": ["1e400"]}, "Write a number in figures, such as 12 or 7.5."),
        (Kind.NUMBER, {"q": ["1,2"]}, "Write a number in figures, such as 12 or 7.5."),
        (Kind.NUMBER, {"q": ["١٢"]}, "Write a number in figures, such as 12 or 7.5."),
        (Kind.DATE, {"q_day": ["31"], "q_month": ["2"], "q_year": ["2026"]}, "Write a real date"),
        (Kind.DATE, {"q_day": ["3"], "q_month": [""], "q_year": ["2026"]}, "Write a real date"),
        (Kind.SHORT_TEXT, {"q": ["x" * 501]}, "This may be 500 characters long: shorten it by 1."),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_kept_as_typed(
    kind: Kind, posted: dict[str, list[str]], said: str
) -> None:
    taken = sent(question("q", kind), **posted)
    assert taken.answers == {}
    ((field, message),) = messages(taken)
    assert field in ("q", "q.r1")
    assert message.startswith(said)
    typed = {name: list(values) for name, values in taken.typed.items()}
    assert typed == {name.replace("_", "."): values for name, values in posted.items()}


def test_a_megabyte_of_text_is_refused_and_not_lost() -> None:
    text = "word " * 200_000
    taken = sent(question("q", Kind.LONG_TEXT), q=[text])
    assert taken.faults
    assert taken.typed["q"] == (text,)


def test_words_for_something_else_count_only_where_it_is_chosen() -> None:
    asked = question("q", scale=ODD)
    assert sent(asked, q=["else"], q_other=["A piper"]).answers == {"q": "else", "q.other": "A piper"}
    assert sent(asked, q=["time"], q_other=["A piper"]).answers == {"q": "time"}


@pytest.mark.parametrize("alone", ["none", "not-mine"])
def test_an_answer_that_excludes_the_others_stands_alone(alone: str) -> None:
    asked = question("q", Kind.MULTIPLE, scale=ODD)
    assert sent(asked, q=[alone]).answers == {"q": (alone,)}
    ((field, message),) = messages(sent(asked, q=["time", alone]))
    assert field == "q"
    assert message.endswith("on its own, or leave it out.")


def test_a_question_that_must_be_answered_is_asked_for_in_each_of_its_fields() -> None:
    faults = messages(sent(question("q", Kind.MATRIX, required=True), q_r2=["a"]))
    assert [field for field, _ in faults] == ["q.r1"]
    assert messages(sent(question("q", scale=ODD, required=True), q=["time"])) == []


def test_names_that_are_no_field_of_the_page_are_passed_over() -> None:
    taken = take([question("q")], {"q": ["a"], "later": ["b"], "q.other": ["words"], "csrf": ["x"]})
    assert taken.answers == {"q": "a"}


@given(
    st.dictionaries(
        st.sampled_from(["q", "q.r1", "q.other", "q.day"]), st.lists(st.text(max_size=40), max_size=3)
    )
)
def test_nothing_that_can_be_sent_breaks_it(posted: dict[str, list[str]]) -> None:
    for kind in Kind:
        asked = question("q", kind)
        taken = take([asked], posted)
        for value in taken.answers.values():
            words = (value,) if isinstance(value, str) else value
            assert all(words)
            assert all(len(each) <= LONGEST[Kind.LONG_TEXT] for each in words)
            assert all(each.isprintable() or "\n" in each for each in words) or kind in LONGEST
