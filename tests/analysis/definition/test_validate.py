"""Every fault is named, each at its place, all at once."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.definition.written import HEAD, SECTION, THREE, faults, question, refused, single, write


def scale_faults(folder: Path, answers: str, more: str = "") -> list[str]:
    """The faults of one question with these answers, its place taken off."""
    lines = faults(folder, question("q1", "scale", f"answers = [{answers}]\n{more}"))
    assert all(line.startswith("question “q1”") for line in lines)
    return [line.removeprefix("question “q1”, ").removeprefix("question “q1”: ") for line in lines]


A, B = '{ code = "a", label = "Aa" }', '{ code = "b", label = "Bb" }'


def test_unknown_keys_are_named_with_what_was_meant(tmp_path: Path) -> None:
    text = HEAD + 'pupose = "x"\n' + THREE.replace("outside", "outsid") + SECTION + 'titel = "x"\n'
    text += question("q1", "scale", 'scale = "three"\nlable = "x"\nzzz = 1')
    assert refused(write(tmp_path / "q.toml", text)) == [
        "unknown key “pupose”; did you mean “purpose”?",
        "scale “three”, answer 4: unknown key “outsid”; did you mean “outside”?",
        "section “s1”: unknown key “titel”; did you mean “title”?",
        "question “q1”: unknown key “lable”; did you mean “label”?",
        "question “q1”: unknown key “zzz”",
    ]


def test_an_unknown_kind_is_one_fault_not_three(tmp_path: Path) -> None:
    assert faults(tmp_path, question("q1", "liekrt", 'scale = "three"')) == [
        (
            "question “q1”: “kind” is “liekrt”, but must be "
            "“single”, “multiple”, “scale”, “matrix”, “number”, “date”, “short-text” or “long-text”"
        )
    ]


def test_an_unknown_scale_is_one_fault(tmp_path: Path) -> None:
    asked = (
        question("q1", "scale", 'scale = "thre"'),
        single("q2", more='show_if = { question = "q1", is = ["1"] }'),
    )
    assert faults(tmp_path, *asked) == ["question “q1”: unknown scale “thre”; did you mean “three”?"]


def test_wrong_types_are_named(tmp_path: Path) -> None:
    text = """
