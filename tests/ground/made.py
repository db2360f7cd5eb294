"""Areas and people for tests, made plainly."""

from __future__ import annotations

from datetime import UTC, datetime

from goldenthread.ground.area.models import Area
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Account, Membership
from goldenthread.ground.people.queries import actor

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)


def area(slug: str) -> int:
    """An area called by its slug; its id."""
    return Area.objects.create(slug=slug, name=slug.title()).pk


def member(where: int, role: str, email: str = "") -> Actor:
    """Somebody with ``role`` in the area."""
    address = email or f"{role}@{where}.example"
    account, _ = Account.objects.get_or_create(email=address, defaults={"name": role.title(), "created": NOW})
    Membership.objects.create(account=account, area_id=where, role=role, since=NOW)
    found = actor(account.pk, where)
    assert found is not None
    return found


def lead(where: int) -> Actor:
    """A workforce lead of the area."""
    return member(where, "lead")
