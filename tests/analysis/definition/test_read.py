"""A questionnaire file becomes exactly what it says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.definition.written import HEAD, SECTION, THREE, question, read, refused, single, write

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Answered,
    AnyOf,
    Between,
    Is,
    Kind,
    Net,
    Not,
    Polarity,
    Side,
)
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.problem import Refusal


def test_a_question_keeps_every_key(tmp_path: Path) -> None:
    more = """
number = 14
label = "Short"
item = "lasting"
topic = "voice"
polarity = "negative"
scale = "three"
required = true
"""
    asked = read(tmp_path, question("q1", "scale", more)).questions[0]
    assert (asked.id, asked.kind, asked.text, asked.item) == ("q1", Kind.SCALE, "Text of q1?", "lasting")
    assert (asked.number, asked.label, asked.topic) == ("14", "Short", "voice")
    assert (asked.polarity, asked.required) == (Polarity.NEGATIVE, True)


def test_a_three_point_scale_is_read_in_order(tmp_path: Path) -> None:
    scale = read(tmp_path, question("q1", "scale", 'scale = "three"')).questions[0].scale
    assert scale is not None
    assert [answer.code for answer in scale.answers] == ["1", "2", "3", "9"]
    assert scale.answers[3] == Answer("9", "Not part of my role", outside=True)
    assert scale.nets[0] == Net("low", "Not", Side.LOW)
    assert scale.headline == "sure"


def test_a_yes_or_no_question_has_a_headline_of_its_own(tmp_path: Path) -> None:
    more = """
answers = [{ code = "yes", label = "Yes", net = "said-yes" }, { code = "no", label = "No" }]
nets = [{ id = "said-yes", label = "Yes", side = "high" }]
headline = "said-yes"
"""
    scale = read(tmp_path, question("q1", "single", more)).questions[0].scale
    assert scale is not None
    assert scale.headline == "said-yes"


@pytest.mark.parametrize("points", [2, 4, 10])
def test_scales_of_other_lengths(tmp_path: Path, points: int) -> None:
    answers = ", ".join(f'{{ code = {n}, label = "Mark {n}", net = "top" }}' for n in range(1, points + 1))
    more = f'answers = [{answers}]\nnets = [{{ id = "top", label = "Top", side = "high" }}]\nheadline = "top"'
    scale = read(tmp_path, question("q1", "scale", more)).questions[0].scale
    assert scale is not None
    assert [answer.code for answer in scale.answers] == [str(n) for n in range(1, points + 1)]


def test_options_carry_their_marks(tmp_path: Path) -> None:
    more = """
answers = [
  { code = "a", label = "A", aliases = ["Aa", 7] },
  { code = "none", label = "None of these", exclusive = true },
  { code = "other", label = "Other", other = true },
]
"""
    scale = read(tmp_path, question("q1", "multiple", more)).questions[0].scale
    assert scale is not None
    assert [answer.aliases for answer in scale.answers] == [("Aa", "7"), (), ()]
    assert [answer.exclusive for answer in scale.answers] == [False, True, False]
    assert [answer.other for answer in scale.answers] == [False, False, True]


def test_rows_take_what_they_lack_from_their_question(tmp_path: Path) -> None:
    more = """
