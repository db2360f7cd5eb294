"""Where the worker fails on something nobody foresaw, a wave says so and can be read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from tests.ground.made import area, lead, member
from tests.thread.made import NOW, simple

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.files.disk import place
from goldenthread.ground.files.store import GONE
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, corrections
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.keeping import UNFORESEEN
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import WaveFacts, reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    """A survey with a wave whose file nobody has looked at yet."""
    made = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    stream = simple({"School": (30, 50)})
    commands.bring_in(
        by=by, now=NOW, survey=made, news=WaveNews("2025"), stream=stream, file_name="answers.csv"
    )
    return made


def work() -> list[str]:
    """The worker does everything it was asked for; how each piece of work ended, in turn."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="of-a-test",
        excluded_queue_names=[],
    )
    worker.run()
    return [
        str(each) for each in DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    ]


def facts(by: Actor, survey: str) -> WaveFacts:
    found = reading(by.area, survey, "2025")
    assert found is not None
    return found.wave


class Broken:
    """A disk that cannot give a file: where its bytes were there is a folder of their name."""

    def __init__(self, path: Path) -> None:
        self.path, self.kept = path, path.read_bytes()
        path.unlink()
        path.mkdir()

    def mend(self) -> None:
        self.path.rmdir()
        self.path.write_bytes(self.kept)


def broken(by: Actor, kept: str) -> Broken:
    return Broken(place(by.area, kept))


def again(by: Actor, survey: str) -> None:
    corrections.read_again(by=by, now=NOW, survey=survey, wave="2025", version=facts(by, survey).version)


def decide(by: Actor, survey: str) -> None:
    found = Wave.objects.get()
    choices = [choice_from_plain(plain) for plain in found.choices]
    commands.decide(by=by, now=NOW, survey=survey, wave="2025", version=found.version, choices=choices)


def test_a_file_that_could_not_be_looked_at_says_so_and_is_read_again(by: Actor, survey: str) -> None:
    disk = broken(by, Wave.objects.get().file)
    assert work() == ["FAILED"]
    assert (facts(by, survey).state, facts(by, survey).said) == ("failed", UNFORESEEN)
    assert facts(by, survey).again
    assert not facts(by, survey).busy
    disk.mend()
    again(by, survey)
    assert facts(by, survey).busy
    assert work() == ["FAILED", "SUCCESSFUL"]
    assert (facts(by, survey).state, facts(by, survey).people) == ("mapping", 50)


def test_answers_that_could_not_be_read_keep_what_was_decided_of_them(by: Actor, survey: str) -> None:
    work()
    decide(by, survey)
    decided = Wave.objects.get().choices
    disk = broken(by, Wave.objects.get().file)
    assert work()[-1] == "FAILED"
    assert (facts(by, survey).state, facts(by, survey).said) == ("failed", UNFORESEEN)
    disk.mend()
    again(by, survey)
    assert work()[-1] == "SUCCESSFUL"
    assert (facts(by, survey).state, facts(by, survey).people) == ("checking", 50)
    assert Wave.objects.get().choices == decided


def test_a_file_that_is_gone_is_no_fault_of_the_worker(by: Actor, survey: str) -> None:
    broken(by, Wave.objects.get().file).path.rmdir()
    assert work() == ["SUCCESSFUL"]
    assert (facts(by, survey).state, facts(by, survey).said) == ("failed", GONE)
    assert not facts(by, survey).again


def test_a_fault_of_our_own_is_said_too(by: Actor, survey: str) -> None:
    """Choices that nothing can be made of: no fault of the disk or of the file."""
    work()
    decide(by, survey)
    Wave.objects.update(choices=[{"id": "column-a"}])
    assert work()[-1] == "FAILED"
    assert facts(by, survey).said == UNFORESEEN


def test_a_corrected_file_that_could_not_be_read_leaves_the_one_before(by: Actor, survey: str) -> None:
    work()
    before = Wave.objects.get()
    corrections.replace_file(
        by=by,
        now=NOW,
        survey=survey,
        wave="2025",
        version=before.version,
        stream=simple({"School": (9, 20)}),
        file_name="better.csv",
    )
    broken(by, Wave.objects.get().incoming)
    assert work()[-1] == "FAILED"
    found = facts(by, survey)
    assert (found.state, found.file_name, found.incoming) == ("mapping", "answers.csv", "")
    assert found.replaced is not None
    assert found.replaced.refused == UNFORESEEN


def test_only_what_failed_is_read_again_by_whoever_may_and_saw_it(by: Actor, survey: str) -> None:
    broken(by, Wave.objects.get().file)
    with pytest.raises(Refused, match="not to be read again"):
        again(by, survey)
    work()
    version = facts(by, survey).version
    board = member(by.area, "board")
    with pytest.raises(NotAllowed):
        corrections.read_again(by=board, now=NOW, survey=survey, wave="2025", version=version)
    with pytest.raises(Conflict):
        corrections.read_again(by=by, now=NOW, survey=survey, wave="2025", version=version - 1)
    again(by, survey)
    assert happenings(by.area)[0].words == "had “answers.csv” of 2025 read again"
