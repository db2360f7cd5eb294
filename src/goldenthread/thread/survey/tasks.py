"""What the worker does for this room."""

from __future__ import annotations

from django_tasks import task

from goldenthread.thread.survey import reading


@task()
def look_at(wave: int) -> None:
    """Propose how a wave's file is read."""
    reading.look_at(wave)


@task()
def look_again(wave: int) -> None:
    """Put a corrected file in the place of a wave's file."""
    reading.look_again(wave)


@task()
def check(wave: int) -> None:
    """Read a wave's answers as decided."""
    reading.check(wave)
