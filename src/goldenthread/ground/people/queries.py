"""Reading accounts and memberships."""

from __future__ import annotations

from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Membership


def actor(account: int, area: int) -> Actor | None:
    """The account acting in ``area``; None where it holds no role there."""
    held = list(
        Membership.objects.filter(
            account_id=account, area_id=area, until__isnull=True, account__is_active=True
        ).select_related("account")
    )
    if not held:
        return None
    return Actor(account, str(held[0].account), area, frozenset(each.role for each in held))


def areas_of(account: int) -> tuple[str, ...]:
    """The slugs of the areas where the account holds a role, by name of area."""
    found = Membership.objects.filter(account_id=account, until__isnull=True, account__is_active=True)
    return tuple(found.order_by("area__name").values_list("area__slug", flat=True).distinct())