id = true
title = 3
routing = "guessed"
[scales]
bad = 3
[[sections]]
id = "s1"
title = "One"
show_if = "always"
questions = [
  "not a table",
  { id = "q1", kind = "number", text = ["x"], required = "yes", number = 1.5 },
]
"""
    assert refused(write(tmp_path / "q.toml", text)) == [
        "“id” must be text, not “true”",
        "“title” must be text, not the number 3",
        "“routing” is “guessed”, but must be “known” or “unknown”",
        "scales: “bad” must be a table, not the number 3",
        "scale “bad”: needs at least one answer that counts (one that is not “outside”)",
        "section “s1”: “show_if” must be a table, not the text “always”",
        "section “s1”, question 1: must be a table, not the text “not a table”",
        "question “q1”: “text” must be text, not a list",
        "question “q1”: “required” must be true or false, not the text “yes”",
        "question “q1”: “number” must be text, not the number 1.5",
    ]


def test_two_of_one_name(tmp_path: Path) -> None:
    text = HEAD + THREE + (SECTION + single("q1") + single("q1")) + SECTION
    lines = refused(write(tmp_path / "q.toml", text))
    assert "section “s1”: this id is used by 2 sections" in lines
    assert "question “q1”: this id is used by 2 questions" in lines


def test_ids_that_could_be_mistaken(tmp_path: Path) -> None:
    assert faults(tmp_path, single("q 1"), single("q.2")) == [
        "question “q 1”: an id is letters, digits, hyphens and underscores only",
        "question “q.2”: an id is letters, digits, hyphens and underscores only",
    ]


def test_two_questions_of_one_item_or_label(tmp_path: Path) -> None:
    matrix = question(
        "q3", "matrix", 'scale = "three"\nrows = [{ id = "a", text = "Row", item = "same", label = "L" }]'
    )
    asked = single("q1", more='item = "same"\nlabel = "l "'), matrix, question("q4", "date", 'item = "same"')
    assert faults(tmp_path, *asked) == [
        "question “q3.a”: the item “same” is already that of “q1”",
        "question “q4”: the item “same” is already that of “q1”",
        "question “q3.a”: the label “l” is already that of “q1”",
    ]


def test_repeated_rows(tmp_path: Path) -> None:
    rows = 'rows = [{ id = "a", text = "Listen." }, { id = "a", text = "listen" }]'
    assert faults(tmp_path, question("q1", "matrix", f'scale = "three"\n{rows}')) == [
        "question “q1”, row “a”: this id is used by 2 rows",
        "question “q1”: two rows have the text “listen”",
    ]


def test_answers_that_cannot_be_told_apart(tmp_path: Path) -> None:
    assert scale_faults(tmp_path, f'{A}, {{ code = "a", label = "Cc" }}') == ["two answers have the code “a”"]
    assert scale_faults(tmp_path, f'{A}, {{ code = "b", label = "aa " }}') == [
        "“aa” stands for the answers “a” and “b” at once"
    ]
    assert scale_faults(tmp_path, f'{A}, {{ code = "b", label = "Bb", aliases = ["A"] }}') == [
        "“a” stands for the answers “a” and “b” at once"
    ]


@pytest.mark.parametrize(
    ("answers", "more", "fault"),
    [
        (
            A,
            'nets = [{ id = "n", label = "N", side = "high" }]\nheadline = "n"',
            "no answer belongs to the net “n”",
        ),
        (
            '{ code = "a", label = "A", net = "sur" }',
            'nets = [{ id = "sure", label = "N", side = "high" }]\nheadline = "sure"',
            "answer “a”: unknown net “sur”; did you mean “sure”?",
        ),
        (
            f'{{ code = "o", label = "Out", net = "n", outside = true }}, {A[:-2]}, net = "n" }}',
            'nets = [{ id = "n", label = "N", side = "high" }]\nheadline = "n"',
            "answer “o” is outside the base, so it cannot belong to a net",
        ),
        (
            '{ code = "yes", label = "Yes", net = "yes" }',
            'nets = [{ id = "yes", label = "Yes", side = "high" }]\nheadline = "yes"',
            "the net “yes” has the code of an answer; call it “said-yes”, say",
        ),
        (
            f'{A[:-2]}, net = "n" }}',
            'nets = [{ id = "n", label = "N", side = "left" }]\nheadline = "n"',
            "net 1: “side” is “left”, but must be “low”, “middle” or “high”",
        ),
        (
            '{ code = "o", label = "Out", outside = true }',
            "",
            "needs at least one answer that counts (one that is not “outside”)",
        ),
        (
            A,
            'headline = "a"',
            (
                "the headline “a” is an answer, not a net; "
                "add a net “said-a”, put the answer in it and name that"
            ),
        ),
        (
            f'{A[:-2]}, net = "good" }}',
            'nets = [{ id = "good", label = "G", side = "high" }]\nheadline = "god"',
            "the headline “god” is not a net; did you mean “good”?",
        ),
        (
            f'{A[:-2]}, net = "n" }}',
            'nets = [{ id = "n", label = "N", side = "high" }]',
            "its scale has nets but no “headline” to say which one a report leads with",
        ),
    ],
)
def test_faults_of_nets_and_headlines(tmp_path: Path, answers: str, more: str, fault: str) -> None:
    assert fault in scale_faults(tmp_path, answers, more)


def test_two_nets_of_one_name(tmp_path: Path) -> None:
    nets = """
