"""Taking a backup of everything, at one moment, while others go on reading and writing.

Rows name files: a kept file's row its bytes, a done build's row its folder. A backup must hold no row
whose file it lacks. The house itself keeps one order: bytes reach the disk before the row that names
them is written, and are removed after the row is gone. So at any moment at which no row changes, every
file that a row names is there. We make such a moment, and keep it short:

1. Others are kept from changing those rows (on SQLite, from writing at all).
2. The time is read: it is the backup's own. What was acknowledged before it is in the database.
3. A second connection takes its snapshot of the database.
4. Every file that a row names is given a second name. That takes no room and little time, and the
   bytes then stay, whatever is deleted under the first name.
5. Others go on. Database and files are copied from the snapshot and the second names, at leisure.

Had the files been copied first, a row written meanwhile would name a file we have not; had the
snapshot been left alone first, a purge could remove a file before we came to it. Bytes that no row
names (uploads cut off, builds half made) stay out, as do the secret key, mail written to files, and
what can be made again (static files).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from goldenthread import __version__
from goldenthread.analysis.problem import Refusal
from goldenthread.ground.files.aside import aside
from goldenthread.site.backup.archive import Writing
from goldenthread.site.backup.database import Snapshot, answering, applied, database, there, unknown
from goldenthread.site.backup.manifest import Manifest
from goldenthread.site.backup.pins import Pinned, pin

Clock = Callable[[], datetime]
THERE = "{} is there already: name another file, or say --replace."


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup holds, and the files whose bytes are not those that came."""

    manifest: Manifest
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was held fast at one moment."""

    at: datetime
    migrations: tuple[str, ...]
    files: Pinned


def take(file: Path, *, replace: bool, clock: Clock) -> Taken:
    """Write everything to ``file``, whole or not at all. Raises Refusal."""
    refuse_place(file, replace=replace)
    with answering():
        if not there():
            raise Refusal(f"There is nothing to back up: {settings.HOME} has no database yet.")
    with (
        _written_to(file),
        aside(file.parent) as folder,
        aside(Path(settings.HOME)) as pins,
        answering(),
        database().snapshot() as snapshot,
    ):
        moment = _hold(snapshot, pins, clock)
        taken = _write(folder / "backup", moment, snapshot.copy(folder), snapshot)
        _put(folder / "backup", file, replace=replace)
        return taken


def refuse_place(file: Path, *, replace: bool) -> None:
    """Raises Refusal where a backup cannot be put at ``file``."""
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent} to write the backup to.")
    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file for the backup.")
    if file.exists() and not replace:
        raise Refusal(THERE.format(file))


def _hold(snapshot: Snapshot, folder: Path, clock: Clock) -> _Moment:
    with transaction.atomic():
        database().hold()
        at = clock()
        snapshot.begin()
        moment = _Moment(at, applied(), pin(Path(settings.HOME), folder))
    newer = unknown(moment.migrations)
    if newer and connection.vendor != "sqlite":
        raise Refusal(f"A newer version has used this database ({newer}): take the backup with that version.")
    return moment


def _write(to: Path, moment: _Moment, parts: Mapping[str, Path], snapshot: Snapshot) -> Taken:
    writing = Writing(to, moment.at)
    told, changed = [], []
    with writing:
        for path, source in parts.items():
            told.append(writing.add(path, source))
            source.unlink()
        for each in moment.files.pins:
            told.append(writing.add(each.path, each.held))
            if each.sha256 not in (None, told[-1].sha256):
                changed.append(each.path)
        manifest = Manifest(
            version=__version__,
            kind=connection.vendor,
            as_of=moment.at,
            migrations=moment.migrations,
            parts=tuple(told),
            missing=moment.files.missing,
            tables=snapshot.tables(),
        )
        writing.end(manifest)
    return Taken(manifest, tuple(changed))


@contextmanager
def _written_to(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno is None:
            raise
        raise Refusal(f"The backup could not be written to {file}: {fault.strerror}.") from fault


def _put(ready: Path, file: Path, *, replace: bool) -> None:
    """Give a file its name: all of it is there from then on, or nothing was ever there."""
    if replace:
        ready.replace(file)
    else:
        try:
            os.link(ready, file)
        except FileExistsError as fault:
            raise Refusal(THERE.format(file)) from fault
        except OSError:  # a disk without second names
            refuse_place(file, replace=False)
            ready.replace(file)
    handle = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
