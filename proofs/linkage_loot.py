"""What somebody inside can carry away: copies of the tables, what the journals tell, files, and the mail.

Nothing here knows what any table is for. SQLite's journal is played back commit by commit; PostgreSQL is
asked for its hidden columns and for the rows that are dead and not yet swept, and its journal is read with
pg_waldump.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from cluster import Cluster
from psycopg import sql

Key = tuple[int, ...]
BETWEEN = "between-"
"""How copies are called that are only played back, and not searched byte by byte."""
WAL_HEADER, FRAME_HEADER = 32, 24
DONE = re.compile(r"tx:\s+(\d+),.*desc: (INSERT|DELETE|UPDATE|HOT_UPDATE)\S* (.*)$")
PLACE = re.compile(r"blkref #0: rel \d+/\d+/(\d+) (?:fork main )?blk (\d+)")
ITEMS = (
    "SELECT lp, t_xmin::text::bigint, t_xmax::text::bigint, t_data FROM heap_page_items(get_raw_page({}, {}))"
)
FILES = """SELECT relname, pg_relation_filepath(oid) FROM pg_class
WHERE oid >= 16384 AND relkind IN ('r', 't', 'i')"""


@dataclass(frozen=True)
class Row:
    """A row of a table, as text, and what the database keeps of it beside its columns."""

    table: str
    values: tuple[str, ...]
    hidden: Mapping[str, Key] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Change:
    """A row that came or went in a commit; commits are numbered in their order."""

    commit: int
    gone: bool
    row: Row


@dataclass
class Loot:
    """All of it. ``pictures`` are the tables at several times, ``files`` the rest, byte for byte."""

    mails: list[bytes] = field(default_factory=list)
    pictures: list[list[Row]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def without(self, folder: str) -> Loot:
        """The same but for the files of one folder."""
        kept = {name: data for name, data in self.files.items() if f"/{folder}/" not in name}
        return Loot(self.mails, self.pictures, self.changes, kept)


def files_of(folder: Path, mark: str = "") -> dict[str, bytes]:
    """Every file under a folder, in the order in which they were written last."""
    found = []
    for each in folder.rglob("*"):
        with suppress(FileNotFoundError):  # somebody's temporary file
            if each.is_file():
                found.append((each.stat().st_mtime, f"{mark}/{each.relative_to(folder)}", each.read_bytes()))
    return {name: data for _, name, data in sorted(found, key=lambda one: one[0])}


# ---------------------------------------------------------------- SQLite


def copy_sqlite(database: Path, to: Path) -> Path:
    """The database's file, its journal and its shared memory as they lie."""
    to.mkdir(parents=True)
    for end in ("", "-wal", "-shm"):
        if Path(f"{database}{end}").exists():
            shutil.copy(f"{database}{end}", f"{to / database.name}{end}")
    return to / database.name


Tables = dict[str, list[tuple[object, ...]]]
"""Each table's rows; the first value of a row is its hidden number, 0 where it has none."""


def from_sqlite(copies: list[Path]) -> tuple[list[list[Row]], list[Change]]:
    """The tables at the end of each copy, and every change between two commits that can still be told."""
    journal, pictures, changes = _Journal(), [], []
    before: Tables | None = None
    for copy in copies:
        for image in journal.images(copy):
            after = _tables(image)
            number = changes[-1].commit + 1 if changes else 1
            changes += _between(before, after, number) if before is not None else []
            before = after
        pictures.append([row for name in before or {} for row in _as_rows(name, (before or {})[name])])
    return pictures, _once(changes)


@dataclass
class _Journal:
    """The journal beside a database, read on from where the copy before left off."""

    salt: bytes = b""
    at: int = WAL_HEADER
    image: bytearray = field(default_factory=bytearray)

    def images(self, copy: Path) -> Iterator[bytes]:
        """The database's file, and then the file after each commit that is in its journal."""
        wal = Path(f"{copy}-wal")
        journal = wal.read_bytes() if wal.exists() else b""
        if journal[16:24] != self.salt or not journal:
            self.salt, self.at, self.image = journal[16:24], WAL_HEADER, bytearray(copy.read_bytes())
            yield _readable(self.image)
        if len(journal) > WAL_HEADER:
            yield from self._play(journal, struct.unpack(">I", journal[8:12])[0])

    def _play(self, journal: bytes, size: int) -> Iterator[bytes]:
        while self.at + FRAME_HEADER + size <= len(journal):
            at = self.at
            page, commit = struct.unpack(">II", journal[at : at + 8])
            if journal[at + 8 : at + 16] != self.salt:
                return
            self.at += FRAME_HEADER + size
            self.image.extend(bytes(max(0, page * size - len(self.image))))
            self.image[(page - 1) * size : page * size] = journal[at + FRAME_HEADER : self.at]
            if commit:
                yield _readable(self.image[: commit * size])


def _readable(image: bytearray) -> bytes:
    made = bytearray(image)
    made[18:20] = b"\1\1"  # no journal beside it
    return bytes(made)


def _tables(image: bytes) -> Tables:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(image)
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for name, made in tables:
            first = "0" if "WITHOUT ROWID" in (made or "").upper() else "rowid"
            found[name] = connection.execute(f'SELECT {first}, * FROM "{name}"').fetchall()  # noqa: S608 - its own
        return found


