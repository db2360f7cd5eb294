"""How many were invited, and how many answers could at most be second ones."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F, Sum

from goldenthread.thread.survey.asking.models import Invitee

LIMIT = 0.05
"""Of the invited: the most codes that are sent again on request (design, 5.3)."""


class Counted(NamedTuple):
    """``invited``: how many hold a code for all we know; ``doubles``: how many codes beyond one each."""

    invited: int
    doubles: int


def count(asking: int) -> Counted:
    """As it stands now."""
    holders = Invitee.objects.filter(asking_id=asking, codes__gt=0)
    more = holders.aggregate(more=Sum(F("codes") - 1))["more"]
    return Counted(holders.count(), more or 0)


def may_send_again(asking: int) -> bool:
    """Whether one more code may be sent on request, and no more than ``LIMIT`` of the invited hold two."""
    invited, doubles = count(asking)
    asked = Invitee.objects.filter(asking_id=asking, asked=True).count()
    return doubles + asked + 1 <= LIMIT * invited
