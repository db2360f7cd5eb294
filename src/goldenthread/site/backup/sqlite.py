"""SQLite: one file. Its own backup takes it as it was at a moment; VACUUM leaves out what was deleted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from goldenthread.analysis.problem import Refusal
from goldenthread.ground.files.aside import aside
from goldenthread.site.backup.archive import Archive, damaged
from goldenthread.site.backup.manifest import Table

PART = "database/goldenthread.sqlite3"
PAGES = 4096
BESIDE = ("", "-wal", "-shm", "-journal")
STRANGE = (
    "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
)
IN_USE = "Something has the database open: stop the application, its worker and its timer, then restore."


def place() -> Path:
    """Where the database's file is."""
    return Path(str(connection.settings_dict["NAME"]))


def anything() -> bool:
    """Whether there is a file."""
    return place().is_file()


def hold() -> None:
    """Nothing more: the transaction, being IMMEDIATE, keeps every other writer waiting."""


class Snapshot:
    """A second connection that reads the file as it was."""

    def __init__(self, other: sqlite3.Connection) -> None:
        self.other = other

    def begin(self) -> None:
        """A reader sees the file as it is at its first look."""
        self.other.execute("BEGIN")
        self.other.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def copy(self, folder: Path) -> Mapping[str, Path]:
        """The one file. Pages that were deleted from are copied first, and left out of what is kept."""
        whole, tidy = folder / "copied", folder / "database"
        with _said(), closing(sqlite3.connect(whole, isolation_level=None)) as copied:
            self.other.backup(copied, pages=PAGES, sleep=0, progress=lambda *_: None)
            copied.execute("VACUUM INTO ?", (str(tidy),))
        whole.unlink()
        return {PART: tidy}

    def tables(self) -> Mapping[str, Table]:
        """None: the file says itself what is in it."""
        return {}


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A second connection, closed at the end."""
    with _said(), closing(sqlite3.connect(place(), timeout=20, isolation_level=None)) as other:
        yield Snapshot(other)


def refuse_in_use() -> None:
    """Raises Refusal where anybody else has the file open: only alone can its journal be changed."""
    connection.close()
    if not anything():
        return
    try:
        with closing(sqlite3.connect(place(), timeout=0, isolation_level=None)) as alone:
            alone.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as held:
        raise Refusal(IN_USE) from held
    except sqlite3.DatabaseError:
        return  # what stands there is no database any more; it is put away as it is


class Staged:
    """A file in a folder beside its place."""

    def __init__(self, folder: Path) -> None:
        self.place, self.file = place(), folder / "goldenthread.sqlite3"

    def load(self, archive: Archive, folder: Path) -> None:
        """The backup's one file, looked over before anything is asked of it."""
        del folder
        _look_over(archive.path, archive.extract(archive.part(PART), self.file))
        _lead_to(self.file)

    def settle(self) -> None:
        """Into one file again, without what was deleted from it."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode = DELETE")
        _lead_to(self.place)
        with self.file.open("rb") as file:
            os.fsync(file.fileno())

    def moves(self) -> Mapping[Path, Path | None]:
        """The file to its place, and away with what SQLite kept beside the old one."""
        gone: dict[Path, Path | None] = {Path(f"{self.place}{end}"): None for end in BESIDE}
        return {**gone, self.place: self.file}

    def switch(self) -> None:
        """Nothing more."""


@contextmanager
def staged() -> Iterator[Staged]:
    """A folder on the database's own disk."""
    with aside(place().parent) as folder:
        found = Staged(folder)
        try:
            yield found
        finally:
            _lead_to(found.place)


def _lead_to(file: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(file)


def _look_over(path: Path, file: Path) -> None:
    """Raises Refusal where a file is not a sound database of plain tables."""
    try:
        with closing(sqlite3.connect(file)) as found:
            strange = found.execute(STRANGE).fetchone()[0]
            sound = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            loose = found.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as fault:
        raise damaged(path, "its database is damaged") from fault
    if strange or not sound or loose:
        why = "holds what no backup of ours holds" if strange else "is damaged"
        raise damaged(path, f"its database {why}")


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise Refusal(f"The database could not be copied: {fault}.") from fault
