"""Whether it is alive, and whether it can do its work: two addresses for whoever watches over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from goldenthread.web.access import now

LEAST_ROOM = 0.1
LONGEST_WAIT = timedelta(minutes=10)


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 where this process answers at all."""
    del request
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, a tenth of the disk is free and no work has waited ten minutes.

    Else 503, with a line for each thing that is wrong; nothing in it names a person or a place.
    """
    del request
    moment = now()
    wrong = [words for words, holds in CHECKS.items() if not holds(moment)]
    told = "".join(f"{words}\n" for words in wrong) or "ready\n"
    return HttpResponse(told, status=503 if wrong else 200, content_type="text/plain")


def _database(moment: datetime) -> bool:
    del moment
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _room(moment: datetime) -> bool:
    del moment
    disk = shutil.disk_usage(settings.HOME)
    return disk.free >= LEAST_ROOM * disk.total


def _worker(moment: datetime) -> bool:
    try:
        return not DBTaskResult.objects.filter(status="READY", enqueued_at__lt=moment - LONGEST_WAIT).exists()
    except DatabaseError:
        return True


CHECKS: dict[str, Callable[[datetime], bool]] = {
    "the database does not answer": _database,
    "less than a tenth of the disk is free": _room,
    "work has waited for more than ten minutes: is the worker running?": _worker,
}
