"""Correcting words of an open wave: what people see, what is recorded, and what a report says of it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.ground.made import area, member
from tests.thread.survey.answering.nine_roles import nine_roles
from tests.web.made import signed_in
from tests.web.respond.test_answering import Person

from goldenthread.ground.audit.models import Event
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.amending import ANSWER, At, Correction, amend
from goldenthread.thread.survey.asking.closing import finish
from goldenthread.thread.survey.asking.commands import Place, Plan
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.asking.submit import Sending, submit
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.compare import How, differences
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.models import Link, Survey
from goldenthread.thread.survey.study import write_study

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
WORDS = "I feel confident in what any team asks of me, number all-0."
BETTER = "I feel confident in what any service asks of me."
AT = At("all-0")


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def asking(lead: Actor) -> Asking:
    """2027, open, after 2025, which twelve answered."""
    make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    for label in ("2025", "2027"):
        begun(lead, label)
        if label == "2025":
            answered(lead, label)
    return Asking.objects.get(wave__code="2027")


def begun(lead: Actor, label: str) -> None:
    plan = Plan(label, NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=20))
    text = Draft(nine_roles(), ()).text
    commands.begin(by=lead, now=NOW, survey="team", plan=plan, questionnaire=text)
    commands.open_wave(by=lead, now=NOW, survey="team", wave=label, version=1)


def answered(lead: Actor, label: str) -> None:
    link = Channel.objects.get(asking__wave__code=label).code
    for number in range(12):
        answers = {"role": "head", "all-0": "agree"}
        submit(sending=Sending(link, f"{label}-{number}", answers), today=NOW.date())
    commands.close(by=lead, now=NOW, survey="team", wave=label)
    finish(Asking.objects.get(wave__code=label).pk, lambda: NOW)


def corrected(
    lead: Actor, *, at: At = AT, text: str = BETTER, comparable: bool = False, because: str = "Plainer."
) -> None:
    version = Asking.objects.get(wave__code="2027").version
    said = Correction(at, text, comparable=comparable, because=because)
    amend(by=lead, now=NOW, place=Place("team", "2027", version), correction=said)


def last_page(person: Person) -> str:
    person.press("start")
    while person.heading != "All of us":
        own = {"a.role": "nurse"} if person.heading == "About you" else {}
        person.shown(person.client.post(person.address, {**person.held(), "do": "next", **own}))
    return person.page


def test_people_see_the_corrected_words_from_then_on(lead: Actor, asking: Asking) -> None:
    code = Channel.objects.get(asking=asking).code
    assert WORDS in last_page(Person(code))
    under_way = Person(code)
    under_way.press("start")
    corrected(lead)
    assert BETTER in last_page(Person(code))
    under_way.press("next", role="nurse")
    assert under_way.status == 200, "whoever is answering loses nothing"


def test_who_when_and_what_is_recorded(lead: Actor, asking: Asking) -> None:
    corrected(lead)
    (kept,) = asking.wave.amendments.all()
    assert (kept.by_id, kept.made, kept.before, kept.after) == (lead.account, NOW, WORDS, BETTER)
    assert (kept.comparable, kept.because) == (False, "Plainer.")
    event = Event.objects.get(what="survey.questionnaire.corrected")
    assert event.words == f"corrected “{WORDS}” to “{BETTER}” in 2027"


@pytest.mark.usefixtures("asking")
def test_what_breaks_a_comparison_is_said_in_the_study_and_not_compared(lead: Actor, tmp_path: Path) -> None:
    corrected(lead)
    corrected(lead, at=At("all-1"), text="I feel sure.", comparable=True, because="A letter.")
    assert [(link.item, link.earlier, link.later, link.comparable) for link in Link.objects.all()] == [
        ("all-0", "2025", "2027", False)
    ]
    answered(lead, "2027")
    survey = Survey.objects.get().pk
    made = write_study(survey, tmp_path / "study", tmp_path / "answers")
    told = tomllib.loads(made.path.read_text())
    (limit,) = told["limits"]
    assert limit.startswith(f"2027: “{WORDS}” was corrected to “{BETTER}” on ")
    assert limit.endswith("It is not compared with earlier waves: Plainer.")
    assert told["crosswalk"][0]["comparable"] is False


def test_an_answer_put_right_stays_the_same_answer(lead: Actor, asking: Asking) -> None:
    corrected(lead, at=At("all-0", ANSWER, "agree"), text="I agree", comparable=True, because="Plainer.")
    asking.refresh_from_db()
    after = read_draft(asking.draft, title="", name="").whole
    assert differences(nine_roles(), after) == ()
    assert How.ANSWERS not in {how for each in differences(nine_roles(), after) for how in each.how}


def test_what_cannot_stand_is_refused_in_words(lead: Actor, asking: Asking) -> None:
    for bad, words in (
        ({"text": " "}, "Write the corrected words."),
        ({"text": WORDS}, "the words as they stand"),
        ({"because": ""}, "Say why"),
        ({"at": At("gone")}, "no longer there"),
        ({"at": At("all-0", ANSWER, "gone")}, "no longer there"),
        ({"at": At("all-0", ANSWER, "agree"), "text": "disagree"}, "is another of its answers"),
    ):
        with pytest.raises(Refused, match=words):
            corrected(lead, **bad)
    with pytest.raises(Conflict):
        amend(
            by=lead,
            now=NOW,
            place=Place("team", "2027", 1),
            correction=Correction(AT, BETTER, comparable=True, because="Why not."),
        )
    with pytest.raises(NotAllowed):
        corrected(member(lead.area, "moderator"))
    assert not asking.wave.amendments.exists()


@pytest.mark.usefixtures("asking")
def test_only_while_it_is_open(lead: Actor) -> None:
    answered(lead, "2027")
    with pytest.raises(Refused, match="its words stand as people answered them"):
        corrected(lead)


def test_the_officer_corrects_it_on_the_pages(lead: Actor, asking: Asking) -> None:
    client: Client = signed_in(lead)
    wave = "/anyshire/surveys/team/asked/2027/"
    assert f"{wave}questions/of/all-0/correct/" in client.get(f"{wave}questions/").content.decode()
    choice = client.get(f"{wave}questions/of/all-0/correct/").content.decode()
    assert "Which words are to be corrected?" in choice
    said = {"version": asking.version, "text": BETTER, "comparable": "no", "because": "Plainer."}
    page = client.post(f"{wave}questions/of/all-0/correct/?of=&code=", said, follow=True).content.decode()
    assert "Corrections since it opened" in page
    assert "Not compared with earlier waves." in page
    assert "Plainer." in page
