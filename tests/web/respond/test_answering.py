"""Answering without JavaScript, as a browser does it: page by page, from a link to the thanks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.ground.made import area, member
from tests.thread.survey.answering.made import question, whole

from goldenthread.analysis.definition.model import Answer, Is, Kind, Question, Scale
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.mixing import answers_of, mix
from goldenthread.thread.survey.asking.models import Asking, Channel, Intake
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.web.respond.pages import NEW

pytestmark = pytest.mark.django_db

SHEET = whole(
    (question("team", required=True), question("helps", Kind.MULTIPLE)),
    (question("of-a", Kind.LONG_TEXT, show_if=Is("team", ("a",))),),
    (question("signs", Kind.MATRIX), question("since", Kind.DATE), question("pupils", Kind.NUMBER)),
)


class Person:
    """Somebody with a phone and no JavaScript: keeps what the page's form holds, and sends it."""

    def __init__(self, link: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = f"/s/{link}/"
        self.open()

    def open(self) -> None:
        self.shown(self.client.get(self.address))

    def shown(self, answer: object) -> None:
        self.status = answer.status_code  # type: ignore[attr-defined]
        self.page = answer.content.decode()  # type: ignore[attr-defined]

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page, re.DOTALL)
        return found[1].strip() if found else ""

    def held(self) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.page))

    def press(self, do: str, **fields: object) -> None:
        data = {"a." + name.replace("_", "."): value for name, value in fields.items()}
        answer = self.client.post(self.address, {**self.held(), "do": do, **data})
        if answer.status_code == 302:
            assert answer.headers["Location"].endswith("/sent/")
            answer = self.client.get(answer.headers["Location"])
        self.shown(answer)


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def asking(lead: Actor) -> Asking:
    today = datetime.now(UTC)
    survey = make_survey(by=lead, now=today, news=SurveyNews("Staff survey"))
    plan = Plan("2027", today.date() - timedelta(days=1), today.date() + timedelta(days=20))
    commands.begin(by=lead, now=today, survey=survey, plan=plan, questionnaire=questionnaire_text(SHEET))
    commands.open_wave(by=lead, now=today, survey=survey, wave="2027", version=1)
    return Asking.objects.get()


@pytest.fixture
def person(asking: Asking) -> Person:
    return Person(Channel.objects.get(asking=asking).code)


def stored(asking: Asking) -> list[dict[str, object]]:
    mix(asking=asking.pk, now=datetime(2027, 7, 1, tzinfo=UTC), least=1)
    return [dict(each) for each in answers_of(asking.pk)]


def test_from_the_link_to_the_thanks(person: Person, asking: Asking) -> None:
    assert "This survey is anonymous" in person.page
    person.press("start")
    assert person.heading == "Part 1"
    person.press("next", team="a", helps=["b", "c"])
    assert person.heading == "Part 2"
    person.press("next", **{"of-a": "More time,\nplease <b>"})
    person.press("next", signs_r1="b", since_day="3", since_month="9", since_year="2024", pupils="1,250")
    assert person.heading == "Look through your answers"
    assert "More time,<br>please &lt;b&gt;" in person.page
    assert "3 9 2024" in person.page
    assert Intake.objects.count() == 0, "nothing is kept until it is sent"
    person.press("send")
    assert person.heading == "Thank you. Your answers are in."
    assert stored(asking) == [
        {
            "team": "a",
            "helps": ("b", "c"),
            "of-a": "More time,\nplease <b>",
            "signs.r1": "b",
            "since": "2024-09-03",
            "pupils": "1250",
        }
    ]


def test_only_the_questions_for_ones_own_work_are_shown_and_counted(person: Person, asking: Asking) -> None:
    person.press("start")
    person.press("next", team="a")
    person.press("next", **{"of-a": "words for team a"})
    person.press("next")
    person.press("go.s1")
    person.press("next", team="b")
    assert person.heading == "Part 3"
    person.press("next")
    assert "words for team a" not in person.page
    person.press("send")
    assert stored(asking) == [{"team": "b"}]


def test_going_back_loses_nothing(person: Person) -> None:
    person.press("start")
    person.press("next", team="a", helps=["a"])
    person.press("back", **{"of-a": "half a thought"})
    assert person.heading == "Part 1"
    assert re.search(r'name="a.team" value="a" checked', person.page)
    assert re.search(r'name="a.helps" value="a" checked', person.page)
    assert not re.search(r'name="a.helps" value="b" checked', person.page)
    person.press("next", team="a", helps=["a"])
    assert "half a thought" in person.page


