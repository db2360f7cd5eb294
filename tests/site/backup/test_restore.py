"""A backup comes back whole, in the version that is here; what must not come back does not."""

from __future__ import annotations

import fcntl
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from tests.served.installation import Installation, nothing_yet, twin
from tests.site.backup.conftest import ROWS, SETTLED
from tests.site.backup.test_archive import forged

LETTERS = """
from goldenthread.ground.mail.models import Letter
print(json.dumps(list(Letter.objects.values("state", "body", "fault"))))
"""
LINKS = """
from goldenthread.ground.people.models import Invitation
print(json.dumps(Invitation.objects.filter(withdrawn__isnull=True).count()))
"""
WORK = """
from django_tasks_db.models import DBTaskResult
print(json.dumps([[each.status, each.started_at is None] for each in DBTaskResult.objects.all()]))
"""
TOLD = """
from goldenthread.ground.audit.models import Event
print(json.dumps(list(Event.objects.order_by("-pk").values_list("area__slug", "words")[:2])))
"""
APPLIED = """
from goldenthread.site.backup.database import applied
print(json.dumps(applied()))
"""
NEW_ROW = """
from django.utils import timezone
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.models import Survey
lead = found_area(slug="anyshire", name="Anyshire", password="", now=timezone.now())[0]
make_survey(by=lead, now=timezone.now(), news=SurveyNews("Next"))
print(json.dumps(Survey.objects.get(slug="next").pk))
"""
THEIRS = """
from django.db import connection
connection.cursor().execute("CREATE TABLE theirs (x int)")
connection.cursor().execute("INSERT INTO theirs VALUES (1)")
"""
STILL_THEIRS = """
from django.db import connection
cursor = connection.cursor()
cursor.execute("SELECT count(*) FROM theirs")
print(json.dumps(cursor.fetchone()[0]))
"""
TAKE_AWAY = """
from django.utils import timezone
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey.commands import SurveyNews, drop_wave, make_survey
from goldenthread.thread.survey.models import Wave
wave = Wave.objects.get()
lead = found_area(slug="anyshire", name="Anyshire", password="", now=timezone.now())[0]
drop_wave(by=lead, now=timezone.now(), survey=wave.survey.slug, wave=wave.code)
make_survey(by=lead, now=timezone.now(), news=SurveyNews("Made since"))
"""


def held(home: Path) -> dict[str, bytes]:
    """The files of a home that rows name."""
    found = [each for name in ("files", "builds") for each in (home / name).rglob("*") if each.is_file()]
    return {str(each.relative_to(home)): each.read_bytes() for each in found if each.name != "stray"}


def state(there: Installation) -> tuple[Any, dict[str, bytes]]:
    """Everything that a house is."""
    return there.python(ROWS), held(there.home)


@pytest.fixture(scope="module")
def restored(
    backup: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, list[str]]]:
    """The backup in a house of its own, and what was said."""
    with nothing_yet(tmp_path_factory.mktemp("restored") / "home") as there:
        done = there.command("restore", str(backup))
        assert (done.returncode, done.stderr) == (0, "")
        yield there, done.stdout.splitlines()


def test_every_row_and_file_is_back(restored: tuple[Installation, list[str]], lived_in: Installation) -> None:
    rows, files = state(restored[0])
    before, kept = state(lived_in)
    assert {name: rows[name] for name in rows.keys() - SETTLED} == {
        name: before[name] for name in before.keys() - SETTLED
    }
    assert files == kept
    assert len(files) == 2


def test_nobody_is_signed_in_no_letter_goes_out_and_no_link_opens(
    restored: tuple[Installation, list[str]], lived_in: Installation
) -> None:
    there, said = restored
    assert len(lived_in.python(ROWS)["django_session"]) == 1
    assert there.python(ROWS)["django_session"] == []
    assert [(each["state"], each["body"]) for each in lived_in.python(LETTERS)] != [("withdrawn", "")]
    letters = there.python(LETTERS)
    assert [(each["state"], each["body"]) for each in letters] == [("withdrawn", "")]
    assert "may have gone out" in letters[0]["fault"]
    assert (lived_in.python(LINKS), there.python(LINKS)) == (1, 0)
    assert (there.home / "secret").read_text() != (lived_in.home / "secret").read_text()
    assert "1 letter that waited was not kept for sending: they may have gone out since." in said
    assert "1 invitation was withdrawn: invite again." in said


def test_work_that_was_under_way_is_begun_afresh(
    restored: tuple[Installation, list[str]], lived_in: Installation
) -> None:
    assert lived_in.python(WORK) == [["RUNNING", False]]
    assert restored[0].python(WORK) == [["READY", True]]


def test_it_is_in_the_trail_of_the_area(restored: tuple[Installation, list[str]]) -> None:
    area, words = restored[0].python(TOLD)[1]
    assert area == "anyshire"
    assert words.startswith("restored everything from a backup, as it was on ")


def test_nothing_is_left_beside_it(restored: tuple[Installation, list[str]]) -> None:
    home = restored[0].home
    assert {each.name for each in home.iterdir()} <= {
        ".lock",
        "builds",
        "files",
        "goldenthread.sqlite3",
        "keys",
        "look",
        "secret",
        "static",
    }


