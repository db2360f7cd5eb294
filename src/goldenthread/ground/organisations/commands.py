"""Changing organisations, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.queries import choices
from goldenthread.ground.organisations.columns import LABELS, LISTS, STATUSES
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.organisations.understand import LONGEST, URN
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused

MAY = "organisations.change"
LA_LENGTH = 3


@dataclass(frozen=True, slots=True)
class OrganisationGiven:
    """An organisation as a person gives it; codes are of the lists named in ``columns.LISTS``."""

    name: str
    kind: str
    urn: str = ""
    la: str = ""
    phase: str = ""
    school_type: str = ""
    region: str = ""
    status: str = "open"
    opened: date | None = None
    closed: date | None = None
    trust: str = ""
    town: str = ""
    postcode: str = ""


COLUMNS = tuple(each.name for each in fields(OrganisationGiven))


@transaction.atomic
def add_organisation(*, by: Actor, now: datetime, given: OrganisationGiven) -> int:
    """A new organisation; its number. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    given = _tidy(given, by, now)
    _check_twin(given, by.area)
    made = Organisation(area_id=by.area)
    _put(made, given)
    made.save()
    words = f"added the organisation {quoted(made.name)}"
    record(by=by, now=now, what="organisations.added", about=f"organisation:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def change_organisation(
    *, by: Actor, now: datetime, organisation: int, version: int, given: OrganisationGiven
) -> None:
    """Change what is held of an organisation. Raises NotAllowed, Refused, or Conflict.

    What is typed over the register stays as typed when the register is next taken in.
    """
    require(by, MAY, area=by.area)
    row = _organisation(by, organisation, version)
    given = _tidy(given, by, now)
    changed = [each for each in COLUMNS if getattr(row, each) != getattr(given, each)]
    if not changed:
        return
    _check_twin(given, by.area, besides=row.pk)
    if row.urn:
        row.own = sorted({*row.own, *changed} - {"urn"})
    _put(row, given)
    row.version += 1
    row.save()
    words = f"changed {listed([LABELS[each].lower() for each in changed])} of {quoted(row.name)}"
    record(by=by, now=now, what="organisations.changed", about=f"organisation:{row.pk}", words=words)


@transaction.atomic
def follow_register(*, by: Actor, now: datetime, organisation: int, version: int) -> None:
    """Let the register have its say again on every column. Raises NotAllowed, Refused, or Conflict."""
    require(by, MAY, area=by.area)
    row = _organisation(by, organisation, version)
    row.own = []
    row.version += 1
    row.save(update_fields=["own", "version"])
    words = f"lets the national register say what {quoted(row.name)} is again"
    record(by=by, now=now, what="organisations.follows", about=f"organisation:{row.pk}", words=words)


@transaction.atomic
def record_basis(
    *, by: Actor, now: datetime, organisation: int, version: int, basis: str, note: str = ""
) -> None:
    """Record why staff of an organisation may be held; "" takes it back.

    Raises NotAllowed, Refused, or Conflict.
    """
    require(by, MAY, area=by.area)
    row = _organisation(by, organisation, version)
    known = {each.code: each.label for each in choices(by.area, "lawful-bases", on=localdate(now))}
    if basis and basis not in known:
        raise Refused("Lawful basis: choose one from the list.", field="basis")
    row.basis, row.basis_note = basis, " ".join(note.split())
    if len(row.basis_note) > 300:
        raise Refused(f"Note: at most 300 characters, not {len(row.basis_note)}.", field="note")
    row.basis_by_id, row.basis_at = (by.account, now) if basis else (None, None)
    row.version += 1
    row.save()
    said = f"{quoted(known[basis])} as the lawful basis for" if basis else "that there is no lawful basis for"
    words = f"recorded {said} holding staff of {quoted(row.name)}"
    record(by=by, now=now, what="organisations.basis", about=f"organisation:{row.pk}", words=words)


def _organisation(by: Actor, organisation: int, version: int) -> Organisation:
    row = Organisation.objects.select_for_update().filter(area_id=by.area, pk=organisation).first()
    if row is None:
        raise Refused("There is no such organisation.")
    if row.version != version:
        raise Conflict(f"Somebody changed {quoted(row.name)} after you opened it.")
    return row


def _tidy(given: OrganisationGiven, by: Actor, now: datetime) -> OrganisationGiven:
    words = {each: " ".join(str(getattr(given, each)).split()) for each in ("urn", "la", *LONGEST)}
    given = replace(given, urn=words["urn"], la=words["la"], name=words["name"])
    given = replace(given, trust=words["trust"], town=words["town"], postcode=words["postcode"])
    if not given.name:
        raise Refused("Name: say what it is called.", field="name")
    for each, most in LONGEST.items():
        if len(words[each]) > most:
            told = f"{LABELS[each]}: at most {most} characters, not {len(words[each])}."
            raise Refused(told, field=each)
    if given.urn and not URN.fullmatch(given.urn):
        raise Refused(f"URN: {quoted(given.urn)} is not a number of five to eight digits.", field="urn")
    if given.la and not (given.la.isdigit() and len(given.la) == LA_LENGTH):
        raise Refused(f"Local authority: {quoted(given.la)} is not a code of three digits.", field="la")
    _check_codes(given, by, now)
    _check_status(given)
    return given


def _check_codes(given: OrganisationGiven, by: Actor, now: datetime) -> None:
    for column, code in LISTS.items():
        value = getattr(given, column)
        if not value and column != "kind":
            continue
        if value not in {each.code for each in choices(by.area, code, on=localdate(now))}:
            raise Refused(f"{LABELS[column]}: choose one from the list.", field=column)


def _check_status(given: OrganisationGiven) -> None:
    if given.status not in STATUSES:
        raise Refused(f"Status: choose one of {listed(STATUSES.values(), 'or')}.", field="status")
    if given.opened and given.closed and given.closed < given.opened:
        raise Refused("Closed: the day is before the day it opened.", field="closed")


def _check_twin(given: OrganisationGiven, area: int, besides: int = 0) -> None:
    """No URN twice, and no two organisations of one name where neither has a URN."""
    Area.objects.select_for_update().get(pk=area)
    others = Organisation.objects.filter(area_id=area, urn=given.urn).exclude(pk=besides)
    if given.urn and (twin := others.first()):
        raise Refused(f"URN: {quoted(twin.name)} has it already.", field="urn")
    if not given.urn and any(fold(each.name) == fold(given.name) for each in others):
        told = f"Name: there is already an organisation called {quoted(given.name)}."
        raise Refused(told, field="name")


def _put(row: Organisation, given: OrganisationGiven) -> None:
    for each in COLUMNS:
        setattr(row, each, getattr(given, each))
