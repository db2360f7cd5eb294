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

from django.db import connection, transaction
from django.db.models import F

from goldenthread.ground.audit.record import record
from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.asking.models import Answered, Asking, Channel

_random = SystemRandom()
PASSED_THROUGH = ("intake", "sent", "ballot")


def mix(*, asking: int, now: datetime, least: int) -> int:
    """Move everything in the intake among the answers; how many there were, 0 where fewer than ``least``.

    Taking out and reading are one statement, so that what arrives meanwhile is neither lost nor moved
    twice. The trail says that it was done, and not of how many: the wave may be open.
    """
    with transaction.atomic():
        found = Asking.objects.select_for_update(of=("self",)).select_related("wave__survey").get(pk=asking)
        if _waiting(asking) < max(least, 1):
            return 0
        moved = _take_out(asking)
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


def _waiting(asking: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM intake WHERE asking_id = %s", [asking])
        count: int = cursor.fetchone()[0]
        return count


def _take_out(asking: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake WHERE asking_id = %s RETURNING channel_id, answers", [asking])
        return list(cursor.fetchall())


def _put_in(asking: int, moved: list[str]) -> None:
    rows = [(secrets.token_hex(16), asking, answers) for answers in moved]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO answered (id, asking_id, answers) VALUES (%s, %s, %s)", rows)


def _count(came: Counter[int]) -> None:
    for channel, number in came.items():
        Channel.objects.filter(pk=channel).update(came=F("came") + number)
