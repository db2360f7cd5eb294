"""The design that is only called anonymous: who has answered is ticked off in one table as the answers go
into another.

There is no key between the two and no time: as several survey systems do it, each in its own way. In one
transaction, or in two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from linkage_loot import Lite, Loot, Postgres

TABLES = (
    "CREATE TABLE participant (number {serial}, address text, token text, completed text DEFAULT 'N')",
    "CREATE TABLE reply (number {serial}, submitted text DEFAULT '1980-01-01', words text)",
)
TICK, REPLY = (
    "UPDATE participant SET completed = 'Y' WHERE token = {}",
    "INSERT INTO reply (words) VALUES ({})",
)


def mails_of(people: Mapping[str, str]) -> list[bytes]:
    """The mail that carried the tokens, by address."""
    return [
        f"To: {address}\n\nhttps://survey.example/#{token}\n".encode() for address, token in people.items()
    ]


def on_sqlite(folder: Path, codes: Mapping[str, str], answers: Mapping[str, str], *, at_once: bool) -> Loot:
    """All that is left on SQLite once everybody has answered in the order of ``answers``."""
    folder.mkdir()
    watch = Lite(folder / "naive.sqlite3", folder / "copies")
    connection = sqlite3.connect(folder / "naive.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    _make(connection, codes, "INTEGER PRIMARY KEY AUTOINCREMENT", "?")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    watch.look("invited")
    for address, words in answers.items():
        _answer(connection, (codes[address], words), "?", at_once=at_once)
    watch.look("answered")
    connection.close()
    return watch.loot(mails_of(codes), {})


def on_postgres(
    watch: Postgres, codes: Mapping[str, str], answers: Mapping[str, str], *, at_once: bool
) -> Loot:
    """The same on PostgreSQL, in an empty database."""
    watch.begin()
    with psycopg.connect(watch.url, autocommit=True) as connection:
        _make(connection, codes, "serial PRIMARY KEY", "%s")
        watch.look("invited")
        for address, words in answers.items():
            _answer(connection, (codes[address], words), "%s", at_once=at_once)
        watch.look("answered")
    return watch.loot(mails_of(codes), {})


def _make(connection: Any, codes: Mapping[str, str], serial: str, mark: str) -> None:  # noqa: ANN401 - either kind
    for table in TABLES:
        connection.execute(table.format(serial=serial))
    with _transaction(connection):
        for each in codes.items():
            connection.execute(f"INSERT INTO participant (address, token) VALUES ({mark}, {mark})", each)  # noqa: S608


def _answer(connection: Any, given: tuple[str, str], mark: str, *, at_once: bool) -> None:  # noqa: ANN401
    token, words = given
    if not at_once:
        connection.execute(REPLY.format(mark), (words,))
        connection.execute(TICK.format(mark), (token,))
        return
    with _transaction(connection):
        connection.execute(TICK.format(mark), (token,))
        connection.execute(REPLY.format(mark), (words,))


@contextmanager
def _transaction(connection: Any) -> Iterator[None]:  # noqa: ANN401
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")
