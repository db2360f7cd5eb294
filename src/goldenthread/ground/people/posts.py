"""Changing people and posts by hand, one at a time. The audit names nobody: it outlasts them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.audit.record import record
from goldenthread.ground.lists.queries import choices
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.people.models import Person, Post
from goldenthread.ground.refused import Refused

MAY = "people.change"
LONGEST_REASON = 200


@transaction.atomic
def end_post(*, by: Actor, now: datetime, post: int, ends: date) -> None:
    """Say which day was the last of a post. Raises NotAllowed or Refused."""
    require(by, MAY, area=by.area)
    row = _post(by, post)
    if row.starts and ends < row.starts:
        raise Refused("The last day is before the first.", field="ends")
    row.ends = ends
    row.save(update_fields=["ends"])
    words = f"ended a post at {_where(row)} on {ends.day} {ends:%B %Y}"
    record(by=by, now=now, what="people.post.ended", about=f"person:{row.person_id}", words=words)


@transaction.atomic
def set_tier(*, by: Actor, now: datetime, post: int, tier: str, reason: str) -> None:
    """Give a post a tier of its own, with a reason; an empty tier is the role's own again.

    Raises NotAllowed, or Refused for a tier that is not on the list and for one without a reason.
    """
    require(by, MAY, area=by.area)
    row = _post(by, post)
    known = {each.code: each.label for each in choices(by.area, "tiers", on=now.date())}
    why = " ".join(reason.split())
    if tier and tier not in known:
        raise Refused("Choose a tier from the list.", field="tier")
    if tier and not 0 < len(why) <= LONGEST_REASON:
        raise Refused(f"Say why, in {LONGEST_REASON} characters or fewer.", field="reason")
    row.tier, row.tier_reason = tier, why if tier else ""
    row.save(update_fields=["tier", "tier_reason"])
    said = quoted(known[tier]) if tier else "its role's own"
    words = f"made the tier of a post at {_where(row)} {said}"
    record(by=by, now=now, what="people.post.tier", about=f"person:{row.person_id}", words=words)


@transaction.atomic
def erase_person(*, by: Actor, now: datetime, person: int) -> None:
    """Delete somebody and their posts, as they may ask. Raises NotAllowed or Refused."""
    require(by, MAY, area=by.area)
    row = (
        Person.objects.select_for_update().filter(area_id=by.area, pk=person).select_related("owner").first()
    )
    if row is None:
        raise Refused("There is no such person.")
    words = f"erased somebody from the staff register of {quoted(row.owner.name)}"
    row.delete()
    record(by=by, now=now, what="people.person.erased", about=f"person:{person}", words=words)


def _post(by: Actor, post: int) -> Post:
    found = Post.objects.select_for_update(of=("self",)).filter(area_id=by.area, pk=post)
    row = found.select_related("person__owner", "organisation").first()
    if row is None:
        raise Refused("There is no such post.")
    return row


def _where(row: Post) -> str:
    return quoted((row.organisation or row.person.owner).name)
