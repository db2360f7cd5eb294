"""Anyshire's own house, taken in by the very commands an area uses: its schools, staff and numbers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.ground.headcount.commands import bring_in_counts
from goldenthread.ground.headcount.plan import HEADINGS, plan_counts
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import add_entry, correct_entry, renew_entry
from goldenthread.ground.lists.fields import shown
from goldenthread.ground.lists.queries import find
from goldenthread.ground.organisations.bring_in import bring_in, keep_upload, plan_of
from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation, record_basis
from goldenthread.ground.organisations.queries import every_organisation, organisation
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.register import queries as registers
from goldenthread.ground.people.register.commands import keep_register, take_in_register
from goldenthread.ground.pupils.commands import add_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.read import read_pupils
from goldenthread.ground.refused import Refused

Found = TypeVar("Found")
AUTHORITY = "998"
STAFF = (
    ("SEND and Inclusion Service", "staff-council.csv"),
    ("Kingfisher Learning Trust", "staff-trust.csv"),
)
"""Whose staff register is in which file."""

AS_OF = date(2026, 10, 1)
OUR_WORK = (("Casework team", "casework"), ("Specialist teaching and psychology", "specialist"))
"""The areas of work of Anyshire that do not come with Golden Thread, as its survey calls them."""

COUNTED = ("work", "number", "number_high", "dated", "source", "all_invited")


@transaction.atomic
def load_house(by: Actor, now: datetime, folder: Path) -> None:
    """Fill an area that has no organisation yet with Anyshire's, from the files of the example."""
    if every_organisation(by.area):
        return
    _schools(by, now, folder / "house" / "schools.csv")
    services = {row["name"]: _service(by, now, row) for row in _rows(folder / "house" / "services.csv")}
    for owner, name in STAFF:
        _staff(by, now, services[owner], folder / "house" / name)
    _lists(by, now)
    _counts(by, now, folder / "headcount.csv")
    _pupils(by, now, folder / "census.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _schools(by: Actor, now: datetime, path: Path) -> None:
    with path.open("rb") as file:
        upload = keep_upload(by=by, now=now, file=file, name=path.name, authorities=(AUTHORITY,))
    plan = plan_of(by.area, upload, now=now)
    bring_in(by=by, now=now, upload=upload, shown=_there(plan).fingerprint)


def _service(by: Actor, now: datetime, row: Mapping[str, str]) -> int:
    given = OrganisationGiven(row["name"], row["kind"], la=AUTHORITY, town=row["town"])
    return add_organisation(by=by, now=now, given=given)


def _staff(by: Actor, now: datetime, owner: int, path: Path) -> None:
    """An organisation's staff: never before the basis for holding them is on record."""
    version = _there(organisation(by.area, owner)).version
    note = "Staff privacy notice, version 3 (invented)"
    record_basis(by=by, now=now, organisation=owner, version=version, basis="public-task", note=note)
    with path.open("rb") as file:
        kept = keep_register(
            by=by,
            now=now,
            owner=owner,
            name=path.name,
            stream=file,
            as_of=min(AS_OF, localdate(now)),
            whole=True,
        )
    plan = registers.plan_of(by.area, kept, now=now)
    take_in_register(by=by, now=now, register=kept, shown=_there(plan).fingerprint)


def _lists(by: Actor, now: datetime) -> None:
    """What Anyshire has of its own on its lists, and a rule that it drew more strictly once."""
    for label, alias in OUR_WORK:
        given = EntryGiven(label, aliases=(alias,), source="Anyshire's own (invented)")
        add_entry(by=by, now=now, code="areas-of-work", given=given)
    rule = _there(find(by.area, "rules", "headcount-age", on=localdate(now)))
    strict = EntryGiven(
        rule.label,
        source="Anyshire's partnership board, 2021 (invented)",
        position=rule.position,
        data={"number": "12", "unit": str(rule.data["unit"])},
    )
    usual = replace(
        strict,
        source="Anyshire's partnership board, when staff came to be counted every other May (invented)",
        valid_from=date(2023, 1, 1),
        data={name: shown(value) for name, value in rule.data.items()},
    )
    correct_entry(by=by, now=now, code="rules", entry=rule.id, version=rule.version, given=strict)
    renew_entry(by=by, now=now, code="rules", entry=rule.id, version=rule.version + 1, given=usual)


def _counts(by: Actor, now: datetime, path: Path) -> None:
    """The headcount of the example's study as the file an area would take in."""
    lines = [
        (row["level"], row["number"], row["number_high"], row["date"], row["source"], row["all_invited"])
        for row in _rows(path)
    ]
    headings = tuple(HEADINGS[each][0] for each in COUNTED)
    text = "".join(",".join(line) + "\n" for line in (headings, *lines))
    plan = plan_counts(by.area, text, path.name, on=localdate(now))
    bring_in_counts(by=by, now=now, text=text, name=path.name, shown=plan.fingerprint)


def _pupils(by: Actor, now: datetime, path: Path) -> None:
    with path.open("rb") as file:
        read = read_pupils(by.area, file, path.name, on=localdate(now))
    given = PupilsGiven(_there(read.dated), read.source, read.pupils, read.total)
    add_pupils(by=by, now=now, given=given)


def _there(found: Found | None) -> Found:
    if found is None:
        raise Refused("The example that comes with the source is not whole.")
    return found
