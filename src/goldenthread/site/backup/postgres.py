"""PostgreSQL: each table by COPY, in one snapshot; back into tables that our own migrations make.

No client programs are needed, the server's version does not matter, and a backup holds data alone:
what is restored was never SQL that somebody else could have written.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from psycopg.sql import SQL, Composed, Identifier

from goldenthread.analysis.problem import Refusal
from goldenthread.site.backup.archive import PIECE, Archive, damaged
from goldenthread.site.backup.manifest import Table

STAGING = "goldenthread_restoring"
NAMES_FILES = (("files", "KeptFile"), ("finding", "Build"), ("asking", "Asking"))
TRIES, WAIT, BETWEEN = 100, "200ms", 0.05
BUSY = "Somebody is changing files without a pause, so no moment could be found. Try again later."
IN_USE = "{} other connections to the database are open: stop the application, its worker and its timer."
OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
COLUMNS = """SELECT table_name, column_name, is_identity = 'YES' FROM information_schema.columns
WHERE table_schema = current_schema() AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"""


def anything() -> bool:
    """A database can always be asked."""
    return True


def hold() -> None:
    """Let nobody change what names files. Raises Refusal where others leave no moment for it.

    Waiting for a lock makes others wait behind us, and could end in each holding what the other
    wants; so each try is shorter than PostgreSQL's search for such a knot (one second).
    """
    names = [Identifier(_table_of(apps.get_model(*each))) for each in NAMES_FILES]
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                _do(SQL("SET LOCAL lock_timeout = {}").format(WAIT))
                _do(SQL("LOCK TABLE {} IN SHARE MODE").format(SQL(", ").join(names)))
                return
        except OperationalError:
            time.sleep(BETWEEN)
    raise Refusal(BUSY)


class Snapshot:
    """A second connection that reads every table as it was."""

    def __init__(self, other: BaseDatabaseWrapper) -> None:
        self.other = other

    def begin(self) -> None:
        """The snapshot is taken by the first question asked."""
        _do(SQL("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), self.other)
        _do(SQL("SET LOCAL datestyle = ISO"), self.other)
        _ask(SQL("SELECT 1"), self.other)

    def copy(self, folder: Path) -> Mapping[str, Path]:
        """One file for each table."""
        parts = {}
        for name, table in self.tables().items():
            parts[f"database/{name}.copy"] = folder / f"{name}.copy"
            _copy_out(self.other, _copy(name, table, "TO STDOUT"), folder / f"{name}.copy")
        return parts

    @cache  # noqa: B019 - of one snapshot, which ends with its process
    def tables(self) -> Mapping[str, Table]:
        """Every table, its columns and its numbering."""
        return _tables(self.other, _ours(self.other))


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """A second connection, closed at the end."""
    other = connection.copy()
    try:
        yield Snapshot(other)
    except psycopg.Error as fault:
        said = (str(fault).splitlines() or ["it gives no reason"])[0]
        raise Refusal(f"The database could not be copied: {said}.") from fault
    finally:
        other.close()


def refuse_in_use() -> None:
    """Raises Refusal where others are connected, or the schema holds tables of somebody else."""
    others = _ask(SQL(OTHERS))[0][0]
    if others:
        raise Refusal(IN_USE.format(others))
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    strange = sorted(set(connection.introspection.table_names()) - known)
    if strange:
        raise Refusal(
            f"The database holds the table “{strange[0]}”, which is not of this version of Golden Thread: "
            "restore into an empty database."
        )


class Staged:
    """A schema of its own in the same database."""

    def __init__(self) -> None:
        self.schema = _ask(SQL("SELECT current_schema()"))[0][0]
        self.old = connection.introspection.table_names()

    def load(self, archive: Archive, folder: Path) -> None:
        """Make the tables as they were, by our migrations, and fill them."""
        _do(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(STAGING)))
        _do(SQL("CREATE SCHEMA {}").format(Identifier(STAGING)))
        _do(SQL("SET search_path TO {}").format(Identifier(STAGING)))
        _migrate_to(archive.manifest.migrations)
        made, told = _tables(connection, None), archive.manifest.tables
        if {name: set(table.columns) for name, table in made.items()} != {
            name: set(table.columns) for name, table in told.items()
        }:
            raise damaged(archive.path, "its tables are not those of its version")
        with transaction.atomic():
            _do(SQL("TRUNCATE {}").format(SQL(", ").join(map(Identifier, made))))
            for name, table in told.items():
                _fill(archive, folder, name, table)

    def settle(self) -> None:
        """Look at the old tables again."""
        _do(SQL("SET search_path TO DEFAULT"))

    def moves(self) -> Mapping[Path, Path | None]:
        """None: no file is ours."""
        return {}

    def switch(self) -> None:
        """In one transaction, away with the old tables and the new ones in their place."""
        _do(SQL("SET search_path TO {}").format(Identifier(STAGING)))
        new = connection.introspection.table_names()
        with transaction.atomic():
            for name in self.old:
                _do(SQL("DROP TABLE {} CASCADE").format(Identifier(self.schema, name)))
            for name in new:
                moved = SQL("ALTER TABLE {} SET SCHEMA {}")
                _do(moved.format(Identifier(STAGING, name), Identifier(self.schema)))
            _do(SQL("DROP SCHEMA {} CASCADE").format(Identifier(STAGING)))
        self.settle()


@contextmanager
def staged() -> Iterator[Staged]:
    """A schema, gone at the end where it did not take its place."""
    found = Staged()
    try:
        yield found
    finally:
        connection.close()  # whatever went wrong on it, and its search path
        _do(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(STAGING)))


def _migrate_to(migrations: tuple[str, ...]) -> None:
    """Bring the empty schema to exactly the migrations a backup's database had had."""
    executor = MigrationExecutor(connection)
    graph, had = executor.loader.graph, {tuple(each.split(".", 1)) for each in migrations}
    passed = {parent.key for key, node in graph.node_map.items() if key in had for parent in node.parents}
    executor.migrate([key for key in graph.nodes if key in had and key not in passed])


