"""People told apart by one answer, and what each of them is asked."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from hypothesis import assume, given, settings
from tests.thread.survey.answering.made import every_answer, question, questionnaires, whole
from tests.thread.survey.answering.nine_roles import nine_roles
from tests.thread.survey.answering.test_minutes import MOST, answered_as_shown, ways

from goldenthread.analysis.definition.model import Is, Kind, Question, Questionnaire
from goldenthread.thread.survey.answering.minutes import walk
from goldenthread.thread.survey.answering.model import Given
from goldenthread.thread.survey.answering.roles import BLANK, Share, roles, share, telling
from goldenthread.thread.survey.answering.route import shown_questions


def asked_by(questionnaire: Questionnaire, apart: Question, given_as: Given) -> Iterator[frozenset[str]]:
    """What everybody is asked who is asked ``apart`` and answers it so, by going through every way."""
    for intended in ways(questionnaire):
        sent = answered_as_shown(questionnaire, intended)
        shown = {q.id for section in questionnaire.sections for q in shown_questions(section, sent)}
        if apart.id in shown and sent.get(apart.id, ()) == given_as:
            yield frozenset(shown)


@settings(deadline=None, max_examples=60)
@given(questionnaires())
def test_what_a_role_is_always_and_ever_asked_is_what_its_ways_ask(questionnaire: Questionnaire) -> None:
    assume(prod(len(list(every_answer(each))) for each in questionnaire.questions) <= MOST)
    for apart in telling(questionnaire):
        for role in roles(questionnaire, apart):
            right = list(asked_by(questionnaire, apart, role.code or ()))
            assert (role.walk is None) == (not right)
            if role.walk:
                assert role.walk.always == frozenset.intersection(*right)
                assert role.walk.ever == frozenset.union(*right)


def test_people_are_told_apart_by_the_answer_most_questions_hang_on() -> None:
    assert [each.id for each in telling(nine_roles())] == ["role", "plans"]
    assert telling(whole((question("a"), question("b", Kind.MULTIPLE)))) == ()


def test_those_who_leave_it_blank_are_a_role_where_they_may() -> None:
    sheet = whole((question("role"),), (question("more", show_if=Is("role", ("a",))),))
    found = {each.label: each.walk and each.walk.longest for each in roles(sheet, sheet.questions[0])}
    assert found == {"AAA": 2, "BBB": 1, "CCC": 1, BLANK: 1}
    assert BLANK not in {each.label for each in roles(nine_roles(), nine_roles().questions[0])}


def test_a_role_that_nobody_can_come_to_is_walked_by_nobody() -> None:
    first = question("first")
    role = question("role", show_if=Is("first", ("none-of-these",)))
    sheet = whole((first, role), (question("more", show_if=Is("role", ("a",))),))
    assert [each.walk for each in roles(sheet, role)] == [None] * 4


def test_a_share_of_a_section_says_what_is_sure_and_what_is_not() -> None:
    sheet = nine_roles()
    teacher = walk(sheet, given={"role": "class-teacher"})
    casework = walk(sheet, given={"role": "casework"})
    assert teacher
    assert casework
    about, classroom = sheet.sections[0], sheet.sections[1]
    assert share(about, teacher) == Share(surely=3, perhaps=2, of=5)
    assert share(about, casework) == Share(surely=1, perhaps=0, of=5)
    assert share(classroom, teacher) == Share(surely=8, perhaps=0, of=8)
    assert share(classroom, casework) == Share(surely=0, perhaps=0, of=8)
