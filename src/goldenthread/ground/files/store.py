"""Keeping files and finding them again, within their area; called inside commands and jobs."""

from __future__ import annotations

import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.db import transaction

from goldenthread.ground.files.disk import place, write
from goldenthread.ground.files.kind import media_type
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.purposes import purposes
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Refused

LONGEST_NAME = 150
UNSETTLED = timedelta(days=1)
GONE = "That file is no longer kept here. Bring it in again."


def keep(*, by: Actor | None, now: datetime, area: int, name: str, stream: IO[bytes], purpose: str) -> str:
    """Keep the bytes of ``stream`` for a purpose of purposes.toml; the file's id.

    To be called inside a command, which has asked who may and records what was done; ``by`` None is
    a job of the system. Raises Refused where the file is empty, too large, or the disk is full; then
    nothing is left. Should the command fail later, the bytes are swept away after a day.
    """
    lasting = purposes()[purpose].kept
    row = _row(by, area, name, purpose, now, now + lasting if lasting else None)
    _put(row, stream)
    return row.pk


@contextmanager
def kept_apart(
    *, by: Actor, now: datetime, area: int, name: str, stream: IO[bytes], purpose: str
) -> Iterator[str]:
    """As ``keep``, outside any transaction, for a command whose second step must ``settle`` the file.

    Where that step fails the file is forgotten; where it never comes, the file goes after a day.
    """
    row = _row(by, area, name, purpose, now, now + UNSETTLED)
    _put(row, stream)
    try:
        yield row.pk
    except BaseException:
        if KeptFile.objects.filter(pk=row.pk, delete_after__isnull=False).exists():
            forget(area, row.pk)
        raise


def settle(area: int, kept: str) -> None:
    """Say that a file kept apart belongs to something now, which decides when it goes. Raises Refused."""
    if not KeptFile.objects.filter(pk=kept, area_id=area).update(delete_after=None):
        raise Refused(GONE)


def _row(
    by: Actor | None, area: int, name: str, purpose: str, at: datetime, until: datetime | None
) -> KeptFile:
    return KeptFile(
        pk=secrets.token_hex(16),
        area_id=area,
        name=plain_name(name),
        purpose=purpose,
        by_id=by.account if by else None,
        at=at,
        delete_after=until,
    )


def _put(row: KeptFile, stream: IO[bytes]) -> None:
    path = place(row.area_id, row.pk)
    row.size, row.sha256 = write(path, stream, shown=row.name)
    row.media_type = media_type(path, row.name)
    row.save(force_insert=True)


def open_kept(area: int, kept: str) -> IO[bytes]:
    """The file's bytes, open for reading; whoever asks closes them. Raises Refused."""
    try:
        return _place(area, kept).open("rb")
    except FileNotFoundError as fault:
        raise Refused(GONE) from fault


def kept_as(area: int, kept: str, path: Path) -> Path:
    """The file's bytes under ``path``, without a copy where the disk allows. Raises Refused."""
    try:
        os.link(_place(area, kept), path)
    except FileNotFoundError as fault:
        raise Refused(GONE) from fault
    except OSError:
        shutil.copyfile(_place(area, kept), path)
    return path


def forget(area: int, kept: str) -> None:
    """Delete a file's row now and its bytes once the transaction stands; nothing where there is none."""
    if KeptFile.objects.filter(pk=kept, area_id=area).delete()[0]:
        transaction.on_commit(partial(place(area, kept).unlink, missing_ok=True))


def plain_name(name: str) -> str:
    """A file's name to show: without folders or signs that cannot be seen, and no longer than 150."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    if len(seen) <= LONGEST_NAME:
        return seen or "file"
    return f"{seen[: LONGEST_NAME - 13]}…{seen[-12:]}"


def _place(area: int, kept: str) -> Path:
    if not KeptFile.objects.filter(pk=kept, area_id=area).exists():
        raise Refused(GONE)
    return place(area, kept)
