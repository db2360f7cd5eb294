"""Taking in a staff register: kept, shown as a plan, and done on a second word, whole or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO

from django.db import transaction

from goldenthread.analysis.definition.words import quoted
from goldenthread.analysis.responses.grid import Grid
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import forget, keep, open_kept, plain_name
from goldenthread.ground.organisations.queries import organisation
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.people.models import Person, Post, Register
from goldenthread.ground.people.register.columns import find_columns
from goldenthread.ground.people.register.plan import Plan, PostStep, Step, make_plan
from goldenthread.ground.people.register.read import read_rows, vocabulary
from goldenthread.ground.people.register.sheet import read_sheet
from goldenthread.ground.people.register.together import bring_together
from goldenthread.ground.refused import Conflict, Refused

MAY = "people.change"
WAITING, TAKEN, DISCARDED = "waiting", "taken in", "discarded"


def keep_register(
    *, by: Actor, now: datetime, owner: int, name: str, stream: IO[bytes], as_of: date, whole: bool
) -> int:
    """Keep an organisation's staff register until somebody takes it in or discards it; its number.

    Raises NotAllowed; Refused where no lawful basis is recorded for the organisation, and for a
    file that is no such register. Then nothing of it is kept.
    """
    require(by, MAY, area=by.area)
    check_basis(by.area, owner)
    shown = plain_name(name)
    grid = read_sheet(stream, shown)
    find_columns(grid)
    stream.seek(0)
    with transaction.atomic():
        made = Register(area_id=by.area, owner_id=owner, name=shown, as_of=as_of, whole=whole)
        made.by_id, made.at = by.account, now
        made.file = keep(by=by, now=now, area=by.area, name=shown, stream=stream, purpose="register")
        made.save()
        words = f"uploaded {quoted(shown)}, a staff register with {len(grid.rows):,} rows, to look at first"
        record(by=by, now=now, what="people.register.uploaded", about=f"register:{made.pk}", words=words)
    return made.pk


def take_in_register(*, by: Actor, now: datetime, register: int, shown: str) -> Plan:
    """Do the plan that was ``shown`` (its fingerprint), whole or not at all; the plan.

    The file is read before anything is locked; it cannot change. Raises NotAllowed; Refused where the
    file is no longer waiting or its basis was taken back; Conflict where something changed since, so
    that it would be another plan.
    """
    require(by, MAY, area=by.area)
    grid = _grid(_waiting(by, register))
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=by.area)
        row = _waiting(by, register)
        check_basis(by.area, row.owner_id)
        plan = _plan(row, grid, now)
        if plan.fingerprint != shown:
            raise Conflict("Something changed after this was worked out. Here it is as it would be now.")
        _write(row, plan, now)
        row.done = {"joined": len(plan.join), "changed": len(plan.change), "left": len(plan.leave)}
        _settle(row, TAKEN, now)
        words = f"took in {quoted(row.name)}, a staff register: {_counted(plan)}"
        record(by=by, now=now, what="people.register.taken-in", about=f"register:{row.pk}", words=words)
    return plan


@transaction.atomic
def discard_register(*, by: Actor, now: datetime, register: int) -> None:
    """Forget a register that was not taken in, and its file. Raises NotAllowed or Refused."""
    require(by, MAY, area=by.area)
    Area.objects.select_for_update().get(pk=by.area)
    row = _waiting(by, register)
    _settle(row, DISCARDED, now)
    words = f"discarded {quoted(row.name)}; nobody was changed"
    record(by=by, now=now, what="people.register.discarded", about=f"register:{row.pk}", words=words)


def work_out(row: Register, now: datetime) -> Plan:
    """What taking in a waiting register would do now. Raises Refused."""
    return _plan(row, _grid(row), now)


def _grid(row: Register) -> Grid:
    with open_kept(row.area_id, row.file) as stream:
        return read_sheet(stream, row.name)


def _plan(row: Register, grid: Grid, now: datetime) -> Plan:
    rows = read_rows(grid, vocabulary(row.area_id, on=now.date()), row.owner_id)
    people = bring_together(rows.usable, row.name, rows.problems)
    return make_plan(people, _held(row), file=row.name, as_of=row.as_of, whole=row.whole, unread=rows.unread)


def _counted(plan: Plan) -> str:
    return f"{len(plan.join):,} people joined, {len(plan.change):,} changed, {len(plan.leave):,} left"


def _held(row: Register) -> dict[Person, list[Post]]:
    """Everybody of the register's organisation with their posts, in two queries however many they are."""
    staff = Person.objects.filter(area_id=row.area_id, owner_id=row.owner_id)
    found: dict[int, list[Post]] = {}
    for post in Post.objects.filter(area_id=row.area_id, person__owner_id=row.owner_id):
        found.setdefault(post.person_id, []).append(post)
    return {each: found.get(each.pk, []) for each in staff}


def check_basis(area: int, owner: int) -> None:
    """Raises Refused where people of an organisation may not be held here."""
    found = organisation(area, owner)
    if found is None:
        raise Refused("There is no such organisation.", field="owner")
    if found.basis is None:
        raise Refused(
            f"Record the lawful basis for holding staff of {quoted(found.name)} first; until then nobody "
            "of it is stored.",
            field="owner",
        )


def _waiting(by: Actor, register: int) -> Register:
    row = Register.objects.filter(area_id=by.area, pk=register).first()
    if row is None:
        raise Refused("There is no such register.")
    if row.state != WAITING:
        raise Refused(f"{quoted(row.name)} was {row.state} already.")
    return row


def _settle(row: Register, state: str, now: datetime) -> None:
    forget(row.area_id, row.file)
    row.state, row.settled, row.file = state, now, ""
    row.save()


def _write(row: Register, plan: Plan, now: datetime) -> None:
    steps = (*plan.change, *plan.leave)
    held = Person.objects.select_for_update().in_bulk([step.id for step in steps if step.id])
    made = [_person(row, step, now) for step in plan.join]
    Person.objects.bulk_create(made, batch_size=500)
    changed = [_changed(held[step.id], step) for step in steps if step.id]
    Person.objects.bulk_update(changed, ["reference", "email", "name", "version"], batch_size=500)
    owners = [*zip(made, plan.join, strict=True), *((held[step.id], step) for step in steps if step.id)]
    _write_posts(row, owners, plan.as_of)


def _write_posts(row: Register, owners: list[tuple[Person, Step]], as_of: date) -> None:
    begun = [
        Post(area_id=row.area_id, person_id=person.pk, **post.values)
        for person, step in owners
        for post in step.begins
    ]
    Post.objects.bulk_create(begun, batch_size=500)
    changes = [post for _, step in owners for post in step.changes]
    posts = Post.objects.in_bulk([post.id for post in changes if post.id])
    changed = [_changed_post(posts[post.id], post) for post in changes if post.id]
    Post.objects.bulk_update(changed, ["tier", "tier_reason", "starts", "ends"], batch_size=500)
    ending = [each for _, step in owners for each in step.ends]
    for start in range(0, len(ending), 500):
        Post.objects.filter(pk__in=ending[start : start + 500]).update(ends=as_of)


def _person(row: Register, step: Step, now: datetime) -> Person:
    return Person(area_id=row.area_id, owner_id=row.owner_id, since=now, **step.values)


def _changed(person: Person, step: Step) -> Person:
    for column, value in step.values.items():
        setattr(person, column, value)
    person.version += 1
    return person


def _changed_post(post: Post, step: PostStep) -> Post:
    for column, value in step.values.items():
        setattr(post, column, value)
    return post
