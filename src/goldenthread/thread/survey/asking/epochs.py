"""Keys of what waits in the intake: one for each stretch of time between two mixings, as a file.

The database, its journal and every copy of it hold what waits only sealed (NIST SP 800-38D). The key is a
file in the home, which all who take in answers share, and is never in the database. Mixing begins a new
stretch; once no row needs the old key it is overwritten and gone, and with it the way from a code that was
spent to the answers it was spent on, whoever kept a copy of the database, its journal or the mail.

A key is safe on the disk before a row of the database names it, and goes after the last such row: both
under the lock of the wave's own row, so that nobody destroys a key that somebody is about to name.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from goldenthread.thread.survey.asking.locks import held, keep_out
from goldenthread.thread.survey.asking.models import Asking

BYTES = 32
STRAY = 24 * 3600
"""Seconds after which a key of a wave that is there no more goes."""


class KeyGone(Exception):  # noqa: N818 - an answer about a file
    """There is no such key on the disk."""


def home() -> Path:
    """The folder of all keys."""
    return Path(settings.HOME) / "keys"


def place(asking: int, epoch: str) -> Path:
    """Where the key of one stretch of a wave is."""
    return home() / f"{asking}-{epoch}"


def key_of(asking: int, epoch: str) -> bytes:
    """The key, read anew each time: another process may have begun a new stretch. Raises KeyGone."""
    try:
        found = place(asking, epoch).read_bytes() if epoch else b""
    except FileNotFoundError:
        found = b""
    if len(found) != BYTES:
        raise KeyGone(epoch)
    return found


def begin(asking: Asking) -> str:
    """Begin a new stretch; to be called with the wave's row locked and those who send kept out."""
    asking.epoch = _make(asking.pk)
    asking.save(update_fields=["epoch"])
    return asking.epoch


@transaction.atomic
def renew(asking: int) -> None:
    """Begin a new stretch where the present one has no key: in a wave of an earlier version, or where the
    folder of keys was lost."""
    found = held(asking)
    keep_out(asking)
    try:
        key_of(asking, found.epoch)
    except KeyGone:
        begin(found)


@transaction.atomic
def retire(asking: int) -> None:
    """End the last stretch of a wave that takes nothing more."""
    found = held(asking)
    if found.state == "closed" and found.epoch:
        found.epoch = ""
        found.save(update_fields=["epoch"])


def tidy() -> int:
    """Destroy every key that nothing needs any more; how many there were.

    Outside any transaction, whose rows could come back; inside one it is left to the next time.
    """
    if connection.in_atomic_block:
        return 0
    waves = sorted({_asking_of(each) for each in _every_file()})
    return sum(_tidy(asking) for asking in waves if _unneeded(asking))


def every_key() -> tuple[Path, ...]:
    """Where each key is that a row of the database names: for a backup of it all."""
    return tuple(place(asking, epoch) for asking, epoch in sorted(_needed(None)))


@transaction.atomic
def _tidy(asking: int) -> int:
    known = Asking.objects.select_for_update(no_key=True).filter(pk=asking).first()
    return sum(_destroy(each) for each in _unneeded(asking) if known or _is_old(each))


def _unneeded(asking: int) -> list[Path]:
    needed = {place(*each) for each in _needed(asking)}
    return [each for each in _every_file() if _asking_of(each) == asking and each not in needed]


def _is_old(path: Path) -> bool:
    return path.exists() and path.stat().st_mtime < time.time() - STRAY


def _needed(asking: int | None) -> Collection[tuple[int, str]]:
    """The stretches that waves stand in or that something waits of."""
    if not _has_epochs():
        return set()
    which, only = ("", []) if asking is None else (" AND {} = %s", [asking])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, epoch FROM asking WHERE epoch <> ''{which.format('id')}", only)  # noqa: S608
        found = set(cursor.fetchall())
        query = f"SELECT DISTINCT asking_id, epoch FROM intake WHERE epoch <> ''{which.format('asking_id')}"  # noqa: S608
        cursor.execute(query, only)
        return found | set(cursor.fetchall())


def _has_epochs() -> bool:
    """Whether the database is of a version that has them: a backup is also taken of an earlier one."""
    with connection.cursor() as cursor:
        if "asking" not in connection.introspection.table_names(cursor):
            return False
        found = connection.introspection.get_table_description(cursor, "asking")
    return "epoch" in {column.name for column in found}


def _make(asking: int) -> str:
    epoch = secrets.token_hex(16)
    home().mkdir(mode=0o700, exist_ok=True)
    handle = os.open(place(asking, epoch), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    _settle()
    return epoch


def _destroy(path: Path) -> bool:
    """Overwrite a key and take its file away; whether it was this call that did."""
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _settle()
    return True


def _settle() -> None:
    handle = os.open(home(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _every_file() -> Iterator[Path]:
    return (each for each in home().glob("*-*") if each.name.partition("-")[0].isdigit())


def _asking_of(path: Path) -> int:
    return int(path.name.partition("-")[0])
