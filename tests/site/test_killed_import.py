"""A worker killed in the middle of an import leaves nothing half-written, and its work is taken up again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROWS, STRAY = 30_000, 7
BEGIN = """
from datetime import UTC, datetime
from goldenthread.site import run
run.prepare()
import django
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey import commands
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
now = datetime(2026, 10, 13, 9, tzinfo=UTC)
by, _ = found_area(slug="anyshire", name="Anyshire", password="a-long-walk-by-the-river", now=now)
survey = commands.make_survey(by=by, now=now, news=SurveyNews("Staff survey"))
for label in ("killed", "left"):
    with open({path!r}, "rb") as stream:
        news = WaveNews(label)
        commands.bring_in(by=by, now=now, survey=survey, news=news, stream=stream, file_name="a.csv")
"""
DECIDE = """
from datetime import UTC, datetime
import django
django.setup()
from goldenthread.ground.people.queries import actor
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.plans import choice_from_plain
by = actor(1, 1)
for code in ("killed", "left"):
    found = queries.reading(1, "staff-survey", code)
    commands.decide(
        by=by, now=datetime(2026, 10, 13, 9, tzinfo=UTC), survey="staff-survey", wave=code,
        version=found.wave.version, choices=[choice_from_plain(each) for each in found.choices],
    )
"""
TAKE_UP = """
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from goldenthread.site.tick import take_up
print(take_up(timezone.now() + timedelta(minutes=16)))
"""
FINISH = """
import django
django.setup()
from django.core.management import call_command
call_command("db_worker", verbosity=0, interval=0.1, batch=True)
"""


@dataclass(frozen=True)
class Place:
    """An installation of its own."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GOLDENTHREAD_HOME": str(self.home),
            "DATABASE_URL": f"sqlite:///{self.home}/killed.sqlite3",
            "DJANGO_SETTINGS_MODULE": "goldenthread.site.settings",
        }

    def run(self, script: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.home / "killed.sqlite3", timeout=20) as held:
            return held.execute(question).fetchall()

    def wave(self, code: str) -> dict[str, object]:
        names = ("state", "said", "people", "seen", "choices", "percent", "version")
        (row,) = self.ask(f"select {', '.join(names)} from wave where code = '{code}'")  # noqa: S608
        return dict(zip(names, row, strict=True))

    def problems(self, code: str) -> list[tuple[object, ...]]:
        return self.ask(
            "select column, value, message, lost, times, every from wave_problem p "  # noqa: S608
            f"join wave w on w.id = p.wave_id where w.code = '{code}' order by p.id"
        )

    def killed_in_the_middle(self) -> int:
        """Kill a worker once it has said that it is part of the way through; how far it was, in per cent."""
        worker = subprocess.Popen([sys.executable, "-m", "goldenthread.site.worker"], env=self.environment)
        try:
            for _ in range(6000):
                percent = self.wave("killed")["percent"]
                if isinstance(percent, int) and percent > 0:
                    break
                assert worker.poll() is None, "the worker ended by itself"
                time.sleep(0.01)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(timeout=30)
        return int(str(self.wave("killed")["percent"]))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Two waves of one large file, waiting for a worker."""
    answers = tmp_path / "a.csv"
    columns = [f"I can do thing {n}" for n in range(20)]
    scale = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
    with answers.open("w", encoding="utf-8") as file:
        file.write(",".join(["Where?", *columns]) + "\n")
        for row in range(ROWS):
            said = "Agreee?" if row < STRAY else scale[row % 4]
            file.write(",".join([("School", "Nursery")[row % 2], *[said] * 20]) + "\n")
    made = Place(tmp_path / "home")
    made.run(BEGIN.format(path=str(answers)))
    return made


def test_a_killed_import_leaves_nothing_and_ends_as_if_nothing_had_happened(place: Place) -> None:
    assert 0 < place.killed_in_the_middle() < 100
    killed = place.wave("killed")
    assert (killed["state"], killed["seen"], killed["choices"]) == ("reading", "[]", "[]")
    assert place.run(TAKE_UP) == "1"
    place.run(FINISH)
    killed, left = place.wave("killed"), place.wave("left")
    assert (killed["state"], killed["people"]) == ("mapping", ROWS)
    assert json.loads(str(killed["seen"])) == json.loads(str(left["seen"]))
    assert json.loads(str(killed["choices"])) == json.loads(str(left["choices"]))

    place.run(DECIDE)
    assert 0 < place.killed_in_the_middle() < 100
    assert (place.wave("killed")["state"], place.wave("killed")["said"]) == ("checking", "")
    assert place.problems("killed") == []
    assert place.run(TAKE_UP) == "1"
    place.run(FINISH)
    killed, left = place.wave("killed"), place.wave("left")
    assert (killed["said"], killed["people"]) == ("checked", ROWS)
    assert len(place.problems("killed")) == 20
    assert place.problems("killed") == place.problems("left")
    assert killed["percent"] is None
