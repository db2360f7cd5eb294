"""Counting: typed one by one, or taken in from a CSV file that was shown first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import counted, quoted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.days import said
from goldenthread.ground.headcount.given import KINDS, LONGEST_SOURCE, MOST_PEOPLE, WORKS, CountGiven
from goldenthread.ground.headcount.models import Count
from goldenthread.ground.headcount.plan import CountPlan, plan_counts
from goldenthread.ground.lists.queries import choices, labels
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused

MAY = "headcount.change"


@transaction.atomic
def add_count(*, by: Actor, now: datetime, given: CountGiven) -> int:
    """A new count; its number. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    _check(given, by, now)
    _check_once(given, by.area)
    made = Count.objects.create(area_id=by.area, **given.columns())
    words = f"counted {given.numbers()} in {_cell(given, by, now)} on {said(given.dated)}"
    record(by=by, now=now, what="headcount.added", about=f"count:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def change_count(*, by: Actor, now: datetime, count: int, version: int, given: CountGiven) -> None:
    """Change a count. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    row = _count(by, count, version)
    _check(given, by, now)
    _check_once(given, by.area, besides=row.pk)
    before = _as_given(row).numbers()
    for column, value in given.columns().items():
        setattr(row, column, value)
    row.version += 1
    row.save()
    cell = _cell(given, by, now)
    words = f"changed the count of {cell} on {said(given.dated)} from {before} to {given.numbers()}"
    record(by=by, now=now, what="headcount.changed", about=f"count:{row.pk}", words=words)


@transaction.atomic
def remove_count(*, by: Actor, now: datetime, count: int, version: int) -> None:
    """Take a count out that should not have been there. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    row = _count(by, count, version)
    held = _as_given(row)
    row.delete()
    words = f"took out the count of {held.numbers()} in {_cell(held, by, now)} on {said(held.dated)}"
    record(by=by, now=now, what="headcount.removed", about=f"count:{count}", words=words)


@transaction.atomic
def bring_in_counts(*, by: Actor, now: datetime, text: str, name: str, shown: str) -> CountPlan:
    """Do the plan that was ``shown`` for the CSV ``text``, whole or not at all; the plan.

    Raises NotAllowed; Refused where the text cannot be used; Conflict where it would now do
    something else than was shown.
    """
    require(by, MAY, area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    plan = plan_counts(by.area, text, name, on=localdate(now))
    if plan.fingerprint != shown:
        raise Conflict("Something changed after this was worked out. Here it is as it would be now.")
    Count.objects.bulk_create(Count(area_id=by.area, **step.given.columns()) for step in plan.add)
    held = {row.pk: row for row in Count.objects.filter(area_id=by.area)}
    for step in plan.change:
        row = held[step.id or 0]
        for column, value in step.given.columns().items():
            setattr(row, column, value)
        row.version += 1
        row.save()
    added = counted(len(plan.add), "count", "counts")
    words = f"took in {quoted(name)}: {added} added, {len(plan.change):,} changed"
    record(by=by, now=now, what="headcount.taken-in", about=f"area:{by.area}", words=words)
    return plan


def _count(by: Actor, count: int, version: int) -> Count:
    row = Count.objects.select_for_update().filter(area_id=by.area, pk=count).first()
    if row is None:
        raise Refused("There is no such count.")
    if row.version != version:
        raise Conflict("Somebody changed this count after you opened it.")
    return row


def _as_given(row: Count) -> CountGiven:
    return CountGiven(row.number, row.dated, row.source, row.work, row.kind, row.number_high, row.all_invited)


def _check(given: CountGiven, by: Actor, now: datetime) -> None:
    for field, label, code in (("work", "Area of work", WORKS), ("kind", "Kind of organisation", KINDS)):
        value = getattr(given, field)
        if value and value not in {each.code for each in choices(by.area, code, on=localdate(now))}:
            raise Refused(f"{label}: choose one from the list.", field=field)
    if not 0 <= given.number <= MOST_PEOPLE:
        raise Refused(f"Number: between 0 and {MOST_PEOPLE:,}.", field="number")
    if given.number_high is not None and not given.number <= given.number_high <= MOST_PEOPLE:
        raise Refused("Upper end: not below the number.", field="number_high")
    if given.dated > localdate(now):
        raise Refused(f"Date: {said(given.dated)} has not come yet.", field="dated")
    source = " ".join(given.source.split())
    if not source or len(source) > LONGEST_SOURCE:
        told = f"Source: say where the number is from, in at most {LONGEST_SOURCE} characters."
        raise Refused(told, field="source")


def _check_once(given: CountGiven, area: int, besides: int = 0) -> None:
    same = Count.objects.filter(area_id=area, work=given.work, kind=given.kind, dated=given.dated)
    if same.exclude(pk=besides).exists():
        raise Refused("Date: these people are counted on that day already; change that count.", field="dated")


def _cell(given: CountGiven, by: Actor, now: datetime) -> str:
    names = [
        labels(by.area, code, on=localdate(now)).get(value, value)
        for code, value in ((WORKS, given.work), (KINDS, given.kind))
        if value
    ]
    return quoted(", ".join(names)) if names else "the whole area"
