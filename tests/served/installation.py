"""An installation of its own: a home, a database, and the settings that name them to its processes.

Proofs, tests and benchmarks all make theirs here. What was made is gone when its block ends. Its processes
write no more than errors to their logs, unless LOG_LEVEL is given.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

AREA, NAME = "anyshire", "Anyshire"
PASSWORD = "a-long-walk-by-the-river"  # noqa: S105 - of invented people
ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = "import django, json, sys\ndjango.setup()\n"
INSIDE = f"""
sys.path[:0] = {[str(ROOT / "proofs"), str(ROOT)]}
import {{0}}
{{0}}.main(*sys.argv[1:])
"""
FOUND = f"""
from goldenthread.site import run
run.prepare()
from django.utils import timezone
from goldenthread.ground.people.setup import found_area
found_area(slug={AREA!r}, name={NAME!r}, password={PASSWORD!r}, now=timezone.now())
"""
DEMONSTRATION = """
from goldenthread.site import demonstration
list(demonstration.load(lambda _: None))
"""


@dataclass(frozen=True)
class Installation:
    """A home and a database: SQLite's file in the home, or one called ``name`` on a ``server``."""

    home: Path
    server: str = ""
    name: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the database on its server; "" where it is a file."""
        return f"{self.server.rpartition('/')[0]}/{self.name}" if self.server else ""

    @property
    def env(self) -> dict[str, str]:
        """What its processes are started with."""
        own = {"GOLDENTHREAD_HOME": str(self.home), "DATABASE_URL": self.url}
        own["DJANGO_SETTINGS_MODULE"] = "goldenthread.site.settings"
        return {"LOG_LEVEL": "error", **os.environ, **own, **self.settings}

    def enter(self) -> None:
        """Make this process one of its own, its tables as they are to be; once, before Django is set up."""
        os.environ.update(self.env)
        from goldenthread.site import run  # noqa: PLC0415 - once the home is named

        run.prepare()

    def begin(self, *words: str, **how: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - as Popen takes it
        """Python with these words, begun as a process of its own."""
        return subprocess.Popen([sys.executable, *words], env=self.env, text=True, **how)

    def run(self, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
        """Python with these words, to its end."""
        line = [sys.executable, *words]
        return subprocess.run(line, env=self.env, capture_output=True, text=True, check=False, **how)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of ours, to its end."""
        return self.run("-m", "goldenthread.site", *words)

    def admin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A management command, to its end."""
        return self.run("-m", "django", *words)

    def python(self, code: str, *given: str) -> Any:  # noqa: ANN401 - whatever the code prints
        """What ``code`` prints last, as JSON, with Django set up. Raises RuntimeError where it fails."""
        done = self.run("-c", PREAMBLE + code, *given)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None

    def do(self, module: str, *given: str) -> Any:  # noqa: ANN401
        """What ``main`` of a proof's module prints last, as JSON, run inside the installation."""
        return self.python(INSIDE.format(module), *given)

    def doing(self, module: str, *given: str) -> subprocess.Popen[str]:
        """The same, begun and left to go on."""
        return self.begin("-c", PREAMBLE + INSIDE.format(module), *given)

    def found(self, *, demonstration: bool = False) -> None:
        """Anyshire with a person for each role; with the ``demonstration`` its people, waves and a build."""
        self.python(FOUND + (DEMONSTRATION if demonstration else ""))

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers its own reader: none of our code is asked."""
        if self.server:
            return on_server(self.url, question)
        with closing(sqlite3.connect(self.home / "goldenthread.sqlite3", timeout=20)) as connection:
            return connection.execute(question).fetchall()


@contextmanager
def installation(home: Path, *, server: str | None = None, **settings: str) -> Iterator[Installation]:
    """An installation with empty tables: on ``server``, where "" is SQLite; else on the one under test."""
    with nothing_yet(home, server=server, **settings) as made:
        migrated = made.admin("migrate", "--verbosity", "0", "--skip-checks")
        if migrated.returncode:
            raise RuntimeError(migrated.stderr)
        yield made


@contextmanager
def nothing_yet(home: Path, *, server: str | None = None, **settings: str) -> Iterator[Installation]:
    """An installation without a table, nor even a home."""
    server = under_test() if server is None else server
    with _database(server) as name:
        yield Installation(home, server, name, settings)


@contextmanager
def twin(of: Installation, home: Path) -> Iterator[Installation]:
    """Another one with all that ``of`` holds, whose processes have ended."""
    with _database(of.server, like=of.name) as name:
        shutil.copytree(of.home, home, dirs_exist_ok=True)
        yield Installation(home, of.server, name, of.settings)


def under_test() -> str:
    """The PostgreSQL server that DATABASE_URL names; "" where it names none."""
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def servers() -> dict[str, str]:
    """The databases to prove a thing on: SQLite, and PostgreSQL where one lets this person in."""
    server = under_test() or os.environ.get("TEST_POSTGRES", "postgres:///postgres")
    return {"SQLite": "", "PostgreSQL": server} if _lets_in(server) else {"SQLite": ""}


def _lets_in(server: str) -> bool:
    try:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is there
    except ImportError:
        return False
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def _database(server: str, like: str = "") -> Iterator[str]:
    """A database of its own on a server; nothing where there is no server."""
    name = f"goldenthread_{uuid4().hex}" if server else ""
    if not server:
        yield name
        return
    on_server(server, f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like}"' if like else ""))
    try:
        yield name
    finally:
        on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def on_server(url: str, words: str) -> list[tuple[Any, ...]]:
    """What a PostgreSQL server answers."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is there

    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(words.encode())
        return answer.fetchall() if answer.description else []
