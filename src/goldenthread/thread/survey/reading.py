"""What the worker does with a wave's file: look at it, then read it as decided.

Each piece of work begins afresh where a worker was killed in the middle: what it found is kept in one
transaction at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.definition.study import Wave as StudyWave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.layouts.recognise import recognise
from goldenthread.analysis.responses.propose.choose import propose
from goldenthread.analysis.responses.propose.follow import Asked, follow
from goldenthread.analysis.responses.propose.look import look
from goldenthread.analysis.responses.propose.model import Proposal
from goldenthread.analysis.responses.read import read_responses
from goldenthread.ground.files.aside import aside
from goldenthread.ground.files.disk import FULL, NO_ROOM
from goldenthread.ground.files.store import kept_as
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey import keeping, printed
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.keeping import CHECKED, UNFORESEEN, Looked
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.queries import crosswalk
from goldenthread.thread.survey.telling import telling

__all__ = ["CHECKED", "check", "look_again", "look_at", "look_at_named"]

MOST_COLUMNS = 2_000
"""More than these nobody could look through on a page."""
ROWS, COLUMNS, ANSWERS = "Reading the rows", "Looking at the columns", "Reading the answers"


def look_at(wave_id: int) -> None:
    """Propose how a wave's file is read. Does nothing where that is done; may be run again after a kill."""
    wave = Wave.objects.select_related("survey").filter(pk=wave_id, state="reading").first()
    if wave is None:
        return
    work = _take_figures if wave.published else _read if wave.questionnaire else _propose
    _work_on(wave, wave.file, wave.file_name, work)


def look_at_named(area: int, survey: str, code: str) -> None:
    """As ``look_at``, by the wave's names."""
    look_at(Wave.objects.get(survey__area_id=area, survey__slug=survey, code=code).pk)


def look_again(wave_id: int) -> None:
    """Look at a corrected file, and put it in the place of the one that stands.

    Where it cannot be used that one stays, and the wave says why. May be run again after a kill.
    """
    wave = Wave.objects.select_related("survey").filter(pk=wave_id).exclude(incoming="").first()
    if wave is None:
        return
    _work_on(wave, wave.incoming, wave.incoming_name, _exchange)


def check(wave_id: int) -> None:
    """Read every answer as decided, and keep the list of what could not be read."""
    wave = Wave.objects.select_related("survey").filter(pk=wave_id, state="checking").first()
    if wave is None:
        return
    _work_on(wave, wave.file, wave.file_name, _take_figures if wave.published else _read)


def _work_on(wave: Wave, kept: str, name: str, work: Callable[[Wave, Path], None]) -> None:
    """Work on a kept file under its own name; what makes it useless is kept with the wave, in words.

    So it is where something fails that nobody foresaw, which is then raised: a wave that seemed to be
    read for ever could not be read again.
    """
    said = UNFORESEEN
    try:
        with aside(Path(settings.HOME)) as folder:
            work(wave, kept_as(wave.survey.area_id, kept, folder / _safe(name)))
        said = ""
    except (Refusal, Refused) as told:
        said = str(told)
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        said = NO_ROOM
    finally:
        if said:
            keeping.failed(wave, kept, said)


def _propose(wave: Wave, path: Path) -> None:
    """Propose how each column is read. Raises Refusal."""
    keeping.proposals(wave, _looked(wave, path))


def _exchange(wave: Wave, path: Path) -> None:
    """Put a corrected file in the place of the one that stands. Raises Refusal."""
    if wave.published:
        printed.figures(wave, path)
        keeping.exchanged(wave)
    elif wave.questionnaire:
        headings = read_grid(path, telling(wave.pk, ROWS)).headings
        keeping.exchanged(wave, headings=(_headings_before(wave), headings))
    else:
        keeping.carried_over(wave, _looked(wave, path))


def _read(wave: Wave, path: Path) -> None:
    """Read every answer by the wave's questionnaire. Raises Refusal."""
    study = StudyWave(wave.code, wave.label, questionnaire=asked(wave))
    read = read_responses(path, study, AnswerOffRoute.LEAVE_OUT, telling(wave.pk, ANSWERS, 0, 85))
    keeping.problems(wave, read.people, read.problems, read.format)


def _looked(wave: Wave, path: Path) -> Looked:
    """What a file of answers seems to ask. Raises Refusal."""
    grid = read_grid(path, telling(wave.pk, ROWS, 0, 85))
    if len(grid.headings) > MOST_COLUMNS:
        raise Refusal(
            f"{path.name} has {len(grid.headings):,} columns, and {MOST_COLUMNS:,} are the most that can be "
            "looked through: take out those that hold no answers."
        )
    seen = look(grid, telling(wave.pk, COLUMNS, 85, 100))
    proposals: tuple[Proposal, ...] = follow(propose(seen), _asked_before(wave))
    return Looked(recognise(grid.headings).name, len(grid.rows), proposals)


def _take_figures(wave: Wave, path: Path) -> None:
    telling(wave.pk, "Checking the figures")
    found = printed.figures(wave, path)
    keeping.problems(wave, wave.answered, found.problems, "printed figures", found.plain())


def _headings_before(wave: Wave) -> tuple[str, ...]:
    """Those of the file that stands; none where it could never be read."""
    with aside(Path(settings.HOME)) as folder:
        path = kept_as(wave.survey.area_id, wave.file, folder / _safe(wave.file_name))
        try:
            return read_grid(path).headings
        except Refusal:
            return ()


def _asked_before(wave: Wave) -> list[Asked]:
    """Every item as the other waves ask it."""
    rows = crosswalk(wave.survey.area_id, wave.survey.slug)
    places = ((row, [place for place in row.places if place.wave != wave.code]) for row in rows)
    return [Asked(row.item, others[-1].text, row.label) for row, others in places if others]


def _safe(name: str) -> str:
    """A file's own name, without any folder: messages name it, and readers look at its ending."""
    return Path(name.replace("\\", "/")).name or "answers"
