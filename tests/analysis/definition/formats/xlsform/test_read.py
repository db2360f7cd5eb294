"""A form, line by line: what is held, and what is told of the rest."""

from __future__ import annotations

import pytest
from tests.analysis.definition.formats.made import codes
from tests.analysis.definition.formats.xlsform.laid import CHOICES, form, line, questions, read, said

from goldenthread.analysis.definition.formats.take import take
from goldenthread.analysis.definition.model import All, Answered, AnyOf, Between, Condition, Is, Kind, Not

PLACEHOLDER = "a placeholder in the words is not filled in here: people would see it as it stands"
PLACE = line("select_one places", "place", "Where do you work?")


@pytest.mark.parametrize(
    ("type_", "kind", "offered"),
    [
        ("select_one places", Kind.SINGLE, ("s", "n")),
        ("select one places", Kind.SINGLE, ("s", "n")),
        ("select_one  agree", Kind.SINGLE, ("1", "2")),
        ("select_one places or_other", Kind.SINGLE, ("s", "n", "other")),
        ("select_multiple places", Kind.MULTIPLE, ("s", "n")),
        ("select_multiple places or_other", Kind.MULTIPLE, ("s", "n", "other")),
        ("integer", Kind.NUMBER, ()),
        ("decimal", Kind.NUMBER, ()),
        ("Range", Kind.NUMBER, ()),
        ("date", Kind.DATE, ()),
        ("text", Kind.SHORT_TEXT, ()),
    ],
)
def test_each_type_has_its_kind_and_answers(type_: str, kind: Kind, offered: tuple[str, ...]) -> None:
    (found,) = questions(line(type_, "q1", "How is it?", hint="Think", required="yes"))
    assert (found.id, found.item, found.kind, found.text) == ("q1", "q1", kind, "How is it?")
    assert (found.help, found.required) == ("Think", True)
    assert codes(found) == offered


def test_appearance_tells_a_scale_and_a_longer_text() -> None:
    scale, text = questions(
        line("select_one agree", "a", "I can", appearance="likert"),
        line("text", "b", "Say", appearance="multiline"),
    )
    assert (scale.kind, text.kind) == (Kind.SCALE, Kind.LONG_TEXT)


@pytest.mark.parametrize(
    "type_",
    [
        "note",
        "calculate",
        "rank places",
        "geopoint",
        "image",
        "dateTime",
        "select_one_from_file x.csv",
        "new",
    ],
)
def test_a_type_that_cannot_be_held_is_left_out_and_told(type_: str) -> None:
    odd = line(type_, "odd", "Odd?")
    assert [each.id for each in questions(PLACE, odd)] == ["place"]
    (told,) = said(PLACE, odd)
    assert told.startswith("question “odd”: left out: ")
    assert read(PLACE, odd).told[0].lost


def test_what_a_program_fills_in_itself_is_a_note() -> None:
    found = read(PLACE, line("start", "start"), line("deviceid", "deviceid"))
    assert [each.id for each in found.whole.questions] == ["place"]
    assert not any(each.lost for each in found.told)


def test_a_table_of_one_list_is_a_matrix() -> None:
    (found,) = questions(
        line("begin_group", "sure", "How sure are you?", appearance="table-list", hint="Last week"),
        line("select_one agree", "sure_signs", "Using signs", required="yes"),
        line("select_one agree", "plans", "Planning reviews", required="yes"),
        line("end_group"),
    )
    assert (found.id, found.kind, found.text, found.help) == (
        "sure",
        Kind.MATRIX,
        "How sure are you?",
        "Last week",
    )
    assert [(row.id, row.text, row.item) for row in found.rows] == [
        ("signs", "Using signs", "sure.signs"),
        ("plans", "Planning reviews", "sure.plans"),
    ]
    assert found.required


def test_groups_are_sections_and_what_stands_between_them_too() -> None:
    found = read(
        line("text", "first", "First"),
        line("begin group", "a", "Part A"),
        line("text", "a1", "A1"),
        line("begin_group", "inner", "Inner", relevant="${first} != ''"),
        line("text", "i1", "I1"),
        line("end_group"),
        line("text", "a2", "A2"),
        line("end group"),
        line("begin_group", "b", "Part B"),
        line("end_group"),
        settings=(("form_title", "form_id"), ("Staff survey", "staff")),
    )
    assert [(each.id, each.title, [q.id for q in each.questions]) for each in found.whole.sections] == [
        ("s", "Staff survey", ["first"]),
        ("a", "Part A", ["a1"]),
        ("inner", "Inner", ["i1"]),
        ("a2", "Part A", ["a2"]),
        ("b", "Part B", []),
    ]
    assert found.whole.sections[2].show_if == Answered("first")
    assert (found.whole.id, found.whole.title) == ("staff", "Staff survey")


