"""What the worker does for this room."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from goldenthread.thread.survey.asking import closing


@task()
def finish(asking: int) -> None:
    """Make a closed wave's answers ready."""
    closing.finish(asking, timezone.now)
