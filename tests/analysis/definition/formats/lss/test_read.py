"""A survey of LimeSurvey, question by question: what is held, and what is told of the rest."""

from __future__ import annotations

import pytest
from tests.analysis.definition.formats.lss.laid import Asked, Laid, lines, questions, read
from tests.analysis.definition.formats.made import codes

from goldenthread.analysis.definition.formats.take import take
from goldenthread.analysis.definition.model import Kind

AGREE = (("A1", "Disagree"), ("A2", "Agree"))
ROWS = (("SQ001", "Using signs"), ("SQ002", "Planning reviews"))
ALONE = "Left out: its words in cy and pl; a questionnaire here has one language, and en is the survey's own"
PLACE = Asked("L", "place", "Where do you work?", answers=(("s", "A school"), ("n", "A nursery")))


@pytest.mark.parametrize(
    ("type_", "kind", "offered"),
    [
        ("L", Kind.SINGLE, ("A1", "A2")),
        ("!", Kind.SINGLE, ("A1", "A2")),
        ("O", Kind.SINGLE, ("A1", "A2")),
        ("Y", Kind.SINGLE, ("Y", "N")),
        ("G", Kind.SINGLE, ("F", "M")),
        ("5", Kind.SCALE, ("1", "2", "3", "4", "5")),
        ("M", Kind.MULTIPLE, ("SQ001", "SQ002")),
        ("P", Kind.MULTIPLE, ("SQ001", "SQ002")),
        ("A", Kind.MATRIX, ("1", "2", "3", "4", "5")),
        ("B", Kind.MATRIX, tuple(map(str, range(1, 11)))),
        ("C", Kind.MATRIX, ("Y", "U", "N")),
        ("E", Kind.MATRIX, ("I", "S", "D")),
        ("F", Kind.MATRIX, ("A1", "A2")),
        ("H", Kind.MATRIX, ("A1", "A2")),
        ("N", Kind.NUMBER, ()),
        ("D", Kind.DATE, ()),
        ("S", Kind.SHORT_TEXT, ()),
        ("T", Kind.LONG_TEXT, ()),
        ("U", Kind.LONG_TEXT, ()),
    ],
)
def test_each_type_has_its_kind_and_answers(type_: str, kind: Kind, offered: tuple[str, ...]) -> None:
    (found,) = questions(Asked(type_, "q1", "How is it?", ROWS, AGREE))
    assert (found.id, found.item, found.kind, found.text) == ("q1", "q1", kind, "How is it?")
    assert codes(found) == offered
    rows = tuple((row.id, row.text) for row in found.rows)
    assert rows == (ROWS if kind is Kind.MATRIX else ())


@pytest.mark.parametrize("type_", ["R", "|", "X", "*", "I", ":", ";", "?"])
def test_a_type_that_cannot_be_held_is_left_out_and_told(type_: str) -> None:
    asked = Asked(type_, "odd", "Odd?", ROWS, AGREE)
    assert [each.id for each in questions(PLACE, asked)] == ["place"]
    (line,) = lines(PLACE, asked)
    assert line.startswith("question “odd”: left out: ")
    assert read(PLACE, asked).told[0].lost


def test_several_lines_to_fill_in_are_as_many_questions() -> None:
    found = questions(Asked("Q", "skill", "Three skills", ROWS), Asked("K", "hours", "Hours", ROWS[:1]))
    assert [(each.id, each.kind, each.text) for each in found] == [
        ("skill_SQ001", Kind.SHORT_TEXT, "Three skills – Using signs"),
        ("skill_SQ002", Kind.SHORT_TEXT, "Three skills – Planning reviews"),
        ("hours", Kind.NUMBER, "Hours – Using signs"),
    ]


def test_a_dual_scale_is_two_questions_named_as_its_columns_are_read() -> None:
    asked = Asked(
        "1",
        "both",
        "How far?",
        ROWS,
        AGREE,
        second=(("B1", "Seldom"),),
        settings={"dualscale_headerB": "How often?"},
    )
    first, second = questions(asked)
    assert (first.id, second.id, second.text) == ("both_1", "both_2", "How far? – How often?")
    assert (codes(first), codes(second)) == (("A1", "A2"), ("B1",))


def test_other_and_the_answer_that_goes_with_no_other() -> None:
    single = Asked("L", "a", answers=AGREE, more={"other": "Y"}, settings={"other_replace_text": "Elsewhere"})
    several = Asked("M", "b", subs=ROWS, more={"other": "Y"}, settings={"exclude_all_others": "SQ002"})
    first, second = (each.scale.answers for each in questions(single, several) if each.scale)
    assert [(a.code, a.label, a.other) for a in first][-1] == ("-oth-", "Elsewhere", True)
    assert [(a.code, a.other, a.exclusive) for a in second] == [
        ("SQ001", False, False),
        ("SQ002", False, True),
        ("other", True, False),
    ]


def test_a_list_with_an_other_of_its_own_keeps_both_apart() -> None:
    asked = Asked("L", "a", answers=(("A1", "Here"), ("A2", "Other")), more={"other": "Y"})
    found = read(asked)
    assert found.faults == ()
    assert (
        "question “a”: two answers are called “Other”; the one in people's own words says so here"
        in lines(asked)
    )


