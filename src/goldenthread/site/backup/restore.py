"""Restoring a backup: everything is made ready and looked over beside the house, then takes its place."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from goldenthread.analysis.problem import Refusal
from goldenthread.ground.audit.queries import Happening, since
from goldenthread.ground.files.aside import aside
from goldenthread.ground.files.queries import every_file
from goldenthread.ground.retention.round import purge
from goldenthread.site.backup.archive import Archive, damaged
from goldenthread.site.backup.database import answering, applied, database, holding, there, unknown
from goldenthread.site.backup.manifest import KINDS, Manifest
from goldenthread.site.backup.settle import Settled, bring_forward, settle
from goldenthread.site.backup.switch import switch
from goldenthread.site.hold import alone, unfinished
from goldenthread.thread.finding.queries import every_folder
from goldenthread.thread.survey.asking.epochs import every_key

FOLDERS = ("files", "builds", "keys")
TAKEN_BACK = (
    "people.account.disabled",
    "people.person.erased",
    "people.role.ended",
    "survey.wave.dropped",
)
"""What somebody did to take something away, which a restore of an earlier day gives back."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what whoever restored it should know.

    ``returned`` is what had been taken away since the backup and is back; None where the house that
    stood here could not be read. ``purged`` says what was deleted again because its time had come.
    """

    manifest: Manifest
    settled: Settled
    returned: tuple[Happening, ...] | None
    purged: tuple[str, ...]


def restore(archive: Archive, *, replace: bool, clock: Clock) -> Restored:
    """Put a backup in the place of whatever is here. Raises Refusal, and then nothing was changed.

    ``replace`` says that something may be here. A restore that was killed while it changed places is
    run again without it.
    """
    home = Path(settings.HOME)
    with answering(), alone(home):
        _refuse_kind(archive)
        _refuse_what_stands(home, replace=replace or unfinished(home))
        returned = _returned(archive.manifest.as_of)
        with aside(home) as folder, database().staged() as staged:
            _unpack(archive, folder)
            staged.load(archive, folder)
            _check(archive, folder)
            _check_keys(archive)
            bring_forward()
            settled = settle(now=clock(), as_of=archive.manifest.as_of)
            staged.settle()
            os.sync()  # what is made ready is safe before anything is put away
            places: dict[Path, Path | None] = {home / name: folder / name for name in FOLDERS}
            places[home / "secret"] = _new_secret(folder)
            switch(home, {**places, **staged.moves()}, folder / "old", staged.switch)
        return Restored(archive.manifest, settled, returned, purge(now=clock()).lines)


def _refuse_kind(archive: Archive) -> None:
    manifest = archive.manifest
    newer = unknown(manifest.migrations)
    if newer:
        raise damaged(archive.path, f"it is of version {manifest.version}, newer than this one ({newer})")
    if manifest.kind != connection.vendor:
        theirs, ours = KINDS[manifest.kind], KINDS.get(connection.vendor, connection.vendor)
        raise damaged(archive.path, f"it is of a house on {theirs}, and DATABASE_URL names {ours}")
    room = shutil.disk_usage(settings.HOME).free
    if manifest.size > room:
        needs = f"its files need {manifest.size >> 20:,} MB and the disk has {room >> 20:,} MB"
        raise damaged(archive.path, needs)


def _refuse_what_stands(home: Path, *, replace: bool) -> None:
    if not replace:
        table = holding() if database().anything() else None
        full = [name for name in FOLDERS if any((home / name).iterdir())]
        if table or full:
            what = f"its database (table {table})" if table else f"its folder {full[0]}"
            raise Refusal(f"{home} already holds something in {what}: say --replace to give it up.")
    database().refuse_in_use()


def _returned(as_of: datetime) -> tuple[Happening, ...] | None:
    try:
        return since(as_of, TAKEN_BACK) if there() else ()
    except DatabaseError:
        return None
    finally:
        connection.close()


def _unpack(archive: Archive, folder: Path) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(0o700 if name == "keys" else 0o777)
    for part in archive.manifest.parts:
        if part.path.startswith(FOLDERS):
            archive.extract(part, folder / part.path)


def _check(archive: Archive, folder: Path) -> None:
    """Raises Refusal where the database is not the one the manifest tells of, or names files that lack."""
    if applied() != archive.manifest.migrations:
        raise damaged(archive.path, "its database is not the one its manifest tells of")
    known = {part.path: part.sha256 for part in archive.manifest.parts}
    excused = {*archive.manifest.missing}
    for place, _ in every_file():
        path = place.relative_to(settings.HOME).as_posix()
        if path not in known and path not in excused:
            raise damaged(archive.path, f"it lacks {path}, which its database names")
    for build in every_folder():
        path = build.relative_to(settings.HOME).as_posix()
        if not (folder / path).is_dir() and path not in excused:
            raise damaged(archive.path, f"it lacks {path}, which its database names")


def _check_keys(archive: Archive) -> None:
    """Raises Refusal where answers wait in the database and what would open them is not here."""
    known = {part.path for part in archive.manifest.parts} | {*archive.manifest.missing}
    for key in every_key():
        path = key.relative_to(settings.HOME).as_posix()
        if path not in known:
            raise damaged(archive.path, f"it lacks {path}, without which answers that wait cannot be opened")


def _new_secret(folder: Path) -> Path:
    """A new key, so that no link or sign-in signed before opens anything."""
    file = folder / "secret"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file