item = "doing"
topic = "voice"
scale = "three"
rows = [
  { id = "a", text = "Listen" },
  { id = "b", text = "Interrupt", item = "interrupting", topic = "manners", polarity = "negative" },
]
"""
    first, second = read(tmp_path, question("q1", "matrix", more)).questions[0].rows
    assert (first.item, first.topic, first.polarity) == ("doing.a", "voice", Polarity.POSITIVE)
    assert (second.item, second.topic, second.polarity) == ("interrupting", "manners", Polarity.NEGATIVE)


@pytest.mark.parametrize(
    ("kind", "more", "polarity"),
    [
        ("scale", 'scale = "three"', Polarity.POSITIVE),
        ("single", 'scale = "three"', Polarity.NONE),
        ("long-text", "", Polarity.NONE),
    ],
)
def test_only_ordered_answers_are_good_or_bad_news_by_themselves(
    tmp_path: Path, kind: str, more: str, polarity: Polarity
) -> None:
    assert read(tmp_path, question("q1", kind, more)).questions[0].polarity is polarity


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ('{ question = "q1", is = ["a", "b"] }', Is("q1", ("a", "b"))),
        ('{ question = "q1", is = "a" }', Is("q1", ("a",))),
        ('{ question = "q1", answered = true }', Answered("q1")),
        ('{ question = "q1", answered = false }', Not(Answered("q1"))),
        ('{ question = "n", at_least = 3, at_most = 9.5 }', Between("n", 3, 9.5)),
        ('{ question = "n", at_most = 0 }', Between("n", None, 0)),
        (
            '{ all = [{ question = "q1", is = ["a"] }, { not = { question = "n", at_least = 2 } }] }',
            All((Is("q1", ("a",)), Not(Between("n", 2)))),
        ),
        (
            '{ any = [{ question = "q1", is = ["a"] }, { question = "n", answered = true }] }',
            AnyOf((Is("q1", ("a",)), Answered("n"))),
        ),
    ],
)
def test_each_form_of_condition(tmp_path: Path, written: str, condition: object) -> None:
    asked = single("q1"), question("n", "number"), question("t", "long-text", f"show_if = {written}")
    assert read(tmp_path, *asked).questions[2].show_if == condition


def test_unknown_routing_is_said_so(tmp_path: Path) -> None:
    path = write(tmp_path / "q.toml", HEAD + 'routing = "unknown"\n' + SECTION + single("q1"))
    assert read_questionnaire(path).routing_known is False


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + SECTION + single("q1")).encode())
    assert read_questionnaire(path).id == "v1"


@given(order=st.permutations(range(5)), inner=st.permutations(range(3)))
@settings(max_examples=30)
def test_sections_and_questions_keep_the_order_they_are_written_in(
    order: list[int], inner: list[int]
) -> None:
    text = HEAD + "".join(
        f'[[sections]]\nid = "s{s}"\ntitle = "Section {s}"\n'
        + "".join(single(f"q{s}-{q}", "a", f"only-{s}-{q}") for q in inner)
        for s in order
    )
    with TemporaryDirectory() as folder:
        found = read_questionnaire(write(Path(folder) / "q.toml", text))
    assert [section.id for section in found.sections] == [f"s{s}" for s in order]
    assert [asked.id for asked in found.questions] == [f"q{s}-{q}" for s in order for q in inner]
    for asked in found.questions:
        assert asked.scale is not None
        assert asked.scale.answers[1].code == f"only-{asked.id[1:]}"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"none\.toml cannot be read: there is no such file\.$"):
        read_questionnaire(tmp_path / "none.toml")


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    path = write(tmp_path / "q.toml", 'id = "v1"\ntitle = "Unfinished\n')
    with pytest.raises(Refusal, match=r"q\.toml is not valid TOML: .*line 2"):
        read_questionnaire(path)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("title = Talk check", '(at line 2, column 9); words need quotation marks: "like this".'),
        ("title = [one, two]", 'words need quotation marks: "like this".'),
        ("title = 12 questions", 'words need quotation marks: "like this".'),
        ("title = “Talk check”", 'use straight quotation marks (") around the text.'),
        ('title = "The "big" one"', r"a quotation mark inside a text is written \" with a backslash."),
        (
            "title = 'Anyshire's own'",
            'a text with an apostrophe in it goes between double quotation marks (").',
        ),
        ("title = True", "write true and false in small letters."),
        ('title = "C:\\data"', r"a backslash is written twice: \\."),
        ("title = 2025-13-01", "(at line 2, column 13)."),
        ("title =", "(at end of document)."),
    ],
)
def test_a_slip_of_toml_is_named_with_its_remedy(tmp_path: Path, line: str, remedy: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_questionnaire(write(tmp_path / "q.toml", f'id = "v1"\n{line}'))
    assert str(caught.value).endswith(remedy)


@pytest.mark.parametrize("raw", ['id = "v1"'.encode("utf-16"), b'title = "caf\xe9"', b"\x00\x01\x02\xff"])
def test_other_encodings_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "q.toml"
    path.write_bytes(raw)
    with pytest.raises(Refusal, match=r"not UTF-8|not valid TOML"):
        read_questionnaire(path)


def test_an_empty_file_names_all_it_lacks(tmp_path: Path) -> None:
    assert refused(write(tmp_path / "q.toml", "")) == [
        "“id” is missing",
        "“title” is missing",
        "there is no question: add [[sections]] with [[sections.questions]]",
    ]


@pytest.mark.parametrize("depth", [30, 400, 100_000])
def test_endless_nesting_is_refused_in_words(tmp_path: Path, depth: int) -> None:
    inner = "{ not = " * depth + '{ question = "q1", answered = true }' + " }" * depth
    path = write(
        tmp_path / "q.toml", HEAD + THREE + SECTION + single("q1") + single("q2", more=f"show_if = {inner}")
    )
    with pytest.raises(Refusal, match="nest"):
        read_questionnaire(path)