@pytest.mark.parametrize(
    ("kind", "what"),
    [("repeat", "what is asked several times"), ("score", "a “score”"), ("rank", "a “rank”")],
)
def test_groups_that_are_more_than_groups_are_left_out_line_by_line(kind: str, what: str) -> None:
    (told,) = said(
        PLACE,
        line(f"begin_{kind}", "child", "Each child"),
        line("text", "age", "Age"),
        line("begin_group", "g", "More"),
        line("text", "need", "Need"),
        line("end_group"),
        line(f"end_{kind}"),
    )
    assert told == f"questions “age” and “need”: left out: {what} (child) cannot be held"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("constraint", ". > 5", "left out: what answers must meet (“constraint”)"),
        ("default", "3", "left out: “default”"),
        ("choice_filter", "x = 1", "left out: “choice_filter”"),
        ("media::image", "a.png", "left out: “media::image”"),
        ("appearance", "minimal", "the appearance “minimal” is a matter of look and is left out"),
        ("required", "${place} = 's'", "not required here: when it must be answered cannot be held"),
        (
            "hint",
            "You said ${place}",
            PLACEHOLDER,
        ),
    ],
)
def test_columns_that_are_not_held_are_told(column: str, value: str, told: str) -> None:
    assert said(PLACE, {**line("select_one places", "q", "Q?"), column: value}) == (f"question “q”: {told}",)


def test_the_constraint_of_an_answer_that_goes_with_no_other_is_held() -> None:
    alone = "not(selected(., 'n') and count-selected(.) > 1)"
    asked = line("select_multiple places", "q", "Q?", constraint=alone, constraint_message="Alone")
    (found,) = questions(asked)
    assert found.scale
    assert [(answer.code, answer.exclusive) for answer in found.scale.answers] == [("s", False), ("n", True)]
    assert said(asked) == ()


def test_words_are_read_in_the_forms_own_language_and_others_are_told() -> None:
    asked = {
        "type": "select_one places",
        "name": "q",
        "label::Welsh (cy)": "Ble?",
        "label::English": "Where?",
    }
    choices = (
        ("list_name", "name", "label::Welsh (cy)", "label::English"),
        ("places", "s", "Ysgol", "A school"),
    )
    found = read(asked, choices=choices, settings=(("default_language",), ("English",)))
    (question,) = found.whole.questions
    assert question.text == "Where?"
    assert question.scale
    assert question.scale.answers[0].label == "A school"
    assert [each.message for each in found.told if each.lost] == [
        "left out: its words in Welsh (cy); a questionnaire here has one language"
    ]
    assert read(asked, choices=choices).whole.questions[0].text == "Ble?", "else the first there is"


def test_the_rest_of_the_workbook_is_told() -> None:
    wider = [(*row, "image" if row[0] == "list_name" else "x.png") for row in CHOICES]
    told = said(
        PLACE,
        choices=wider,
        settings=(("form_title", "version"), ("Staff", "3")),
        entities=(("list_name",), ("trees",)),
        _scratch=(("mine",), ("only",)),
    )
    assert told == (
        "Left out: the sheet “entities”",
        "Left out: the column “image” of the sheet “choices”",
        "The settings of the form (version, server, look) are no part of a questionnaire and are left out",
    )


def test_a_formula_nobody_worked_out_is_told() -> None:
    survey = (("type", "name", "label"), ("text", "q", "Why?"), ("text", "p", '=CONCATENATE("a","b")'))
    found = take("form.xlsx", form(survey))
    assert found.told[-1].lost
    assert (found.told[-1].about, found.told[-1].noun) == ("survey 3", "row")
    assert "CONCATENATE" in found.told[-1].message