def _fill(archive: Archive, folder: Path, name: str, table: Table) -> None:
    path = archive.extract(archive.part(f"database/{name}.copy"), folder / "rows")
    try:
        _copy_in(_copy(name, table, "FROM STDIN"), path)
        for column, value in table.counters.items():
            counter = SQL("pg_get_serial_sequence({}, {})::regclass").format(name, column)
            _do(SQL("SELECT setval({}, {})").format(counter, value))
    except (psycopg.Error, DatabaseError) as fault:
        raise damaged(archive.path, f"what it holds of the table {name} does not fit") from fault
    finally:
        path.unlink()


def _ours(other: BaseDatabaseWrapper) -> frozenset[str]:
    """The tables that the migrations this database has had have made."""
    loader = MigrationLoader(other)
    nodes = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    models = loader.project_state(nodes).apps.get_models(include_auto_created=True)
    return frozenset({*map(_table_of, models), "django_migrations"})


def _table_of(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's public name for it


def _tables(other: BaseDatabaseWrapper, wanted: frozenset[str] | None) -> dict[str, Table]:
    columns: dict[str, list[str]] = {}
    counters: dict[str, dict[str, int]] = {}
    for name, column, numbered in _ask(SQL(COLUMNS), other):
        if wanted is None or name in wanted:
            columns.setdefault(name, []).append(column)
            counters.setdefault(name, {}).update({column: _counter(other, name, column)} if numbered else {})
    return {
        name: Table(tuple(found), {column: at for column, at in counters[name].items() if at})
        for name, found in columns.items()
    }


def _counter(other: BaseDatabaseWrapper, name: str, column: str) -> int:
    """The last number given out; 0 where none was."""
    found = SQL("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence({}, {})::regclass), 0)")
    return int(_ask(found.format(name, column), other)[0][0])


def _copy(name: str, table: Table, way: str) -> Composed:
    columns = SQL(", ").join(map(Identifier, table.columns))
    return SQL("COPY {} ({}) {}").format(Identifier(name), columns, SQL(way))


def _copy_out(other: BaseDatabaseWrapper, question: Composed, to: Path) -> None:
    with other.connection.cursor() as cursor, to.open("xb") as file, cursor.copy(question) as rows:
        for piece in rows:
            file.write(piece)


def _copy_in(question: Composed, path: Path) -> None:
    with connection.connection.cursor() as cursor, path.open("rb") as file, cursor.copy(question) as rows:
        while piece := file.read(PIECE):
            rows.write(piece)


def _do(question: Composed | SQL, other: Any = connection) -> None:  # noqa: ANN401 - Django's or a copy of it
    with other.cursor() as cursor:
        cursor.execute(question)


def _ask(question: Composed | SQL, other: Any = connection) -> list[tuple[Any, ...]]:  # noqa: ANN401
    with other.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
