"""A file of answers belongs to its wave, or to nothing and is not kept."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.ground.made import area, lead
from tests.thread.made import NOW, brought_in, simple

from goldenthread.ground.files.disk import home as kept_home
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.store import kept_apart, settle
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.ground.retention.round import purge
from goldenthread.thread.survey import commands, corrections
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.models import Wave

pytestmark = pytest.mark.django_db
Capture = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    return commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))


class Meanwhile(io.BytesIO):
    """A file that is still coming in while somebody else does something."""

    def __init__(self, by: Actor, survey: str) -> None:
        super().__init__(simple({"School": (3, 5)}).getvalue())
        self.by, self.survey, self.done = by, survey, False

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.done:
            self.done = True
            self.other()
        return super().read(size)

    def other(self) -> None:
        """What somebody else does: brings the same wave in, or changes it."""
        if Wave.objects.exists():
            wave = Wave.objects.get()
            wave.version += 1
            wave.save()
        else:
            brought_in(self.by, self.survey, "2025", simple({"School": (2, 4)}))


def on_disk() -> set[str]:
    return {each.name for each in kept_home().rglob("*") if each.is_file()}


def belonging() -> set[str]:
    return set(Wave.objects.values_list("file", flat=True))


def test_a_wave_refused_once_its_file_came_leaves_no_file(
    by: Actor, survey: str, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        commands.bring_in(
            by=by,
            now=NOW,
            survey=survey,
            news=WaveNews("2025"),
            stream=Meanwhile(by, survey),
            file_name="2025.csv",
        )
    assert on_disk() == belonging() == set(KeptFile.objects.values_list("pk", flat=True))


def test_a_corrected_file_that_came_too_late_leaves_no_file(
    by: Actor, survey: str, django_capture_on_commit_callbacks: Capture
) -> None:
    brought_in(by, survey, "2025", simple({"School": (2, 4)}))
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Conflict):
        corrections.replace_file(
            by=by,
            now=NOW,
            survey=survey,
            wave="2025",
            version=Wave.objects.get().version,
            stream=Meanwhile(by, survey),
            file_name="better.csv",
        )
    assert on_disk() == belonging() == set(KeptFile.objects.values_list("pk", flat=True))


def test_a_file_whose_command_was_killed_goes_after_a_day_and_a_settled_one_stays(
    by: Actor, survey: str, django_capture_on_commit_callbacks: Capture
) -> None:
    brought_in(by, survey, "2025", simple({"School": (2, 4)}))
    killed = kept_apart(
        by=by, now=NOW, area=by.area, name="a.csv", stream=io.BytesIO(b"a"), purpose="survey.wave"
    )
    lost = killed.__enter__()
    purge(now=NOW + timedelta(hours=23))
    assert KeptFile.objects.filter(pk=lost).exists()
    with django_capture_on_commit_callbacks(execute=True):
        purge(now=NOW + timedelta(hours=25))
    assert on_disk() == belonging() == set(KeptFile.objects.values_list("pk", flat=True))
    with pytest.raises(Refused, match="no longer kept"):
        settle(by.area, lost)