def test_numbering_goes_on_where_it_stood(
    restored: tuple[Installation, list[str]], lived_in: Installation
) -> None:
    """A number that was given out before is not given to something else."""
    last = lived_in.python(
        "from goldenthread.thread.survey.models import Survey\nprint(json.dumps(Survey.objects.get().pk))"
    )
    assert restored[0].python(NEW_ROW) == last + 1


def test_a_house_is_given_up_only_when_told_and_nobody_is_in_it(backup: Path, mine: Installation) -> None:
    mine.python(TAKE_AWAY)
    before = state(mine)
    done = mine.command("restore", str(backup))
    assert done.returncode == 2
    assert "already holds something in its database" in done.stderr
    assert "--replace" in done.stderr
    with closing(_other(mine)):
        done = mine.command("restore", str(backup), "--replace")
    assert done.returncode == 2
    assert "stop the application, its worker and its timer" in done.stderr
    assert state(mine) == before
    done = mine.command("restore", str(backup), "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Made since" not in json.dumps(mine.python(ROWS))
    assert sorted(held(mine.home)) == sorted(
        each for each in zipfile.ZipFile(backup).namelist() if each.startswith(("files", "builds"))
    )
    told = done.stdout.partition("and is back")[2]
    assert "took 2025 out of" in told, "what was taken away since, and is back, is named"


def test_an_older_backup_is_brought_to_this_version(
    lived_in: Installation, empty: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "older.backup"
    with twin(lived_in, tmp_path / "older") as older:
        newest = older.python(APPLIED)
        assert older.admin("migrate", "audit", "0001", "--skip-checks").returncode == 0
        assert older.command("backup", str(file)).returncode == 0
        assert "audit.0002_area_index" not in older.python(APPLIED)
    done = empty.command("restore", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert empty.python(APPLIED) == newest


def changed(backup: Path, to: Path, **changes: Any) -> Path:  # noqa: ANN401 - anything can be forged
    """The backup with another manifest, ending as ours do."""
    with zipfile.ZipFile(backup) as opened:
        bodies = {name: opened.read(name) for name in opened.namelist()}
    told = {**json.loads(bodies.pop("manifest.json")), **changes}
    return forged(to, json.dumps(told).encode(), bodies)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"migrations": ["people.0099_from_tomorrow"], "version": "9.0"}, "of version 9.0, newer than this"),
        ({"kind": "other"}, "it is of a house on"),
        ({"migrations": ["people.0001_initial"]}, "is not the one its manifest tells of|not those of its"),
    ],
)
def test_what_does_not_fit_here_is_refused_and_nothing_is_changed(
    changes: dict[str, Any], words: str, backup: Path, empty: Installation, tmp_path: Path
) -> None:
    if "kind" in changes:
        ours = json.loads(zipfile.ZipFile(backup).read("manifest.json"))["kind"]
        changes = {"kind": "sqlite" if ours == "postgresql" else "postgresql"}
    done = empty.command("restore", str(changed(backup, tmp_path / "x", **changes)))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert re.search(words, done.stderr), done.stderr
    assert not (empty.home / "goldenthread.sqlite3").exists()
    assert held(empty.home) == {}
    assert not list(empty.home.glob(".goldenthread-*"))


def test_more_than_the_disk_holds_is_refused(backup: Path, empty: Installation, tmp_path: Path) -> None:
    told = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
    told["parts"][-1]["size"] = 1 << 60
    done = empty.command("restore", str(changed(backup, tmp_path / "x", parts=told["parts"])))
    assert done.returncode == 2
    assert "MB and the disk has" in done.stderr


def test_a_row_whose_file_lacks_is_refused(backup: Path, empty: Installation, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as opened:
        bodies = {name: opened.read(name) for name in opened.namelist()}
    told = json.loads(bodies.pop("manifest.json"))
    lacking = next(name for name in bodies if name.startswith("files/"))
    del bodies[lacking]
    told["parts"] = [each for each in told["parts"] if each["path"] != lacking]
    done = empty.command("restore", str(forged(tmp_path / "x", json.dumps(told).encode(), bodies)))
    assert done.returncode == 2
    assert f"it lacks {lacking}, which its database names" in done.stderr
    excused = {**told, "missing": [lacking]}
    done = empty.command("restore", str(forged(tmp_path / "y", json.dumps(excused).encode(), bodies)))
    assert done.returncode == 1
    assert f"{lacking} was not on the disk when the backup was taken." in done.stderr


def test_a_home_in_use_is_left_alone(backup: Path, empty: Installation) -> None:
    empty.home.mkdir()
    lock = os.open(empty.home / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        done = empty.command("restore", str(backup))
        assert done.returncode == 2
        assert "The application is running" in done.stderr
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "under way" in empty.command("tick").stderr
    finally:
        os.close(lock)


def _other(there: Installation) -> Any:  # noqa: ANN401 - a connection of either kind
    """Somebody else who has the database open, and does nothing."""
    if there.server:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is under test

        return psycopg.connect(there.url, autocommit=True)
    other = connect(there.home / "goldenthread.sqlite3")
    other.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return other


def test_tables_that_are_somebody_elses_are_left_alone(backup: Path, empty: Installation) -> None:
    empty.python(THEIRS)
    words = ["restore", str(backup)]
    for more in ([], ["--replace"]) if empty.server else ([],):
        done = empty.command(*words, *more)
        assert done.returncode == 2
        assert "theirs" in done.stderr
        assert empty.python(STILL_THEIRS) == 1
