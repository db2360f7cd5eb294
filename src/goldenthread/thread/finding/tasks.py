"""What the worker does for this room."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from goldenthread.thread.finding import build


@task()
def make(build_id: int) -> None:
    """Make a waiting build."""
    build.make(build_id, timezone.now)
