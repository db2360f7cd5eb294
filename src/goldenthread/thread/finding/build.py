"""Making one build: the analysis over a survey's ready waves, into a folder of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.kinds import counted
from goldenthread.analysis.report.write import write_report
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse
from goldenthread.ground.files.aside import aside
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding.earlier import keep_earlier, with_earlier
from goldenthread.thread.finding.kept import keep_results
from goldenthread.thread.finding.models import Build
from goldenthread.thread.finding.place import builds_home
from goldenthread.thread.finding.shown import keep_shown
from goldenthread.thread.finding.summary import keep_summary
from goldenthread.thread.survey.study import write_study

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a build found, and the file of each wave that went in, by its code."""

    results: Results
    files: Mapping[str, str]


UNFORESEEN = (
    "Something went wrong that nobody foresaw. Nothing else was changed. Build again; if it fails again, "
    "tell whoever looks after this system."
)


def make(build_id: int, clock: Clock, *, again: bool = False) -> None:
    """Make a waiting build; one that another worker makes, or that has ended, is left alone.

    ``again`` says that whoever was making it is taken to be dead: it begins afresh. However it fails, it
    is said to have failed: a build that seemed to run for ever would bar the next.
    """
    if not _claimed(build_id, again=again):
        return
    build = Build.objects.select_related("survey").get(pk=build_id)
    said = UNFORESEEN
    try:
        builds_home().mkdir(parents=True, exist_ok=True)
        with aside(builds_home()) as folder:
            made = folder / "made"
            _done(build, _make_in(made, folder / "answers", build), made, clock())
        said = ""
    except (Refusal, Refused) as told:
        said = _without_places(str(told))
    finally:
        if said:
            _end(build, "failed", said, clock())


def _claimed(build_id: int, *, again: bool) -> bool:
    """Whether a build is ours to make: of two workers who ask at once, one is told so."""
    states = ("waiting", "running") if again else ("waiting",)
    free = Build.objects.filter(pk=build_id, state__in=states)
    return bool(free.update(state="running", said="Gathering the waves"))


def make_numbered(area: int, survey: str, number: int, clock: Clock) -> None:
    """As ``make``, by the survey and the build's number."""
    make(Build.objects.get(survey__area_id=area, survey__slug=survey, number=number).pk, clock)


def _make_in(folder: Path, answers: Path, build: Build) -> _Made:
    written = write_study(build.survey_id, folder / "study", answers)
    study = read_study(written.path, answers)
    keep_earlier(_earlier(build) if preset(study.preset).smallest else {}, folder)
    study = with_earlier(study, folder)
    results = analyse(study, cubes=folder / "cubes", tell=lambda said: _tell(build, said))
    shutil.rmtree(answers)
    keep_shown(results, folder)
    keep_results(results, folder)
    keep_summary(results, folder)
    _tell(build, "Writing the report")
    write_report(results, folder / "report")
    return _Made(results, written.files)


def _earlier(build: Build) -> dict[int, Path]:
    """The folders, by number, of the survey's builds that somebody may have seen."""
    done = Build.objects.filter(survey=build.survey, state="done").exclude(pk=build.pk).order_by("number")
    return {number: builds_home() / folder for number, folder in done.values_list("number", "folder")}


def _without_places(said: str) -> str:
    """What went wrong, without the folders of this machine."""
    return re.sub(rf"{re.escape(str(builds_home()))}/\S*/", "", said)


def _move_in(made: Path, place: Path) -> None:
    if place.exists():
        shutil.rmtree(place)
    made.rename(place)


def _tell(build: Build, said: str) -> None:
    Build.objects.filter(pk=build.pk, state="running").update(said=said)


def _end(build: Build, state: str, said: str, ended: datetime) -> None:
    running = Build.objects.filter(pk=build.pk, state="running")
    running.update(state=state, said=said[:500], ended=ended)


@transaction.atomic
def _done(build: Build, made: _Made, folder: Path, ended: datetime) -> None:
    """Put a build in its place; nothing where another worker did so, or said that it failed."""
    results = made.results
    # the row is ours from here on: nobody else moves a folder in before we are through
    first = Build.objects.filter(pk=build.pk, state="running").update(
        state="done",
        said="",
        ended=ended,
        headline=counted(Book(results)),
        waves=[
            {"code": w.id, "label": w.label, "answered": w.answered, "file": made.files.get(w.id, "")}
            for w in results.waves
        ],
    )
    if first:
        _move_in(folder, builds_home() / build.folder)
