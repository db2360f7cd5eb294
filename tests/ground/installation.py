"""An installation of its own, on disk, for what needs several processes: workers, kills, full disks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

PREAMBLE = "import django, json, sys\ndjango.setup()\n"


@dataclass(frozen=True)
class Installation:
    """A home, a database and the environment that names them."""

    home: Path
    env: dict[str, str]

    def admin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A management command, to its end."""
        return subprocess.run(self._words(words), env=self.env, capture_output=True, text=True, check=False)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of ours, to its end."""
        line = [sys.executable, "-m", "goldenthread.site", *words]
        return subprocess.run(line, env=self.env, capture_output=True, text=True, check=False)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A management command in a process of its own."""
        return subprocess.Popen(
            self._words(words), env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def python(self, code: str) -> Any:  # noqa: ANN401 - whatever the code prints
        """What ``code`` prints as JSON, run in a process of its own with Django set up."""
        done = subprocess.run(
            [sys.executable, "-c", PREAMBLE + code], env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def _words(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "django", *words]


@contextmanager
def installation(home: Path, *, server: str | None = None, **settings: str) -> Iterator[Installation]:
    """An installation on ``server``, on the database server under test, or on SQLite; gone at the end."""
    with nothing_yet(home, server=server, **settings) as made:
        migrated = made.admin("migrate", "--verbosity", "0", "--skip-checks")
        assert migrated.returncode == 0, migrated.stderr
        yield made


@contextmanager
def nothing_yet(home: Path, *, server: str | None = None, **settings: str) -> Iterator[Installation]:
    """An installation without a table, nor even a home."""
    server = os.environ.get("DATABASE_URL", "") if server is None else server
    with _database(server) if server.startswith("postgres") else _no_server() as url:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        env |= {"GOLDENTHREAD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "goldenthread.site.settings"}
        yield Installation(home, env | url | settings)


@contextmanager
def _no_server() -> Iterator[dict[str, str]]:
    yield {}


@contextmanager
def _database(server: str) -> Iterator[dict[str, str]]:
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is under test

    name = f"goldenthread_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
