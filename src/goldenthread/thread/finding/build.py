"""Making one build: the analysis over a survey's ready waves, into a folder of its own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.write import write_report
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding.models import Build
from goldenthread.thread.finding.shown import keep_earlier, keep_shown, with_earlier
from goldenthread.thread.survey.study import write_study

Clock = Callable[[], datetime]


def builds_home() -> Path:
    """Where builds keep their folders."""
    home: Path = settings.HOME
    return home / "builds"


def make(build_id: int, clock: Clock) -> None:
    """Make a waiting build. Run again after a kill it begins afresh; a done build is left alone."""
    build = Build.objects.select_related("survey").filter(pk=build_id).exclude(state="done").first()
    if build is None:
        return
    builds_home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=builds_home()) as folder:
        try:
            results = _make_in(Path(folder) / "made", build)
        except (Refusal, Refused) as said:
            _end(build, "failed", _without_places(str(said)), clock())
            return
        _move_in(Path(folder) / "made", builds_home() / build.folder)
    _done(build, results, clock())


def make_numbered(area: int, survey: str, number: int, clock: Clock) -> None:
    """As ``make``, by the survey and the build's number."""
    make(Build.objects.get(survey__area_id=area, survey__slug=survey, number=number).pk, clock)


def _make_in(folder: Path, build: Build) -> Results:
    _tell(build, "Gathering the waves")
    with tempfile.TemporaryDirectory(prefix=".answers-", dir=builds_home()) as answers:
        path = write_study(build.survey_id, folder / "study", Path(answers))
        keep_earlier(_earlier(build), folder)
        study = with_earlier(read_study(path, Path(answers)), folder)
        results = analyse(study, cubes=folder / "cubes", tell=lambda said: _tell(build, said))
    keep_shown(results, folder)
    _tell(build, "Writing the report")
    write_report(results, folder / "report")
    return results


def _earlier(build: Build) -> list[Path]:
    """The folders of the survey's builds that somebody may have seen."""
    done = Build.objects.filter(survey=build.survey, state="done").exclude(pk=build.pk)
    return [builds_home() / folder for folder in done.values_list("folder", flat=True)]


def _without_places(said: str) -> str:
    """What went wrong, without the folders of this machine."""
    return re.sub(rf"{re.escape(str(builds_home()))}/\S*/", "", said)


def _move_in(made: Path, place: Path) -> None:
    if place.exists():
        shutil.rmtree(place)
    made.rename(place)


def _tell(build: Build, said: str) -> None:
    Build.objects.filter(pk=build.pk).update(state="running", said=said)


def _end(build: Build, state: str, said: str, ended: datetime) -> None:
    Build.objects.filter(pk=build.pk).update(state=state, said=said[:500], ended=ended)


@transaction.atomic
def _done(build: Build, results: Results, ended: datetime) -> None:
    found = Build.objects.select_for_update().get(pk=build.pk)
    found.state, found.said, found.ended = "done", "", ended
    found.waves = [{"code": w.id, "label": w.label, "answered": w.answered} for w in results.waves]
    found.headline = _headline(results)
    found.save()


def _headline(results: Results) -> dict[str, int]:
    """How many findings there are of each kind."""
    kinds: dict[str, int] = {}
    for finding in results.findings:
        kinds[finding.kind.value] = kinds.get(finding.kind.value, 0) + 1
    return kinds
