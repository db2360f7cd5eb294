"""Whatever is killed, whenever: an answer that was acknowledged is there once, and nothing is there twice.

A wave with an open link is asked by a served installation. People answer over HTTP without a pause, each
with words that nobody else says; the server, its worker and its tick are killed (SIGKILL, at a moment of
chance) and started again, over and over, and so is a process that mixes whatever has come, again and
again. In the end the wave is closed, killed once more while its answers are made into a file, and started
for the last time. Then the file is read: it must hold every answer whose sender was led to the receipt,
and no answer twice. Whoever was not led there may be in it once; an answer of the server that says that it
failed (5xx) counts for nothing. Half of those who were not acknowledged send the very same page again
after the restart, as people do.

On SQLite, and on PostgreSQL where one answers. With ``--all`` 50 kills on each.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from subprocess import Popen
from uuid import uuid4

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from answering import Respondent, is_receipt
from tests.served.installation import Installation, nothing_yet, servers
from tests.served.person import Person
from tests.served.server import Server, served

SMALL, ALL = 4, 50
AT_ONCE = 3
PAUSES = Random(13)  # noqa: S311 - when it is killed
FIRST, MOST = 6, 1.0
"""So many answers are acknowledged between two kills, and then it comes within so many seconds."""


@dataclass
class Found:
    """What was counted; the last four must be 0."""

    kills: int = 0
    mixings: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    of_them_stored: int = 0
    sent_again: int = 0
    said_failed: int = 0
    lost: int = 0
    doubled: int = 0
    strange: int = 0
    not_ready: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing was lost or doubled, though there was something to lose."""
        bad = self.lost + self.doubled + self.strange + self.not_ready
        return self.acknowledged > self.kills > 0 and self.mixings > 0 and not bad


@dataclass
class Crowd:
    """People who answer without a pause, and what became of each: by their words, whether acknowledged."""

    path: str
    acknowledged: set[str] = field(default_factory=set)
    others: dict[str, Respondent] = field(default_factory=dict)
    failed: int = 0
    again: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def come(self, address: str) -> None:
        """Begin to come to a server."""
        self._stopped.clear()
        waiting = list(self.others.items())[::2]
        parts = [waiting[n::AT_ONCE] for n in range(AT_ONCE)]
        self._threads = [threading.Thread(target=self._work, args=(address, part)) for part in parts]
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """Stop, and wait until everybody has their answer or none."""
        self._stopped.set()
        for each in self._threads:
            each.join()

    def _work(self, address: str, again: list[tuple[str, Respondent]]) -> None:
        for words, respondent in again:
            respondent.person = Person(address, respondent.person.cookies)
            self.again += 1
            self._send(words, respondent)
        while not self._stopped.is_set():
            respondent = Respondent(Person(address), self.path)
            words = uuid4().hex
            with suppress(OSError, HTTPException, RuntimeError, KeyError):
                respondent.begin()
                respondent.fill({"team": "1", "years": "7", "short": "Thanks", "words": words})
                self._send(words, respondent)
            respondent.person.leave()

    def _send(self, words: str, respondent: Respondent) -> None:
        """Send the last page, and note what came of it; first of all that it may have been stored."""
        self.others[words] = respondent
        with suppress(OSError, HTTPException):
            answer = respondent.send()
            self.failed += answer.status >= 500
            if is_receipt(answer, self.path):
                self.acknowledged.add(words)
                del self.others[words]


def main() -> int:
    """Prove it on every kind of database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="50 kills on each database; minutes")
    kills = ALL if parser.parse_known_args()[0].all else SMALL
    databases, found = servers(), Found()
    for server in databases.values():
        with (
            tempfile.TemporaryDirectory() as folder,
            nothing_yet(Path(folder) / "home", server=server) as here,
        ):
            here.found()
            prove(here, kills, found)
    print(
        json.dumps({"proof": "kills", "holds": found.holds, "on": " and ".join(databases), **asdict(found)})
    )
    return 0 if found.holds else 1


def prove(here: Installation, kills: int, found: Found) -> None:
    """Kill it so many times under load, close the wave, and count."""
    wave = here.do("asking_in", "begin", "open-link")
    crowd = Crowd(wave["path"])
    for _ in range(kills - 1):
        beside = here.doing("asking_in", "mixing")
        with served(here) as server:
            under_load(server, crowd, beside)
        found.kills += 1
    found.mixings += here.ask("SELECT count(*) FROM audit_event WHERE what = 'survey.answers.mixed'")[0][0]
    here.do("asking_in", "close", wave["survey"])
    with served(here) as server:
        time.sleep(PAUSES.uniform(0, 1))
        server.kill()
    found.kills += 1
    here.python(TAKEN_UP)
    with served(here):
        found.not_ready += not ready(here)
    count(here, crowd, found)


def under_load(server: Server, crowd: Crowd, beside: Popen[str]) -> None:
    """People answer, and are mixed beside; all is killed at a moment of chance."""
    before = len(crowd.acknowledged)
    crowd.come(server.address)
    end = time.monotonic() + 60
    while len(crowd.acknowledged) < before + FIRST and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(PAUSES.uniform(0, MOST))
    server.kill()
    beside.kill()
    beside.wait()
    crowd.stop()


TAKEN_UP = """
from datetime import timedelta
from django.utils import timezone
from goldenthread.site.tick import take_up
take_up(timezone.now() + timedelta(hours=1))
"""
"""What a dead worker left is taken up after a quarter of an hour: here as if it had passed."""


def ready(here: Installation) -> bool:
    """Whether the closed wave's answers come to be ready."""
    for _ in range(600):
        if here.ask("SELECT 1 FROM wave WHERE state = 'ready'"):
            return True
        time.sleep(0.1)
    return False


def count(here: Installation, crowd: Crowd, found: Found) -> None:
    """Read the file of answers, and set it beside what was acknowledged."""
    area, name = here.ask("SELECT area_id, id FROM kept_file WHERE id IN (SELECT file FROM wave)")[0]
    with (here.home / "files" / str(area) / name[:2] / name).open(encoding="utf-8-sig", newline="") as file:
        cells = Counter(cell for row in csv.reader(file) for cell in row)
    stored = {each: many for each, many in cells.items() if len(each) == 32 and each.isalnum()}
    found.acknowledged += len(crowd.acknowledged)
    found.unacknowledged += len(crowd.others)
    found.of_them_stored += len(stored.keys() & crowd.others.keys())
    found.sent_again += crowd.again
    found.said_failed += crowd.failed
    found.lost += len(crowd.acknowledged - stored.keys())
    found.doubled += sum(many - 1 for many in stored.values())
    found.strange += len(stored.keys() - crowd.acknowledged - crowd.others.keys())


if __name__ == "__main__":
    sys.exit(main())
