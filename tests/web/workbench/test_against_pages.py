"""A wave's questions beside those of the last, and what each difference does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.ground.made import area, member
from tests.thread.survey.answering.nine_roles import nine_roles
from tests.web.made import signed_in

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands as survey_commands
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.editing.questions import items_of
from goldenthread.thread.survey.queries import Decision, Place

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
QUESTIONS = "/anyshire/surveys/team/asked/2027/questions/"


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def page(lead: Actor) -> Client:
    """The lead's browser; 2027 was begun with the questions of 2025."""
    make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    text = Draft(nine_roles(), ()).text
    for label, ago in (("2025", 700), ("2027", 0)):
        opens = NOW.date() - timedelta(days=ago)
        plan = Plan(label, opens, opens + timedelta(days=20))
        commands.begin(by=lead, now=NOW, survey="team", plan=plan, questionnaire=text)
    return signed_in(lead)


def asking() -> Asking:
    return Asking.objects.get(wave__code="2027")


def press(client: Client, address: str, **fields: object) -> None:
    answer = client.post(QUESTIONS + address, {"version": asking().version, **fields})
    assert answer.status_code == 302, answer.content.decode()


def against(client: Client) -> str:
    html = client.get(f"{QUESTIONS}against/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def reworded(client: Client) -> None:
    text = "I feel quite confident in what any team asks of me, number all-0."
    press(client, "of/all-0/", text=text, label="", scale="", more_is_better="on")


def test_a_copied_questionnaire_asks_what_the_last_wave_asked(page: Client) -> None:
    assert "2027 asks what 2025 asked, as it asked it" in against(page)


def test_each_difference_says_what_it_does(page: Client) -> None:
    reworded(page)
    press(page, "of/all-1/shown/", how="any", **{"of-role": ["senco"]})
    press(page, "move/", what="question:else", do="drop")
    press(page, "sections/all/add/?kind=number", text="How many pupils?", label="Pupils")
    said = against(page)
    assert "4 items differ from 2025" in said
    assert "1 new, 1 gone, 1 reworded, 1 asked of others" in said
    assert "I feel put in: quite ; confident" in said
    assert "Continues, reworded. Compared, and marked as reworded, until somebody decides otherwise." in said
    assert "Compared, but those asked are not the same people as before." in said
    assert "Asked of everybody." in said
    assert "Its line ends here." in said


def test_what_was_decided_where_waves_are_linked_wins(page: Client, lead: Actor) -> None:
    reworded(page)
    decision = Decision("all-0", "2025", "2027", comparable=False, because="It asks for more now.")
    survey_commands.judge_link(by=lead, now=NOW, survey="team", decision=decision)
    assert "Decided: not compared. It asks for more now." in against(page)


def test_a_link_changed_in_the_crosswalk_stays_after_the_next_edit(page: Client, lead: Actor) -> None:
    place = Place("2027", "all-0", "", "")
    survey_commands.link(by=lead, now=NOW, survey="team", place=place, was="all-0", item="all-0-2027")
    press(page, "sections/", title="More")
    assert "all-0-2027" in items_of(read_draft(asking().draft, title="", name="").whole)


def test_without_an_earlier_wave_there_is_nothing_to_compare(lead: Actor) -> None:
    make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    plan = Plan("2027", NOW.date(), NOW.date() + timedelta(days=20))
    commands.begin(by=lead, now=NOW, survey="team", plan=plan)
    client = signed_in(lead)
    assert "No wave before this one has questions to compare" in against(client)
    assert "Compare with the last wave" not in client.get(QUESTIONS).content.decode()
