"""Changing accounts and memberships."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from goldenthread.analysis.definition.words import listed
from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.people.models import Account, Membership
from goldenthread.ground.people.roles import Role, roles
from goldenthread.ground.refused import Refused

LAST = "Somebody must be able to change accounts. Give another person the role first."


@transaction.atomic
def give_role(*, by: Actor, now: datetime, email: str, name: str, role: str) -> int:
    """Let the person with ``email`` act as ``role`` in the area of ``by``; the account's id.

    An account is made where there is none; it has no password until its owner sets one. Raises
    NotAllowed, or Refused for a role that is not in the table.
    """
    require(by, "accounts.change", area=by.area)
    meant = role_called(role)
    account = _account(email, name, now)
    if hold(account, by.area, role, now):
        _record_given(by, now, account, meant)
    return account.pk


@transaction.atomic
def add_role(*, by: Actor, now: datetime, account: int, role: str) -> None:
    """Let somebody who has a role in the area hold another. Raises NotAllowed or Refused."""
    require(by, "accounts.change", area=by.area)
    meant = role_called(role)
    found = _member(by.area, account)
    if not hold(found, by.area, role, now):
        raise Refused(f"{found} is {meant.name.lower()} already.", field="role")
    _record_given(by, now, found, meant)


@transaction.atomic
def end_role(*, by: Actor, now: datetime, account: int, role: str) -> None:
    """End a role from now on. Raises NotAllowed, or Refused for the last who may change accounts."""
    require(by, "accounts.change", area=by.area)
    held = _held(by.area)
    mine = next((each for each in held if (each.account_id, each.role) == (account, role)), None)
    if mine is None:
        raise Refused("This person does not hold that role.")
    _check_last(held, [mine])
    mine.until = now
    mine.save(update_fields=["until"])
    record(
        by=by,
        now=now,
        what="people.role.ended",
        about=f"account:{account}",
        words=f"ended the role of {mine.account} as {role_called(role).name.lower()}",
    )


@transaction.atomic
def disable_account(*, by: Actor, now: datetime, account: int) -> None:
    """End every role somebody holds in the area; they can sign in no more unless another area needs them.

    Raises NotAllowed, or Refused for the last who may change accounts.
    """
    require(by, "accounts.change", area=by.area)
    held = _held(by.area)
    mine = [each for each in held if each.account_id == account]
    if not mine:
        raise Refused("This person holds no role here.")
    _check_last(held, mine)
    Membership.objects.filter(pk__in=[each.pk for each in mine]).update(until=now)
    if not Membership.objects.filter(account_id=account, until__isnull=True).exists():
        Account.objects.filter(pk=account).update(is_active=False)
    words = f"disabled the account of {mine[0].account}"
    record(by=by, now=now, what="people.account.disabled", about=f"account:{account}", words=words)


@transaction.atomic
def ask_second_factors(*, by: Actor, now: datetime, wanted: frozenset[str]) -> None:
    """Say which roles must sign in with a second factor in this area. Raises NotAllowed or Refused."""
    require(by, "accounts.change", area=by.area)
    meant = [role_called(each) for each in sorted(wanted)]
    area = Area.objects.select_for_update().get(pk=by.area)
    if set(area.mfa_roles) == wanted:
        return
    area.mfa_roles = sorted(wanted)
    area.save(update_fields=["mfa_roles"])
    whom = listed([each.name.lower() for each in meant]) or "no role"
    words = f"asks a second factor of {whom}"
    record(by=by, now=now, what="people.second-factor", about=f"area:{by.area}", words=words)


def role_called(role: str) -> Role:
    """A role of the table. Raises Refused."""
    if role not in roles():
        raise Refused(f"There is no role called “{role}”.", field="role")
    return roles()[role]


def hold(account: Account, area: int, role: str, now: datetime) -> bool:
    """Let an account hold a role from now on; False where it does already."""
    return Membership.objects.get_or_create(
        account=account, area_id=area, role=role, until__isnull=True, defaults={"since": now}
    )[1]


def _record_given(by: Actor, now: datetime, account: Account, role: Role) -> None:
    words = f"made {account} {role.name.lower()}"
    record(by=by, now=now, what="people.role.given", about=f"account:{account.pk}", words=words)


def _member(area: int, account: int) -> Account:
    held = Membership.objects.filter(area_id=area, account_id=account, until__isnull=True)
    found = held.select_related("account").first()
    if found is None:
        raise Refused("This person holds no role here. Invite them.")
    return found.account


def _held(area: int) -> list[Membership]:
    """Every role held in the area, locked, so that two people cannot end each other's at once."""
    held: QuerySet[Membership] = Membership.objects.select_for_update()
    return list(held.filter(area_id=area, until__isnull=True).select_related("account").order_by("pk"))


def _check_last(held: list[Membership], ending: list[Membership]) -> None:
    gone = {each.pk for each in ending}
    left = [each for each in held if each.pk not in gone and each.account.is_active]
    if not any("accounts.change" in roles()[each.role].may for each in left if each.role in roles()):
        raise Refused(LAST)


def _account(email: str, name: str, now: datetime) -> Account:
    found = Account.objects.filter(email__iexact=email.strip()).first()
    if found is not None:
        return found
    account = Account(email=email.strip().lower(), name=name.strip(), created=now)
    account.set_unusable_password()
    account.save()
    return account
