"""How rows of tables that are not ours are deleted when they are due."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from goldenthread.ground.retention.round import Purge


def _sessions(owned: Q, before: datetime) -> int:
    del owned
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def _tasks(owned: Q, before: datetime) -> int:
    del owned
    return DBTaskResult.objects.filter(finished_at__lt=before).delete()[0]


PURGES = (
    Purge("session", "sign-in", "sign-ins", _sessions, shared=True),
    Purge("task", "finished job", "finished jobs", _tasks, shared=True),
)
