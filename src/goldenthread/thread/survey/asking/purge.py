"""How invitees are deleted when they are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goldenthread.ground.retention.round import Purge
from goldenthread.thread.survey.asking.models import Invitee


def _invitees(owned: Q, before: datetime) -> int:
    return Invitee.objects.filter(owned, asking__closed__lt=before).delete()[0]


PURGES = (Purge("invitee", "address of somebody invited", "addresses of people invited", _invitees),)
