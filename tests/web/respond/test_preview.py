"""Looking at a survey before it opens, as any role, on the pages that people will meet."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.ground.made import area, member
from tests.thread.survey.answering.made import question, whole
from tests.thread.survey.answering.nine_roles import nine_roles
from tests.web.made import signed_in
from tests.web.respond.test_answering import Person

from goldenthread.analysis.definition.model import Is, Questionnaire
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.answering.roles import leading_to
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import Draft

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
PREVIEW = "/anyshire/surveys/team/asked/2027/preview/"
MARKED = "This is a preview of 2027."


class Viewer(Person):
    """Somebody of the council who looks at the pages before they open."""

    def __init__(self, client: Client, query: str = "") -> None:
        self.client, self.address = client, PREVIEW
        self.shown(client.get(PREVIEW + query))


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


def begun(lead: Actor, sheet: Questionnaire | None) -> None:
    survey = make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    plan = Plan("2027", NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=20))
    text = Draft(sheet, ()).text if sheet else ""
    commands.begin(by=lead, now=NOW, survey=survey, plan=plan, questionnaire=text)


def wrote(asked: CaptureQueriesContext) -> list[str]:
    """What was asked of the database that would change it."""
    return [each["sql"] for each in asked.captured_queries if re.match("INSERT|UPDATE|DELETE", each["sql"])]


def test_a_role_is_looked_at_from_its_first_page_to_the_last_and_nothing_is_written(lead: Actor) -> None:
    begun(lead, nine_roles())
    viewer = Viewer(signed_in(lead), "?by=role&as=senco")
    assert '<option value="role:senco" selected>' in viewer.page
    headings = []
    with CaptureQueriesContext(connection) as asked:
        viewer.shown(viewer.client.post(PREVIEW, {"do": "start", "as": "role:senco"}))
        while viewer.heading != "Look through your answers":
            assert MARKED in viewer.page
            headings.append(viewer.heading)
            again = {"a.role": "senco"} if viewer.heading == "About you" else {}
            viewer.shown(viewer.client.post(PREVIEW, {**viewer.held(), "do": "next", **again}))
        viewer.press("send")
    assert list(dict.fromkeys(headings)) == [
        "About you",
        "Leading provision",
        "Plans and reviews",
        "All of us",
    ]
    assert viewer.heading == "This is the end of the preview"
    assert MARKED in viewer.page
    assert len(asked.captured_queries) > 5
    assert wrote(asked) == []


def test_the_role_chosen_is_ticked_on_the_page_that_asks_it(lead: Actor) -> None:
    begun(lead, nine_roles())
    viewer = Viewer(signed_in(lead))
    viewer.shown(viewer.client.post(PREVIEW, {"do": "start", "as": "role:head"}))
    assert re.search(r'name="a.role" value="head" checked', viewer.page)
    assert "Which phase?" in viewer.page, "what hangs on the role stands there at once"


def test_a_role_asked_after_another_answer_is_led_to() -> None:
    work = question("work")
    role = question("role", show_if=Is("work", ("b", "c")))
    sheet = whole((work,), (role,), (question("more", show_if=Is("role", ("a",))),))
    assert leading_to(sheet, "role", "a") == {"work": "b", "role": "a"}
    assert leading_to(sheet, "nothing", "a") == {}


def test_what_is_written_since_is_in_the_preview_at_once(lead: Actor) -> None:
    begun(lead, nine_roles())
    client = signed_in(lead)
    version = Asking.objects.get().version
    address = "/anyshire/surveys/team/asked/2027/questions/sections/you/"
    client.post(address, {"version": version, "title": "You and your work"})
    viewer = Viewer(client)
    viewer.press("start")
    assert viewer.heading == "You and your work"


def test_a_page_of_a_preview_cannot_be_sent_as_an_answer(lead: Actor) -> None:
    begun(lead, nine_roles())
    viewer = Viewer(signed_in(lead))
    viewer.press("start")
    commands.open_wave(by=lead, now=NOW, survey="team", wave="2027", version=Asking.objects.get().version)
    person = Person(Channel.objects.get().code)
    answer = person.client.post(person.address, {**person.held(), **viewer.held(), "do": "send"})
    assert answer.status_code in (400, 403)


def test_before_anything_is_written_it_says_what_to_do(lead: Actor) -> None:
    begun(lead, None)
    viewer = Viewer(signed_in(lead))
    assert viewer.status == 200
    assert "Write the first question." in viewer.page


def test_only_those_who_may_see_the_wave_see_it(lead: Actor) -> None:
    begun(lead, nine_roles())
    assert Client().get(PREVIEW).status_code == 302
    assert signed_in(member(lead.area, "moderator")).get(PREVIEW).status_code == 200
    elsewhere = member(area("otherton"), "lead", "b@otherton.example")
    assert signed_in(elsewhere).get(PREVIEW).status_code == 404
