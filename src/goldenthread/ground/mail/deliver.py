"""Sending what is due: one letter at a time, taken up so that no two workers hold the same.

A worker that dies between handing a letter over and noting it leaves the letter claimed; after
``STALE`` it is sent again, under the same Message-ID, by which the receiving side can tell. So a
letter is sent once, and at most once more for each time a worker was killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from goldenthread.ground.mail.models import FAILED, SENT, WAITING, Letter
from goldenthread.ground.mail.wire import Fault, hand_over, has_room, open_line, written

STALE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440))
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did. ``put_off`` are tried again later, ``failed`` are not; ``fault`` ended the run."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    fault: str = ""


def deliver(*, clock: Clock, most: int | None = None) -> Delivered:
    """Send what is due, oldest first, no faster than ``MAIL_A_MINUTE`` and at most ``most`` letters.

    ``clock`` is asked at each letter, so that a long run is paced and its claims stay fresh. A run
    ends early, and says why, where the mail server is not reached or does not take our sign-in or
    our own address: no letter is to blame, and none loses one of its attempts beyond the first.
    """
    done = {SENT: 0, WAITING: 0, FAILED: 0}
    connection = get_connection()
    fault = _due(clock()) and open_line(connection)
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


def _claim(now: datetime) -> Letter | None:
    """The next letter due, now this worker's; None where there is none or the minute is full."""
    if not has_room(now):
        return None
    due = _free(now).order_by("due", "pk").values_list("pk", flat=True)
    while (found := due.first()) is not None:
        if _free(now).filter(pk=found).update(claimed=now, attempts=F("attempts") + 1):
            return Letter.objects.get(pk=found)
    return None


def _free(now: datetime) -> QuerySet[Letter]:
    unclaimed = Q(claimed__isnull=True) | Q(claimed__lt=F("due")) | Q(claimed__lt=now - STALE)
    return Letter.objects.filter(unclaimed, state=WAITING, due__lte=now)


def _send(connection: BaseEmailBackend, letter: Letter) -> Fault | None:
    return hand_over(connection, written(letter.to, letter.subject, letter.body, letter.message))


def _note(letter: Letter, fault: Fault | None, now: datetime) -> str:
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
