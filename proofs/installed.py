"""An installation of its own for a proof: a home, a database, the web server and its worker, as served."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

AREA = "anyshire"
PASSWORD = "a-long-walk-by-the-river"  # noqa: S105 - of an installation that lasts minutes
INSIDE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import django
django.setup()
import {{module}}
{{module}}.main(*sys.argv[1:])
"""
FORM = "application/x-www-form-urlencoded"
POSTGRES = os.environ.get("TEST_POSTGRES", "postgres:///postgres")


@dataclass(frozen=True)
class Installation:
    """A home folder and a database, and the settings that name them to a process."""

    home: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation is started with."""
        own = {
            "GOLDENTHREAD_HOME": str(self.home),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "goldenthread.site.settings",
        }
        return {**os.environ, **own}

    def do(self, module: str, *given: str) -> Any:  # noqa: ANN401 - whatever JSON it says last
        """Run ``main`` of a module beside this one inside the installation; what its last line says."""
        command = [sys.executable, "-c", INSIDE.replace("{module}", module), *given]
        done = subprocess.run(  # noqa: S603 - our own
            command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def served(self) -> Iterator[Server]:
        """The application, served with its worker until the block ends."""
        command = [sys.executable, "-m", "goldenthread.site", "serve", "--port", "0"]
        with (
            TemporaryFile("w+") as log,
            subprocess.Popen(  # noqa: S603 - our own
                command, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            ) as process,
        ):
            server = Server(process, _address(process))
            try:
                server.settle()
                yield server
            finally:
                process.terminate()
                process.communicate(timeout=60)
                log.seek(0)
                server.said = log.read()


@dataclass
class Server:
    """A running server: its address, and how much memory its processes hold."""

    process: subprocess.Popen[str]
    address: str
    said: str = ""

    def settle(self) -> None:
        """Wait until it answers."""
        for _ in range(600):
            with suppress(OSError, http.client.HTTPException):
                if Person(self.address).get("/health/").status == http.HTTPStatus.OK:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server did not answer within a minute")

    def most_memory(self) -> dict[str, int]:
        """The most memory each of its processes has held, in megabytes, by what it is."""
        found: dict[str, int] = {}
        for pid, name in self.processes().items():
            with suppress(OSError):
                peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
                found[name] = max(found.get(name, 0), int(peak[1]) // 1024 if peak else 0)
        return found

    def worked(self, name: str) -> float:
        """The seconds of processor time that the processes of one name have taken."""
        ticks = 0
        for pid in (pid for pid, own in self.processes().items() if own == name):
            with suppress(OSError):
                said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                ticks += int(said[11]) + int(said[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def processes(self) -> dict[int, str]:
        """Its processes by number: "web", "worker" and "tick"."""
        found = {}
        for pid in _descendants(self.process.pid):
            with suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
                own = (word.rpartition(".")[2] for word in words if word.startswith("goldenthread.site."))
                found[pid] = next(own, "web")
        return found


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in lower case, the bytes as they were before packing."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Person:
    """Somebody at a browser: one lasting connection, cookies, and packed pages, as browsers ask for them."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None
    _used: bool = False

    def get(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form, sent with the token of its page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        return self.send(path, {**fields, "csrfmiddlewaretoken": token[1] if token else ""})

    def send(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form as it stands."""
        return self._ask("POST", path, urlencode(fields, errors="replace").encode())

    def sign_in(self, email: str) -> None:
        """Sign in with everybody's password."""
        answer = self.post("/account/login/", {"login": email, "password": PASSWORD})
        if answer.status != http.HTTPStatus.FOUND:
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = FORM) -> Answer:
        try:
            return self._asked(method, path, body, kind)
        except (http.client.RemoteDisconnected, ConnectionError):
            if self._line is None or not self._used:
                raise
            self._line = None  # a line that rested too long was put down: browsers ask again, too
            return self._asked(method, path, body, kind)

    def _asked(self, method: str, path: str, body: bytes | None, kind: str) -> Answer:
        start = time.perf_counter()
        self._used = self._line is not None
        line = self._line or http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=300)
        self._line = line
        line.request(method, path, body, self._headers({"Content-Type": kind} if body is not None else {}))
        answer = line.getresponse()
        raw = answer.read()
        seconds = time.perf_counter() - start
        self._keep(answer.headers.get_all("set-cookie") or [])
        headers = {name.lower(): value for name, value in answer.getheaders()}
        packed = headers.get("content-encoding") == "gzip"
        return Answer(answer.status, headers, gzip.decompress(raw) if packed else raw, seconds)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept-Encoding": "gzip", "Cookie": cookies, "Referer": f"{self.address}/", **more}

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name.strip()] = value


@contextmanager
def installation(folder: Path, *, postgres: bool = False) -> Iterator[Installation]:
    """A new installation, on SQLite or on a PostgreSQL database that goes when the block ends."""
    home = folder / "home"
    home.mkdir(parents=True)
    if not postgres:
        yield Installation(home, f"sqlite:///{home}/proof.sqlite3")
        return
    name = f"gt_proof_{os.getpid()}"
    _on_postgres(f"CREATE DATABASE {name}")
    try:
        yield Installation(home, POSTGRES.rpartition("/")[0] + f"/{name}")
    finally:
        _on_postgres(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def postgres_answers() -> bool:
    """Whether this person may use a PostgreSQL here (``TEST_POSTGRES`` names one elsewhere)."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _on_postgres(words: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(words.encode())


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        found = re.search(r"http://\S+(?=/)", line)
        if found:
            return found[0]
    raise RuntimeError("the server ended without an address")


def _descendants(pid: int) -> list[int]:
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if path.read_text(encoding="utf-8").rpartition(")")[2].split()[1] == str(pid):
                found += _descendants(int(path.parent.name))
    return found
