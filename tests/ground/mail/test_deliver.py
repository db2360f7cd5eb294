"""Letters reach a mail server once; what goes wrong is tried again, or said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import Settings
from tests.ground.made import NOW, area
from tests.ground.mail.sink import Sink

from goldenthread.ground.mail.deliver import STALE, WAITS, Delivered, deliver
from goldenthread.ground.mail.models import FAILED, SENT, WAITING, WITHDRAWN, Letter
from goldenthread.ground.mail.outbox import put, withdraw
from goldenthread.ground.mail.queries import oldest_wait, posted

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


def letter(to: str = "ana@anyshire.example", about: str = "thing:1", where: int | None = None) -> int:
    return put(now=NOW, area=where, to=to, subject="Come\nin", body="The link: secret", about=about)


def test_a_letter_arrives_once_and_its_text_is_not_kept(sink: Sink) -> None:
    letter()
    assert deliver(clock=Clock()) == Delivered(sent=1)
    assert deliver(clock=Clock()) == Delivered()
    [arrived] = sink.letters
    assert (arrived["To"], arrived["Subject"]) == ("ana@anyshire.example", "Come in")
    assert "The link: secret" in arrived.get_payload()
    kept = Letter.objects.get()
    assert (kept.state, kept.body, kept.ended) == (SENT, "", NOW)


def test_nothing_is_written_outside_a_transaction_and_nothing_sent_from_one_that_failed(sink: Sink) -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    deliver(clock=Clock())
    assert sink.letters == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_belongs_to_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        letter()


def test_a_dropped_connection_is_tried_again_and_the_next_letter_is_not_held_up(sink: Sink) -> None:
    clock = Clock()
    letter("first@anyshire.example")
    letter("second@anyshire.example")
    sink.moods.append("drop")
    assert deliver(clock=clock) == Delivered(sent=1, put_off=1)
    assert [each["To"] for each in sink.letters] == ["second@anyshire.example"]
    clock.at += WAITS[0]
    assert deliver(clock=clock) == Delivered(sent=1)
    assert set(sink.counted().values()) == {1}


def test_an_answer_that_is_lost_brings_the_same_message_again_under_its_own_name(sink: Sink) -> None:
    clock = Clock()
    letter()
    sink.moods.append("lose")
    deliver(clock=clock)
    clock.at += WAITS[0]
    deliver(clock=clock)
    assert list(sink.counted().values()) == [2]


def test_a_letter_that_never_goes_is_given_up_with_a_reason(sink: Sink) -> None:
    clock = Clock()
    where = area("anyshire")
    letter(where=where)
    sink.moods.extend(["451 later"] * (len(WAITS) + 1))
    for wait in (*WAITS, timedelta()):
        assert deliver(clock=clock).sent == 0
        clock.at += wait
    found = posted(where, ["thing:1"])["thing:1"]
    assert (found.state, found.attempts) == (FAILED, len(WAITS) + 1)
    assert found.fault == "The mail server did not take this letter (451)."
    assert Letter.objects.get().body == ""


def test_an_address_refused_for_good_is_not_tried_again(sink: Sink) -> None:
    letter("gone@anyshire.example")
    letter("ana@anyshire.example")
    sink.refused["gone@anyshire.example"] = "550 no such person"
    assert deliver(clock=Clock()) == Delivered(sent=1, failed=1)
    assert Letter.objects.get(state=FAILED).fault == "The mail server refused this address (550)."


def test_an_address_refused_for_now_is_tried_again(sink: Sink) -> None:
    letter()
    sink.refused["ana@anyshire.example"] = "450 come back later"
    assert deliver(clock=Clock()) == Delivered(put_off=1)


def test_no_mail_server_ends_the_run_with_a_sentence_and_costs_no_attempt(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letter()
    done = deliver(clock=Clock())
    assert done == Delivered(fault="The mail server could not be used (ConnectionRefusedError).")
    waiting = Letter.objects.get()
    assert (waiting.state, waiting.attempts) == (WAITING, 0)
    assert oldest_wait(now=NOW + timedelta(minutes=9)) == timedelta(minutes=9)


def test_a_letter_taken_back_is_not_sent(sink: Sink) -> None:
    where = area("anyshire")
    letter(where=where)
    letter(about="thing:2", where=where)
    assert withdraw(now=NOW, area=where, about="thing:1") == 1
    assert deliver(clock=Clock()) == Delivered(sent=1)
    assert len(sink.letters) == 1
    assert posted(where, ["thing:1"])["thing:1"].state == WITHDRAWN


def test_no_more_than_so_many_leave_in_a_minute(sink: Sink, settings: Settings) -> None:
    settings.MAIL_A_MINUTE = 3
    clock = Clock()
    for each in range(5):
        letter(f"person{each}@anyshire.example")
    assert deliver(clock=clock) == Delivered(sent=3)
    clock.at += timedelta(seconds=59)
    assert deliver(clock=clock) == Delivered()
    clock.at += timedelta(seconds=2)
    assert deliver(clock=clock) == Delivered(sent=2)
    assert len(sink.letters) == 5


def test_a_letter_left_by_a_worker_that_died_is_taken_up_again_when_its_claim_is_stale(sink: Sink) -> None:
    clock = Clock()
    letter()
    Letter.objects.update(claimed=NOW, attempts=1)
    clock.at += STALE
    assert deliver(clock=clock) == Delivered()
    clock.at += timedelta(seconds=1)
    assert deliver(clock=clock) == Delivered(sent=1)
    assert len(sink.letters) == 1


def test_a_letter_that_cannot_be_a_mail_does_not_stop_the_others(sink: Sink) -> None:
    Letter.objects.filter(pk=letter()).update(to="ana@anyshire.example\nBcc: all@anyshire.example")
    letter()
    assert deliver(clock=Clock()) == Delivered(sent=1, failed=1)
    assert Letter.objects.get(state=FAILED).fault == "This letter cannot be written as a mail."
    assert [each["Bcc"] for each in sink.letters] == [None]
