"""Taking in what one person sent.

The one way of writing that leaves no trail: no event, no session, no task, no letter, and no time.
In one transaction the right to answer is spent and the answers are put down; both or neither.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection, transaction

from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.asking import epochs
from goldenthread.thread.survey.asking.codes import ballot_of, hash_of
from goldenthread.thread.survey.asking.locks import hold_open
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.asking.waiting import seal, text_of


class Outcome(StrEnum):
    """What became of what was sent."""

    STORED = "stored"
    ALREADY = "already"
    CLOSED = "closed"
    CODE_SPENT = "code spent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sending:
    """What a person's page sends: its own random ``key``, made when they began, the ``code`` they
    typed where the wave asks for one, and their answers, already taken and routed."""

    channel: str
    key: str
    answers: Answers
    code: str = ""


def submit(*, sending: Sending, today: date) -> Outcome:
    """Put a person's answers down, once, however often the same page is sent.

    ``ALREADY`` where this very page was stored before, ``CODE_SPENT`` where its code was used by
    another or is none of this wave's: then nothing is written.
    """
    found = _channel(sending.channel)
    if found is None:
        return Outcome.UNKNOWN
    try:
        return _submit(found, sending, today)
    except epochs.KeyGone:
        epochs.renew(found.asking_id)
        return _submit(found, sending, today)


def _submit(found: Channel, sending: Sending, today: date) -> Outcome:
    asking = found.asking
    with transaction.atomic():
        hold_open(asking.pk)
        if not _spend(asking.pk, sending.key):
            return Outcome.ALREADY
        outcome = _allowed(asking, sending, today)
        if outcome is not Outcome.STORED:
            transaction.set_rollback(True)
            return outcome
        _put(found, sending.answers)
    return Outcome.STORED


def _channel(code: str) -> Channel | None:
    return Channel.objects.select_related("asking__wave").filter(code=code).first()


def _spend(asking: int, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sent (hash, asking_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [hash_of(f"{asking}:{key}"), asking],
        )
        return bool(cursor.rowcount == 1)


def _allowed(asking: Asking, sending: Sending, today: date) -> Outcome:
    """Whether the wave still takes answers, asked under the lock, and whether the code is good."""
    state = Asking.objects.filter(pk=asking.pk).values_list("state", flat=True).get()
    if state != "open" or not is_in_time(asking, today):
        return Outcome.CLOSED
    if asking.mode == "personal-code" and not _spend_code(asking.pk, sending.code):
        return Outcome.CODE_SPENT
    return Outcome.STORED


def is_in_time(asking: Asking, today: date) -> bool:
    """Whether ``today`` lies within the wave's first and last day."""
    opens, closes = asking.wave.opens, asking.wave.closes
    return (opens is None or opens <= today) and (closes is None or today <= closes)


def _spend_code(asking: int, code: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ballot WHERE hash = %s AND asking_id = %s", [ballot_of(asking, code), asking]
        )
        return bool(cursor.rowcount == 1)


def _put(channel: Channel, answers: Answers) -> None:
    asking = channel.asking_id
    epoch = Asking.objects.filter(pk=asking).values_list("epoch", flat=True).get()
    key = epochs.key_of(asking, epoch)
    box = seal(text_of(answers), key=key, asking=asking, channel=channel.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake (id, asking_id, channel_id, answers, epoch) VALUES (%s, %s, %s, %s, %s)",
            [secrets.token_hex(16), asking, channel.pk, box, epoch],
        )
