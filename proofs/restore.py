"""A backup taken while people work has all that was acknowledged by its moment, and nothing torn.

An installation is served, and 20 changes a second are made to it by another process through the
application's own commands; each is noted outside the database, with its time, once it is acknowledged.
``goldenthread backup`` runs in the midst. The file is restored into another home and database, and that
is looked at from outside: every change acknowledged before the moment that the backup gives as its own is
there, and so is its line in the audit; what was taken away by then is gone; what came after the backup
ended is not there. Every row's references lead somewhere, every kept file has its bytes, every done build
its figures. Then the restored house is served: it is ready, the workforce lead signs in and finds a survey
made just before, and a sign-in from before the backup opens nothing.

To see that the counting bites, the database's file is also copied as it lies, without its log (SQLite):
that copy must lack acknowledged changes. With ``--all``, Anyshire is loaded, files come and go, builds are
made, and several backups are taken and each is restored.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
import intact
from tests.served.installation import AREA, Installation, nothing_yet, servers
from tests.served.server import served

COPIES = 3
"""Copies of the file as it lies, half a second apart: one may come just after its log was emptied into it."""

BUILD = """
from django.utils import timezone
from goldenthread.ground.people.setup import found_area
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.survey.queries import surveys
lead = found_area(slug="anyshire", name="Anyshire", password="", now=timezone.now())[0]
slug = next(each.slug for each in surveys(lead.area) if "workforce" in each.title.lower())
try:
    ask_for_build(by=lead, now=timezone.now(), survey=slug)
except Refused:
    pass
"""


@dataclass(frozen=True)
class Size:
    """How long somebody works before, between and after backups (seconds), and how many there are."""

    before: float
    between: float
    backups: int
    full: bool


SMALL, ALL = Size(1.5, 0.5, 1, full=False), Size(15, 15, 4, full=True)


@dataclass
class Found:
    """What was counted; all of ``lost`` and after must be 0."""

    backups: int = 0
    acknowledged: int = 0
    before: int = 0
    after: int = 0
    files: int = 0
    builds: int = 0
    a_second: float = 0
    slowest_ms: float = 0
    lost_by_copying: int = 0
    lost: int = 0
    not_gone: int = 0
    from_later: int = 0
    torn: int = 0
    signed_in: int = 0
    files_wrong: int = 0
    builds_wrong: int = 0
    not_served: int = 0

    @property
    def faults(self) -> int:
        """Everything that must not be found."""
        names = [each.name for each in fields(self)]
        return sum(getattr(self, name) for name in names[names.index("lost") :])


@dataclass(frozen=True)
class Backup:
    """A backup's file, its own moment, and when the command that took it ended (seconds)."""

    file: Path
    as_of: float
    ended: float


def main() -> int:
    """Prove it on every kind of database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="minutes, with uploads, builds and four backups")
    size = ALL if parser.parse_known_args()[0].all else SMALL
    databases, found = servers(), Found()
    for server in databases.values():
        with tempfile.TemporaryDirectory() as folder:
            prove(server, Path(folder), size, found)
    bites = found.before > 0 and found.after > 0 and found.lost_by_copying > 0
    holds = bites and not found.faults
    told = {
        key: round(value, 1) if isinstance(value, float) else value for key, value in asdict(found).items()
    }
    print(json.dumps({"proof": "restore", "holds": holds, "on": " and ".join(databases), **told}))
    return 0 if holds else 1


def prove(database: str, folder: Path, size: Size, found: Found) -> None:
    """Work, take backups, restore each, and count."""
    with nothing_yet(folder / "lived-in", server=database) as lived_in:
        lived_in.found(demonstration=size.full)
        with served(lived_in) as server:
            cookies = server.signed_in().cookies
            with working(lived_in, folder / "notes", full=size.full):
                wait_for(folder / "notes")
                backups = list(taken(lived_in, folder, size))
                copies = [
                    copied for n in range(COPIES) for copied in as_it_lies(lived_in, folder / f"copy-{n}")
                ]
        notes = [json.loads(line) for line in (folder / "notes").read_text().splitlines()]
    found.lost_by_copying += max((copied.missing(notes) for copied in copies), default=0)
    count_notes(notes, found)
    for backup in backups:
        with nothing_yet(folder / f"restored-{backup.file.stem}", server=database) as restored:
            look_at(restored, backup, notes, found)
            serve(restored, backup, notes, (cookies, found))


@contextmanager
def working(lived_in: Installation, notes: Path, *, full: bool) -> Iterator[None]:
    """Somebody at work in a process of their own."""
    with lived_in.doing("writing", str(notes), *(["files"] if full else [])) as worker:
        try:
            yield
        finally:
            worker.terminate()
            if worker.wait(timeout=60):
                raise RuntimeError("whoever was at work could not go on")


def wait_for(notes: Path) -> None:
    """Return once the first change is acknowledged."""
    for _ in range(600):
        if notes.exists() and notes.stat().st_size:
            return
        time.sleep(0.1)
    raise RuntimeError("nobody began to work")


def taken(lived_in: Installation, folder: Path, size: Size) -> Iterator[Backup]:
    """The backups, one after another, in the midst of the work."""
    time.sleep(size.before)
    for number in range(size.backups):
        if size.full:
            lived_in.python(BUILD)
        file = folder / f"{number}.backup"
        done = lived_in.command("backup", str(file))
        ended = time.time()
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)
        with zipfile.ZipFile(file) as opened:
            as_of = json.loads(opened.read("manifest.json"))["as_of"]
        yield Backup(file, datetime.fromisoformat(as_of).timestamp(), ended)
        time.sleep(size.between)


@dataclass(frozen=True)
class Copied:
    """A database's file copied as it lies, and when."""

    where: Installation
    at: float

    def missing(self, notes: Sequence[dict[str, Any]]) -> int:
        """How many changes acknowledged before it was copied are not in it."""
        try:
            there = {slug for (slug,) in self.where.ask("SELECT slug FROM survey")}
        except Exception:  # noqa: BLE001 - a torn file lacks them all
            there = set()
        return len({n["name"] for n in notes if n["what"] == "made" and n["at"] < self.at} - there)


