"""Questions nobody can be shown are found, and a question somebody can be shown never accused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.definition.written import faults, question, read, single

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Not,
    Question,
    Questionnaire,
    Scale,
    Section,
)
from goldenthread.analysis.definition.reach import unreachable_faults

CONTRADICT = "can never be shown: its conditions contradict one another"


def never(folder: Path, condition: str) -> list[str]:
    """The faults where the last question has this condition."""
    options = 'answers = [{ code = "a", label = "A" }, { code = "b", label = "B" }]'
    asked = single("one"), question("many", "multiple", options), question("n", "number")
    return faults(folder, *asked, question("last", "date", f"show_if = {condition}"))


@pytest.mark.parametrize(
    "condition",
    [
        '{ all = [{ question = "one", is = ["a"] }, { question = "one", is = ["b"] }] }',
        '{ all = [{ question = "one", is = ["a"] }, { not = { question = "one", is = ["a"] } }] }',
        '{ all = [{ question = "one", answered = true }, { not = { question = "one", is = ["a", "b"] } }] }',
        '{ all = [{ question = "one", is = ["a"] }, { question = "one", answered = false }] }',
        '{ all = [{ question = "many", is = ["a"] }, { not = { question = "many", is = ["a"] } }] }',
        '{ all = [{ question = "n", at_least = 5 }, { question = "n", at_most = 4 }] }',
        '{ all = [{ question = "n", at_least = 5 }, { not = { question = "n", at_least = 4 } }] }',
        '{ all = [{ question = "n", at_most = 4 }, { question = "n", answered = false }] }',
        '{ not = { any = [{ question = "one", is = ["a"] }, { not = { question = "one", is = ["a"] } }] } }',
    ],
)
def test_contradictions(tmp_path: Path, condition: str) -> None:
    assert never(tmp_path, condition) == [f"question “last”: {CONTRADICT}"]


def test_a_question_behind_one_that_is_never_shown(tmp_path: Path) -> None:
    wants_both = '{ all = [{ question = "one", is = ["a"] }, { question = "one", is = ["b"] }] }'
    asked = (
        single("one"),
        single("two", more=f"show_if = {wants_both}"),
        question("three", "date", 'show_if = { question = "two", answered = true }'),
        question("four", "date", 'show_if = { question = "three", answered = false }'),
    )
    assert faults(tmp_path, *asked) == [
        f"question “two”: {CONTRADICT}",
        "question “three”: can never be shown: it depends on “two”, which can never be shown either",
    ]


def test_the_way_to_an_earlier_question_counts_too(tmp_path: Path) -> None:
    asked = (
        single("one"),
        single("two", more='show_if = { question = "one", is = ["a"] }'),
        question(
            "three",
            "date",
            'show_if = { all = [{ question = "two", is = ["a"] }, { question = "one", is = ["b"] }] }',
        ),
    )
    assert faults(tmp_path, *asked) == [f"question “three”: {CONTRADICT}"]


def test_a_section_and_its_question_must_agree(tmp_path: Path) -> None:
    section = '[[sections]]\nid = "s2"\ntitle = "Two"\nshow_if = { question = "one", is = ["a"] }\n'
    asked = single("one"), section, question("two", "date", 'show_if = { question = "one", is = ["b"] }')
    assert faults(tmp_path, *asked) == [f"question “two”: {CONTRADICT}"]


def test_two_options_of_a_multiple_do_not_contradict(tmp_path: Path) -> None:
    options = 'answers = [{ code = "a", label = "A" }, { code = "b", label = "B" }]'
    both = '{ all = [{ question = "many", is = ["a"] }, { question = "many", is = ["b"] }] }'
    asked = question("many", "multiple", options), question("last", "date", f"show_if = {both}")
    assert len(read(tmp_path, *asked).questions) == 2


def test_a_very_long_condition_is_let_through_not_chewed_on() -> None:
    """Thirty choices of two are a thousand million alternatives; the answer is "cannot tell"."""
    either = tuple(AnyOf((Between("n", least=k), Between("m", least=k))) for k in range(30))
    numbers = (Question(name, Kind.NUMBER, "Text", name) for name in ("n", "m"))
    last = Question("q1", Kind.DATE, "Text", "q1", show_if=All((*either, Between("n", most=-1))))
    assert list(unreachable_faults(_questionnaire(*numbers, last))) == []


_SCALE = Scale("s", (Answer("a", "A"), Answer("b", "B")))


def _questionnaire(*questions: Question) -> Questionnaire:
    return Questionnaire("v1", "Title", (Section("s1", "One", questions),))


Given = Mapping[str, object]
"""Answers by question id; a question left blank or not shown is absent."""


def holds(condition: Condition, given: Given) -> bool:
    match condition:
        case Is(question, codes):
            answer = given.get(question, ())
            return bool(set(codes) & set(answer if isinstance(answer, tuple) else (answer,)))
        case Answered(question):
            return question in given
        case Between(question, least, most):
            number = given.get(question)
            low, high = (-1 if least is None else least), (99 if most is None else most)
            return isinstance(number, int) and low <= number <= high
        case Not(part):
            return not holds(part, given)
        case All(parts):
            return all(holds(part, given) for part in parts)
        case AnyOf(parts):
            return any(holds(part, given) for part in parts)


CHOICES: dict[Kind, tuple[object, ...]] = {
    Kind.SINGLE: (None, "a", "b"),
    Kind.MULTIPLE: (None, ("a",), ("b",), ("a", "b")),
    Kind.NUMBER: (None, *range(5)),
}


def shown_to_somebody(questionnaire: Questionnaire) -> set[str]:
    """By trying every answer anybody could give."""
    return {name for given in _everybody(questionnaire.questions) for name in given[1]}


def _everybody(questions: tuple[Question, ...]) -> Iterator[tuple[Given, set[str]]]:
    for choice in product(*(CHOICES[each.kind] for each in questions)):
        given: dict[str, object] = {}
        shown = set()
        for asked, answer in zip(questions, choice, strict=True):
            if asked.show_if is None or holds(asked.show_if, given):
                shown.add(asked.id)
                given |= {} if answer is None else {asked.id: answer}
        yield given, shown


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    questions: list[Question] = []
    for position in range(draw(st.integers(2, 4))):
        kind = draw(st.sampled_from(list(CHOICES)))
        show_if = draw(_conditions(questions)) if questions else None
        scale = None if kind is Kind.NUMBER else _SCALE
        questions.append(Question(f"q{position}", kind, "T", f"q{position}", scale=scale, show_if=show_if))
    return _questionnaire(*questions)


def _conditions(questions: list[Question]) -> st.SearchStrategy[Condition]:
    leaves = st.sampled_from(questions).flatmap(_leaf)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        ),
        max_leaves=6,
    )


def _leaf(asked: Question) -> st.SearchStrategy[Condition]:
    answered = st.just(Answered(asked.id))
    if asked.kind is Kind.NUMBER:
        ends = st.one_of(st.none(), st.integers(0, 4))
        between = st.builds(Between, st.just(asked.id), ends, ends)
        return st.one_of(answered, between.filter(lambda b: b.least is not None or b.most is not None))
    codes = st.sampled_from([("a",), ("b",), ("a", "b")])
    return st.one_of(answered, st.builds(Is, st.just(asked.id), codes))


@given(questionnaires())
@settings(max_examples=80, deadline=None)
def test_nobody_is_accused_who_can_be_reached(questionnaire: Questionnaire) -> None:
    accused = {place.split("“")[1].rstrip("”") for place, _ in unreachable_faults(questionnaire)}
    assert not accused & shown_to_somebody(questionnaire)
