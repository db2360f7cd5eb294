"""Whoever watches over an installation learns what is wrong with it, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from goldenthread.site import health

pytestmark = pytest.mark.django_db


def waiting(minutes: int) -> None:
    """Work that nobody has taken up for so long."""
    made = DBTaskResult.objects.create(
        task_path="goldenthread.thread.survey.tasks.look_at",
        args_kwargs={"args": [1], "kwargs": {}},
        queue_name="default",
        backend_name="default",
    )
    then = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=then)


def test_it_is_alive_and_ready() -> None:
    assert Client().get("/health/").status_code == 200
    answer = Client().get("/ready/")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_work_that_waits_too_long_is_told(minutes: int, status: int) -> None:
    waiting(minutes)
    answer = Client().get("/ready/")
    assert answer.status_code == status
    assert (b"is the worker running?" in answer.content) is (status == 503)


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_ROOM", 1.1)
    answer = Client().get("/ready/")
    assert answer.status_code == 503
    assert answer.content == b"less than a tenth of the disk is free\n"
