"""A wave asked here, from the first question to figures: by an open link, and by personal codes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from tests.ground.made import area, member
from tests.thread.survey.answering.made import question, whole

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.audit.models import Event
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import queries
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.closing import NOBODY, finish
from goldenthread.thread.survey.asking.codes import hash_of
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.mixing import answers_of, mix
from goldenthread.thread.survey.asking.models import Answered, Asking, Ballot, Channel, Intake, Sent
from goldenthread.thread.survey.asking.queries import asking as asked
from goldenthread.thread.survey.asking.rounds import go_round
from goldenthread.thread.survey.asking.submit import Outcome, Sending, submit
from goldenthread.thread.survey.commands import SurveyNews, drop_wave, make_survey
from goldenthread.thread.survey.corrections import replace_file
from goldenthread.thread.survey.editing.sections import add_section

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 6, 7, 9, tzinfo=UTC)
TODAY = NOW.date()
SHEET = questionnaire_text(whole((question("team"),), (question("signs"), question("maps"))))


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def survey(lead: Actor) -> str:
    return make_survey(by=lead, now=NOW, news=SurveyNews("Staff survey"))


def begun(lead: Actor, survey: str, text: str = SHEET, mode: str = "open-link") -> Asking:
    plan = Plan("2027", date(2027, 6, 7), date(2027, 7, 16), mode)
    code = commands.begin(by=lead, now=NOW, survey=survey, plan=plan, questionnaire=text)
    return Asking.objects.get(wave__code=code)


def opened(lead: Actor, survey: str, mode: str = "open-link") -> Asking:
    asking = begun(lead, survey, mode=mode)
    commands.open_wave(by=lead, now=NOW, survey=survey, wave="2027", version=asking.version)
    asking.refresh_from_db()
    return asking


def link_of(asking: Asking) -> str:
    return Channel.objects.filter(asking=asking).values_list("code", flat=True)[0]


def send(asking: Asking, number: int, day: date = TODAY, code: str = "") -> Outcome:
    answers = {"team": "abc"[number % 3], "signs": "a" if number % 4 else "b"}
    return submit(sending=Sending(link_of(asking), f"key-{number}", answers, code), today=day)


def test_answers_by_an_open_link_become_a_wave_like_any_other(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    assert [send(asking, number) for number in range(25)] == [Outcome.STORED] * 25
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    finish(asking.pk, lambda: NOW)
    facts = queries.survey(lead.area, survey)
    assert facts
    (wave,) = facts.waves
    assert (wave.state, wave.people, wave.lost, wave.notes) == ("ready", 25, 0, 0)
    assert wave.layout == "Golden Thread"


def test_nothing_an_answer_passed_through_is_left_after_closing(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(12):
        send(asking, number)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    finish(asking.pk, lambda: NOW)
    assert [each.objects.count() for each in (Ballot, Sent, Intake, Answered)] == [0, 0, 0, 0]


def test_the_same_page_sent_again_is_counted_once_before_and_after_mixing(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    assert send(asking, 1) is Outcome.STORED
    assert send(asking, 1) is Outcome.ALREADY
    assert mix(asking=asking.pk, now=NOW, least=1) == 1
    assert send(asking, 1) is Outcome.ALREADY
    assert len(list(answers_of(asking.pk))) == 1


def test_sending_leaves_no_trail(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    before = Event.objects.count()
    send(asking, 1)
    assert Event.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake")
        (row,) = cursor.fetchall()
    assert len(row) == 5, "a name, the wave, the link, the answers and their key's name: no time, no person"


def test_what_waits_is_mixed_only_when_there_is_enough(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(19):
        send(asking, number)
    assert mix(asking=asking.pk, now=NOW, least=20) == 0
    assert (Intake.objects.count(), Answered.objects.count()) == (19, 0)
    assert Channel.objects.get(asking=asking).came == 0
    send(asking, 19)
    assert mix(asking=asking.pk, now=NOW, least=20) == 20
    assert (Intake.objects.count(), Answered.objects.count()) == (0, 20)
    assert Channel.objects.get(asking=asking).came == 20


def test_mixed_answers_have_new_names_in_an_order_of_their_own(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(40):
        send(asking, number)
    names = set(Intake.objects.values_list("id", flat=True))
    said = [{"team": "abc"[n % 3], "signs": "a" if n % 4 else "b"} for n in range(40)]
    mix(asking=asking.pk, now=NOW, least=20)
    assert names.isdisjoint(Answered.objects.values_list("id", flat=True))
    found = [dict(each) for each in answers_of(asking.pk)]
    assert sorted(map(str, map(sorted, map(dict.items, found)))) == sorted(
        str(sorted(each.items())) for each in said
    )
    assert found != said
    assert [event.words for event in Event.objects.filter(what="survey.answers.mixed")] == [
        "mixed what had come to 2027 with the answers before it"
    ]


def test_a_personal_code_is_spent_once_and_another_is_refused(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey, mode="personal-code")
    Ballot.objects.create(hash=hash_of(f"{asking.pk}:a-good-code"), asking=asking)
    assert send(asking, 1, code="a-bad-code") is Outcome.CODE_SPENT
    assert Sent.objects.count() == 0, "what was refused can be sent again with the right code"
    assert send(asking, 1, code="a-good-code") is Outcome.STORED
    assert send(asking, 1, code="a-good-code") is Outcome.ALREADY
    assert send(asking, 2, code="a-good-code") is Outcome.CODE_SPENT
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize("day", [date(2027, 6, 6), date(2027, 7, 17)])
def test_nothing_is_taken_before_the_first_day_or_after_the_last(lead: Actor, survey: str, day: date) -> None:
    asking = opened(lead, survey)
    assert send(asking, 1, day=day) is Outcome.CLOSED
    assert (Sent.objects.count(), Intake.objects.count()) == (0, 0)


def test_nothing_is_taken_in_draft_once_closed_or_by_a_link_that_is_none(lead: Actor, survey: str) -> None:
    asking = begun(lead, survey)
    assert send(asking, 1) is Outcome.CLOSED
    commands.open_wave(by=lead, now=NOW, survey=survey, wave="2027", version=asking.version)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    assert send(asking, 1) is Outcome.CLOSED
    assert submit(sending=Sending("nothing", "k", {}), today=TODAY) is Outcome.UNKNOWN


def test_a_wave_nobody_answered_says_so(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    finish(asking.pk, lambda: NOW)
    facts = queries.survey(lead.area, survey)
    assert facts
    assert (facts.waves[0].state, facts.waves[0].said, facts.waves[0].people) == ("asking", NOBODY, 0)


def test_finishing_again_changes_nothing(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(5):
        send(asking, number)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    finish(asking.pk, lambda: NOW)
    once = queries.survey(lead.area, survey)
    finish(asking.pk, lambda: NOW)
    assert queries.survey(lead.area, survey) == once


def test_a_wave_opens_only_when_its_questions_can_stand(lead: Actor, survey: str) -> None:
    asking = begun(lead, survey, text="")
    with pytest.raises(Refused, match="There is no question yet"):
        commands.open_wave(by=lead, now=NOW, survey=survey, wave="2027", version=asking.version)
    broken = 'id = "x"\ntitle = "X"\n'
    place = commands.Place(survey, "2027", asking.version)
    commands.replace_draft(by=lead, now=NOW, place=place, text=broken, words="began afresh")
    asking.refresh_from_db()
    assert asking.draft == broken
    with pytest.raises(Refused):
        commands.open_wave(by=lead, now=NOW, survey=survey, wave="2027", version=asking.version)


def more(whole: Questionnaire) -> Questionnaire:
    return add_section(whole, "More")


def test_questions_stand_once_the_wave_is_open(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    place = commands.Place(survey, "2027", asking.version)
    with pytest.raises(Refused, match="its questions stand"):
        commands.edit(by=lead, now=NOW, place=place, change=more, words="added a section")


def test_two_people_do_not_overwrite_each_other(lead: Actor, survey: str) -> None:
    place = commands.Place(survey, "2027", begun(lead, survey).version)
    commands.edit(by=lead, now=NOW, place=place, change=more, words="added a section")
    with pytest.raises(Conflict):
        commands.edit(by=lead, now=NOW, place=place, change=more, words="added a section")


def test_changes_are_taken_back_one_by_one(lead: Actor, survey: str) -> None:
    asking = begun(lead, survey)
    texts = [asking.draft]
    for _ in range(2):
        place = commands.Place(survey, "2027", asking.version)
        commands.edit(by=lead, now=NOW, place=place, change=more, words="added a section")
        asking.refresh_from_db()
        texts.append(asking.draft)
    assert len(set(texts)) == 3
    for text in reversed(texts[:-1]):
        commands.undo(by=lead, now=NOW, place=commands.Place(survey, "2027", asking.version))
        asking.refresh_from_db()
        assert asking.draft == text
    with pytest.raises(Refused, match="nothing to undo"):
        commands.undo(by=lead, now=NOW, place=commands.Place(survey, "2027", asking.version))


def test_closing_early_and_a_later_last_day_leave_a_trace(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    later = date(2027, 7, 23)
    commands.set_last_day(by=lead, now=NOW, survey=survey, wave="2027", version=asking.version, closes=later)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    words = [event.words for event in Event.objects.order_by("pk")]
    assert "moved the last day of 2027 from 16 July 2027 to 23 July 2027" in words
    assert words[-1] == "closed 2027, before its last day 23 July 2027"


def test_returns_are_counted_by_link(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    union = commands.add_channel(by=lead, now=NOW, survey=survey, wave="2027", label="Teachers’ union")
    for number in range(7):
        submit(sending=Sending(union, f"u{number}", {"team": "a"}), today=TODAY)
    for number in range(13):
        send(asking, number)
    mix(asking=asking.pk, now=NOW, least=20)
    assert dict(Channel.objects.values_list("label", "came")) == {"Everybody": 13, "Teachers’ union": 7}
    with pytest.raises(Refused, match="already"):
        commands.add_channel(by=lead, now=NOW, survey=survey, wave="2027", label="Teachers’ union")


def test_open_waves_are_mixed_by_themselves_but_not_too_often(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(20):
        send(asking, number)
    go_round(now=NOW, today=TODAY)
    assert Answered.objects.count() == 20
    for number in range(20, 40):
        send(asking, number)
    go_round(now=NOW + timedelta(minutes=59), today=TODAY)
    assert Answered.objects.count() == 20
    go_round(now=NOW + timedelta(minutes=61), today=TODAY)
    assert Answered.objects.count() == 40


def test_a_wave_closes_by_itself_on_the_day_after_its_last(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    go_round(now=NOW, today=date(2027, 7, 16))
    asking.refresh_from_db()
    assert asking.state == "open"
    go_round(now=NOW, today=date(2027, 7, 17))
    asking.refresh_from_db()
    assert asking.state == "closed"
    event = Event.objects.order_by("-pk")[0]
    assert (event.by_id, event.area_id) == (None, lead.area)


def test_a_wave_people_are_answering_is_not_taken_out(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    with pytest.raises(Refused, match="people are answering it"):
        drop_wave(by=lead, now=NOW, survey=survey, wave="2027")
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    drop_wave(by=lead, now=NOW, survey=survey, wave="2027")
    assert not Asking.objects.filter(pk=asking.pk).exists()


def test_no_count_of_an_open_wave_is_in_the_trail_or_told_exactly_by_link(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    for number in range(23):
        send(asking, number)
    go_round(now=NOW, today=TODAY)
    assert not [event.words for event in Event.objects.all() if "23" in event.words]
    facts = asked(lead.area, survey, "2027")
    assert facts
    assert [each.came for each in facts.channels] == [20]
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    facts = asked(lead.area, survey, "2027")
    assert facts
    assert [each.came for each in facts.channels] == [20], "nor after closing: the last could be worked out"


def test_no_other_file_takes_the_place_of_what_was_answered_here(lead: Actor, survey: str) -> None:
    asking = opened(lead, survey)
    send(asking, 1)
    commands.close(by=lead, now=NOW, survey=survey, wave="2027")
    finish(asking.pk, lambda: NOW)
    facts = queries.survey(lead.area, survey)
    assert facts
    with pytest.raises(Refused, match="was answered here"):
        replace_file(
            by=lead,
            now=NOW,
            survey=survey,
            wave="2027",
            version=facts.waves[0].version,
            stream=BytesIO(b"q1\na\n"),
            file_name="other.csv",
        )
