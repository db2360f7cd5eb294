"""The round that deletes what is due. Each room says in ``purge.py`` how it deletes its own.

A room's ``PURGES`` name a term of terms.toml; the round works out the day from it, area by area, and
writes one event for each kind of thing it deleted. Where SQLite is used, deleted bytes are then taken
out of the file itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.db.models import Q

from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.models import Event
from goldenthread.ground.audit.record import record
from goldenthread.ground.retention.datamap import OURS, terms

ROUND = "retention.round"
BETWEEN = timedelta(hours=23)
Delete = Callable[[Q, datetime], int]


@dataclass(frozen=True, slots=True)
class Purge:
    """How one kind of thing is deleted: ``delete(owned, before)`` says how many there were.

    ``owned`` is the condition that a row is of the area the round has come to. What is ``shared`` by
    all areas is deleted once, whatever it says. ``one`` and ``many`` name the things.
    """

    term: str
    one: str
    many: str
    delete: Delete
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Purged:
    """What one round deleted, in words, and whether the bytes are out of the database file too."""

    lines: tuple[str, ...]
    scrubbed: bool = True


def purges() -> tuple[Purge, ...]:
    """How every room deletes its own."""
    return tuple(each for name in _modules() for each in import_module(name).PURGES)


def round_due(*, now: datetime) -> bool:
    """Whether a day has gone by since the last round."""
    return not Event.objects.filter(what=ROUND, at__gt=now - BETWEEN).exists()


def purge(*, now: datetime) -> Purged:
    """Delete what is due, everywhere. Running it again deletes nothing more."""
    areas = (*Area.objects.order_by("pk").values_list("pk", flat=True), None)
    found = [
        _purge(each, area, now) for area in areas for each in purges() if area is None or not each.shared
    ]
    lines = [words for words in found if words]
    words = f"went round: {len(lines)} kinds of thing were due" if lines else "went round: nothing was due"
    record(by=None, now=now, what=ROUND, words=words)
    return Purged(tuple(lines), scrubbed=scrub() if lines else True)


@transaction.atomic
def _purge(each: Purge, area: int | None, now: datetime) -> str:
    term = terms()[each.term]
    owned = Q(area__isnull=True) if area is None else Q(area_id=area)
    count = each.delete(owned, now - timedelta(days=term.days or 0))
    if not count:
        return ""
    words = f"deleted {count:,} {each.one if count == 1 else each.many}; kept: {_lower(term.words)}"
    record(by=None, now=now, area=area, what="retention.deleted", about=f"term:{term.code}", words=words)
    return words


def scrub() -> bool:
    """Take deleted bytes out of the database's own files; False where a reader held that up until next time.

    SQLite overwrites what is deleted (secure_delete), but copies of it can stand in the write-ahead
    log. PostgreSQL does this by itself (autovacuum).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
    except OperationalError:
        return False
    return not busy


def _modules() -> Iterator[str]:
    for config in apps.get_app_configs():
        name = f"{config.name}.purge"
        if config.name.startswith(OURS) and find_spec(name):
            yield name


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
