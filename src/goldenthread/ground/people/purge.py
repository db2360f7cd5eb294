"""How accounts, invitations and people are deleted when they are due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from goldenthread.ground.people.models import Account, Invitation, Membership, Person, Post
from goldenthread.ground.people.staff import going_on
from goldenthread.ground.retention.round import Purge


def _accounts(owned: Q, before: datetime) -> int:
    del owned
    held = Exists(Membership.objects.filter(account=OuterRef("pk"), until__isnull=True))
    idle = Account.objects.filter(~held, created__lt=before).annotate(last=Max("memberships__until"))
    due = idle.filter(Q(last__isnull=True) | Q(last__lt=before)).values_list("pk", flat=True)
    return Account.objects.filter(pk__in=list(due)).delete()[1].get("people.Account", 0)


def _invitations(owned: Q, before: datetime) -> int:
    settled = Q(accepted__lt=before) | Q(withdrawn__lt=before) | Q(expires__lt=before)
    return Invitation.objects.filter(owned, settled).delete()[0]


def _people(owned: Q, before: datetime) -> int:
    posts = Exists(Post.objects.filter(going_on(before.date()), person=OuterRef("pk")))
    due = Person.objects.filter(owned, ~posts, since__lt=before)
    return due.delete()[1].get("people.Person", 0)


PURGES = (
    Purge("account", "account", "accounts", _accounts, shared=True),
    Purge("invitation", "invitation", "invitations", _invitations),
    Purge("person", "person who had left", "people who had left", _people),
)