def test_a_fault_is_named_at_its_field_and_what_was_typed_stays(person: Person) -> None:
    person.press("start")
    person.press("next", helps=["b"])
    assert "<title>Error: Part 1" in person.page
    assert 'href="#team"' in person.page
    assert 'id="team-error"' in person.page
    assert re.search(r'name="a.helps" value="b" checked', person.page)
    person.press("next", team="b")
    person.press("next", since_day="31", since_month="2", since_year="2024", pupils='"><script>')
    assert 'value="31"' in person.page
    assert "&quot;&gt;&lt;script&gt;" in person.page
    assert "Write a real date" in person.page


def test_the_same_page_sent_twice_is_counted_once(person: Person, asking: Asking) -> None:
    person.press("start")
    person.press("next", team="b")
    person.press("next")
    review = person.page
    person.press("send")
    person.page = review
    person.press("send")
    assert person.heading == "Thank you. Your answers are in."
    assert len(stored(asking)) == 1


def test_two_tabs_are_one_person_only_if_they_began_as_one(person: Person, asking: Asking) -> None:
    person.press("start")
    first = person.page
    for _ in range(2):
        person.page = first
        person.press("next", team="c")
        person.press("next")
        person.press("send")
    assert len(stored(asking)) == 1


def test_opening_the_link_changes_nothing(person: Person, asking: Asking) -> None:
    for _ in range(3):
        person.open()
    assert stored(asking) == []


def test_what_was_changed_on_its_way_is_not_taken(person: Person, asking: Asking) -> None:
    person.press("start")
    sealed = person.held()["sealed"]
    person.page = person.page.replace(sealed, sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])
    person.press("next", team="a")
    assert person.status == 400
    assert person.heading == "This page cannot go on"
    assert "Begin again" in person.page
    assert stored(asking) == []


def test_an_answer_that_was_not_on_offer_is_refused(person: Person) -> None:
    person.press("start")
    person.press("next", team="director")
    assert "Choose one of the answers on the page." in person.page


def test_a_form_without_its_token_is_refused(person: Person) -> None:
    person.press("start")
    person.page = person.page.replace("csrfmiddlewaretoken", "nothing")
    person.press("next", team="a")
    assert person.status == 403


@pytest.mark.parametrize(
    ("opens", "closes", "heading"),
    [(1, 5, "Not open yet"), (-9, -1, "This survey is closed")],
)
def test_outside_its_days_a_link_says_so(asking: Asking, opens: int, closes: int, heading: str) -> None:
    today = datetime.now(UTC).date()
    wave = asking.wave
    wave.opens, wave.closes = today + timedelta(days=opens), today + timedelta(days=closes)
    wave.save()
    person = Person(Channel.objects.get(asking=asking).code)
    assert (person.status, person.heading) == (410, heading)


def test_a_link_that_is_none_says_so() -> None:
    person = Person("nothing")
    assert (person.status, person.heading) == (404, "This link leads to no survey")


def test_a_survey_closed_while_somebody_answers_says_so(person: Person) -> None:
    person.press("start")
    person.press("next", team="b")
    Asking.objects.update(state="closed")
    person.press("next")
    assert person.heading == "This survey is closed"


def ask(lead: Actor, *asked: Question, title: str = "Another") -> Person:
    """Somebody at a survey of one section."""
    now = datetime.now(UTC)
    survey = make_survey(by=lead, now=now, news=SurveyNews(title))
    plan = Plan("Summer 2027", date(2020, 1, 1), date(2099, 1, 1))
    text = questionnaire_text(whole(asked))
    wave = commands.begin(by=lead, now=now, survey=survey, plan=plan, questionnaire=text)
    commands.open_wave(by=lead, now=now, survey=survey, wave=wave, version=1)
    return Person(Channel.objects.get(asking__wave__survey__slug=survey).code)


def leading_on() -> tuple[Question, ...]:
    """A question that leads to two more of its own section."""
    to_c = Is("team", ("c",))
    which = question("which", Kind.SHORT_TEXT, show_if=to_c)
    return (question("team"), which, question("signs", Kind.MATRIX, show_if=to_c))


