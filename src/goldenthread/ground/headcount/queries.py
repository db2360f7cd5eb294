"""Reading the headcount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.ground.days import months_before, said
from goldenthread.ground.headcount.given import WORKS
from goldenthread.ground.headcount.models import Count
from goldenthread.ground.lists.queries import choices
from goldenthread.ground.lists.rules import rule

USUAL_AGE = 24


@dataclass(frozen=True, slots=True)
class CountFacts:
    """How many people, where, on which day, whose number it is, and whether all were invited."""

    id: int
    work: str
    kind: str
    number: int
    number_high: int | None
    dated: date
    source: str
    all_invited: bool
    version: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A group of people counted: one count, or several added up. The date is that of the oldest."""

    number: int
    number_high: int | None
    dated: date
    source: str
    all_invited: bool


@dataclass(frozen=True, slots=True)
class Workforce:
    """What is known of the workforce on a day. Without ``everybody`` no response rate may be given.

    ``notes`` say what does not add up or was left out, each in one sentence. ``newest_of_old`` is the
    last day counted where all there is was counted too far from the day.
    """

    everybody: Counted | None
    works: Mapping[str, Counted]
    kinds: Mapping[str, Counted]
    notes: tuple[str, ...]
    newest_of_old: date | None = None


def counts(area: int) -> tuple[CountFacts, ...]:
    """Every count of the area, newest first."""
    return tuple(map(_facts, Count.objects.filter(area_id=area)))


def count(area: int, number: int) -> CountFacts | None:
    """One count of the area."""
    row = Count.objects.filter(area_id=area, pk=number).first()
    return None if row is None else _facts(row)


def workforce(area: int, *, on: date) -> Workforce:
    """The workforce as counted nearest to a day, and not longer ago (or later) than the area's rule."""
    cells, old = _nearest(area, on)
    works, kinds = _by(cells, 0), _by(cells, 1)
    lacking = [each.label for each in choices(area, WORKS, on=on) if each.code not in works]
    everybody = cells.get(("", ""))
    total = _one(everybody) if everybody else None
    if total is None and works and not lacking:
        total = added(works.values())
    newest = None if cells else max((row.dated for row in old), default=None)
    return Workforce(total, works, kinds, tuple(_notes(total, everybody, works, lacking, old)), newest)


def _facts(row: Count) -> CountFacts:
    return CountFacts(
        id=row.pk,
        work=row.work,
        kind=row.kind,
        number=row.number,
        number_high=row.number_high,
        dated=row.dated,
        source=row.source,
        all_invited=row.all_invited,
        version=row.version,
    )


def _nearest(area: int, on: date) -> tuple[dict[tuple[str, str], Count], list[Count]]:
    """For each cell the count nearest to the day, the earlier of two as near; and the cells too far off."""
    limit = rule(area, "headcount-age", on=on)
    months = round(limit.number) if limit else USUAL_AGE
    reach = on - months_before(on, months)
    nearest: dict[tuple[str, str], Count] = {}
    for row in sorted(Count.objects.filter(area_id=area), key=lambda row: (abs(row.dated - on), row.dated)):
        nearest.setdefault((row.work, row.kind), row)
    far = [row for row in nearest.values() if abs(row.dated - on) > max(reach, timedelta(0))]
    return {cell: row for cell, row in nearest.items() if row not in far}, far


def _by(cells: Mapping[tuple[str, str], Count], side: int) -> dict[str, Counted]:
    """Each area of work (side 0) or kind (side 1): its own count, or else the sum of its parts."""
    parts: dict[str, list[Counted]] = {}
    whole: dict[str, Counted] = {}
    for cell, row in cells.items():
        if not cell[side]:
            continue
        if cell[1 - side]:
            parts.setdefault(cell[side], []).append(_one(row))
        else:
            whole[cell[side]] = _one(row)
    return {code: added(some) for code, some in parts.items()} | whole


def _one(row: Count) -> Counted:
    return Counted(row.number, row.number_high, row.dated, row.source, row.all_invited)


def added(some: Iterable[Counted]) -> Counted:
    """Several counts as one: the sum, the oldest day, every source; all invited only if all were."""
    some = tuple(some)
    number = sum(each.number for each in some)
    high = sum(each.number if each.number_high is None else each.number_high for each in some)
    return Counted(
        number=number,
        number_high=high if high > number else None,
        dated=min(each.dated for each in some),
        source="; ".join(dict.fromkeys(each.source for each in some)),
        all_invited=all(each.all_invited for each in some),
    )


def _notes(
    total: Counted | None,
    everybody: Count | None,
    works: Mapping[str, Counted],
    lacking: list[str],
    old: list[Count],
) -> Iterable[str]:
    if total is None and works:
        yield f"There is no number for everybody, because {listed(map(quoted, lacking))} is not counted."
    if everybody is not None and works and not lacking:
        parts = added(works.values())
        low, high = parts.number, parts.number_high or parts.number
        if high < everybody.number or low > (everybody.number_high or everybody.number):
            yield f"The areas of work add up to {low:,}, and everybody is given as {everybody.number:,}."
    if old:
        days = listed(said(day) for day in sorted({row.dated for row in old}))
        yield f"Numbers counted on {days} are too far from this day to be used."
