"""Changing lists and their entries. An entry is never deleted: it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.days import said
from goldenthread.ground.lists.checks import EntryGiven, check_no_children, check_place, tidy
from goldenthread.ground.lists.fields import Value, field_of, read_fields
from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.lists.names import SPELLINGS, new_code
from goldenthread.ground.lists.queries import find
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused

MAY = "lists.change"
LONGEST = {"name": 120, "purpose": 400, "source": 300}


@dataclass(frozen=True, slots=True)
class ListGiven:
    """What a list says of itself, as a person gives it."""

    name: str
    purpose: str = ""
    source: str = ""
    dated: date | None = None


@transaction.atomic
def add_list(*, by: Actor, now: datetime, given: ListGiven) -> str:
    """A new list of the area's own; its code. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    given = _tidy(given)
    Area.objects.select_for_update().get(pk=by.area)
    taken = dict(List.objects.filter(area_id=by.area).values_list("code", "name"))
    _check_name(given.name, taken)
    made = List.objects.create(area_id=by.area, code=new_code(given.name, taken), **_columns(given))
    words = f"began the list {quoted(made.name)}"
    record(by=by, now=now, what="lists.list.added", about=f"list:{made.pk}", words=words)
    return made.code


@transaction.atomic
def change_list(*, by: Actor, now: datetime, code: str, version: int, given: ListGiven) -> None:
    """Change what a list says of itself. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    given = _tidy(given)
    held = _list(by, code)
    _same_version(held, version)
    others = List.objects.filter(area_id=by.area).exclude(pk=held.pk)
    _check_name(given.name, dict(others.values_list("code", "name")))
    for column, value in _columns(given).items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    words = f"changed what the list {quoted(held.name)} says of itself"
    record(by=by, now=now, what="lists.list.changed", about=f"list:{held.pk}", words=words)


@transaction.atomic
def add_entry(*, by: Actor, now: datetime, code: str, given: EntryGiven) -> int:
    """A new entry of the list ``code``; its number. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    held = _list(by, code)
    given = tidy(given)
    others = list(held.entries.all())
    made_code = new_code(given.label, (each.code for each in others))
    made = _write(Entry(area_id=by.area, in_list=held, code=made_code), given, others, now)
    words = f"added {quoted(made.label)} to {held.name}{_from(made)}"
    record(by=by, now=now, what="lists.entry.added", about=f"list-entry:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def correct_entry(
    *, by: Actor, now: datetime, code: str, entry: int, version: int, given: EntryGiven
) -> None:
    """Put an entry right, as if it had always said so. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    held = _list(by, code)
    row, others = _entry(held, entry, version)
    before, given = row.label, tidy(given)
    if given.valid_until is not None:
        _check_ending(row, given.valid_until, others)
    _write(row, given, others, now)
    called = quoted(before) if before == row.label else f"{quoted(before)} to {quoted(row.label)}"
    words = f"corrected {called} in {held.name}"
    record(by=by, now=now, what="lists.entry.corrected", about=f"list-entry:{row.pk}", words=words)


@transaction.atomic
def renew_entry(*, by: Actor, now: datetime, code: str, entry: int, version: int, given: EntryGiven) -> int:
    """Let an entry say something else from ``given.valid_from`` on; the number of its new row.

    What it said before stays, until the day before. Raises NotAllowed, Refused, or Conflict.
    """
    require(by, MAY, area=by.area)
    held = _list(by, code)
    row, others = _entry(held, entry, version)
    given = tidy(given)
    if given.valid_from is None or (row.valid_from is not None and given.valid_from <= row.valid_from):
        told = "From: give the day the change takes effect, after the day the entry began."
        raise Refused(told, field="valid_from")
    until = row.valid_until
    if until is not None and until < given.valid_from:
        raise Refused(f"From: the entry had already ended on {said(until)}.", field="valid_from")
    row.valid_until = given.valid_from - timedelta(days=1)
    _save(row)
    given = replace(given, valid_until=given.valid_until or until)
    made = Entry(area_id=by.area, in_list=held, code=row.code)
    made = _write(made, given, [*others, row], now, position=row.position)
    words = f"changed {quoted(row.label)} in {held.name}{_from(made)}"
    record(by=by, now=now, what="lists.entry.renewed", about=f"list-entry:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def end_entry(*, by: Actor, now: datetime, code: str, entry: int, version: int, last_day: date) -> None:
    """Let an entry hold until ``last_day`` and no longer. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    held = _list(by, code)
    row, others = _entry(held, entry, version)
    _check_ending(row, last_day, others)
    row.valid_until = last_day
    _save(row)
    words = f"ended {quoted(row.label)} in {held.name} after {said(last_day)}"
    record(by=by, now=now, what="lists.entry.ended", about=f"list-entry:{row.pk}", words=words)


