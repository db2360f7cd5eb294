"""A worker killed in the middle of an import leaves nothing half-written, and its work is taken up again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.served.installation import Installation, installation

ROWS, STRAY = 30_000, 7
BEGIN = """
from datetime import UTC, datetime
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey import commands
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
now = datetime(2026, 10, 13, 9, tzinfo=UTC)
by, _ = found_area(slug="anyshire", name="Anyshire", password="", now=now)
survey = commands.make_survey(by=by, now=now, news=SurveyNews("Staff survey"))
for label in ("killed", "left"):
    with open({path!r}, "rb") as stream:
        news = WaveNews(label)
        commands.bring_in(by=by, now=now, survey=survey, news=news, stream=stream, file_name="a.csv")
"""
DECIDE = """
from datetime import UTC, datetime
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
from django.utils import timezone
from goldenthread.site.tick import take_up
print(take_up(timezone.now() + timedelta(minutes=16)))
"""
FINISH = """
from django.core.management import call_command
call_command("db_worker", verbosity=0, interval=0.1, batch=True)
"""


def wave(there: Installation, code: str) -> dict[str, object]:
    names = ("state", "said", "people", "seen", "choices", "percent", "version")
    (row,) = there.ask(f"select {', '.join(names)} from wave where code = '{code}'")  # noqa: S608
    return dict(zip(names, row, strict=True))


def problems(there: Installation, code: str) -> list[tuple[object, ...]]:
    return there.ask(
        "select column, value, message, lost, times, every from wave_problem p "  # noqa: S608
        f"join wave w on w.id = p.wave_id where w.code = '{code}' order by p.id"
    )


def killed_in_the_middle(there: Installation) -> int:
    """Kill a worker once it has said that it is part of the way through; how far it was, in per cent."""
    worker = there.begin("-m", "goldenthread.site.worker")
    try:
        for _ in range(6000):
            percent = wave(there, "killed")["percent"]
            if isinstance(percent, int) and percent > 0:
                break
            assert worker.poll() is None, "the worker ended by itself"
            time.sleep(0.01)
    finally:
        worker.kill()
        worker.wait(timeout=30)
    return int(str(wave(there, "killed")["percent"]))


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    """Two waves of one large file, waiting for a worker."""
    answers = tmp_path / "a.csv"
    columns = [f"I can do thing {n}" for n in range(20)]
    scale = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
    with answers.open("w", encoding="utf-8") as file:
        file.write(",".join(["Where?", *columns]) + "\n")
        for row in range(ROWS):
            said = "Agreee?" if row < STRAY else scale[row % 4]
            file.write(",".join([("School", "Nursery")[row % 2], *[said] * 20]) + "\n")
    with installation(tmp_path / "home", server="") as made:
        made.python(BEGIN.format(path=str(answers)))
        yield made


def test_a_killed_import_leaves_nothing_and_ends_as_if_nothing_had_happened(
    there: Installation,
) -> None:
    assert 0 < killed_in_the_middle(there) < 100
    killed = wave(there, "killed")
    assert (killed["state"], killed["seen"], killed["choices"]) == ("reading", "[]", "[]")
    assert there.python(TAKE_UP) == 1
    there.python(FINISH)
    killed, left = wave(there, "killed"), wave(there, "left")
    assert (killed["state"], killed["people"]) == ("mapping", ROWS)
    assert json.loads(str(killed["seen"])) == json.loads(str(left["seen"]))
    assert json.loads(str(killed["choices"])) == json.loads(str(left["choices"]))

    there.python(DECIDE)
    assert 0 < killed_in_the_middle(there) < 100
    assert (wave(there, "killed")["state"], wave(there, "killed")["said"]) == ("checking", "")
    assert problems(there, "killed") == []
    assert there.python(TAKE_UP) == 1
    there.python(FINISH)
    killed, left = wave(there, "killed"), wave(there, "left")
    assert (killed["said"], killed["people"]) == ("checked", ROWS)
    assert len(problems(there, "killed")) == 20
    assert problems(there, "killed") == problems(there, "left")
    assert killed["percent"] is None
