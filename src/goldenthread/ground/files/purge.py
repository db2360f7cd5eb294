"""How kept files are deleted when they are due, and bytes that belong to nothing."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goldenthread.ground.files.disk import sweep
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.store import forget
from goldenthread.ground.retention.round import Purge


def _uploads(owned: Q, before: datetime) -> int:
    found = list(KeptFile.objects.filter(owned, delete_after__lt=before))
    for each in found:
        forget(each.area_id, each.pk)
    return len(found)


def _stray(owned: Q, before: datetime) -> int:
    del owned
    return sweep(before, frozenset(KeptFile.objects.values_list("pk", flat=True)))


PURGES = (
    Purge("upload", "kept file", "kept files", _uploads),
    Purge(
        "stray-bytes", "file that belonged to nothing", "files that belonged to nothing", _stray, shared=True
    ),
)