def test_headings_in_older_words_and_a_line_without_a_type() -> None:
    found = read(
        {"Type": "text", " Name ": "q", "caption": "Why?", "relevance": "${p} = ''"},
        {"Type": None, " Name ": "lost", "caption": "Nothing"},
        {"Type": "text", " Name ": "p", "caption": "Who?"},
    )
    assert [each.text for each in found.whole.questions] == ["Why?", "Who?"]
    (told,) = found.told
    assert (told.message, told.about) == ("left out: row 3 of the sheet “survey” has no type", "lost")
    assert found.faults == ("question “q”: its condition needs the answer to “p”, which is asked later",)


def test_one_name_used_twice_is_two_questions() -> None:
    found = read(
        line("begin_group", "a", "A"),
        line("text", "q", "One"),
        line("end_group"),
        line("begin_group", "b", "B"),
        line("text", "q", "Two"),
        line("text", "x.y", "Three"),
        line("end_group"),
    )
    assert [each.id for each in found.whole.questions] == ["q", "q2", "x-y"]
    assert found.faults == ()


EARLIER = (
    PLACE,
    line("integer", "years", "Years"),
    line("select_multiple places", "help", "Help"),
    line("begin_group", "sure", "Sure", appearance="table-list"),
    line("select_one agree", "sure_r1", "Signs"),
    line("select_one agree", "r2", "Plans"),
    line("end_group"),
    line("text", "words", "Words"),
)
SCHOOL = Is("place", ("s",))
ONLY = All((Is("help", ("s",)), Not(Is("help", ("n",)))))
MORE = All((Answered("years"), Not(Between("years", None, 2))))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("${place} = 's'", SCHOOL),
        ("${ place }='s'", SCHOOL),
        ("selected(${place}, 's')", SCHOOL),
        ("${place} != 's'", Not(SCHOOL)),
        ("not(${place} = 's')", Not(SCHOOL)),
        ("${place} = 's' or ${place} = 'n'", Is("place", ("s", "n"))),
        ("${place} = ''", Not(Answered("place"))),
        ("string-length(${words}) > 0", Answered("words")),
        ("count-selected(${help}) >= 1", Answered("help")),
        ("${years} >= 3 and ${years} <= 9", Between("years", 3, 9)),
        ("${years} < 3", All((Answered("years"), Not(Between("years", 3, None))))),
        ("3 <= ${years}", Between("years", 3, None)),
        (
            "selected(${help}, 's') and not(selected(${help}, 'n'))",
            ONLY,
        ),
        ("${help} = 's'", ONLY),
        ("${sure_r1} = '1'", Is("sure.r1", ("1",))),
        ("${r2} > 1", Is("sure.r2", ("2",))),
        ("true()", None),
        (
            "${place} = 's' or ${years} > 2 and ${r2} = 1",
            AnyOf(
                (
                    SCHOOL,
                    All((MORE, Is("sure.r2", ("1",)))),
                )
            ),
        ),
    ],
)
def test_an_expression_means(text: str, means: Condition | None) -> None:
    found = read(*EARLIER, line("text", "last", "Last", relevant=text))
    assert found.faults == ()
    assert found.told == ()
    assert found.whole.questions[-1].show_if == means


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("regex(${words}, 'x')", "it uses regex()"),
        ("${words} = 'x'", "the words of “words” are compared"),
        ("${place} = ${r2}", "two answers are compared with each other"),
        ("${years} + 1 > 2", "“+ 1 > 2” is not understood"),
        ("${nobody} = 1", "“nobody” is no question held here"),
        ("${place} = 'x'", "“x” is no answer of “place”"),
        ("count-selected(${help}) > 1", "it counts with count-selected()"),
        ("today() > ${years}", "it uses today()"),
        (". = 1", "“. = 1” is not understood"),
        ("(" * 300 + "1" + ")" * 300, "it is nested too deeply"),
    ],
)
def test_what_cannot_be_said_is_told_and_asked_of_everybody(text: str, why: str) -> None:
    asked = (*EARLIER, line("text", "last", "Last", relevant=text))
    assert read(*asked).whole.questions[-1].show_if is None
    assert said(*asked) == (f"question “last”: shown to everybody: who is asked cannot be held ({why})",)


def test_a_line_of_a_table_shown_to_some_is_told() -> None:
    lines = (*EARLIER[:5], line("select_one agree", "r2", "Plans", relevant="${place} = 's'"), EARLIER[6])
    assert said(*lines) == ("question “r2”: left out: who is shown this line of the table",)
