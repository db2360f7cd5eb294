"""What a dead worker left is taken up again, and what is being done is left alone."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from goldenthread.ground.files.aside import PREFIX, aside
from goldenthread.site.tick import take_up, tick

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


def worked_in(home: Path, name: str, ago: timedelta) -> Path:
    """A folder of work with answers in it, last written to so long ago."""
    folder = home / name
    (folder / "2025").mkdir(parents=True)
    (folder / "2025" / "answers.csv").write_text("Work\nSchool\n")
    for each in (folder / "2025", folder):
        os.utime(each, ((time.time() - ago.total_seconds()),) * 2)
    return folder


def test_answers_that_a_killed_worker_left_go_with_the_next_tick(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    places = (tmp_path, tmp_path / "builds")
    dead = [worked_in(place, f"{PREFIX}dead", timedelta(days=9)) for place in places]
    fresh = [worked_in(place, f"{PREFIX}fresh", timedelta()) for place in places]
    done = worked_in(tmp_path, "builds/1-1", timedelta(days=9))
    with aside(places[0]) as reading, aside(places[1]) as making:
        alive = [worked_in(each, "still-read", timedelta(days=9)) for each in (reading, making)]
        for each in (reading, making):
            os.utime(each, (time.time() - 9 * 86_400,) * 2)
        tick(lambda: NOW)
        kept = (*fresh, *alive, done)
        assert [each for each in dead if each.exists()] == []
        assert all((each / "2025" / "answers.csv").exists() for each in kept)
