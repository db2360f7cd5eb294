"""Reading what became of letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldenthread.ground.mail.models import WAITING, Letter


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one letter. ``state`` is waiting, sent, withdrawn or failed."""

    state: str
    written: datetime
    ended: datetime | None
    attempts: int
    fault: str


def posted(area: int, abouts: Collection[str]) -> Mapping[str, Posted]:
    """The latest letter about each of the things named."""
    found = Letter.objects.filter(area_id=area, about__in=abouts).order_by("pk")
    return {
        each.about: Posted(each.state, each.written, each.ended, each.attempts, each.fault) for each in found
    }


def oldest_wait(*, now: datetime) -> timedelta | None:
    """For how long the letter due the longest has been due; None where none is."""
    first = Letter.objects.filter(state=WAITING, due__lte=now).order_by("due").first()
    return now - first.due if first else None
