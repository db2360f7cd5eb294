"""Reading who may sign in to an area, as what, and who is invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from goldenthread.ground.mail.queries import Posted, posted
from goldenthread.ground.people.invitations import in_use, invitation_for
from goldenthread.ground.people.models import Account, Invitation, Membership
from goldenthread.ground.people.roles import Role, roles


@dataclass(frozen=True, slots=True)
class Held:
    """A role held, and since when."""

    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in the area. ``asked`` is true where a role of theirs needs a second factor."""

    account: int
    name: str
    email: str
    roles: tuple[Held, ...]
    second_factor: bool
    asked: bool
    signed_in: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation. ``state`` is open, accepted, withdrawn or expired; ``letter`` what its mail did."""

    id: int
    email: str
    role: Role
    at: datetime
    expires: datetime
    state: str
    letter: Posted | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What an open link offers. ``has_account`` where its address already signs in here."""

    area: str
    email: str
    role: Role
    expires: datetime
    has_account: bool


def members(area: int, asked: frozenset[str]) -> tuple[Member, ...]:
    """Everybody with a role in the area, by name; ``asked`` are the roles that need a second factor."""
    held = Membership.objects.filter(area_id=area, until__isnull=True, role__in=list(roles()))
    mine: dict[Account, list[Held]] = {}
    for each in held.select_related("account").order_by("account__name", "account__email", "since", "pk"):
        mine.setdefault(each.account, []).append(Held(roles()[each.role], each.since))
    safe = set(Authenticator.objects.filter(user__in=list(mine)).values_list("user_id", flat=True))
    return tuple(
        Member(
            account=account.pk,
            name=str(account),
            email=account.email,
            roles=tuple(its),
            second_factor=account.pk in safe,
            asked=any(each.role.code in asked for each in its),
            signed_in=account.last_login,
        )
        for account, its in mine.items()
    )


def member(area: int, account: int, asked: frozenset[str]) -> Member | None:
    """One of them; None where they hold no role in the area."""
    return next((each for each in members(area, asked) if each.account == account), None)


def invitations(area: int, *, now: datetime) -> tuple[Invited, ...]:
    """Invitations that were not taken up, newest first; those withdrawn or expired stay until retention."""
    found = list(Invitation.objects.filter(area_id=area, accepted__isnull=True, role__in=list(roles())))
    letters = posted(area, [f"invitation:{each.pk}" for each in found])
    return tuple(
        Invited(
            id=each.pk,
            email=each.email,
            role=roles()[each.role],
            at=each.at,
            expires=each.expires,
            state=_state(each, now),
            letter=letters.get(f"invitation:{each.pk}"),
        )
        for each in found
    )


def offer(token: str, *, now: datetime) -> Offer | None:
    """What a link offers; None alike for one that is unknown, used, withdrawn or expired."""
    found = invitation_for(token, now).select_related("area").first()
    if found is None or found.role not in roles():
        return None
    return Offer(
        area=found.area.name,
        email=found.email,
        role=roles()[found.role],
        expires=found.expires,
        has_account=in_use(found.email) is not None,
    )


def _state(found: Invitation, now: datetime) -> str:
    if found.withdrawn:
        return "withdrawn"
    return "open" if found.expires > now else "expired"
