"""Reading organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from goldenthread.ground.organisations.models import WAITING, Organisation, Upload

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Basis:
    """Why staff of an organisation may be held: a code of "lawful-bases", who recorded it, and when."""

    code: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation. ``basis`` None means that no staff of it may be held. ``own``: see the model."""

    id: int
    name: str
    kind: str
    urn: str
    laestab: str
    la: str
    phase: str
    school_type: str
    region: str
    status: str
    opened: date | None
    closed: date | None
    age_low: int | None
    age_high: int | None
    pupils: int | None
    trust: str
    town: str
    postcode: str
    own: tuple[str, ...]
    basis: Basis | None
    version: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which organisations to show; "" is any. ``basis`` is "yes", "no" or ""."""

    text: str = ""
    kind: str = ""
    phase: str = ""
    status: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of organisations out of ``pages``, and how many there are of them all."""

    rows: tuple[OrganisationFacts, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """A file of the register and what became of it; ``lines`` once it is taken in."""

    id: int
    name: str
    at: datetime
    by: str
    authorities: tuple[str, ...]
    state: str
    settled: datetime | None
    lines: tuple[Mapping[str, str], ...]

    @property
    def waiting(self) -> bool:
        """Whether it can still be taken in."""
        return self.state == WAITING


def organisations(area: int, asked: Filter | None = None, *, page: int = 1) -> Page:
    """A page of the area's organisations by name; a page that is not there is the nearest one."""
    found = _filtered(Organisation.objects.filter(area_id=area), asked or Filter())
    total = found.count()
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, page), pages)
    rows = found.select_related("basis_by")[(number - 1) * A_PAGE : number * A_PAGE]
    return Page(tuple(map(_facts, rows)), total, number, pages)


def organisation(area: int, number: int) -> OrganisationFacts | None:
    """One organisation of the area."""
    row = Organisation.objects.filter(area_id=area, pk=number).select_related("basis_by").first()
    return None if row is None else _facts(row)


def with_urns(area: int, urns: list[str]) -> Mapping[str, OrganisationFacts]:
    """The area's organisations that have one of these URNs, by URN."""
    found = Organisation.objects.filter(area_id=area, urn__in=urns).exclude(urn="")
    return {row.urn: _facts(row) for row in found.select_related("basis_by")}


def every_organisation(area: int) -> tuple[OrganisationFacts, ...]:
    """All of the area's organisations by name, closed ones too: for matching a register, not for a page."""
    found = Organisation.objects.filter(area_id=area).select_related("basis_by")
    return tuple(map(_facts, found))


def named(area: int) -> tuple[tuple[int, str], ...]:
    """(number, name) of all of the area's organisations, by name, closed ones too."""
    return tuple(Organisation.objects.filter(area_id=area).values_list("pk", "name"))


def lawful_basis(area: int, number: int) -> Basis | None:
    """Why staff of an organisation may be held; None where they may not."""
    found = organisation(area, number)
    return None if found is None else found.basis


def counted(area: int) -> Mapping[str, int]:
    """How many organisations of each kind are open."""
    rows = Organisation.objects.filter(area_id=area, status="open").order_by().values("kind")
    return {row["kind"]: row["held"] for row in rows.annotate(held=Count("pk"))}


def not_open(area: int) -> int:
    """How many organisations are closed, or proposed and not open yet."""
    return Organisation.objects.filter(area_id=area).exclude(status="open").count()


def authorities(area: int) -> tuple[str, ...]:
    """The local authorities of the area's schools, the one with the most first."""
    rows = Organisation.objects.filter(area_id=area).exclude(la="").exclude(urn="").order_by().values("la")
    return tuple(row["la"] for row in rows.annotate(held=Count("pk")).order_by("-held", "la"))


def uploads(area: int, *, limit: int = 20) -> tuple[UploadFacts, ...]:
    """Files of the register, newest first."""
    return tuple(
        map(_upload, Upload.objects.filter(area_id=area).select_related("by").defer("cells")[:limit])
    )


def upload(area: int, number: int) -> UploadFacts | None:
    """One file of the register."""
    row = Upload.objects.filter(area_id=area, pk=number).select_related("by").defer("cells").first()
    return None if row is None else _upload(row)


def _filtered(found: QuerySet[Organisation], asked: Filter) -> QuerySet[Organisation]:
    for column in ("kind", "phase", "status"):
        if wanted := getattr(asked, column):
            found = found.filter(**{column: wanted})
    if asked.basis:
        found = found.exclude(basis="") if asked.basis == "yes" else found.filter(basis="")
    for word in asked.text.split():
        found = found.filter(_holding(word))
    return found


def _holding(word: str) -> Q:
    places = ("name", "town", "postcode", "trust")
    found = Q(urn=word) | Q(laestab=word)
    for place in places:
        found |= Q(**{f"{place}__icontains": word})
    return found


def _facts(row: Organisation) -> OrganisationFacts:
    basis = None
    if row.basis and row.basis_at:
        basis = Basis(row.basis, row.basis_note, str(row.basis_by or "Somebody who has left"), row.basis_at)
    columns = OrganisationFacts.__dataclass_fields__.keys() - {"id", "own", "basis"}
    plain = {name: getattr(row, name) for name in columns}
    return OrganisationFacts(id=row.pk, own=tuple(row.own), basis=basis, **plain)


def _upload(row: Upload) -> UploadFacts:
    return UploadFacts(
        id=row.pk,
        name=row.name,
        at=row.at,
        by=str(row.by or "Somebody who has left"),
        authorities=tuple(row.authorities),
        state=row.state,
        settled=row.settled,
        lines=tuple(row.lines),
    )
