"""What the worker does for this room."""

from __future__ import annotations

import time

from django.utils import timezone
from django_tasks import task

from goldenthread.thread.survey.asking import closing, mailing


@task()
def finish(asking: int) -> None:
    """Make a closed wave's answers ready."""
    closing.finish(asking, timezone.now)


@task()
def send(number: int) -> None:
    """Send what is due of a mailing; where there is more, other work has its turn first."""
    if mailing.send(number, clock=timezone.now, wait=time.sleep):
        send.enqueue(number)
