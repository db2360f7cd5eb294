"""What the worker does with a wave's file: look at it, then read it as decided."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.definition.study import Wave as StudyWave
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.layouts.recognise import recognise
from goldenthread.analysis.responses.propose.choose import propose
from goldenthread.analysis.responses.propose.follow import Asked, follow
from goldenthread.analysis.responses.propose.look import look
from goldenthread.analysis.responses.propose.model import Proposal
from goldenthread.analysis.responses.read import read_responses
from goldenthread.ground.files.store import kept_as
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.models import Wave, WaveProblem
from goldenthread.thread.survey.plans import choice_to_plain, seen_to_plain
from goldenthread.thread.survey.queries import crosswalk

MOST_PROBLEMS, MOST_ROWS = 5000, 50
CHECKED = "checked"


def look_at(wave_id: int) -> None:
    """Propose how a wave's file is read. Does nothing where that is done; may be run again after a kill."""
    wave = Wave.objects.select_related("survey").filter(pk=wave_id, state="reading").first()
    if wave is None:
        return
    with TemporaryDirectory() as folder:
        try:
            path = kept_as(wave.survey.area_id, wave.file, Path(folder) / _safe(wave.file_name))
            if wave.published:
                _take_figures(wave, path)
            elif wave.questionnaire:
                _read(wave, path)
            else:
                _take_answers(wave, path)
        except Refusal as refusal:
            _fail(wave, str(refusal))


def look_at_named(area: int, survey: str, code: str) -> None:
    """As ``look_at``, by the wave's names."""
    look_at(Wave.objects.get(survey__area_id=area, survey__slug=survey, code=code).pk)


def check(wave_id: int) -> None:
    """Read every answer as decided, and keep the list of what could not be read."""
    wave = Wave.objects.select_related("survey").filter(pk=wave_id, state="checking").first()
    if wave is None:
        return
    with TemporaryDirectory() as folder:
        try:
            _read(wave, kept_as(wave.survey.area_id, wave.file, Path(folder) / _safe(wave.file_name)))
        except Refusal as refusal:
            _fail(wave, str(refusal))


def _read(wave: Wave, path: Path) -> None:
    """Read every answer by the wave's questionnaire. Raises Refusal."""
    study = StudyWave(wave.code, wave.label, questionnaire=asked(wave))
    read = read_responses(path, study, AnswerOffRoute.LEAVE_OUT)
    _keep_problems(wave, read.people, read.problems, read.format)


def _take_answers(wave: Wave, path: Path) -> None:
    grid = read_grid(path)
    proposals = follow(propose(look(grid)), _asked_before(wave))
    _keep_proposals(wave, recognise(grid.headings).name, len(grid.rows), proposals)


def _take_figures(wave: Wave, path: Path) -> None:
    figures, problems = read_figures(path)
    if not figures:
        raise Refusal(f"{path.name} holds no figure that can be read.")
    _keep_problems(wave, wave.answered, problems, "printed figures")


def _asked_before(wave: Wave) -> list[Asked]:
    rows = crosswalk(wave.survey.area_id, wave.survey.slug)
    return [Asked(row.item, row.places[-1].text, row.label) for row in rows]


@transaction.atomic
def _keep_proposals(wave: Wave, layout: str, people: int, proposals: Iterable[Proposal]) -> None:
    found = Wave.objects.select_for_update().filter(pk=wave.pk, state="reading").first()
    if found is None:
        return
    proposals = list(proposals)
    found.layout, found.people, found.state, found.said = layout, people, "mapping", ""
    found.seen = [seen_to_plain(each.seen) for each in proposals]
    found.choices = [choice_to_plain(each.choice, sure=each.sure, because=each.because) for each in proposals]
    found.version += 1
    found.save()


@transaction.atomic
def _keep_problems(wave: Wave, people: int | None, problems: Iterable[Problem], layout: str) -> None:
    found = Wave.objects.select_for_update().filter(pk=wave.pk).first()
    if found is None:
        return
    found.problems.all().delete()
    lines = [_line(found, problem) for problem in problems]
    WaveProblem.objects.bulk_create(lines[:MOST_PROBLEMS], batch_size=500)
    found.people, found.layout, found.state, found.said = people, layout, "checking", CHECKED
    found.version += 1
    found.save()


def _line(wave: Wave, problem: Problem) -> WaveProblem:
    return WaveProblem(
        wave=wave,
        rows=list(problem.rows[:MOST_ROWS]),
        column=(problem.column or "")[:200],
        value=(problem.value or "")[:200],
        message=problem.message[:400],
        lost=problem.lost,
        times=problem.count,
    )


def _fail(wave: Wave, said: str) -> None:
    Wave.objects.filter(pk=wave.pk).update(state="failed", said=said[:500])


def _safe(name: str) -> str:
    """A file's own name, without any folder: messages name it, and readers look at its ending."""
    return Path(name.replace("\\", "/")).name or "answers"
