"""Keeping numbers of pupils: one count a day, typed or read from a file."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.days import said
from goldenthread.ground.lists.queries import EntryFacts, entries
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.pupils.given import LONGEST_SOURCE, MOST_PUPILS, PupilsGiven
from goldenthread.ground.pupils.models import PupilCount
from goldenthread.ground.pupils.queries import NEED_TYPES
from goldenthread.ground.refused import Conflict, Refused

MAY = "lists.change"


@transaction.atomic
def add_pupils(*, by: Actor, now: datetime, given: PupilsGiven) -> int:
    """Numbers of a new day; their number. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    _check(given, by, now)
    _check_once(given, by)
    made = PupilCount.objects.create(area_id=by.area, **_columns(given))
    words = f"kept the numbers of pupils with SEN on {said(given.dated)}"
    record(by=by, now=now, what="pupils.added", about=f"pupils:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def change_pupils(*, by: Actor, now: datetime, count: int, version: int, given: PupilsGiven) -> None:
    """Put the numbers of a day right. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    row = _row(by, count, version)
    _check(given, by, now)
    _check_once(given, by, besides=row.pk)
    for column, value in _columns(given).items():
        setattr(row, column, value)
    row.version += 1
    row.save()
    words = f"changed the numbers of pupils with SEN on {said(given.dated)}"
    record(by=by, now=now, what="pupils.changed", about=f"pupils:{row.pk}", words=words)


@transaction.atomic
def remove_pupils(*, by: Actor, now: datetime, count: int, version: int) -> None:
    """Take out the numbers of a day that should not be here. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    row = _row(by, count, version)
    row.delete()
    words = f"took out the numbers of pupils with SEN on {said(row.dated)}"
    record(by=by, now=now, what="pupils.removed", about=f"pupils:{count}", words=words)


def _row(by: Actor, count: int, version: int) -> PupilCount:
    row = PupilCount.objects.select_for_update().filter(area_id=by.area, pk=count).first()
    if row is None:
        raise Refused("There are no such numbers of pupils.")
    if row.version != version:
        raise Conflict("Somebody changed these numbers after you opened them.")
    return row


def _columns(given: PupilsGiven) -> dict[str, object]:
    return {
        "dated": given.dated,
        "source": " ".join(given.source.split()),
        "pupils": dict(given.pupils),
        "total": given.total,
        "published": given.published,
    }


def _check(given: PupilsGiven, by: Actor, now: datetime) -> None:
    if given.dated > localdate(now):
        raise Refused(f"Date: {said(given.dated)} has not come yet.", field="dated")
    source = " ".join(given.source.split())
    if not source or len(source) > LONGEST_SOURCE:
        told = f"Source: say where the numbers are from, in at most {LONGEST_SOURCE} characters."
        raise Refused(told, field="source")
    if not given.pupils:
        raise Refused("Type the number of pupils of one type of need at least.")
    known = entries(by.area, NEED_TYPES)
    for code, number in given.pupils.items():
        _check_number(code, number, [each for each in known if each.code == code], given.dated)
    parts = sum(given.pupils.values())
    if given.total is not None and not parts <= given.total <= MOST_PUPILS:
        told = f"All pupils with SEN: {given.total:,} is fewer than the types add up to, {parts:,}."
        raise Refused(told if given.total < parts else _too_many("All pupils with SEN"), field="total")


def _check_number(code: str, number: int, rows: list[EntryFacts], day: date) -> None:
    if not rows or rows[0].heading:
        raise Refused(f"{quoted(code)} is not on the list of types of need.", field=code)
    if not 0 <= number <= MOST_PUPILS:
        raise Refused(_too_many(rows[-1].label), field=code)
    if not any(each.holds(day) for each in rows):
        raise Refused(f"{rows[-1].label}: {_not_then(rows, day)}", field=code)


def _not_then(rows: list[EntryFacts], day: date) -> str:
    """Why a type is not counted on a day: it was not recorded yet, or no longer."""
    begins = min(each.valid_from or date.min for each in rows)
    if day < begins:
        return f"recorded only since {said(begins)}, and these numbers are of {said(day)}. Leave it empty."
    return f"no longer recorded on {said(day)}. Leave it empty."


def _too_many(label: str) -> str:
    return f"{label}: between 0 and {MOST_PUPILS:,}."


def _check_once(given: PupilsGiven, by: Actor, besides: int = 0) -> None:
    same = PupilCount.objects.filter(area_id=by.area, dated=given.dated).exclude(pk=besides)
    if same.exists():
        told = f"Date: pupils are counted on {said(given.dated)} already; change those numbers."
        raise Refused(told, field="dated")
