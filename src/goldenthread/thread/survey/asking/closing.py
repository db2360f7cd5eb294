"""What becomes of a closed wave's answers: one file, read like everybody else's, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

from django.db import connection, transaction

from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import keep
from goldenthread.thread.survey.answering.table import write_table
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.asking import epochs
from goldenthread.thread.survey.asking.mixing import answers_of, mix, sweep, waiting
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.reading import CHECKED, check

Clock = Callable[[], datetime]
NOBODY = "Nobody answered."
PURPOSE = "survey.answers"
EMPTIED = ("sent", "ballot", "answered")
"""What is left in the intake could not be opened, and stays for the day its key is found."""


def finish(asking: int, clock: Clock) -> None:
    """Mix what is left, write the answers as a file of the wave, and read it. Run again after a kill it
    goes on where it was; a wave that is ready is left alone."""
    found = Asking.objects.select_related("wave__survey").filter(pk=asking, state="closed").first()
    if found is None:
        return
    if found.wave.state == "asking" and found.wave.said != NOBODY:
        mix(asking=asking, now=clock(), least=1)
        _settle(found, clock())
        sweep()
    epochs.retire(asking)
    epochs.tidy()
    check(found.wave_id)
    Wave.objects.filter(pk=found.wave_id, state="checking", said=CHECKED).update(state="ready")


@transaction.atomic
def _settle(asking: Asking, now: datetime) -> int:
    """Put the answers into a file and take them out of the tables, both or neither; how many."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=asking.wave_id)
    sheet = asked(wave)
    if sheet is None or wave.state != "asking":
        return 0
    with TemporaryFile() as out:
        text = TextIOWrapper(out, encoding="utf-8", newline="")
        count = write_table(sheet, answers_of(asking.pk), text)
        text.detach()
        out.seek(0)
        _keep(wave, out if count else None, now)
    _empty(asking.pk)
    _say_what_is_left(wave, asking.pk, now)
    if count:
        record(
            by=None,
            now=now,
            area=wave.survey.area_id,
            what="survey.wave.ready",
            about=f"wave:{wave.survey.slug}/{wave.code}",
            words=f"made {count:,} answers to {wave.label} ready",
        )
    return count


def _keep(wave: Wave, answers: IO[bytes] | None, now: datetime) -> None:
    if answers is None:
        wave.said, wave.people = NOBODY, 0
    else:
        area, name = wave.survey.area_id, f"{wave.survey.slug}-{wave.code}.csv"
        wave.file = keep(by=None, now=now, area=area, name=name, stream=answers, purpose=PURPOSE)
        wave.file_name, wave.state = name, "checking"
    wave.version += 1
    wave.save()


def _say_what_is_left(wave: Wave, asking: int, now: datetime) -> None:
    left = waiting(asking)
    if left:
        record(
            by=None,
            now=now,
            area=wave.survey.area_id,
            what="survey.answers.unopened",
            about=f"wave:{wave.survey.slug}/{wave.code}",
            words=f"could not open {left:,} answers to {wave.label}: their key is not in the folder keys",
        )


def _empty(asking: int) -> None:
    with connection.cursor() as cursor:
        for table in EMPTIED:
            cursor.execute(f"DELETE FROM {table} WHERE asking_id = %s", [asking])  # noqa: S608 - names of ours
