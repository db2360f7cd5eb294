"""What a dead worker left is taken up again, and what is being done is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from goldenthread.site.tick import take_up

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)


def begun(ago: timedelta) -> DBTaskResult:
    """A piece of work that a worker began so long ago."""
    return DBTaskResult.objects.create(
        task_path="goldenthread.thread.survey.tasks.look_at",
        args_kwargs={"args": [1], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        status="RUNNING",
        started_at=NOW - ago,
    )


def test_work_of_a_worker_that_died_is_put_back_and_other_work_is_not() -> None:
    dead, alive = begun(timedelta(minutes=16)), begun(timedelta(minutes=1))
    assert take_up(NOW) == 1
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.status, alive.status) == ("READY", "RUNNING")
