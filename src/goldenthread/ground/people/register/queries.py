"""Reading staff registers that were brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.ground.people.models import Register
from goldenthread.ground.people.register.commands import WAITING, work_out
from goldenthread.ground.people.register.plan import Plan

SOMEBODY = "Somebody who has left"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A staff register and what became of it: waiting, taken in or discarded."""

    id: int
    owner: int
    owner_name: str
    name: str
    whole: bool
    as_of: date
    by: str
    at: datetime
    state: str
    settled: datetime | None
    done: Mapping[str, int]


def registers(area: int, *, limit: int = 20) -> tuple[RegisterFacts, ...]:
    """Registers brought in, newest first."""
    found = Register.objects.filter(area_id=area).select_related("owner", "by")
    return tuple(_facts(each) for each in found[:limit])


def register(area: int, number: int) -> RegisterFacts | None:
    """One of them; None where the area has none of that number."""
    found = Register.objects.filter(area_id=area, pk=number).select_related("owner", "by").first()
    return None if found is None else _facts(found)


def plan_of(area: int, number: int, *, now: datetime) -> Plan | None:
    """What taking in a register would do now; None where it does not wait here. Raises Refused."""
    row = Register.objects.filter(area_id=area, pk=number, state=WAITING).first()
    return None if row is None else work_out(row, now)


def _facts(found: Register) -> RegisterFacts:
    return RegisterFacts(
        id=found.pk,
        owner=found.owner_id,
        owner_name=found.owner.name,
        name=found.name,
        whole=found.whole,
        as_of=found.as_of,
        by=str(found.by) if found.by else SOMEBODY,
        at=found.at,
        state=found.state,
        settled=found.settled,
        done=dict(found.done),
    )
