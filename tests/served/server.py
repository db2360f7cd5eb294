"""An installation, served: stopped softly or killed hard, and nothing of it left running afterwards."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

from tests.served.installation import Installation
from tests.served.person import Person

SERVE = ("-m", "goldenthread.site", "serve", "--port", "0")
BESIDE = ("worker", "tick")
WITH = """
from goldenthread.site import cli, run
run.BESIDE = {}
run.prepare()
run.serve("127.0.0.1", 0, cli.say)
"""


@dataclass
class Server:
    """A running server, and its address."""

    process: subprocess.Popen[str]
    address: str = ""
    _people: list[Person] = field(default_factory=list)
    _gone: bool = False
    """Whether nothing of it is left: its number may soon be another's."""

    def visitor(self, cookies: Mapping[str, str] | None = None) -> Person:
        """Somebody nobody knows yet, or with these cookies."""
        self._people.append(Person(self.address, dict(cookies or {})))
        return self._people[-1]

    def signed_in(self, role: str = "lead") -> Person:
        """Whoever has the role in Anyshire, signed in."""
        person = self.visitor()
        person.sign_in(role)
        return person

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop, and wait until it has; its status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(timeout=60)
        self._gone = not self.processes()
        return status

    def kill(self) -> None:
        """End it and whatever it started, at once and without a word, as where the power goes."""
        for person in self._people:
            person.leave()
        if self._gone:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while self.processes():
            time.sleep(0.02)
        self._gone = True

    def processes(self) -> dict[int, str]:
        """Its processes by number: "web", "worker" and "tick"; none that have ended."""
        if self._gone:
            return {}
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,pgid=,stat=,args="], capture_output=True, text=True, check=True
        )
        alive = rf"^ *(\d+) +{self.process.pid} +[^Z\s]\S* (.*)$"
        return {int(pid): _kind(line) for pid, line in re.findall(alive, listed.stdout, re.MULTILINE)}

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
                told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Wait until it answers. Raises RuntimeError where it does not within a minute."""
        end, visitor = time.monotonic() + 60, self.visitor()
        while self.process.poll() is None and time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException):
                if visitor.get("/health/").status == HTTPStatus.OK:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server did not answer within a minute")


@contextmanager
def served(
    here: Installation, *, beside: tuple[str, ...] = BESIDE, log: Path | None = None
) -> Iterator[Server]:
    """``here``, as ``goldenthread serve`` serves it, with its worker and its tick ``beside``, or fewer.

    Without a worker what waits goes on waiting; without a tick what is due is. Where a file for the ``log``
    is named, all that is said is kept in it; else only errors are told, where we tell ours.
    """
    words = SERVE if beside == BESIDE else ("-c", WITH.format(beside))
    own = replace(here, settings={"LOG_LEVEL": "info", **here.settings}) if log else here
    with (
        log.open("w", encoding="utf-8") if log else nullcontext() as kept,
        own.begin(*words, stdout=subprocess.PIPE, stderr=kept, start_new_session=True) as process,
    ):
        server = Server(process)
        try:
            server.address = _address(process)
            server.settle()
            yield server
            server.stop()
        finally:
            server.kill()
            if log and (failed := sys.exception()):
                failed.add_note("\n".join(log.read_text(encoding="utf-8").splitlines()[-20:]))


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        found = re.search(r"http://\S+(?=/)", line)
        if found:
            return found[0]
    raise RuntimeError("the server ended without an address")


def _kind(line: str) -> str:
    """What a process is, by the words it was started with."""
    own = (word.rpartition(".")[2] for word in line.split() if word.startswith("goldenthread.site."))
    return next(own, "web")
