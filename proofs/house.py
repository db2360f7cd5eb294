"""A whole installation to prove things on: a home, a database of its own, served; and looked at from outside.

What it holds is read with the database's own reader and from the disk, not with our code.
"""

# ruff: noqa: S603, S608 - every command and question here is written here

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "a-long-walk-by-the-river"  # noqa: S105 - of an invented person
LEAD = "lead@anyshire.example"
SERVER = os.environ.get("TEST_POSTGRES", "postgres:///postgres")
FOUND = f"""
from goldenthread.site import run
run.prepare()
from django.utils import timezone
from goldenthread.ground.people.setup import found_area
found_area(slug="anyshire", name="Anyshire", password={PASSWORD!r}, now=timezone.now())
"""
LOAD = """
from goldenthread.site import demonstration
list(demonstration.load(print))
"""
LOOSE = """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] WHERE c.contype = 'f'"""


@dataclass(frozen=True)
class House:
    """A home and the address of its database."""

    home: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        mine = {"GOLDENTHREAD_HOME": str(self.home), "DATABASE_URL": self.url}
        return {**os.environ, **mine, "DJANGO_SETTINGS_MODULE": "goldenthread.site.settings"}

    def found(self, *, full: bool) -> None:
        """Anyshire with a person for each role; where ``full``, with its waves read and built."""
        code = FOUND + (LOAD if full else "")
        subprocess.run([sys.executable, "-c", code], env=self.environment, check=True, capture_output=True)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of ours, to its end."""
        line = [sys.executable, "-m", "goldenthread.site", *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Its address while it is served, with its worker and its tick."""
        line = [sys.executable, "-m", "goldenthread.site", "serve", "--port", "0"]
        with subprocess.Popen(
            line, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as server:
            try:
                found = re.search(r"http://\S+(?=/)", server.stdout.readline() if server.stdout else "")
                if found is None:
                    raise RuntimeError("nothing is served")
                yield found[0]
            finally:
                server.terminate()
                server.wait(timeout=30)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers its own reader."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
                return connection.execute(question).fetchall()
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is there

        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchall()

    def torn(self) -> int:
        """How many rows name rows that are not there, or pages are not as they must be."""
        if self.url.startswith("sqlite"):
            wrong = [row for row in self.ask("PRAGMA integrity_check") if row != ("ok",)]
            return len(wrong) + len(self.ask("PRAGMA foreign_key_check"))
        return sum(
            self.ask(
                f"SELECT count(*) FROM {table} x LEFT JOIN {to} y ON x.{column} = y.{key} "
                f"WHERE x.{column} IS NOT NULL AND y.{key} IS NULL"
            )[0][0]
            for table, column, to, key in self.ask(LOOSE)
        )

    def files(self) -> tuple[int, int]:
        """How many files rows name; and how many of them are not there with their bytes, or too many."""
        rows = self.ask("SELECT area_id, id, sha256 FROM kept_file")
        places = {self.home / "files" / str(area) / name[:2] / name: digest for area, name, digest in rows}
        wrong = sum(_digest(place) != digest for place, digest in places.items())
        there = {each for each in (self.home / "files").rglob("*") if each.is_file()}
        named = {name for _, name, _ in rows}
        lost = [each for (each,) in self.ask("SELECT file FROM wave") if each not in named]
        return len(places), wrong + len(there - set(places)) + len(lost)

    def builds(self) -> tuple[int, int]:
        """How many builds are done; and how many of them have no figures."""
        folders = [name for (name,) in self.ask("SELECT folder FROM build WHERE state = 'done'")]
        figures = [self.home / "builds" / name / "report" / "figures.json" for name in folders]
        return len(folders), sum(not each.is_file() for each in figures)


@contextmanager
def house(folder: Path, name: str, kind: str) -> Iterator[House]:
    """A new installation on a kind of database; its database is gone at the end."""
    home = folder / name
    home.mkdir()
    if kind == "sqlite":
        yield House(home, f"sqlite:///{home}/goldenthread.sqlite3")
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is there

    database = f"goldenthread_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"')
        try:
            yield House(home, f"{SERVER.rpartition('/')[0]}/{database}")
        finally:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def postgres_is_there() -> bool:
    """Whether a PostgreSQL server lets us in."""
    try:
        import psycopg  # noqa: PLC0415

        psycopg.connect(SERVER, connect_timeout=3).close()
    except (ImportError, OSError):
        return False
    except psycopg.Error:
        return False
    return True


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self) -> None:
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, address: str, **form: str) -> tuple[str, str]:
        """The page's address in the end, and its text; the server is given half a minute to be there."""
        data = urlencode(form).encode() if form else None
        for _ in range(300):
            try:
                with self._opener.open(address, data, timeout=30) as page:
                    return page.url, page.read().decode()
            except urllib.error.HTTPError as answer:
                return answer.url or address, f"{answer.code} {answer.read().decode()}"
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("nothing answers")

    def sign_in(self, address: str) -> tuple[str, str]:
        """The first page that the workforce lead sees."""
        page = self.open(f"{address}/account/login/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        known = {"csrfmiddlewaretoken": token[1] if token else "", "login": LEAD, "password": PASSWORD}
        return self.open(f"{address}/account/login/", **known)


def _digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
