"""How letters are deleted when they are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goldenthread.ground.mail.models import Letter
from goldenthread.ground.retention.round import Purge


def _letters(owned: Q, before: datetime) -> int:
    return Letter.objects.filter(owned, ended__lt=before).delete()[0]


PURGES = (Purge("letter", "letter", "letters", _letters),)
