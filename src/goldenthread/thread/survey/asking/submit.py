"""Taking in what one person sent.

The one way of writing that leaves no trail: no event, no session, no task, no letter, and no time.
In one transaction the right to answer is spent and the answers are put down; both or neither.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection, transaction

from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.asking.models import Asking, Channel

LOCKS = 0x601D
"""The first half of the advisory locks by which sending and closing keep out of each other's way."""


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
    with transaction.atomic():
        found = _channel(sending.channel)
        if found is None:
            return Outcome.UNKNOWN
        asking = found.asking
        _hold_open(asking.pk)
        if not _spend(asking.pk, sending.key):
            return Outcome.ALREADY
        outcome = _allowed(asking, sending, today)
        if outcome is not Outcome.STORED:
            transaction.set_rollback(True)
            return outcome
        _put(asking.pk, found.pk, sending.answers)
    return Outcome.STORED


def hash_of(secret: str) -> str:
    """What is kept of a code or a key. Both are 128 random bits or more: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _channel(code: str) -> Channel | None:
    return Channel.objects.select_related("asking__wave").filter(code=code).first()


def _hold_open(asking: int) -> None:
    """Keep the wave from being closed meanwhile. SQLite lets only one write at a time as it is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCKS, asking])


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
            "DELETE FROM ballot WHERE hash = %s AND asking_id = %s", [hash_of(f"{asking}:{code}"), asking]
        )
        return bool(cursor.rowcount == 1)


def _put(asking: int, channel: int, answers: Answers) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake (id, asking_id, channel_id, answers) VALUES (%s, %s, %s, %s)",
            [secrets.token_hex(16), asking, channel, _text(answers)],
        )


def _text(answers: Mapping[str, object]) -> str:
    """The answers as JSON in an order that says nothing of the order they were given in."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
