"""The first area of an installation, and the first people in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Account, Membership
from goldenthread.ground.people.roles import roles
from goldenthread.ground.refused import Refused

RESERVED = frozenset(
    [
        "accessibility",
        "account",
        "components",
        "health",
        "help",
        "join",
        "look",
        "numbers",
        "privacy",
        "ready",
        "static",
    ]
)
"""Words that addresses begin with; no area may be called so."""


@transaction.atomic
def found_area(
    *, slug: str, name: str, password: str, now: datetime
) -> tuple[Actor, tuple[tuple[str, str], ...]]:
    """An area with a person for every role, for demonstrations and tests; who leads it, and all sign-ins.

    Made once: an area that is there is left as it is. Sign-ins are (role, e-mail). Raises Refused for
    a slug that addresses are made of.
    """
    if slug in RESERVED:
        raise Refused(f"No area can be called “{slug}”: an address of our own begins so.")
    area, made = Area.objects.get_or_create(slug=slug, defaults={"name": name})
    emails = tuple((role.name, f"{code}@{slug}.example") for code, role in roles().items())
    accounts = {email: _account(email, f"{role} of {name}", password, now) for role, email in emails}
    for code in roles():
        account = accounts[f"{code}@{slug}.example"]
        Membership.objects.get_or_create(
            account=account, area=area, role=code, until__isnull=True, defaults={"since": now}
        )
    if made:
        record(by=None, now=now, area=area.pk, what="area.founded", words=f"made the area {name}")
    lead = accounts[f"lead@{slug}.example"]
    return Actor(lead.pk, str(lead), area.pk, frozenset({"lead"})), emails


def _account(email: str, name: str, password: str, now: datetime) -> Account:
    found = Account.objects.filter(email=email).first()
    if found is not None:
        return found
    account = Account(email=email, name=name, created=now)
    account.set_password(password)
    account.save()
    return account
