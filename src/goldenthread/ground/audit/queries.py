"""Reading the audit trail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from goldenthread.ground.audit.models import Event

SYSTEM = "Golden Thread"
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, as a person reads it. ``about`` names the thing ("wave:7")."""

    at: datetime
    who: str
    words: str
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of happenings out of ``pages``, and how many there are of them all."""

    rows: tuple[Happening, ...]
    total: int
    number: int
    pages: int


def happenings(area: int, *, before: int | None = None, limit: int = 100) -> tuple[Happening, ...]:
    """What happened in ``area``, newest first; ``before`` an event's id goes on from there."""
    found = _events(area)
    if before is not None:
        found = found.filter(pk__lt=before)
    return tuple(map(_happening, found[:limit]))


def trail(area: int, *, who: int | None = None, day: date | None = None, page: int = 1) -> Page:
    """A page of what happened, newest first; ``who`` is an account, 0 the system itself."""
    found = _events(area)
    if who is not None:
        found = found.filter(by_id=who) if who else found.filter(by__isnull=True)
    if day is not None:
        starts, ends = (_midnight(each) for each in (day, day + timedelta(days=1)))
        found = found.filter(at__gte=starts, at__lt=ends)
    total = found.count()
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, page), pages)
    rows = found[(number - 1) * A_PAGE : number * A_PAGE]
    return Page(tuple(map(_happening, rows)), total, number, pages)


def since(moment: datetime, kinds: Collection[str]) -> tuple[Happening, ...]:
    """What happened in any area after a moment, of the kinds named, oldest first."""
    found = Event.objects.filter(at__gt=moment, what__in=kinds).select_related("by").order_by("at", "pk")
    return tuple(map(_happening, found))


def doers(area: int) -> tuple[tuple[int, str], ...]:
    """Everybody who did something in the area, by name."""
    found = Event.objects.filter(area_id=area, by__isnull=False).order_by()
    rows = found.values_list("by_id", "by__name", "by__email").distinct()
    return tuple(
        sorted(((by, name or email) for by, name, email in rows), key=lambda each: each[1].casefold())
    )


def _events(area: int) -> QuerySet[Event]:
    return Event.objects.filter(area_id=area).select_related("by")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _happening(event: Event) -> Happening:
    who = str(event.by) if event.by else SYSTEM
    return Happening(event.at, who, event.words, event.what, event.about)
