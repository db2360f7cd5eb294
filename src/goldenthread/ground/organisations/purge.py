"""How files of the national register that nobody took in are emptied when they are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goldenthread.ground.organisations.models import DISCARDED, WAITING, Upload
from goldenthread.ground.retention.round import Purge


def _waiting(owned: Q, before: datetime) -> int:
    found = Upload.objects.filter(owned, state=WAITING, at__lt=before)
    return found.update(cells=[], state=DISCARDED)


PURGES = (
    Purge("register-file", "file of the national register", "files of the national register", _waiting),
)