def test_help_and_what_must_be_answered() -> None:
    (found,) = questions(
        Asked("S", "a", more={"mandatory": "Y", "help": "<p>Where you <b>mostly</b> work</p>"})
    )
    assert (found.required, found.help) == (True, "Where you mostly work")
    soft = Asked("S", "a", more={"mandatory": "S"})
    assert not questions(soft)[0].required
    assert lines(soft) == ("question “a”: not required here: LimeSurvey only asks people once more",)


def test_words_come_without_their_markup() -> None:
    link = "<a href='https://anyshire.example'>see this</a>"
    text = f"<div><p>Do you write&nbsp;code &amp;\n\ttest it?</p><p>If so, {link}.</p></div>"
    (found,) = questions(Asked("S", "a", text))
    assert found.text == "Do you write code & test it?\nIf so, see this (https://anyshire.example)."
    assert questions(Asked("S", "a", "Under < £18,031 and > 3?"))[0].text == "Under < £18,031 and > 3?"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Look <img src=x onerror=alert(1)> here", "left out of the words: a picture"),
        ("Look <script>alert(1)</script> here", "left out of the words: a script"),
        (
            "As {q1.shown} said",
            "a placeholder in the words is not filled in here: people would see it as it stands",
        ),
        ("A <strong>bold</strong> one", "kept without formatting (bold, lists and the like)"),
    ],
)
def test_what_words_held_besides_is_told(text: str, told: str) -> None:
    asked = Asked("S", "a", text)
    assert lines(asked) == (f"question “a”: {told}",)
    assert "alert" not in questions(asked)[0].text


def test_the_order_is_that_of_the_survey_and_both_layouts_read_alike() -> None:
    laid = Laid(
        [
            [PLACE, Asked("F", "q", "How far?", ROWS, AGREE)],
            [Asked("T", "z", more={"relevance": "place == 's'"})],
        ]
    )
    older, newer = (take("survey.lss", laid.bytes(newer=each)) for each in (False, True))
    assert older == newer
    assert [section.id for section in older.whole.sections] == ["g1", "g2"]
    assert [each.id for each in older.whole.questions] == ["place", "q", "z"]
    assert older.whole.title == "Staff survey"
    assert older.whole.id == "survey-77"


def test_one_code_used_twice_is_two_questions() -> None:
    found = read(Asked("S", "a"), Asked("S", "a"), Asked("S", "b c"))
    assert [each.id for each in found.whole.questions] == ["a", "a2", "b-c"]
    assert found.faults == ()
    assert "question “b c”: called “b-c” here" in lines(Asked("S", "b c"))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"said": {"surveyls_welcometext": "Hello"}}, "Left out: the words before the first question"),
        ({"said": {"surveyls_endtext": "Bye"}}, "Left out: the words after the last question"),
        ({"group": {"description": "Read this"}}, "group “Part 1”: left out: the words under the title"),
        ({"tables": {"quota": [{"id": "1"}]}}, "Left out: quotas"),
        ({"tables": {"defaultvalues": [{"qid": "10"}]}}, "Left out: answers filled in beforehand"),
        ({"tables": {"novelties": [{"id": "1"}]}}, "Left out: the table “novelties”"),
        (
            {"languages": ("en", "cy", "pl")},
            ALONE,
        ),
    ],
)
def test_what_a_survey_holds_besides_questions_is_told(more: dict[str, object], told: str) -> None:
    assert lines(PLACE, **more) == (told,)
    assert any(each.lost for each in read(PLACE, **more).told)


@pytest.mark.parametrize("newer", [False, True])
def test_words_in_other_languages_do_not_come_in(newer: bool) -> None:
    (row,) = Laid([[PLACE]]).rows()["questions"]
    welsh = {**row, "language": "cy", "question": "Ble?"}
    laid = Laid([[PLACE]], languages=("en", "cy"), tables={"questions": [welsh, row]})
    (found,) = take("survey.lss", laid.bytes(newer=newer)).whole.questions[:1]
    assert found.text == "Where do you work?"


@pytest.mark.parametrize(
    ("asked", "told", "lost"),
    [
        (Asked("S", "a", settings={"maximum_chars": "9"}), "left out: the setting “maximum_chars = 9”", True),
        (
            Asked("S", "a", settings={"cssclass": "x"}),
            "the setting “cssclass = x” is a matter of look and is left out",
            False,
        ),
        (Asked("S", "a", more={"preg": "/x/"}), "left out: the pattern that answers must match", True),
        (Asked("S", "a", settings={"hidden": "1"}), "left out: hidden, so nobody was asked", True),
    ],
)
def test_settings_of_a_question_are_told(asked: Asked, told: str, lost: bool) -> None:
    assert lines(PLACE, asked) == (f"question “a”: {told}",)
    assert any(each.lost for each in read(PLACE, asked).told) is lost


def test_settings_nobody_has_set_are_not_told() -> None:
    assert lines(Asked("S", "a", settings={"hidden": "0", "array_filter": "", "random_order": "0"})) == ()
