"""Writing a questionnaire, opening it and closing it, on the pages and without JavaScript."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.ground.made import area, member
from tests.web.made import signed_in

from goldenthread.ground.audit.models import Event
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking.mailing import send
from goldenthread.thread.survey.asking.models import Asking, Channel, Mailing
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import read_draft

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
WAVE = "/anyshire/surveys/team/asked/2027/"
QUESTIONS = f"{WAVE}questions/"


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def page(lead: Actor) -> Client:
    """The lead's browser, with a wave begun."""
    make_survey(by=lead, now=NOW, news=SurveyNews("Team"))
    client = signed_in(lead)
    days = {"opens": NOW.date().isoformat(), "closes": (NOW.date() + timedelta(days=20)).isoformat()}
    said = client.post(
        "/anyshire/surveys/team/ask/", {"label": "2027", "mode": "open-link", "start": "", **days}
    )
    assert said.headers["Location"] == WAVE
    return client


def press(client: Client, address: str, **fields: object) -> str:
    """Send a form with the version the page holds; the page that follows."""
    version = Asking.objects.get().version
    answer = client.post(address, {"version": version, **fields}, follow=True)
    return str(answer.content.decode())


def written(client: Client) -> None:
    """Two sections: where somebody works, and two statements for those in schools."""
    press(client, f"{QUESTIONS}sections/", title="About you")
    single = {"text": "Where do you work?", "answers": "A school\nA nursery", "label": "Team"}
    press(client, f"{QUESTIONS}sections/s1/add/?kind=single", **single)
    press(client, f"{QUESTIONS}sections/", title="What you can do")
    matrix = {"text": "How far do you agree?", "rows": "I can sign.\nI can wait.", "scale": "agreement"}
    press(client, f"{QUESTIONS}sections/s2/add/?kind=matrix", not_my_role="on", more_is_better="on", **matrix)
    press(client, f"{QUESTIONS}of/q2/shown/", how="any", **{"of-q1": ["a-school"]})


def questions() -> list[list[str]]:
    whole = read_draft(Asking.objects.get().draft, title="x", name="x").whole
    return [[question.text for question in section.questions] for section in whole.sections]


def test_a_questionnaire_is_written_opened_and_closed(page: Client) -> None:
    written(page)
    listing = page.get(QUESTIONS).content.decode()
    assert "Each person is asked 1 to 2 questions" in listing
    assert "Asked of those who answered “Team” with “A school”." in listing
    assert questions() == [["Where do you work?"], ["How far do you agree?"]]
    opened = press(page, f"{WAVE}open/")
    assert "2027 is open" in opened
    link = re.search(r"/s/\w+/", opened)
    assert link
    assert "Where do you work?" in Client().post(link[0], {"do": "start"}).content.decode()
    assert "2027 is closed" in press(page, f"{WAVE}close/")
    assert Client().get(link[0]).status_code == 410


def test_a_new_wave_begins_with_the_next_days_and_a_clash_is_told(page: Client, lead: Actor) -> None:
    later = Asking.objects.get().wave
    form = page.get("/anyshire/surveys/team/ask/").content.decode()
    assert f'value="{later.opens.year + 2}"' in form
    assert "runs too" not in page.get(WAVE).content.decode()
    make_survey(by=lead, now=NOW, news=SurveyNews("Families"))
    days = {"opens": later.closes.isoformat(), "closes": (later.closes + timedelta(days=9)).isoformat()}
    page.post("/anyshire/surveys/families/ask/", {"label": "A", "mode": "open-link", "start": "", **days})
    shown = page.get(WAVE).content.decode()
    assert "On some of these days “Families”, A, runs too" in shown
    assert "about 3 weeks" in shown


def test_the_front_page_says_what_is_open_and_how_much_has_come_in_fives(page: Client) -> None:
    assert "Open now" not in page.get("/anyshire/").content.decode()
    written(page)
    press(page, f"{WAVE}open/")
    front = page.get("/anyshire/").content.decode()
    assert f'<a href="{WAVE}">Team, 2027</a>: No answer is counted yet.' in " ".join(front.split())
    assert "20 more days" in front
    Channel.objects.update(came=23)
    assert "20 or more answers so far." in page.get("/anyshire/").content.decode()
    assert "20 or more" in page.get(WAVE).content.decode()
    press(page, f"{WAVE}close/")
    assert "Open now" not in page.get("/anyshire/").content.decode()


def test_sw_01_the_days_of_a_wave_are_told_with_their_weekdays_and_its_length(page: Client) -> None:
    days = {"opens": "2023-06-05", "closes": "2023-07-28"}
    page.post("/anyshire/surveys/team/ask/", {"label": "2023", "mode": "open-link", "start": "", **days})
    shown = page.get("/anyshire/surveys/team/asked/2023/").content.decode()
    assert "From Monday 5 June 2023 to Friday 28 July 2023: about 8 weeks." in shown


def test_every_change_is_in_the_audit_in_words(page: Client) -> None:
    written(page)
    words = [
        event.words for event in Event.objects.filter(what="survey.questionnaire.changed").order_by("pk")
    ]
    assert words == [
        "added the section “About you”",
        "added the question “Where do you work?”",
        "added the section “What you can do”",
        "added the question “How far do you agree?”",
        "set who is asked “How far do you agree?”",
    ]


def test_buttons_move_and_take_out_and_the_last_change_is_taken_back(page: Client) -> None:
    written(page)
    said = press(page, f"{QUESTIONS}move/", what="question:q1", do="drop")
    assert "is shown by the answer to this" in said
    press(page, f"{QUESTIONS}move/", what="question:q2", do="drop")
    assert questions() == [["Where do you work?"], []]
    assert "Taken back: took out the question “How far do you agree?”." in press(page, f"{QUESTIONS}undo/")
    assert questions() == [["Where do you work?"], ["How far do you agree?"]]
    assert "no longer there" in press(page, f"{QUESTIONS}move/", what="question:q9", do="up")
    assert "cannot be done" in press(page, f"{QUESTIONS}move/", what="question:q1", do="explode")


