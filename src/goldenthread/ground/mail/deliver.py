"""Sending what is due: one letter at a time, taken up so that no two workers hold the same.

A worker that dies between handing a letter over and noting it leaves the letter claimed; after
``STALE`` it is sent again, under the same Message-ID, by which the receiving side can tell. So a
letter is sent once, and at most once more for each time a worker was killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from goldenthread.ground.mail.models import FAILED, SENT, WAITING, Letter

STALE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440))
MINUTE = timedelta(minutes=1)
REFUSED = range(500, 600)
NOT_THE_ADDRESS = frozenset((530, 534, 535, 538, 554))
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did. ``put_off`` are tried again later, ``failed`` are not; ``fault`` ended the run."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Fault:
    words: str
    final: bool = False
    ours: bool = False


def deliver(*, clock: Clock, most: int | None = None) -> Delivered:
    """Send what is due, oldest first, no faster than ``MAIL_A_MINUTE`` and at most ``most`` letters.

    ``clock`` is asked at each letter, so that a long run is paced and its claims stay fresh. A run
    ends early, and says why, where the mail server is not reached or does not take our sign-in or
    our own address: no letter is to blame, and none loses one of its attempts beyond the first.
    """
    done = {SENT: 0, WAITING: 0, FAILED: 0}
    connection = get_connection()
    fault = _due(clock()) and _open(connection)
    try:
        while not (fault and fault.ours) and (most is None or sum(done.values()) < most):
            letter = _claim(clock())
            if letter is None:
                break
            fault = _send(connection, letter)
            done[_note(letter, fault, clock())] += 1
    finally:
        connection.close()
    return Delivered(done[SENT], done[WAITING], done[FAILED], fault.words if fault and fault.ours else "")


def _due(now: datetime) -> bool:
    return _free(now).exists()


def _open(connection: BaseEmailBackend) -> _Fault | None:
    try:
        connection.open()
    except (SMTPException, OSError) as fault:
        return _Fault(f"The mail server could not be used ({type(fault).__name__}).", ours=True)
    return None


def _claim(now: datetime) -> Letter | None:
    """The next letter due, now this worker's; None where there is none or the minute is full."""
    if Letter.objects.filter(claimed__gt=now - MINUTE).count() >= settings.MAIL_A_MINUTE:
        return None
    due = _free(now).order_by("due", "pk").values_list("pk", flat=True)
    while (found := due.first()) is not None:
        if _free(now).filter(pk=found).update(claimed=now, attempts=F("attempts") + 1):
            return Letter.objects.get(pk=found)
    return None


def _free(now: datetime) -> QuerySet[Letter]:
    unclaimed = Q(claimed__isnull=True) | Q(claimed__lt=F("due")) | Q(claimed__lt=now - STALE)
    return Letter.objects.filter(unclaimed, state=WAITING, due__lte=now)


def _send(connection: BaseEmailBackend, letter: Letter) -> _Fault | None:
    closed = _open(connection)
    if closed:
        return closed
    try:
        connection.send_messages([_message(letter)])
    except (SMTPException, OSError, ValueError) as fault:
        connection.close()
        return _judged(fault)
    return None


def _message(letter: Letter) -> EmailMessage:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    headers = {"Message-ID": f"<{letter.message}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _judged(fault: Exception) -> _Fault:
    """Whether trying again can help, and whether it is this letter that is refused or we are."""
    if isinstance(fault, SMTPSenderRefused):
        return _Fault(f"The mail server does not take mail from us ({fault.smtp_code}).", ours=True)
    if isinstance(fault, SMTPRecipientsRefused):
        codes = {code for code, _ in fault.recipients.values()}
        final = all(code in REFUSED and code not in NOT_THE_ADDRESS for code in codes)
        return _Fault(f"The mail server refused this address ({_listed(codes)}).", final)
    if isinstance(fault, SMTPResponseException):
        return _Fault(f"The mail server did not take this letter ({fault.smtp_code}).")
    if isinstance(fault, SMTPException | OSError):
        return _Fault(f"The connection to the mail server was lost ({type(fault).__name__}).")
    return _Fault("This letter cannot be written as a mail.", final=True)


def _listed(codes: set[int]) -> str:
    return ", ".join(map(str, sorted(codes)))


def _note(letter: Letter, fault: _Fault | None, now: datetime) -> str:
    """Write down what became of a letter, if it is still this worker's; its state."""
    mine = Letter.objects.filter(pk=letter.pk, claimed=letter.claimed)
    if fault is None:
        mine.update(state=SENT, ended=now, body="", fault="")
        return SENT
    if fault.final or letter.attempts > len(WAITS):
        mine.filter(state=WAITING).update(state=FAILED, ended=now, body="", fault=fault.words)
        return FAILED
    mine.filter(state=WAITING).update(due=now + WAITS[letter.attempts - 1], fault=fault.words)
    return WAITING
