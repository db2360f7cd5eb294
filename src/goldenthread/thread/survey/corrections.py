"""Correcting a wave: another file in the place of its own, stray values, and what printed figures are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO

from django.db import transaction

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import kept_apart, plain_name, settle
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asked import undecided
from goldenthread.thread.survey.locked import same_version, save, wave_locked
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.printed import folded
from goldenthread.thread.survey.queries import item_names
from goldenthread.thread.survey.recodes import Meaning, applies, meanings, merged, to_plain
from goldenthread.thread.survey.tasks import check, look_again, look_at


def replace_file(
    *,
    by: Actor,
    now: datetime,
    survey: str,
    wave: str,
    version: int,
    stream: IO[bytes],
    file_name: str,
) -> None:
    """Take in a corrected file of a wave. The one that stands is used until the worker has read the new one.

    The wave keeps its label and dates, every decision on columns that are still there, and its links. The
    file is kept outside the transaction, so that a large one holds up nobody. Raises NotAllowed, Conflict
    where somebody changed the wave meanwhile, or Refused.
    """
    require(by, "survey.change", area=by.area)
    _replaceable(by, survey, wave, version)
    with kept_apart(
        by=by, now=now, area=by.area, name=file_name, stream=stream, purpose="survey.wave"
    ) as kept:
        _replace(by, now, survey, (wave, version), (kept, file_name))


@transaction.atomic
def _replaceable(by: Actor, survey: str, wave: str, version: int) -> Wave:
    found = wave_locked(by.area, survey, wave, None)
    if hasattr(found, "asking"):
        raise Refused(f"{found.label} was answered here: no other file can take the place of its answers.")
    if found.incoming:
        raise Refused(f"Another file for {found.label} is being read. Wait until that is done.")
    if found.state == "reading":
        raise Refused(f"{found.label} is still being read. Wait until that is done.")
    same_version(found.version, version)
    return found


@transaction.atomic
def _replace(by: Actor, now: datetime, survey: str, wave: tuple[str, int], file: tuple[str, str]) -> None:
    found = _replaceable(by, survey, *wave)
    settle(by.area, file[0])
    save(found, {"incoming": file[0], "incoming_name": plain_name(file[1]), "replaced": {}})
    look_again.enqueue(found.pk)
    record(
        by=by,
        now=now,
        what="survey.wave.file-replaced",
        about=f"wave:{survey}/{found.code}",
        words=f"brought “{plain_name(file[1])}” in for {found.label}, in the place of “{found.file_name}”",
    )


@transaction.atomic
def read_again(*, by: Actor, now: datetime, survey: str, wave: str, version: int) -> None:
    """Have the worker begin again with a wave's file, as it was decided to be read, where reading failed.

    Raises NotAllowed, Conflict where somebody changed the wave meanwhile, or Refused.
    """
    require(by, "survey.change", area=by.area)
    found = wave_locked(by.area, survey, wave, version)
    if found.state != "failed" or found.incoming:
        raise Refused(f"{found.label} is not to be read again: only a wave that could not be read is.")
    save(found, {"state": "checking" if found.choices else "reading", "said": ""})
    (check if found.choices else look_at).enqueue(found.pk)
    record(
        by=by,
        now=now,
        what="survey.wave.read-again",
        about=f"wave:{survey}/{wave}",
        words=f"had “{found.file_name}” of {found.label} read again",
    )


@transaction.atomic
def recode(
    *, by: Actor, now: datetime, survey: str, wave: str, version: int, decided: Sequence[Meaning]
) -> None:
    """Say what stray values of a wave's file mean, for every row that has them; all is then read again.

    Raises NotAllowed, Conflict where somebody changed the wave meanwhile, or Refused.
    """
    require(by, "survey.change", area=by.area)
    found = _checked(by, survey, wave, version)
    _check_fits(found, decided)
    _read_again(found, merged(meanings(found.recodes), decided))
    many = f"{len(decided)} value{'' if len(decided) == 1 else 's'}"
    record(
        by=by,
        now=now,
        what="survey.wave.values-decided",
        about=f"wave:{survey}/{wave}",
        words=f"decided what {many} of {found.label} that are no answer are read as",
    )


@transaction.atomic
def undo_recode(*, by: Actor, now: datetime, survey: str, wave: str, version: int, undone: Meaning) -> None:
    """Take back what a stray value was decided to mean. Raises NotAllowed, Conflict, or Refused."""
    require(by, "survey.change", area=by.area)
    found = _checked(by, survey, wave, version)
    left = [each for each in meanings(found.recodes) if each.key != undone.key]
    if len(left) == len(found.recodes):
        raise Refused("That was taken back already.")
    _read_again(found, left)
    record(
        by=by,
        now=now,
        what="survey.wave.value-undecided",
        about=f"wave:{survey}/{wave}",
        words=f"took back what a value of {found.label} was read as",
    )


@transaction.atomic
def place_printed(
    *, by: Actor, now: datetime, survey: str, wave: str, version: int, question: str, item: str
) -> None:
    """Say which item the printed figures of a question are of, or with an empty item that they are of none.

    Raises NotAllowed, Conflict, or Refused.
    """
    require(by, "survey.change", area=by.area)
    found = _checked(by, survey, wave, version)
    if not found.published:
        raise Refused(f"{found.label} has answers: link its questions in the crosswalk.")
    chosen = {**found.printed.get("items", {}), folded(question): item}
    chosen = {words: name for words, name in chosen.items() if name}
    save(found, {"printed": {**found.printed, "items": chosen}, "state": "checking", "said": ""})
    check.enqueue(found.pk)
    record(
        by=by,
        now=now,
        what="survey.figures.placed",
        about=f"wave:{survey}/{wave}",
        words=f"said that printed figures of {found.label} are of {_item(by.area, survey, item)}",
    )


def _item(area: int, survey: str, item: str) -> str:
    return f"the item {quoted(dict(item_names(area, survey)).get(item, item))}" if item else "no item"


def _checked(by: Actor, survey: str, wave: str, version: int) -> Wave:
    found = wave_locked(by.area, survey, wave, version)
    if found.state not in ("checking", "ready") or found.incoming:
        raise Refused(f"{found.label} is not ready for this. Wait until its file is read.")
    return found


def _check_fits(wave: Wave, decided: Iterable[Meaning]) -> None:
    whole = undecided(wave)
    asked = {question.id: question for question in whole.questions} if whole else {}
    for each in decided:
        question = asked.get(each.question)
        if question is None or not each.value.strip() or not applies(question, each):
            raise Refused(f"“{each.value}” cannot be read that way: load the page again.")


def _read_again(wave: Wave, decided: Iterable[Meaning]) -> None:
    save(wave, {"recodes": to_plain(decided), "state": "checking", "said": ""})
    check.enqueue(wave.pk)
