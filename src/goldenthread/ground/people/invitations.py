"""Inviting people: a link by mail, which works once and for seven days."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from string import Template

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from goldenthread.ground.area.models import Area
from goldenthread.ground.audit.record import record
from goldenthread.ground.mail.outbox import put, withdraw
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.people.commands import hold, role_called
from goldenthread.ground.people.models import Account, Invitation, Membership
from goldenthread.ground.people.queries import actor
from goldenthread.ground.refused import Refused

LASTS = timedelta(days=7)
TOKEN_BYTES = 16
LONGEST_NAME = 120
SPENT = "This link has run out or has been used. Ask the person who invited you for a new one."


@transaction.atomic
def invite(*, by: Actor, now: datetime, email: str, role: str, link: Callable[[str], str]) -> int:
    """Offer a role to an address by mail; the invitation's id.

    ``link`` makes the address of the page from what proves the invitation. An open invitation of
    the same address to the same role is withdrawn: the new link takes its place. Raises NotAllowed,
    or Refused for an address that is none, and for somebody who holds the role.
    """
    require(by, "accounts.change", area=by.area)
    meant, address = role_called(role), _address(email)
    _check_new(by.area, address, role)
    for each in _open(now).filter(area_id=by.area, email=address, role=role):
        _withdraw(each, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation.objects.create(
        area_id=by.area,
        email=address,
        role=role,
        digest=_digest(token),
        by_id=by.account,
        at=now,
        expires=now + LASTS,
    )
    _write_letter(made, by, link(token), now)
    words = f"invited somebody to be {meant.name.lower()}"
    record(by=by, now=now, what="people.invited", about=f"invitation:{made.pk}", words=words)
    return made.pk


@transaction.atomic
def withdraw_invitation(*, by: Actor, now: datetime, invitation: int) -> None:
    """Make an open invitation's link work no more. Raises NotAllowed or Refused."""
    require(by, "accounts.change", area=by.area)
    found = _open(now).filter(area_id=by.area, pk=invitation).first()
    if found is None:
        raise Refused("That invitation is open no more.")
    _withdraw(found, now)
    words = f"withdrew an invitation to be {role_called(found.role).name.lower()}"
    record(by=by, now=now, what="people.invitation.withdrawn", about=f"invitation:{invitation}", words=words)


def withdraw_every_invitation(*, now: datetime) -> int:
    """Make every open link of all areas work no more; how many there were."""
    return _open(now).update(withdrawn=now)


@transaction.atomic
def accept(*, now: datetime, token: str, name: str, password: str) -> int:
    """Take up an invitation with a name and a password; the account's id.

    Raises Refused for a link that is spent, for a name or password that will not do, and where the
    address has an account in use: its owner signs in and uses ``accept_as``.
    """
    found = _for_token(token, now)
    if in_use(found.email):
        raise Refused("You have an account already. Sign in, then open the link again.")
    account = _standing(found.email) or Account(email=found.email, created=now)
    account.name, account.is_active = _name(name), True
    account.set_password(_password(password, account))
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    _take_up(found, account, now)
    return account.pk


@transaction.atomic
def accept_as(*, now: datetime, token: str, account: int) -> None:
    """Take up an invitation with the account somebody is signed in with. Raises Refused."""
    found = _for_token(token, now)
    owner = Account.objects.get(pk=account)
    if owner.email.lower() != found.email:
        raise Refused("This invitation is for another address. Sign out, then open the link again.")
    _take_up(found, owner, now)


def in_use(email: str) -> Account | None:
    """The account of an address, where somebody can sign in with it."""
    found = _standing(email)
    return found if found and found.is_active and found.has_usable_password() else None


def invitation_for(token: str, now: datetime) -> QuerySet[Invitation]:
    """The open invitation a link's token proves, if there is one."""
    return _open(now).filter(digest=_digest(token))


def _take_up(found: Invitation, account: Account, now: datetime) -> None:
    inviter = actor(found.by_id, found.area_id)
    if inviter is None or not inviter.may("accounts.change"):
        raise Refused("The person who invited you may no longer do so. Ask for a new invitation.")
    found.accepted = now
    found.save(update_fields=["accepted"])
    hold(account, found.area_id, found.role, now)
    mine = Actor(account.pk, str(account), found.area_id, frozenset((found.role,)))
    words = f"took up the invitation to be {role_called(found.role).name.lower()}"
    record(by=mine, now=now, what="people.invitation.accepted", about=f"account:{account.pk}", words=words)


def _for_token(token: str, now: datetime) -> Invitation:
    found = invitation_for(token, now).select_for_update().first()
    if found is None:
        raise Refused(SPENT)
    return found


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted__isnull=True, withdrawn__isnull=True, expires__gt=now)


def _withdraw(found: Invitation, now: datetime) -> None:
    found.withdrawn = now
    found.save(update_fields=["withdrawn"])
    withdraw(now=now, area=found.area_id, about=f"invitation:{found.pk}")


def _check_new(area: int, email: str, role: str) -> None:
    held = Membership.objects.filter(
        area_id=area, account__email__iexact=email, role=role, until__isnull=True, account__is_active=True
    )
    if held.exists():
        raise Refused(f"{email} holds that role already.", field="email")


def _standing(email: str) -> Account | None:
    return Account.objects.filter(email__iexact=email).first()


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise Refused("Enter an e-mail address, like name@example.org.", field="email") from fault
    return address


def _name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise Refused(f"Enter your name, in {LONGEST_NAME} letters or fewer.", field="name")
    return plain


def _password(password: str, account: Account) -> str:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages), field="password") from fault
    return password


def _write_letter(made: Invitation, by: Actor, link: str, now: datetime) -> None:
    role, area = role_called(made.role), Area.objects.get(pk=made.area_id)
    until = timezone.localtime(made.expires)
    body = Template(files(__package__).joinpath("invitation.txt").read_text(encoding="utf-8")).substitute(
        who=by.name,
        area=area.name,
        role=role.name.lower(),
        purpose=role.purpose,
        link=link,
        until=f"{until:%H:%M on {until.day} %B %Y}",
    )
    put(
        now=now,
        area=made.area_id,
        to=made.email,
        subject=f"{area.name}: an invitation to Golden Thread",
        body=body,
        about=f"invitation:{made.pk}",
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
