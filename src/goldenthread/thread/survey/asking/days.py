"""Days of a wave: when the next would be, how long one runs, and what else runs meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from goldenthread.thread.survey.models import Wave

USUAL_YEARS = 2
"""How long after the last a wave is asked where only one was: two years, as most areas do."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A next wave: its name, and its first and last day."""

    label: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Clash:
    """A wave of another survey that runs on some of the same days."""

    title: str
    label: str
    opens: date
    closes: date


def proposed(area: int, survey: str, *, today: date) -> Proposal | None:
    """The next wave of a survey: as long after its newest as that is after the one before, on the same days
    of the week and for as long; two years where there is only one. None where no wave has both its days,
    or the days it comes to are over."""
    waves = Wave.objects.filter(survey__area_id=area, survey__slug=survey, opens__isnull=False)
    opened = [(wave.opens, wave.closes) for wave in waves if wave.opens]
    if not opened:
        return None
    first, last = opened[-1]
    if last is None:
        return None
    years = first.year - opened[-2][0].year if len(opened) > 1 else USUAL_YEARS
    opens = _same_weekday(first, max(years, 1))
    proposal = Proposal(str(opens.year), opens, opens + (last - first))
    return proposal if proposal.opens > today else None


def clashes(area: int, survey: str, opens: date | None, closes: date | None) -> tuple[Clash, ...]:
    """The waves of the area's other surveys that run on some of these days: people asked twice at once
    answer neither well."""
    if opens is None or closes is None:
        return ()
    others = Wave.objects.filter(survey__area_id=area).exclude(survey__slug=survey)
    meanwhile = others.filter(Q(opens__lte=closes) & Q(closes__gte=opens)).select_related("survey")
    return tuple(
        Clash(wave.survey.title, wave.label, wave.opens, wave.closes)
        for wave in meanwhile
        if wave.opens and wave.closes
    )


def weeks(opens: date | None, closes: date | None) -> int:
    """How many weeks a wave runs, both days counted, to the nearest; 0 where a day is not known."""
    if opens is None or closes is None:
        return 0
    days = (closes - opens).days + 1
    return max((2 * days + 7) // 14, 1)


def _same_weekday(day: date, years: int) -> date:
    """The day nearest to ``years`` later that is the same day of the week."""
    about = day + timedelta(days=round(365.25 * years))
    back = (about.weekday() - day.weekday()) % 7
    earlier = about - timedelta(days=back)
    return earlier if back < 4 else earlier + WEEK
