"""What has to happen by itself: letters go out, open waves are looked after, what is due is deleted, and
work left undone is taken up.

Run by ``serve`` every half minute; elsewhere by cron or a timer, with ``goldenthread tick``. Running it
twice does nothing twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings

from goldenthread.ground.files.aside import clear

EVERY = 30
STUCK = timedelta(minutes=15)
"""A worker that has not ended a piece of work by then is taken to have died; the work begins afresh."""

Clock = Callable[[], datetime]


def tick(clock: Clock) -> None:
    """Do once what is due."""
    from django.utils.timezone import localtime  # noqa: PLC0415 - once Django is set up

    from goldenthread.ground.mail.deliver import deliver  # noqa: PLC0415
    from goldenthread.ground.retention.round import purge, round_due  # noqa: PLC0415
    from goldenthread.thread.finding.place import builds_home  # noqa: PLC0415
    from goldenthread.thread.survey.asking.rounds import go_round  # noqa: PLC0415

    deliver(clock=clock)
    go_round(now=clock(), today=localtime(clock()).date())
    if round_due(now=clock()):
        purge(now=clock())
    take_up(clock())
    for place in (Path(settings.HOME), builds_home()):
        clear(place)


def take_up(now: datetime) -> int:
    """Put what a dead worker left unfinished back on the list; how many pieces of work there were."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    dead = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - STUCK)
    return int(dead.update(status="READY", started_at=None))


def main() -> None:
    """Tick for as long as the server runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.site.settings")
    django.setup()
    from django.db import close_old_connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    while True:
        tick(timezone.now)
        close_old_connections()
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