def _as_rows(table: str, rows: list[tuple[object, ...]]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        hidden = {"rowid": (int(str(row[0])),), "as read": (number,)}
        yield Row(table, tuple(map(_text, row[1:])), hidden)


def _between(before: Tables, after: Tables, commit: int) -> list[Change]:
    found = []
    for table in {*before, *after}:
        old, new = before.get(table, []), after.get(table, [])
        if old != new:
            gone, came = set(old) - set(new), set(new) - set(old)
            was, now = [each for each in old if each in gone], [each for each in new if each in came]
            found += [Change(commit, gone=True, row=row) for row in _as_rows(table, was)]
            found += [Change(commit, gone=False, row=row) for row in _as_rows(table, now)]
    return found


def _once(changes: list[Change]) -> list[Change]:
    """Copies of one journal tell the same again: the first time counts."""
    found: dict[tuple[bool, Row], Change] = {}
    for change in changes:
        found.setdefault((change.gone, change.row), change)
    return list(found.values())


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


# ---------------------------------------------------------------- PostgreSQL


@dataclass
class Postgres:
    """A database of a cluster, looked at several times; where its tables lie, and where the journal began."""

    cluster: Cluster
    url: str
    since: str = ""
    pictures: list[list[Row]] = field(default_factory=list)
    dead: list[list[Change]] = field(default_factory=list)
    lie: dict[int, str] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    def begin(self) -> None:
        """Note where the journal stands, and have what reads raw pages."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
            self.since = str(_only(connection, "SELECT pg_current_wal_insert_lsn()::text"))

    def look(self, mark: str) -> None:
        """Take a picture: rows with their hidden columns, dead rows, and the tables' files as they lie."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            tables = connection.execute(
                "SELECT relname, relfilenode::int FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            self.lie |= {node: name for name, node in tables}
            self.pictures.append([row for name, _ in tables for row in self._rows(connection, name)])
            self.dead.append([one for name, _ in tables for one in self._dead(connection, name)])
            heap = {f"heap/{mark}/{name}": self._file(place) for name, place in connection.execute(FILES)}
            known = set(self.raw.values())
            self.raw |= {name: data for name, data in heap.items() if data not in known}

    def changes(self) -> list[Change]:
        """What came and went, by transaction: from hidden columns, dead rows and the journal."""
        by_place = {(row.table, row.hidden["ctid"]): row for picture in self.pictures for row in picture}
        rows = (row for picture in self.pictures for row in picture)
        found = [Change(row.hidden["xmin"][0], gone=False, row=row) for row in rows]
        found += [change for dead in self.dead for change in dead]
        found += self._journalled(by_place)
        return _once(sorted(found, key=lambda change: change.commit))

    def _journalled(self, by_place: Mapping[tuple[str, Key], Row]) -> Iterator[Change]:
        for line in self.cluster.journal(self.since):
            done, place = DONE.search(line), PLACE.search(line)
            table = self.lie.get(int(place[1])) if place else None
            if not (done and place and table):
                continue
            off = re.search(r"off (\d+)", done[3])
            at = (int(place[2]), int(off[1]) if off else 0)
            unread = Row(table, (f"{table}@{at}",), {"ctid": at, "xmin": (int(done[1]),)})
            row = by_place.get((table, at), unread)
            yield Change(int(done[1]), done[2] == "DELETE", row)

    def _rows(self, connection: psycopg.Connection[tuple[object, ...]], table: str) -> Iterator[Row]:
        asked = sql.SQL(
            "SELECT ctid::text, xmin::text::bigint, xmax::text::bigint, cmin::text::int, t.* FROM {} t"
        )
        for row in connection.execute(asked.format(sql.Identifier(table))):
            ctid = tuple(int(each) for each in str(row[0]).strip("()").split(","))
            hidden = {
                "ctid": ctid,
                **{name: (int(str(row[n])),) for n, name in enumerate(("xmin", "xmax", "cmin"), 1)},
            }
            yield Row(table, tuple(map(_text, row[4:])), hidden)

    def _dead(self, connection: psycopg.Connection[tuple[object, ...]], table: str) -> Iterator[Change]:
        pages = int(str(_only(connection, "SELECT pg_relation_size(%s::regclass) / 8192", f'"{table}"')))
        for page in range(pages):
            asked = sql.SQL(ITEMS).format(sql.Literal(f'"{table}"'), sql.Literal(page))
            for place, made, ended, data in connection.execute(asked):
                if ended and data:
                    hidden = {"ctid": (page, int(str(place))), "xmin": (int(str(made)),)}
                    yield Change(int(str(ended)), gone=True, row=Row(table, (_text(data),), hidden))

    def _file(self, place: object) -> bytes:
        return (self.cluster.data / str(place)).read_bytes()

    def loot(self, mails: list[bytes], files: dict[str, bytes]) -> Loot:
        """All of it until now: with the journal's files and every statement that the server told of."""
        journal = {f"wal/{each.name}": each.read_bytes() for each in self.cluster.segments(self.since)}
        told = {"statements told": self.cluster.log.read_bytes()}
        return Loot(mails, list(self.pictures), self.changes(), {**files, **self.raw, **journal, **told})


def _only(connection: psycopg.Connection[tuple[object, ...]], asked: str, *given: object) -> object:
    row = connection.execute(asked.encode(), given or None).fetchone()
    return row[0] if row else None


@dataclass
class Lite:
    """A database of SQLite, looked at several times."""

    database: Path
    folder: Path
    copies: list[Path] = field(default_factory=list)

    def look(self, mark: str) -> None:
        """Copy it as it lies."""
        self.copies.append(copy_sqlite(self.database, self.folder / mark))

    def loot(self, mails: list[bytes], files: dict[str, bytes]) -> Loot:
        """All of it until now."""
        pictures, changes = from_sqlite(self.copies)
        kept = [copy.parent for copy in self.copies if not copy.parent.name.startswith(BETWEEN)]
        raw = {name: data for folder in kept for name, data in files_of(folder, folder.name).items()}
        return Loot(mails, pictures, changes, {**files, **raw})