def test_what_a_form_lacks_is_said_and_what_was_typed_stays(page: Client) -> None:
    press(page, f"{QUESTIONS}sections/", title="About you")
    said = press(page, f"{QUESTIONS}sections/s1/add/?kind=single", text="Where?", answers="Only one")
    assert "Write at least two answers, one a line." in said
    assert "Only one" in said
    assert questions() == [[]]


def test_whoever_saves_second_is_told_and_loses_nothing(page: Client) -> None:
    press(page, f"{QUESTIONS}sections/", title="About you")
    answer = page.post(f"{QUESTIONS}sections/", {"version": 1, "title": "Mine, as well"}, follow=True)
    assert "Somebody changed the questions meanwhile" in answer.content.decode()
    assert "Mine, as well" in answer.content.decode()
    assert len(questions()) == 1


def test_a_wave_begins_with_the_questions_of_the_last(page: Client) -> None:
    written(page)
    days = {"opens": "2029-06-01", "closes": "2029-07-01"}
    page.post("/anyshire/surveys/team/ask/", {"label": "2029", "mode": "open-link", "start": "2027", **days})
    first, second = Asking.objects.order_by("pk")
    assert second.draft == first.draft


def test_somebody_who_may_only_look_finds_no_buttons(page: Client, lead: Actor) -> None:
    written(page)
    moderator = signed_in(member(lead.area, "moderator"))
    assert "Take out" not in moderator.get(QUESTIONS).content.decode()
    assert moderator.post(f"{QUESTIONS}move/", {"what": "question:q2", "do": "drop"}).status_code == 403
    assert len(questions()[1]) == 1


def test_people_are_invited_sent_codes_and_reminded_on_the_pages(page: Client, lead: Actor) -> None:
    written(page)
    Asking.objects.update(mode="personal-code")
    assert "Nobody is invited yet" in page.get(WAVE).content.decode()
    added = press(
        page, f"{WAVE}people/add/", people="Ana Oak <ana@anyshire.example>\nben@anyshire.example\nno"
    )
    assert "2 people were added" in added
    assert "Row 3: there is no address in this row; nobody was added." in added
    assert "Open the wave first." in press(page, f"{WAVE}people/codes/")
    assert "The codes can go out." in press(page, f"{WAVE}open/")
    gone = page.post(f"{WAVE}people/withdraw/", {"address": "ben@anyshire.example"}, follow=True)
    assert "ben@anyshire.example is sent nothing more." in gone.content.decode()
    assert "The codes are on their way." in press(page, f"{WAVE}people/codes/")
    mailing = Mailing.objects.get()
    assert mailing.link.endswith(f"/s/{mailing.asking.channels.get().code}/")
    assert mailing.link.startswith("http")
    send(mailing.pk, clock=lambda: NOW, wait=lambda _: None)
    (letter,) = mail.outbox
    assert letter.to == ["ana@anyshire.example"]
    shown = page.get(WAVE).content.decode()
    assert "1 was sent a code, 0 wait, 1 withdrawn" in " ".join(shown.split())
    assert "No answer is counted yet, of 1 person with a code" in shown
    assert "The reminder is on its way." in press(page, f"{WAVE}people/remind/")
    listed = page.get(f"{WAVE}people/?text=oak").content.decode()
    assert "Was sent a code" in listed
    assert "ben@" not in listed
    assert signed_in(member(lead.area, "moderator")).get(f"{WAVE}people/").status_code == 403


def test_a_wave_answered_by_a_link_has_no_people(page: Client) -> None:
    assert page.get(f"{WAVE}people/").status_code == 404
    assert "answered by a link" in press(page, f"{WAVE}people/add/", people="ana@anyshire.example")


def test_wordings_are_taken_from_the_bank_by_topic(page: Client) -> None:
    press(page, f"{QUESTIONS}sections/", title="About you")
    listed = page.get(f"{QUESTIONS}bank/", {"topic": "Autism"}).content.decode()
    assert "an autistic child can predict" in listed
    assert "top-up funding" not in listed
    assert "Tick what to take." in press(page, f"{QUESTIONS}bank/", section="s1")
    press(page, f"{QUESTIONS}bank/", section="s1", take=["bank-role", "bank-autism-plan"], ask_help="on")
    assert questions() == [
        [
            "Which of these is closest to your role?",
            "How far do you agree with each of these?",
            "What would help you most with supporting autistic children?",
        ]
    ]
    assert "Asked already." in page.get(f"{QUESTIONS}bank/").content.decode()
    assert Event.objects.filter(words="took 2 wordings from the bank").exists()


def test_a_whole_section_is_for_those_who_gave_an_answer(page: Client) -> None:
    written(page)
    press(page, f"{QUESTIONS}of/q2/shown/", how="everybody")
    press(page, f"{QUESTIONS}sections/s2/shown/", how="any", **{"of-q1": ["a-nursery"]})
    listing = page.get(QUESTIONS).content.decode()
    assert "Each person is asked 1 to 2 questions" in listing
    assert "Asked of those who answered “Team” with “A nursery”." in listing
    assert "Tick the answers" in press(page, f"{QUESTIONS}sections/s2/shown/", how="any")
    said = press(page, f"{QUESTIONS}move/", what="section:s2", do="up")
    assert "needs an answer that would then be asked later" in said
    press(page, f"{QUESTIONS}sections/s2/shown/", how="everybody")
    assert "Everybody is asked 2 questions" in page.get(QUESTIONS).content.decode()