@transaction.atomic
def spell_senco(*, by: Actor, now: datetime, spelling: str) -> None:
    """Write SENCO as the area writes it, from now on. Raises NotAllowed, or Refused."""
    require(by, "area.change", area=by.area)
    if spelling not in SPELLINGS:
        raise Refused(f"Spelling: choose one of {', '.join(SPELLINGS)}.", field="spelling")
    if Area.objects.filter(pk=by.area).exclude(senco=spelling).update(senco=spelling):
        words = f"chose the spelling {spelling}"
        record(by=by, now=now, what="area.spelling.chosen", about=f"area:{by.area}", words=words)


def _tidy(given: ListGiven) -> ListGiven:
    words = {name: " ".join(str(getattr(given, name)).split()) for name in LONGEST}
    if not words["name"]:
        raise Refused("Name: say what the list is called.", field="name")
    for name, most in LONGEST.items():
        if len(words[name]) > most:
            told = f"{name.capitalize()}: at most {most} characters, not {len(words[name])}."
            raise Refused(told, field=name)
    return ListGiven(words["name"], words["purpose"], words["source"], given.dated)


def _columns(given: ListGiven) -> dict[str, str | date | None]:
    return {
        "name": given.name,
        "purpose": given.purpose,
        "source": given.source,
        "dated": given.dated,
    }


def _check_name(name: str, taken: dict[str, str]) -> None:
    if name.casefold() in {other.casefold() for other in taken.values()}:
        raise Refused(f"Name: there is already a list called {quoted(name)}.", field="name")


def _list(by: Actor, code: str) -> List:
    """The list, locked, so that what its entries say together is checked by one person at a time."""
    found = List.objects.select_for_update().filter(area_id=by.area, code=code).first()
    if found is None:
        raise Refused(f"There is no list {quoted(code)}.")
    return found


def _entry(held: List, entry: int, version: int) -> tuple[Entry, list[Entry]]:
    rows = {row.pk: row for row in held.entries.all()}
    row = rows.pop(entry, None)
    if row is None:
        raise Refused(f"There is no such entry in {held.name}.")
    _same_version(row, version)
    return row, list(rows.values())


def _same_version(row: Entry | List, version: int) -> None:
    if row.version != version:
        raise Conflict(f"Somebody changed {quoted(row)} after you opened it.")


def _check_ending(row: Entry, last_day: date, others: list[Entry]) -> None:
    if row.valid_from is not None and last_day < row.valid_from:
        told = f"Last day: {quoted(row.label)} only begins on {said(row.valid_from)}."
        raise Refused(told, field="valid_until")
    after = [each for each in others if each.code == row.code and (each.valid_from or date.min) > last_day]
    if not after:
        check_no_children(row.code, last_day, others)


def _write(
    row: Entry, given: EntryGiven, others: list[Entry], now: datetime, position: int | None = None
) -> Entry:
    check_place(given, row.code, others)
    row.data = _data(row, given, now)
    row.label, row.aliases, row.parent = given.label, list(given.aliases), given.parent
    row.heading, row.source = given.heading, given.source
    row.valid_from, row.valid_until = given.valid_from, given.valid_until
    wanted = given.position if given.position is not None else position
    row.position = wanted if wanted is not None else row.position if row.pk else _last(row.in_list)
    return _save(row)


def _data(row: Entry, given: EntryGiven, now: datetime) -> dict[str, Value]:
    def known(other: str, name: str) -> str | None:
        found = find(row.area_id, other, name, on=given.valid_from or localdate(now))
        return None if found is None else found.code

    fields = tuple(field_of(each) for each in row.in_list.fields)
    return dict(row.data) if given.heading else read_fields(fields, given.data, known)


def _last(held: List) -> int:
    return int(held.entries.aggregate(last=Max("position"))["last"] or 0) + 10


def _save(row: Entry) -> Entry:
    if row.pk:
        row.version += 1
    row.save()
    return row


def _from(row: Entry) -> str:
    return f" from {said(row.valid_from)}" if row.valid_from else ""
