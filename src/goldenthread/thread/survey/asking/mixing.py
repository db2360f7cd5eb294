"""Mixing what came with what came before, so that nobody can say which answers came when.

Whoever could watch the table of answers grow could put names to them by the times people said they
were done. So answers wait in the intake until there are enough, and then move all at once, in a
random order, under new random names (research/trust.md, section 3; ICO, Anonymisation, 2025).
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from random import SystemRandom
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F

from goldenthread.ground.audit.record import record
from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.asking import epochs
from goldenthread.thread.survey.asking.locks import held, keep_out
from goldenthread.thread.survey.asking.models import Answered, Asking, Channel
from goldenthread.thread.survey.asking.waiting import Unopened, unseal

_random = SystemRandom()
PASSED_THROUGH = ("intake", "sent", "ballot")


class _Row(NamedTuple):
    id: str
    channel: int
    answers: str
    epoch: str


def mix(*, asking: int, now: datetime, least: int) -> int:
    """Move everything in the intake among the answers; how many there were, 0 where fewer than ``least``.

    Taking out and reading are one statement, so that what arrives meanwhile is neither lost nor moved
    twice. What comes from here on is sealed under a new key, and the old one is destroyed. What cannot be
    opened stays where it is. The trail says that it was done, and not of how many: the wave may be open.
    """
    with transaction.atomic():
        found = held(asking)
        moved = _opened(found) if waiting(asking) >= max(least, 1) else []
        if len(moved) < max(least, 1):
            transaction.set_rollback(True)
            return 0
        _random.shuffle(moved)
        _put_in(asking, [answers for _, answers in moved])
        _count(Counter(channel for channel, _ in moved))
        Asking.objects.filter(pk=asking).update(mixed=now)
        record(
            by=None,
            now=now,
            area=found.wave.survey.area_id,
            what="survey.answers.mixed",
            about=f"wave:{found.wave.survey.slug}/{found.wave.code}",
            words=f"mixed what had come to {found.wave.label} with the answers before it",
        )
    sweep()
    epochs.tidy()
    return len(moved)


def answers_of(asking: int) -> Iterator[Answers]:
    """Everybody's answers, in no order that says anything."""
    found = Answered.objects.filter(asking_id=asking).order_by("pk").values_list("answers", flat=True)
    for text in found.iterator(chunk_size=2000):
        yield {name: tuple(v) if isinstance(v, list) else v for name, v in json.loads(text).items()}


def sweep() -> None:
    """Have the database give up what it keeps of rows that are gone: old versions, and its journal.

    Outside any transaction; inside one it is left to the next time.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in PASSED_THROUGH:
                cursor.execute(f"VACUUM {table}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def waiting(asking: int) -> int:
    """How many answers wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM intake WHERE asking_id = %s", [asking])
        count: int = cursor.fetchone()[0]
        return count


def _opened(asking: Asking) -> list[tuple[int, str]]:
    """Everything in the intake that can be opened, taken out of it: channels and answers."""
    keep_out(asking.pk)
    if asking.state == "open":
        epochs.begin(asking)
    rows = _take_out(asking.pk)
    keys = {epoch: _key(asking.pk, epoch) for epoch in {row.epoch for row in rows}}
    texts = [(row, _text(row, asking.pk, keys[row.epoch])) for row in rows]
    _put_back(asking.pk, [row for row, text in texts if text is None])
    return [(row.channel, text) for row, text in texts if text is not None]


def _key(asking: int, epoch: str) -> bytes | None:
    try:
        return epochs.key_of(asking, epoch) if epoch else b""
    except epochs.KeyGone:
        return None


def _text(row: _Row, asking: int, key: bytes | None) -> str | None:
    """What a row says; None where its key is lost. What an earlier version put down was not sealed."""
    if not row.epoch:
        return row.answers
    try:
        return unseal(row.answers, key=key, asking=asking, channel=row.channel) if key else None
    except Unopened:
        return None


def _take_out(asking: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM intake WHERE asking_id = %s RETURNING id, channel_id, answers, epoch", [asking]
        )
        return [_Row(*row) for row in cursor.fetchall()]


def _put_back(asking: int, rows: list[_Row]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO intake (id, asking_id, channel_id, answers, epoch) VALUES (%s, %s, %s, %s, %s)",
            [(row.id, asking, row.channel, row.answers, row.epoch) for row in rows],
        )


def _put_in(asking: int, moved: list[str]) -> None:
    rows = [(secrets.token_hex(16), asking, answers) for answers in moved]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO answered (id, asking_id, answers) VALUES (%s, %s, %s)", rows)


def _count(came: Counter[int]) -> None:
    for channel, number in came.items():
        Channel.objects.filter(pk=channel).update(came=F("came") + number)
