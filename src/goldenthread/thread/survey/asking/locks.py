"""Keeping sending, mixing, minting and closing out of each other's way.

The row of a wave is locked by whoever changes it (``held``). Those who send answers never touch it: on
PostgreSQL they share an advisory lock, which whoever must be alone takes whole. SQLite lets only one write
at a time as it is. The row is locked as one whose key stays: an answer names its wave, and must not wait
for somebody who waits for it.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking.models import Asking

LOCKS = 0x601D
"""The first half of the advisory locks; the second is the wave's number."""


def held(asking: int) -> Asking:
    """A wave asked here, its row ours until the transaction ends."""
    return _rows().get(pk=asking)


def locked(area: int, survey: str, wave: str) -> Asking:
    """The wave of an area, its row ours until the transaction ends. Raises Refused where there is none."""
    found = _rows().filter(wave__survey__area_id=area, wave__survey__slug=survey, wave__code=wave).first()
    if found is None:
        raise Refused("There is no such wave.")
    return found


def hold_open(asking: int) -> None:
    """Keep the wave as it is until the transaction ends, beside others who do the same."""
    _lock("pg_advisory_xact_lock_shared", asking)


def keep_out(asking: int) -> None:
    """Wait for those who are sending now, and keep others out until the transaction ends."""
    _lock("pg_advisory_xact_lock", asking)


def _rows() -> QuerySet[Asking]:
    return Asking.objects.select_for_update(of=("self",), no_key=True).select_related("wave__survey")


def _lock(how: str, asking: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {how}(%s, %s)", [LOCKS, asking])
