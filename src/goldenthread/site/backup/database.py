"""What a backup asks of a database, whichever it is, and which one stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from goldenthread.analysis.problem import Refusal
from goldenthread.site.backup.archive import Archive
from goldenthread.site.backup.manifest import Table

OF_MIGRATE = frozenset(("django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"))
"""Tables that are filled by making them."""


class Snapshot(Protocol):
    """The database as it was when ``begin`` was called."""

    def begin(self) -> None:
        """From here on, what others write is not seen."""

    def copy(self, folder: Path) -> Mapping[str, Path]:
        """Its parts: path in the backup, and the file in ``folder``."""

    def tables(self) -> Mapping[str, Table]:
        """Its tables, where the parts do not say themselves what is in them."""


class Staged(Protocol):
    """A database made ready beside the one that stands. Django's connection leads to it meanwhile."""

    def load(self, archive: Archive, folder: Path) -> None:
        """Fill it from a backup, working in ``folder``. Raises Refusal."""

    def settle(self) -> None:
        """Leave it, with everything written; Django's connection leads to the old one again."""

    def moves(self) -> Mapping[Path, Path | None]:
        """Files that take their place when it takes its own: place, and the new file."""

    def switch(self) -> None:
        """Put it in the place of the old one, for what ``moves`` does not: whole or not at all."""


class Database(Protocol):
    """One kind of database."""

    def anything(self) -> bool:
        """Whether there is something that can be asked what it holds."""

    def hold(self) -> None:
        """Within a transaction: let nobody else change what names files until it ends."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """A second connection, for a snapshot."""

    def refuse_in_use(self) -> None:
        """Raises Refusal where anybody else has it open, or it holds what is not ours."""

    def staged(self) -> AbstractContextManager[Staged]:
        """A place for a database beside the one that stands."""


def database() -> Database:
    """The kind of database that DATABASE_URL names. Raises Refusal for any other."""
    modules = {"sqlite": "sqlite", "postgresql": "postgres"}
    if connection.vendor not in modules:
        raise Refusal("Only SQLite and PostgreSQL can be backed up.")
    return cast(Database, import_module(f"goldenthread.site.backup.{modules[connection.vendor]}"))


def there() -> bool:
    """Whether a Golden Thread has its tables here."""
    return database().anything() and "django_migrations" in connection.introspection.table_names()


def applied() -> tuple[str, ...]:
    """The migrations that the database has had, as ``app.name``."""
    found = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in found))


def unknown(migrations: tuple[str, ...]) -> str | None:
    """The first of some migrations that this version has not."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    return next((each for each in migrations if each not in known), None)


def holding() -> str | None:
    """A table of the database that has rows, but for those that making it fills; None where none has."""
    for name in connection.introspection.table_names():
        with connection.cursor() as cursor:
            if name not in OF_MIGRATE:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return name
    return None


@contextmanager
def answering() -> Iterator[None]:
    """Say in a sentence where the database does not do what it is asked. Raises Refusal."""
    try:
        yield
    except DatabaseError as fault:
        said = (str(fault).splitlines() or ["it gives no reason"])[0]
        raise Refusal(f"The database could not be used: {said}.") from fault