nets = [{ id = "n", label = "N", side = "low" }, { id = "n", label = "n", side = "high" }]
headline = "n"
"""
    assert scale_faults(tmp_path, f'{A[:-2]}, net = "n" }}, {B}', nets) == [
        "two nets have the id “n”",
        "two nets have the label “n”",
    ]


@pytest.mark.parametrize(
    ("kind", "more", "fault"),
    [
        ("scale", "", "a scale question needs “answers” or a “scale”"),
        ("single", "", "a single question needs “answers” or a “scale”"),
        ("long-text", 'scale = "three"', "a long-text question cannot have answers or a scale"),
        ("number", f"answers = [{A}]", "a number question cannot have answers or a scale"),
        ("matrix", 'scale = "three"', "a matrix question needs “rows”"),
        (
            "scale",
            'scale = "three"\nrows = [{ id = "a", text = "R" }]',
            "a scale question cannot have rows; only a matrix question can",
        ),
        (
            "multiple",
            'scale = "three"',
            "a multiple question cannot have nets: each option is reported on its own",
        ),
        (
            "scale",
            f'scale = "three"\nanswers = [{A}]',
            "has both “scale” and “answers”; give one or the other",
        ),
    ],
)
def test_what_each_kind_needs(tmp_path: Path, kind: str, more: str, fault: str) -> None:
    assert faults(tmp_path, question("q1", kind, more)) == [f"question “q1”: {fault}"]


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        (
            '{ question = "q9", is = ["a"] }',
            "its condition names an unknown question “q9”",
        ),
        ('{ question = "q1", is = ["c"] }', "its condition names “c”, which is no answer of “q1”"),
        ('{ question = "t", is = ["c"] }', "its condition asks for an answer by code, but “t” has none"),
        (
            '{ question = "q1", at_least = 2 }',
            "its condition asks for a number, but “q1” is a single question",
        ),
        (
            '{ question = "m", is = ["1"] }',
            "its condition names the matrix “m”; name one of its rows: “m.a” or “m.b”",
        ),
    ],
)
def test_faults_of_conditions(tmp_path: Path, condition: str, fault: str) -> None:
    rows = 'scale = "three"\nrows = [{ id = "a", text = "R" }, { id = "b", text = "S" }]'
    asked = single("q1"), question("t", "date"), question("m", "matrix", rows)
    found = faults(tmp_path, *asked, single("q2", more=f"show_if = {condition}"))
    assert f"question “q2”: {fault}" in found


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("{}", "a condition needs exactly one of “question”, “all”, “any” or “not”"),
        (
            '{ question = "q1" }',
            "a condition on a question needs exactly one of “is”, “answered”, “at_least/at_most”",
        ),
        ('{ question = "q1", is = [] }', "“is” lists no answer"),
        (
            '{ question = "q1", is = ["a"], answered = true }',
            "a condition on a question needs exactly one of",
        ),
        ('{ question = "q1", anwsered = true }', "unknown key “anwsered”; did you mean “answered”?"),
        ("{ any = [] }", "“any” lists no condition"),
        ('{ question = "q1", at_least = inf }', "“at_least” must be a number, not the number inf"),
    ],
)
def test_conditions_that_say_nothing(tmp_path: Path, condition: str, fault: str) -> None:
    found = faults(tmp_path, single("q1"), single("q2", more=f"show_if = {condition}"))
    assert any(line.startswith(f"question “q2”, show_if: {fault}") for line in found)


def test_a_row_of_a_matrix_can_be_asked_about(tmp_path: Path) -> None:
    rows = 'scale = "three"\nrows = [{ id = "a", text = "R" }]'
    bad = single("q2", more='show_if = { question = "m.a", is = ["4"] }')
    assert faults(tmp_path, question("m", "matrix", rows), bad)[0] == (
        "question “q2”: its condition names “4”, which is no answer of “m.a”"
    )


def test_forward_conditions(tmp_path: Path) -> None:
    asked = single("q1", more='show_if = { question = "q2", is = ["a"] }'), single("q2")
    assert faults(tmp_path, *asked) == [
        "question “q1”: its condition needs the answer to “q2”, which is asked later"
    ]


def test_circular_conditions(tmp_path: Path) -> None:
    def wants(name: str) -> str:
        return f'show_if = {{ question = "{name}", is = ["a"] }}'

    asked = single("q1", more=wants("q3")), single("q2", more=wants("q1")), single("q3", more=wants("q2"))
    assert faults(tmp_path, *asked) == [
        "question “q1”: circular condition: “q1” needs “q3” needs “q2” needs “q1”"
    ]


def test_a_question_about_itself(tmp_path: Path) -> None:
    found = faults(tmp_path, single("q1", more='show_if = { question = "q1", answered = true }'))
    assert found == ["question “q1”: circular condition: it needs its own answer"]


def test_a_section_about_its_own_question(tmp_path: Path) -> None:
    section = '[[sections]]\nid = "s2"\ntitle = "Two"\nshow_if = { question = "q3", answered = true }\n'
    found = faults(tmp_path, single("q1"), section, single("q2"), single("q3"))
    assert found == [
        "section “s2”: circular condition: it needs the answer to “q3”, which is in this section"
    ]


PLANTED = {
    "kind": (question("k", "sort"), "question “k”: “kind” is “sort”"),
    "key": (single("u", more='colour = "red"'), "question “u”: unknown key “colour”"),
    "answers": (question("n", "scale"), "question “n”: a scale question needs “answers” or a “scale”"),
    "rows": (question("m", "matrix", 'scale = "three"'), "question “m”: a matrix question needs “rows”"),
    "scale": (question("x", "scale", 'scale = "nine"'), "question “x”: unknown scale “nine”"),
    "code": (single("d", "a", "a"), "question “d”: two answers have the code “a”"),
    "words": (question("w", "date", 'scale = "three"'), "question “w”: a date question cannot have answers"),
    "asks": (
        single("c", more='show_if = { question = "zz", is = ["a"] }'),
        "question “c”: its condition names",
    ),
    "later": (
        single("l", more='show_if = { question = "last", is = ["a"] }'),
        "question “l”: its condition needs",
    ),
    "never": (
        single(
            "v",
            more="""show_if = { all = [
  { question = "first", is = ["a"] },
  { question = "first", is = ["b"] },
] }""",
        ),
        "question “v”: can never be shown",
    ),
}


@given(chosen=st.lists(st.sampled_from(sorted(PLANTED)), unique=True, min_size=1))
@settings(max_examples=60)
def test_every_fault_planted_is_named(chosen: list[str]) -> None:
    planted = [PLANTED[name] for name in chosen]
    with TemporaryDirectory() as folder:
        found = faults(Path(folder), single("first"), *(text for text, _ in planted), single("last"))
    for _, start in planted:
        assert any(line.startswith(start) for line in found)
    assert {line.split("”")[0] for line in found} == {start.split("”")[0] for _, start in planted}
