"""How events are deleted when they are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goldenthread.ground.audit.models import Event
from goldenthread.ground.retention.round import Purge


def _events(owned: Q, before: datetime) -> int:
    return Event.objects.filter(owned, at__lt=before).delete()[0]


PURGES = (Purge("audit", "event of the audit", "events of the audit", _events),)
