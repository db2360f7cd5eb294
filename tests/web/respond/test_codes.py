"""Answering by a personal code, on the pages and without JavaScript; and asking for another."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tests.ground.made import area, member
from tests.thread.survey.answering.made import question, whole
from tests.web.respond.test_answering import Person

from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.audit.models import Event
from goldenthread.ground.mail.models import Letter
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.codes import shown
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.minting import mint
from goldenthread.thread.survey.asking.models import Asking, Ballot, Channel, Intake, Invitee, Sent
from goldenthread.thread.survey.commands import SurveyNews, make_survey

pytestmark = pytest.mark.django_db

SHEET = whole((question("team"), question("helps")))


@pytest.fixture
def asking() -> Asking:
    lead, now = member(area("anyshire"), "lead"), datetime.now(UTC)
    survey = make_survey(by=lead, now=now, news=SurveyNews("Staff survey"))
    plan = Plan("2027", now.date(), now.date(), "personal-code")
    commands.begin(by=lead, now=now, survey=survey, plan=plan, questionnaire=questionnaire_text(SHEET))
    commands.open_wave(by=lead, now=now, survey=survey, wave="2027", version=1)
    return Asking.objects.get()


@pytest.fixture
def person(asking: Asking) -> Person:
    return Person(Channel.objects.get(asking=asking).code)


def start(person: Person, code: str) -> None:
    person.shown(person.client.post(person.address, {**person.held(), "code": code}))


def rows() -> tuple[int, ...]:
    return tuple(each.objects.count() for each in (Ballot, Sent, Intake, Event, Letter))


def test_the_start_page_says_what_the_code_is_for_and_asks_for_it(person: Person) -> None:
    assert "Your code lets you answer once." in person.page
    assert 'id="code"' in person.page
    assert "I have lost my code" in person.page


@pytest.mark.parametrize(
    "how", [str, str.upper, shown, lambda code: shown(code).replace("-", " "), "{} ".format]
)
def test_a_code_is_typed_as_people_type(person: Person, asking: Asking, how) -> None:  # noqa: ANN001
    (code,) = mint(asking.pk, 1)
    start(person, how(code))
    assert person.heading == "Part 1"


def test_a_code_is_spent_only_by_sending(person: Person, asking: Asking) -> None:
    (code,) = mint(asking.pk, 1)
    before = rows()
    start(person, code)
    person.press("next", team="a")
    assert person.heading == "Look through your answers"
    assert rows() == before
    review = person.page
    person.press("send")
    assert person.heading == "Thank you. Your answers are in."
    assert rows() == (before[0] - 1, 1, 1, *before[3:]), "no event, no letter"
    person.page = review
    person.press("send")
    assert person.heading == "Thank you. Your answers are in.", "the same page again"
    assert Intake.objects.count() == 1


def test_two_windows_of_one_person_count_once_and_the_second_says_so(person: Person, asking: Asking) -> None:
    (code,) = mint(asking.pk, 1)
    other = Person(person.address.split("/")[2])
    for each in (person, other):
        start(each, code)
        each.press("next", team="a")
    person.press("send")
    other.press("send")
    assert (other.status, other.heading) == (409, "This code has been used")
    assert "These were not taken" in other.page or "these were not taken" in other.page
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Type the code from your invitation."),
        ("bcdf-2345-ghjk", "A code has 16 letters and figures"),
        ("bcdf-2345-ghjk-678o", "“o” is in no code"),
        ("bcdf-2345-ghjk-6789", "This code was used already, or is not one of this survey."),
        ("<script>", "“&lt;” is in no code"),
    ],
)
def test_a_code_that_will_not_do_is_said_at_its_field(person: Person, code: str, words: str) -> None:
    start(person, code)
    assert words in person.page
    assert "<title>Error: " in person.page
    assert 'href="#code"' in person.page
    assert "<script>" not in person.page


def test_a_used_code_and_one_of_another_wave_are_refused(person: Person, asking: Asking) -> None:
    (code,) = mint(asking.pk, 1)
    start(person, code)
    person.press("next", team="a")
    person.press("send")
    person.open()
    start(person, code)
    assert "If you have sent your answers, they are in" in person.page


def test_opening_links_changes_nothing_whoever_opens_them(person: Person, asking: Asking) -> None:
    mint(asking.pk, 3)
    before = rows()
    for address in (person.address, f"{person.address}lost/", f"{person.address}sent/"):
        for _ in range(3):
            assert person.client.get(address).status_code == 200
            assert person.client.head(address).status_code == 200
    assert rows() == before


def test_after_the_last_day_a_code_is_not_taken(person: Person, asking: Asking) -> None:
    (code,) = mint(asking.pk, 1)
    Asking.objects.update(state="closed")
    start(person, code)
    assert (person.status, person.heading) == (410, "This survey is closed")
    assert Ballot.objects.count() == 20


def ask(person: Person, address: str) -> str:
    person.shown(person.client.get(f"{person.address}lost/"))
    answer = person.client.post(f"{person.address}lost/", {**person.held(), "address": address})
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def invited(asking: Asking, many: int) -> None:
    for number in range(many):
        Invitee.objects.create(
            area_id=asking.wave.survey.area_id,
            asking=asking,
            address=f"p{number}@anyshire.example",
            message=f"m{number}",
            state="sent",
            codes=1,
        )


def test_asking_for_another_code_says_the_same_to_everybody(person: Person, asking: Asking) -> None:
    invited(asking, 40)
    pages = {ask(person, address) for address in ("P1@anyshire.example ", "nobody@anyshire.example")}
    assert len(pages) == 1
    assert "If that address was invited, another code is on its way" in pages.pop()
    assert list(asking.invitees.filter(asked=True).values_list("address", flat=True)) == [
        "p1@anyshire.example"
    ]
    assert Letter.objects.count() == 0
    for number in range(2, 9):
        assert "another code is on its way" in ask(person, f"p{number}@anyshire.example")
    assert asking.invitees.filter(asked=True).count() == 2, "no more than one in twenty"


def test_what_is_no_address_is_said_at_its_field(person: Person) -> None:
    page = ask(person, "my work one")
    assert "Enter the address your invitation came to" in page
    assert 'href="#address"' in page
    assert "my work one" in page


def test_an_open_link_has_no_codes_to_lose(person: Person, asking: Asking) -> None:
    Asking.objects.filter(pk=asking.pk).update(mode="open-link")
    assert person.client.get(f"{person.address}lost/").status_code == 404