def as_it_lies(lived_in: Installation, folder: Path) -> Iterator[Copied]:
    """What a copy of the file alone would have been; nothing where the database is no file."""
    if not lived_in.server:
        folder.mkdir()
        at = time.time()
        shutil.copy(lived_in.home / "goldenthread.sqlite3", folder)
        yield Copied(Installation(folder), at)
        time.sleep(0.5)


def count_notes(notes: Sequence[dict[str, Any]], found: Found) -> None:
    """What was acknowledged, how fast, and the longest that anybody had to wait."""
    found.acknowledged += len(notes)
    lasted = notes[-1]["at"] - notes[0]["at"]
    found.a_second = min(found.a_second or 1e9, (len(notes) - 1) / lasted)
    found.slowest_ms = max(found.slowest_ms, *(1000 * note["took"] for note in notes[1:]))


def look_at(restored: Installation, backup: Backup, notes: Sequence[dict[str, Any]], found: Found) -> None:
    """Restore a backup, and count what is there and what is not."""
    done = restored.command("restore", str(backup.file))
    if done.returncode:
        raise RuntimeError(done.stderr or done.stdout)
    found.backups += 1
    before = [note for note in notes if note["at"] < backup.as_of]
    later = [note for note in notes if note["at"] - note["took"] > backup.ended]
    made = {slug for (slug,) in restored.ask("SELECT slug FROM survey")}
    told = {about for (about,) in restored.ask("SELECT about FROM audit_event")}
    waves = {code for (code,) in restored.ask("SELECT code FROM wave")}
    gone = names(before, "dropped")
    began = {note["name"] for note in notes if note["what"] == "dropped"}
    found.before += len(before)
    found.after += len(later)
    found.lost += len(names(before, "made") - made) + len(names(before, "brought in") - began - waves)
    found.lost += len({f"survey:{slug}" for slug in names(before, "made")} - told)
    found.not_gone += len(gone & waves)
    found.from_later += len((names(later, "made") & made) | (names(later, "brought in") & waves))
    found.torn += intact.torn(restored)
    found.signed_in += len(restored.ask("SELECT 1 FROM django_session"))
    files, wrong = intact.files(restored)
    builds, without = intact.builds(restored)
    found.files, found.files_wrong = found.files + files, found.files_wrong + wrong
    found.builds, found.builds_wrong = found.builds + builds, found.builds_wrong + without


def names(notes: Sequence[dict[str, Any]], what: str) -> set[str]:
    """What was made, brought in or dropped."""
    return {note["name"] for note in notes if note["what"] == what}


def serve(
    restored: Installation,
    backup: Backup,
    notes: Sequence[dict[str, Any]],
    seen: tuple[Mapping[str, str], Found],
) -> None:
    """Serve what was restored, and count what a visitor does not find, or should not."""
    cookies, found = seen
    last = [n["name"] for n in notes if n["at"] < backup.as_of and n["what"] == "made"][-1]
    with served(restored) as server:
        ready = server.visitor().get("/ready/").text
        led_to = server.visitor(cookies).get(f"/{AREA}/").headers.get("location", "")
        page = server.signed_in().get(f"/{AREA}/surveys/{last}/").text
    survey = last.replace("survey-", "Survey ")
    wrong = [ready != "ready\n", "/account/login/" not in led_to, "Sign out" not in page, survey not in page]
    found.not_served += sum(wrong)
    if any(wrong):
        print(f"served badly: {wrong} {ready!r} {page[:300]!r}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
