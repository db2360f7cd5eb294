"""What the worker does for this room."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import TaskContext, task

from goldenthread.thread.finding import build


@task(takes_context=True)
def make(context: TaskContext, build_id: int) -> None:
    """Make a waiting build; taken up again, the worker before is taken to be dead."""
    build.make(build_id, timezone.now, again=context.attempt > 1)
