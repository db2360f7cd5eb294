"""Putting the lists we ship into an area: again and again without doubles, never over its own edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from goldenthread.analysis.definition.words import counted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.lists.checks import overlap
from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.packaged import (
    ShippedEntry,
    ShippedList,
    columns_of,
    content,
    fingerprint,
    header,
    shipped_lists,
)
from goldenthread.ground.people.actor import Actor, require


@dataclass(slots=True)
class Installed:
    """What an installation did: lists begun, entries added and renewed, and what the area keeps its way."""

    lists: int = 0
    added: int = 0
    renewed: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether it changed anything."""
        return bool(self.lists or self.added or self.renewed)

    def words(self) -> str:
        """What was done, without its subject."""
        told = (
            (self.lists, counted(self.lists, "new list", "new lists")),
            (self.added, counted(self.added, "entry added", "entries added")),
            (self.renewed, f"{self.renewed:,} renewed"),
            (len(self.kept), f"{len(self.kept):,} kept as the area has them"),
        )
        done = ", ".join(words for number, words in told if number)
        return f"put in the lists that come with Golden Thread: {done}"


@transaction.atomic
def install_lists(*, by: Actor, now: datetime, shipped: tuple[ShippedList, ...] | None = None) -> Installed:
    """Add what the area lacks of ``shipped`` (all we ship), and renew what it has left as it came.

    Whatever the area has edited, ended or called its own way stays so. Raises NotAllowed.
    """
    require(by, "lists.change", area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    done = Installed()
    held = {row.code: row for row in List.objects.select_for_update().filter(area_id=by.area)}
    for each in shipped_lists() if shipped is None else shipped:
        row = held.get(each.code) or _begin(by.area, each, done)
        _renew_header(row, each, done)
        _install_entries(row, each.entries, done)
    if done.anything:
        record(by=by, now=now, what="lists.installed", about=f"area:{by.area}", words=done.words())
    return done


def _begin(area: int, each: ShippedList, done: Installed) -> List:
    done.lists += 1
    columns = header(each)
    return List.objects.create(area_id=area, code=each.code, shipped=fingerprint(columns), **columns)


def _renew_header(row: List, each: ShippedList, done: Installed) -> None:
    columns = header(each)
    if row.shipped == fingerprint(columns):
        return
    if row.shipped != fingerprint(header(row)):
        done.kept.append(row.name)
        return
    _put(row, columns)
    row.save()
    done.renewed += 1


def _install_entries(row: List, entries: Iterable[ShippedEntry], done: Installed) -> None:
    rows = list(row.entries.all())
    at = {(each.code, each.valid_from): each for each in rows}
    absent = []
    for each in entries:
        held = at.get((each.code, each.valid_from))
        if held is None:
            absent.append(each)
        else:
            _renew(held, each, rows, done)
    made = [_entry(row, each) for each in absent if _fits(each, rows, done)]
    Entry.objects.bulk_create(made)
    done.added += len(made)


def _renew(held: Entry, each: ShippedEntry, rows: list[Entry], done: Installed) -> None:
    columns = content(each)
    if held.shipped == fingerprint(columns):
        return
    if held.shipped != fingerprint(content(held)):
        done.kept.append(_called(held))
        return
    if not _fits(each, [row for row in rows if row.pk != held.pk], done):
        return
    _put(held, columns)
    held.save()
    done.renewed += 1


def _put(row: List | Entry, columns: dict[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.shipped = fingerprint(columns)
    row.version += 1


def _fits(each: ShippedEntry, rows: list[Entry], done: Installed) -> bool:
    """Whether an entry can come in beside what the area has: no code or name of its own stands in the way."""
    mine = {fold(name) for name in (each.label, *each.aliases)}
    for row in rows:
        if not overlap((each.valid_from, each.valid_until), (row.valid_from, row.valid_until)):
            continue
        if row.code == each.code or mine & {fold(name) for name in (row.label, *row.aliases)}:
            done.kept.append(_called(row))
            return False
    return True


def _called(row: Entry) -> str:
    return f"{row.in_list.name}: {row.label}"


def _entry(row: List, each: ShippedEntry) -> Entry:
    shipped = fingerprint(content(each))
    return Entry(area_id=row.area_id, in_list=row, shipped=shipped, **columns_of(each))
