"""Who is asked what: the page agrees with what each role meets on the pages where people answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from django.test import Client
from tests.ground.made import area, member
from tests.thread.survey.answering.nine_roles import OF_ROLES, ROLES, nine_roles
from tests.web.made import signed_in
from tests.web.respond.test_answering import Person

from goldenthread.analysis.definition.model import Is, Questionnaire
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.answering.minutes import seconds, usual_pace
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.models import Channel
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import Draft
from goldenthread.thread.survey.editing.questions import show_if

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
WAYS = "/anyshire/surveys/team/asked/2027/questions/ways/"
SHEET = nine_roles()


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


def begun(lead: Actor, sheet: Questionnaire) -> Client:
    """The lead's browser, with a wave of these questions begun."""
    survey = make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    plan = Plan("2027", NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=20))
    commands.begin(by=lead, now=NOW, survey=survey, plan=plan, questionnaire=Draft(sheet, ()).text)
    return signed_in(lead)


def words(html: str) -> str:
    """What is read of a page, without its marks and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def told(page: str) -> dict[str, tuple[list[int], list[int]]]:
    """Questions and minutes, from least to most, as the page tells them of each role."""
    table = page[page.index("Questions and minutes for each role") : page.index("Which sections each role")]
    found = {}
    for row in re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', table, re.DOTALL):
        name, asked, minutes = (words(cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>", row, re.DOTALL))
        counts = [int(each) for each in re.findall(r"\d+", asked.partition(" of ")[0])]
        found[name.partition(". ")[2]] = (counts, [int(each) for each in re.findall(r"\d+", minutes)])
    return found


def met(role: str, *, longest: bool) -> tuple[int, float]:
    """How many questions somebody meets who answers page by page, and the seconds those pages take."""
    person, pace, count, took = Person(Channel.objects.get().code), usual_pace(), 0, 0.0
    person.press("start")
    seen: set[str] = set()
    for _ in range(40):
        if person.heading == "Look through your answers":
            return count, took
        here = [each for each in SHEET.questions if f'name="a.{each.id}"' in person.page]
        new = [each for each in here if each.id not in seen]
        seen |= {each.id for each in new}
        count += len(new)
        first_time = person.heading not in seen
        took += sum(seconds(each, pace) for each in new) + (pace.page if first_time else 0)
        seen.add(person.heading)
        plans = {"a.plans": "yes"} if longest and "plans" in seen else {}
        person.shown(
            person.client.post(person.address, {**person.held(), "do": "next", "a.role": role, **plans})
        )
    raise AssertionError("the survey never ends")


def test_minutes_and_questions_agree_with_a_walk_of_every_role(lead: Actor) -> None:
    page = begun(lead, SHEET).get(WAYS).content.decode()
    commands.open_wave(by=lead, now=NOW, survey="team", wave="2027", version=1)
    shown = told(page)
    assert list(shown) == list(ROLES.values())
    for code, name in ROLES.items():
        ways = [met(code, longest=longest) for longest in (False, True)]
        counts, minutes = shown[name]
        assert {min(counts), max(counts)} == {count for count, _ in ways}, name
        times = {ceil(took / 60) for _, took in ways}
        assert {min(minutes), max(minutes)} == {min(times), max(times)}, name


def test_a_class_teacher_meets_only_their_own_questions(lead: Actor) -> None:
    begun(lead, SHEET)
    commands.open_wave(by=lead, now=NOW, survey="team", wave="2027", version=1)
    person = Person(Channel.objects.get().code)
    person.press("start")
    headings = []
    while person.heading != "Look through your answers":
        headings.append(person.heading)
        own = {"a.role": "class-teacher", "a.plans": "yes"} if person.heading == "About you" else {}
        person.shown(person.client.post(person.address, {**person.held(), "do": "next", **own}))
    others = {title for title, who, _ in OF_ROLES if "class-teacher" not in who}
    assert dict.fromkeys(headings) == dict.fromkeys(["About you", "In the classroom", "All of us"])
    assert not others & set(headings)


def test_the_map_says_section_by_section_who_is_asked(lead: Actor) -> None:
    page = begun(lead, SHEET).get(WAYS).content.decode()
    said = words(page)
    assert "Each of 9 roles is asked 20 to 32 of 60 questions, about 4 to 6 minutes" in said
    rows = re.findall(
        r'<tr role="row">\s*<th role="rowheader".*?</tr>', page[page.index('id="map"') :], re.DOTALL
    )
    found = {words(row[: row.index("</th>")]): re.findall(r"<td .*?</td>", row, re.DOTALL) for row in rows}
    classroom = found["In the classroom"]
    assert [words(cell) for cell in classroom] == ["All 8", "All 8", *["None"] * 7]
    assert 'data-label="Class teacher"' in classroom[0]
    assert [words(cell) for cell in found["About you"]] == ["3 of 5, perhaps 2 more"] * 4 + ["1 of 5"] * 5
    assert "Some answers lead to every one of them." in said


def test_somebody_picks_what_people_are_told_apart_by(lead: Actor) -> None:
    page = begun(lead, SHEET).get(WAYS, {"by": "plans"}).content.decode()
    assert "told apart by their answer to “Do you teach a pupil with a plan?”" in words(page)
    assert '<option value="plans" selected>' in page
    assert list(told(page))[:2] == ["Yes", "No"]


def test_a_question_that_nobody_can_be_asked_is_named_with_why(lead: Actor) -> None:
    sheet = show_if(SHEET, "in-early-years-0", Is("role", ("head",)))
    said = words(begun(lead, sheet).get(WAYS).content.decode())
    assert "1 question that nobody can be asked" in said
    assert "with “Early years practitioner”" in said
    assert "with “Head or senior leader”. No answers can meet both." in said
    after = show_if(sheet, "all-0", Is("in-early-years-0", ("agree",)))
    assert questionnaire_text(after) != questionnaire_text(sheet)
    survey = make_survey(by=lead, now=NOW, news=SurveyNews("Other"))
    plan = Plan("2027", NOW.date(), NOW.date() + timedelta(days=20))
    commands.begin(by=lead, now=NOW, survey=survey, plan=plan, questionnaire=Draft(after, ()).text)
    page = signed_in(lead).get(WAYS.replace("team", "other")).content.decode()
    assert "2 questions that nobody can be asked" in words(page)
    assert re.search(r"Nobody is asked “I feel confident in what in early years.*” either\.", words(page))


def test_before_any_routing_everybody_is_asked_the_same(lead: Actor) -> None:
    page = begun(lead, Questionnaire("none", "None", ())).get(WAYS).content.decode()
    assert "Nobody is asked anything yet" in page
