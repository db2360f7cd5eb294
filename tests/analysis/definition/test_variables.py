"""The coded columns of a questionnaire."""

from __future__ import annotations

from pathlib import Path

from tests.analysis.definition.written import question, read, single

from goldenthread.analysis.definition.model import Is, Polarity
from goldenthread.analysis.definition.variables import stem, variables

ROWS = """
scale = "three"
item = "doing"
rows = [{ id = "a", text = "Listen", label = "Listening" }, { id = "b", text = "Speak", item = "speaking" }]
"""
OPTIONS = """
item = "help"
label = "Would help"
answers = [{ code = "x", label = "A course" }, { code = "none", label = "Nothing", exclusive = true }]
"""


def test_one_for_each_question_row_and_option_and_none_for_words_and_numbers(tmp_path: Path) -> None:
    found = variables(
        read(
            tmp_path,
            single("q1"),
            question("q2", "number"),
            question("q3", "matrix", ROWS),
            question("q4", "multiple", OPTIONS),
            question("q5", "long-text"),
            question("q6", "date"),
        )
    )
    assert [(each.id, each.item) for each in found] == [
        ("q1", "q1"),
        ("q3.a", "doing.a"),
        ("q3.b", "speaking"),
        ("q4.x", "help.x"),
        ("q4.none", "help.none"),
    ]


def test_a_row_speaks_for_itself(tmp_path: Path) -> None:
    first, second = variables(read(tmp_path, question("q3", "matrix", ROWS)))
    assert (first.label, first.text, first.part) == ("Listening", "Listen", "a")
    assert (second.label, second.headline) == ("Speak", "sure")
    assert (stem(first), first.text) == ("Text of q3?", "Listen")


def test_an_option_is_a_yes_or_no_with_yes_as_its_headline(tmp_path: Path) -> None:
    option = variables(read(tmp_path, question("q4", "multiple", OPTIONS)))[0]
    assert [answer.code for answer in option.answers] == ["no", "yes"]
    assert (option.headline, option.nets, option.polarity) == ("yes", (), Polarity.NONE)
    assert (option.label, option.text, option.part) == ("Would help: A course", "A course", "x")


def test_conditions_of_section_and_question_both_hold(tmp_path: Path) -> None:
    section = '[[sections]]\nid = "s2"\ntitle = "Two"\nshow_if = { question = "q1", is = ["a"] }\n'
    asked = (
        single("q1"),
        section,
        single("q2"),
        single("q3", more='show_if = { question = "q2", is = ["b"] }'),
    )
    found = {each.id: each.show_if for each in variables(read(tmp_path, *asked))}
    assert found == {
        "q1": (),
        "q2": (Is("q1", ("a",)),),
        "q3": (Is("q1", ("a",)), Is("q2", ("b",))),
    }