def test_a_question_that_an_answer_on_the_same_page_leads_to_is_asked_before_going_on(
    lead: Actor,
) -> None:
    person = ask(lead, *leading_on())
    person.press("start")
    assert "a.which" not in person.page
    person.press("next", team="c")
    assert "<title>2 more questions: Part 1" in person.page
    assert "2 more questions, because of what you answered" in person.page
    assert '<li><a href="#which">What about which?</a></li>' in person.page
    assert '<li><a href="#signs">What about signs?</a></li>' in person.page
    assert person.page.count('id="which"') == person.page.count('id="signs"') == 1
    assert "a.which" in person.page
    assert "error-summary" not in person.page
    person.press("next", team="c", which="The choir")
    assert person.heading == "Look through your answers"


def test_only_what_is_new_to_this_person_is_marked_new(lead: Actor) -> None:
    person = ask(lead, *leading_on())
    person.press("start")
    assert NEW not in person.page
    person.press("next", team="c")
    assert re.findall(rf"{NEW}What about (\w+)", person.page) == ["which", "signs"]
    person.press("next", team="c")
    person.press("back")
    assert "a.which" in person.page
    assert NEW not in person.page
    assert "more questions" not in person.page


@pytest.mark.parametrize(
    ("title", "named"),
    [("Survey 2025", "Survey 2025: Summer 2027"), ("Survey, summer 2027", "Survey, summer 2027")],
)
def test_the_wave_is_named_beside_the_survey_unless_its_title_does(
    lead: Actor, title: str, named: str
) -> None:
    person = ask(lead, question("team"), title=title)
    assert person.heading == named
    assert f"<title>Start - {named}" in person.page
    person.press("start")
    assert f"<title>Part 1 - {named}" in person.page
    assert f"<span>{named}</span>" in person.page


def test_to_choose_all_that_apply_is_said_once(lead: Actor) -> None:
    asked = question("helps", Kind.MULTIPLE)
    says = replace(asked, id="needs", text="Which needs? Choose all that apply.", item="needs")
    person = ask(lead, says)
    person.press("start")
    assert person.page.count("Choose all that apply.") == 1
    other = ask(lead, asked, title="The other")
    other.press("start")
    assert other.page.count("Choose all that apply.") == 1


def test_the_thanks_draw_the_seven_links_and_tell_of_nobody(asking: Asking) -> None:
    code = Channel.objects.get(asking=asking).code
    page = Client().get(f"/s/{code}/sent/").content.decode()
    drawn = page[page.index('<ol class="gt-spine"') : page.index("</ol>")]
    links = re.findall(r'<li class="is-(\w+)">.*?<h3 class="gt-spine__name">(\w+)', drawn, re.DOTALL)
    after = ["Find", "Need", "Plan", "Train", "Measure", "Reply"]
    assert links == [("done", "Ask"), *(("todo", name) for name in after)]
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", drawn))


def odd(lead: Actor) -> Person:
    """Somebody at a survey with help under a question, and an answer whose code is no plain word."""
    offered = Scale("q", (Answer("a:b;c &", "The odd one"), Answer("b", "The other")))
    asked = (
        question("team", scale=offered, help="Where you work\nmost days.", required=True),
        question("pupils", Kind.NUMBER, help="Only <your> own."),
        question("signs", Kind.MATRIX, help="Think of last week."),
    )
    today = datetime.now(UTC)
    survey = make_survey(by=lead, now=today, news=SurveyNews("Odd survey"))
    plan = Plan("2027", today.date() - timedelta(days=1), today.date() + timedelta(days=20))
    commands.begin(
        by=lead, now=today, survey=survey, plan=plan, questionnaire=questionnaire_text(whole(asked))
    )
    commands.open_wave(by=lead, now=today, survey=survey, wave="2027", version=1)
    found = Person(Channel.objects.get(asking__wave__survey__slug=survey).code)
    found.press("start")
    return found


def test_help_stands_under_its_question_and_belongs_to_it(lead: Actor) -> None:
    person = odd(lead)
    assert '<p class="gt-hint" id="team-help">Where you work<br>most days.</p>' in person.page
    assert 'id="team" aria-describedby="team-help"' in person.page
    assert "Only &lt;your&gt; own." in person.page
    assert "Think of last week." in person.page
    person.press("next")
    assert 'id="team" aria-describedby="team-help team-error"' in person.page


def test_an_answer_with_any_code_is_kept_and_shown_again(lead: Actor) -> None:
    person = odd(lead)
    person.press("next", team="a:b;c &", pupils="many")
    assert 'value="a:b;c &amp;" checked' in person.page
