"""People are invited and sent codes: each holds one, or is counted among those who may hold two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import Settings
from tests.ground.made import area, member
from tests.ground.mail.sink import Sink, serve
from tests.thread.survey.asking.made import NOW, begun_wave, say

from goldenthread.ground.audit.models import Event
from goldenthread.ground.mail.models import Left, Letter
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.people.models import Person, Post
from goldenthread.ground.refused import Refused
from goldenthread.ground.retention.round import purge
from goldenthread.thread.survey.asking import commands, inviting, mailing, people
from goldenthread.thread.survey.asking.closing import finish
from goldenthread.thread.survey.asking.inviting import Place
from goldenthread.thread.survey.asking.lost import ask_again
from goldenthread.thread.survey.asking.mailing import STALE
from goldenthread.thread.survey.asking.minting import is_good
from goldenthread.thread.survey.asking.models import Asking, Ballot, Intake, Mailing
from goldenthread.thread.survey.asking.rate import count
from goldenthread.thread.survey.asking.rounds import go_round
from goldenthread.thread.survey.asking.submit import Outcome
from goldenthread.thread.survey.invited import said
from goldenthread.thread.survey.models import Wave

pytestmark = pytest.mark.django_db

PLACE = Place("staff", "2027")
LINK = "https://thread.anyshire.example/s/bcdfghjkmn/"


class Clock:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    mine = Sink()
    server = serve(mine)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield mine
    server.stop()


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def asking(lead: Actor) -> Asking:
    return begun_wave(lead, mode="personal-code")


def people_list(many: int) -> bytes:
    return "".join(f"p{number}@anyshire.example, Person {number}\n" for number in range(many)).encode()


def add(lead: Actor, data: bytes | str, name: str = "the list") -> inviting.Added:
    raw = data.encode() if isinstance(data, str) else data
    return inviting.add_people(by=lead, now=NOW, place=PLACE, data=raw, name=name)


def begin(lead: Actor, many: int) -> Mailing:
    add(lead, people_list(many))
    inviting.send_codes(by=lead, now=NOW, place=PLACE, link=LINK)
    return Mailing.objects.get(number=0)


def run(clock: Clock) -> None:
    """The worker, until nothing more can be sent at once."""
    for found in Mailing.objects.filter(ended__isnull=True):
        while mailing.send(found.pk, clock=clock, wait=clock.wait):
            pass


def code_in(letter: object) -> str:
    found = re.search(r"/s/\w+/#(\w{16})", str(letter.get_payload()))  # type: ignore[attr-defined]
    assert found
    return found[1]


def test_everybody_is_sent_one_code_and_nothing_says_whose_is_whose(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 30)
    run(Clock())
    assert {each["To"] for each in sink.letters} == {f"p{number}@anyshire.example" for number in range(30)}
    codes = {code_in(each) for each in sink.letters}
    assert len(codes) == 30
    assert Ballot.objects.count() == 40, "with some that nobody holds"
    assert Letter.objects.count() == 0
    assert set(asking.invitees.values_list("state", "codes")) == {("sent", 1)}
    with connection.cursor() as cursor:
        told = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            told.append(str(cursor.fetchall()))
    assert not [code for code in codes if code in "".join(told)]
    assert [say(asking, number, code=code) for number, code in enumerate(sorted(codes))] == (
        [Outcome.STORED] * 30
    )
    assert (Ballot.objects.count(), Intake.objects.count()) == (10, 30)
    assert Mailing.objects.get().ended


def test_a_letter_greets_and_says_how(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 1)
    run(Clock())
    (letter,) = sink.letters
    body = str(letter.get_payload())
    code = code_in(letter)
    assert "Hello Person 0," in body
    assert f"{LINK}#{code}" in body
    assert "-".join(code[at : at + 4] for at in (0, 4, 8, 12)) in body
    assert "You can answer until 16 July 2027." in body
    assert letter["Message-ID"].startswith(f"<{asking.invitees.get().message}@")


def test_no_more_leave_in_a_minute_than_may(
    lead: Actor, asking: Asking, sink: Sink, settings: Settings
) -> None:
    settings.MAIL_A_MINUTE = 6
    del asking
    begin(lead, 20)
    clock, at = Clock(), []
    sink.when_asked = lambda _: at.append(clock.at)
    run(clock)
    assert len(at) == 20
    assert all(later - first >= timedelta(minutes=1) for first, later in zip(at, at[6:], strict=False))
    assert Left.objects.count() <= 7


def test_a_mail_whose_answer_is_lost_comes_again_with_the_same_code(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 3)
    sink.moods.extend(["take", "lose", "take"])
    run(Clock())
    assert len(sink.letters) == 4
    assert len({code_in(each) for each in sink.letters}) == 3
    assert count(asking.pk) == (3, 0)


def test_a_mail_put_off_is_sent_later_with_another_code_and_nobody_holds_two(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 2)
    sink.moods.extend(["451 later", "take"])
    clock = Clock()
    run(clock)
    assert len(sink.letters) == 2, "the sink keeps what it refuses, too"
    assert sorted(asking.invitees.values_list("state", "codes")) == [("sent", 1), ("waiting", 0)]
    clock.wait(61)
    run(clock)
    assert count(asking.pk) == (2, 0)
    refused, *_ = sink.letters
    assert say(asking, 1, code=code_in(refused)) is Outcome.STORED, "nobody was handed it; it does no harm"


def test_an_address_refused_for_good_is_said_and_counts_as_not_invited(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 3)
    sink.refused["p1@anyshire.example"] = "550 no such person"
    run(Clock())
    gone = asking.invitees.get(address="p1@anyshire.example")
    assert (gone.state, gone.codes) == ("failed", 0)
    assert gone.fault == "The mail server refused this address (550)."
    assert count(asking.pk) == (2, 0)


def test_whoever_a_dead_worker_had_claimed_is_sent_another_code_and_counted(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begun = begin(lead, 3)
    asking.invitees.filter(address="p0@anyshire.example").update(state="claimed", claimed=NOW, codes=1)
    clock = Clock()
    run(clock)
    assert len(sink.letters) == 2
    assert mailing.take_up(clock.at + timedelta(seconds=61)) == (), "it may be being sent this moment"
    clock.wait(STALE.total_seconds() + 1)
    assert mailing.take_up(clock.at) == (begun.pk,)
    assert mailing.take_up(clock.at) == (), "one takes it up"
    run(clock)
    assert len(sink.letters) == 3
    assert count(asking.pk) == (3, 1)


def test_somebody_withdrawn_is_sent_nothing(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 4)
    inviting.withdraw(by=lead, now=NOW, place=PLACE, address="P2@anyshire.example")
    run(Clock())
    assert "p2@anyshire.example" not in {each["To"] for each in sink.letters}
    assert count(asking.pk) == (3, 0)
    with pytest.raises(Refused, match="Nobody with that address"):
        inviting.withdraw(by=lead, now=NOW, place=PLACE, address="P2@anyshire.example")


def test_a_wave_that_closes_sends_nothing_more_and_keeps_what_is_known(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 3)
    asking.invitees.filter(address="p0@anyshire.example").update(state="sent", codes=2)
    commands.close(by=lead, now=NOW, survey="staff", wave="2027")
    run(Clock())
    assert sink.letters == []
    asking.refresh_from_db()
    assert (asking.invited, asking.doubles, asking.closed) == (1, 1, NOW)
    assert Mailing.objects.get().ended


def test_no_mail_server_is_said_and_costs_nobody_a_code(
    lead: Actor, asking: Asking, settings: Settings
) -> None:
    begun = begin(lead, 2)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    run(Clock())
    begun.refresh_from_db()
    assert begun.fault == "The mail server could not be used (ConnectionRefusedError)."
    assert count(asking.pk) == (0, 0)
    assert set(asking.invitees.values_list("state", "attempts")) == {("waiting", 0)}


def test_what_cannot_be_sent_is_refused_in_words(lead: Actor, asking: Asking, settings: Settings) -> None:
    send = lambda: inviting.send_codes(by=lead, now=NOW, place=PLACE, link=LINK)  # noqa: E731
    with pytest.raises(Refused, match="add people first"):
        send()
    add(lead, people_list(2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    with pytest.raises(Refused, match="written to files"):
        send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    with pytest.raises(Refused, match="being sent already"):
        send()
    with pytest.raises(Refused, match="Nobody has been sent"):
        inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)
    commands.close(by=lead, now=NOW, survey="staff", wave="2027")
    with pytest.raises(Refused, match="is closed"):
        add(lead, people_list(3))
    del asking


def test_only_who_may_change_surveys_invites_and_only_who_sees_registers_takes_them(
    lead: Actor, asking: Asking
) -> None:
    analyst = member(lead.area, "analyst")
    assert add(analyst, people_list(1)).added == 1
    with pytest.raises(Refused, match="not yours to use"):
        inviting.add_staff(by=analyst, now=NOW, place=PLACE)
    with pytest.raises(NotAllowed):
        add(member(lead.area, "moderator"), people_list(1))
    del asking


def test_an_open_link_has_no_invitees(lead: Actor) -> None:
    begun_wave(lead)
    with pytest.raises(Refused, match="answered by a link"):
        add(lead, people_list(1))


def test_what_was_done_is_in_the_audit_without_anybody(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 3)
    run(Clock())
    say(asking, 1, code=code_in(sink.letters[0]))
    words = [event.words for event in Event.objects.order_by("pk")][-3:]
    assert words == [
        "invited 3 people to 2027",
        "began to send 3 codes for 2027",
        "sent the codes of 2027",
    ]


def test_a_reminder_goes_to_everybody_under_their_invitation_without_a_link(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 5)
    clock = Clock()
    run(clock)
    first = {str(each["To"]): each for each in sink.letters}
    say(asking, 1, code=code_in(sink.letters[0]))
    for _ in range(2):
        sink.letters.clear()
        inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)
        run(clock)
        assert {str(each["To"]) for each in sink.letters} == set(first)
        for letter in sink.letters:
            body = str(letter.get_payload())
            assert letter["In-Reply-To"] == letter["References"] == first[str(letter["To"])]["Message-ID"]
            assert letter["Subject"] == f"Re: {first[str(letter['To'])]['Subject']}"
            assert "/s/" not in body
            assert code_in(first[str(letter["To"])]) not in body
            assert "If you have answered, there is nothing to do." in body
    assert count(asking.pk) == (5, 0)
    assert not Mailing.objects.filter(ended__isnull=True)


def test_reminders_are_few_and_one_at_a_time(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 1)
    run(Clock())
    remind = lambda: inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)  # noqa: E731
    for _ in range(inviting.REMINDERS):
        remind()
        with pytest.raises(Refused, match="being sent already"):
            remind()
        run(Clock())
    with pytest.raises(Refused, match="that is the most"):
        remind()
    assert len(sink.letters) == 1 + inviting.REMINDERS
    del asking


def test_whoever_is_added_later_is_not_reminded_at_once(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 2)
    run(Clock())
    inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)
    run(Clock())
    add(lead, "late@anyshire.example")
    inviting.send_codes(by=lead, now=NOW, place=PLACE, link=LINK)
    run(Clock())
    assert [str(each["To"]) for each in sink.letters].count("late@anyshire.example") == 1
    inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)
    run(Clock())
    assert [str(each["To"]) for each in sink.letters].count("late@anyshire.example") == 2
    del asking


def lose(asking: Asking, number: int) -> None:
    channel = asking.channels.values_list("code", flat=True)[0]
    ask_again(channel=channel, address=f"p{number}@anyshire.example", today=NOW.date())


def test_a_lost_code_is_sent_again_with_the_next_round_and_counted(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 40)
    run(Clock())
    sink.letters.clear()
    lose(asking, 3)
    lose(asking, 3)
    assert (len(sink.letters), Ballot.objects.count()) == (0, 60)
    go_round(now=NOW, today=NOW.date())
    run(Clock())
    go_round(now=NOW, today=NOW.date())
    (letter,) = sink.letters
    assert letter["To"] == "p3@anyshire.example"
    assert letter["In-Reply-To"] is None, "under the first it could be taken for the first, come twice"
    assert Ballot.objects.count() == 80
    assert count(asking.pk) == (40, 1)
    assert say(asking, 1, code=code_in(letter)) is Outcome.STORED
    facts = people.invited(lead.area, "staff", "2027")
    assert facts
    assert (facts.sent, facts.waiting, facts.doubles, facts.may_again) == (40, 0, 1, True)
    lose(asking, 4)
    lose(asking, 5)
    assert list(asking.invitees.filter(asked=True).values_list("address", flat=True)) == [
        "p4@anyshire.example"
    ], "one in twenty of forty is two"


def test_it_is_for_nobody_to_see_who_asked_for_another_code(lead: Actor, asking: Asking, sink: Sink) -> None:
    begin(lead, 40)
    run(Clock())
    before = people.people(lead.area, "staff", "2027")
    lose(asking, 7)
    assert people.people(lead.area, "staff", "2027") == before
    go_round(now=NOW, today=NOW.date())
    assert people.people(lead.area, "staff", "2027") == before
    del sink


def test_after_reminders_and_a_lost_code_each_holds_one_code_or_is_counted(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 40)
    clock = Clock()
    run(clock)
    for _ in range(2):
        inviting.remind(by=lead, now=NOW, place=PLACE, link=LINK)
        run(clock)
    lose(asking, 9)
    go_round(now=clock.at, today=NOW.date())
    run(clock)
    held: dict[str, set[str]] = {}
    for letter in sink.letters:
        if "/#" in str(letter.get_payload()):
            held.setdefault(str(letter["To"]), set()).add(code_in(letter))
    assert {address: len(codes) for address, codes in held.items() if len(codes) > 1} == {
        "p9@anyshire.example": 2
    }
    assert all(is_good(asking.pk, code) for codes in held.values() for code in codes)
    assert count(asking.pk) == (40, 1)


def test_staff_in_post_are_invited_from_the_register(lead: Actor, asking: Asking) -> None:
    owner = Organisation.objects.create(area_id=lead.area, name="A school", kind="school")
    for name, ends in (("Ana", None), ("Ben", NOW.date() - timedelta(days=1)), ("Cy", NOW.date())):
        person = Person.objects.create(
            area_id=lead.area, owner=owner, name=name, email=f"{name}@Anyshire.example", since=NOW
        )
        Post.objects.create(area_id=lead.area, person=person, organisation=owner, ends=ends)
    assert inviting.add_staff(by=lead, now=NOW, place=PLACE).added == 2
    assert sorted(asking.invitees.values_list("name", flat=True)) == ["Ana", "Cy"]


def test_addresses_go_some_days_after_the_wave_closed(lead: Actor, asking: Asking) -> None:
    add(lead, people_list(3))
    commands.close(by=lead, now=NOW, survey="staff", wave="2027")
    purge(now=NOW + timedelta(days=29))
    assert asking.invitees.count() == 3
    purge(now=NOW + timedelta(days=31))
    assert asking.invitees.count() == 0


def test_the_report_says_how_many_of_the_invited_answered_and_how_many_could_be_doubles(
    lead: Actor, asking: Asking, sink: Sink
) -> None:
    begin(lead, 40)
    run(Clock())
    lose(asking, 1)
    go_round(now=NOW, today=NOW.date())
    run(Clock())
    codes = {str(each["To"]): code_in(each) for each in sink.letters}
    for number, code in enumerate(sorted(codes.values())[:25]):
        say(asking, number, code=code)
    commands.close(by=lead, now=NOW, survey="staff", wave="2027")
    finish(asking.pk, lambda: NOW)
    wave = Wave.objects.get()
    (words,) = said(wave)
    assert words.startswith("2027: 25 of 40 people invited answered (63 %). At most 1 could be doubles:")
    wave.people = 9
    assert list(said(wave)) == []


def test_an_open_link_has_no_response_rate(lead: Actor) -> None:
    assert list(said(begun_wave(lead).wave)) == []
