"""People are invited and sent codes: each holds one, or is counted among those who may hold two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from pytest_django import Settings
from tests.ground.made import area, member
from tests.ground.mail.sink import Sink, serve
from tests.thread.survey.asking.made import NOW, begun_wave, say
from xlsxwriter import Workbook

from goldenthread.ground.audit.models import Event
from goldenthread.ground.mail.models import Left, Letter
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking import commands, inviting, mailing
from goldenthread.thread.survey.asking.inviting import Place
from goldenthread.thread.survey.asking.mailing import STALE
from goldenthread.thread.survey.asking.models import Asking, Ballot, Intake, Mailing
from goldenthread.thread.survey.asking.rate import count
from goldenthread.thread.survey.asking.submit import Outcome

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


def people(many: int) -> bytes:
    return "".join(f"p{number}@anyshire.example, Person {number}\n" for number in range(many)).encode()


def add(lead: Actor, data: bytes | str, name: str = "the list") -> inviting.Added:
    raw = data.encode() if isinstance(data, str) else data
    return inviting.add_people(by=lead, now=NOW, place=PLACE, data=raw, name=name)


def begin(lead: Actor, many: int) -> Mailing:
    add(lead, people(many))
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


def test_a_list_is_read_as_people_write_it(lead: Actor, asking: Asking) -> None:
    done = add(
        lead,
        "ana@anyshire.example\n"
        "Ben Oak <Ben@Anyshire.Example>\n"
        "cy@anyshire.example, Cy Elm\n"
        "ana@anyshire.example\n"
        "nobody at home, @\n"
        "Dee Ash\n"
        "a@x.example, b@x.example\n",
    )
    assert (done.added, done.known) == (3, 0)
    assert dict(asking.invitees.values_list("address", "name")) == {
        "ana@anyshire.example": "",
        "ben@anyshire.example": "Ben Oak",
        "cy@anyshire.example": "Cy Elm",
    }
    assert done.problems == (
        "Row 4: ana@anyshire.example stands in an earlier row; added once.",
        "Row 5: “@” is not an address mail can go to; nobody was added.",
        "Row 6: there is no address in this row; nobody was added.",
        "Row 7: there is more than one address in this row; write one person a line.",
    )
    assert add(lead, "ana@anyshire.example\nnew@anyshire.example").known == 1


def test_a_spreadsheet_is_read_by_its_headings(lead: Actor, asking: Asking) -> None:
    out = BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        rows = [
            ["Staff no", "First name", "Surname", "Work e-mail"],
            [7, "Ana", "Oak", "ana@anyshire.example"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert add(lead, out.getvalue(), "staff.xlsx").added == 1
    assert asking.invitees.get().name == "Ana Oak"


@pytest.mark.parametrize(
    ("data", "words"),
    [("", "holds no address"), ("Name\nAna", "holds no address"), ("%PDF-1.7", "is a PDF")],
)
def test_what_is_no_list_is_refused_in_words(lead: Actor, asking: Asking, data: str, words: str) -> None:
    del asking
    with pytest.raises(Refused, match=words):
        add(lead, data, "people.csv")


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
    gone = asking.invitees.get(address="p2@anyshire.example")
    inviting.withdraw(by=lead, now=NOW, place=PLACE, invitee=gone.pk)
    run(Clock())
    assert "p2@anyshire.example" not in {each["To"] for each in sink.letters}
    with pytest.raises(Refused, match="not invited"):
        inviting.withdraw(by=lead, now=NOW, place=PLACE, invitee=gone.pk)


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
    add(lead, people(2))
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
        add(lead, people(3))
    del asking


def test_only_who_may_change_surveys_invites_and_only_who_sees_registers_takes_them(
    lead: Actor, asking: Asking
) -> None:
    analyst = member(lead.area, "analyst")
    assert add(analyst, people(1)).added == 1
    with pytest.raises(NotAllowed):
        inviting.add_staff(by=analyst, now=NOW, place=PLACE)
    with pytest.raises(NotAllowed):
        add(member(lead.area, "moderator"), people(1))
    del asking


def test_an_open_link_has_no_invitees(lead: Actor) -> None:
    begun_wave(lead)
    with pytest.raises(Refused, match="answered by a link"):
        add(lead, people(1))


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
