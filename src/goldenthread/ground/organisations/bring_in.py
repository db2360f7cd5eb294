"""Taking in a file of the national register: kept, shown as a plan, and done on a second word."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import plain_name
from goldenthread.ground.lists.queries import labels
from goldenthread.ground.organisations.columns import LABELS, LISTS
from goldenthread.ground.organisations.models import DISCARDED, TAKEN, WAITING, Organisation, Upload
from goldenthread.ground.organisations.pick import pick
from goldenthread.ground.organisations.plan import Plan, Step, make_plan
from goldenthread.ground.organisations.understand import understand, vocabulary
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused

MAY = "organisations.change"


def keep_upload(
    *, by: Actor, now: datetime, file: BinaryIO, name: str, authorities: tuple[str, ...] = ()
) -> int:
    """Keep what we read of a file until somebody takes it in or discards it; its number.

    Of the file only our columns of our own authority's rows are kept. Raises NotAllowed, or Refused.
    """
    require(by, MAY, area=by.area)
    name = plain_name(name)
    picked = pick(file, name, authorities)
    with transaction.atomic():
        _discard(Upload.objects.filter(area_id=by.area, state=WAITING, by_id=by.account), now)
        made = Upload.objects.create(
            area_id=by.area,
            by_id=by.account,
            at=now,
            name=name,
            authorities=list(picked.authorities),
            elsewhere=picked.elsewhere,
            cells=list(picked.cells),
        )
        words = f"uploaded {quoted(name)} with {len(picked.cells)} schools of the area, to look at first"
        record(by=by, now=now, what="organisations.uploaded", about=f"upload:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def bring_in(*, by: Actor, now: datetime, upload: int, shown: str) -> Plan:
    """Do the plan that was ``shown`` (its fingerprint), whole or not at all; the plan.

    Raises NotAllowed; Refused where the file is no longer waiting; Conflict where, since the plan was
    shown, something changed that makes it another plan.
    """
    require(by, MAY, area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    row = _waiting(by, upload)
    held = list(Organisation.objects.select_for_update().filter(area_id=by.area))
    plan = _plan(row, held, now)
    if plan.fingerprint != shown:
        raise Conflict("Something changed after this was worked out. Here it is as it would be now.")
    _write(by.area, plan, {each.pk: each for each in held})
    row.cells, row.lines = [], _lines(plan)
    row.state, row.settled = TAKEN, now
    row.save()
    words = (
        f"took in {quoted(row.name)}: {len(plan.add)} organisations added, "
        f"{len(plan.change)} changed, {len(plan.close)} closed"
    )
    record(by=by, now=now, what="organisations.taken-in", about=f"upload:{row.pk}", words=words)
    return plan


@transaction.atomic
def discard_upload(*, by: Actor, now: datetime, upload: int) -> None:
    """Forget a file that was not taken in. Raises NotAllowed, or Refused."""
    require(by, MAY, area=by.area)
    row = _waiting(by, upload)
    _discard(Upload.objects.filter(pk=row.pk), now)
    words = f"discarded {quoted(row.name)}; nothing was changed"
    record(by=by, now=now, what="organisations.discarded", about=f"upload:{row.pk}", words=words)


def plan_of(area: int, upload: int, *, now: datetime) -> Plan | None:
    """What taking in the upload would do now; None where it is not waiting here. Raises Refused."""
    row = Upload.objects.filter(area_id=area, pk=upload, state=WAITING).first()
    return None if row is None else _plan(row, list(Organisation.objects.filter(area_id=area)), now)


def _plan(row: Upload, held: list[Organisation], now: datetime) -> Plan:
    on = localdate(now)
    understood = understand(row.cells, vocabulary(row.area_id, on=on), row.name)
    words = {code: labels(row.area_id, code, on=on) for code in LISTS.values()}
    return make_plan(understood, held, words, file=row.name, elsewhere=row.elsewhere)


def _waiting(by: Actor, upload: int) -> Upload:
    row = Upload.objects.select_for_update().filter(area_id=by.area, pk=upload).first()
    if row is None:
        raise Refused("There is no such file.")
    if row.state != WAITING:
        raise Refused(f"{quoted(row.name)} was {row.state} already.")
    return row


def _write(area: int, plan: Plan, held: dict[int, Organisation]) -> None:
    added = [Organisation(area_id=area, urn=step.urn, **step.values) for step in plan.add]
    Organisation.objects.bulk_create(added, batch_size=500)
    changed = [_changed(held[step.id], step) for step in (*plan.change, *plan.close) if step.id]
    columns = [each for each in LABELS if each != "urn"]
    Organisation.objects.bulk_update(changed, [*columns, "version"], batch_size=500)


def _changed(row: Organisation, step: Step) -> Organisation:
    for column, value in step.values.items():
        setattr(row, column, value)
    row.version += 1
    return row


def _lines(plan: Plan) -> list[dict[str, str]]:
    steps = (("added", plan.add), ("changed", plan.change), ("closed", plan.close))
    return [
        {"what": what, "urn": step.urn, "name": step.name, "words": step.words()}
        for what, some in steps
        for step in some
    ]


def _discard(rows: QuerySet[Upload], now: datetime) -> None:
    rows.update(cells=[], state=DISCARDED, settled=now)
