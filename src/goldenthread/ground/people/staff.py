"""Reading people and their posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.ground.lists.queries import labelled, several
from goldenthread.ground.people.models import Person, Post

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post in words. ``tier_own`` is true where the post differs from its role, for ``tier_reason``."""

    id: int
    organisation: str
    role: str
    staff_group: str
    tier: str
    tier_own: bool
    tier_reason: str
    starts: date | None
    ends: date | None
    going_on: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody on a register. ``here`` is false of those who have left."""

    id: int
    name: str
    reference: str
    email: str
    owner: int
    owner_name: str
    since: datetime
    posts: tuple[PostFacts, ...]
    here: bool
    version: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which people to show; empty is any. ``standing`` is "here", "left" or ""."""

    text: str = ""
    owner: int | None = None
    staff_group: str = ""
    standing: str = "here"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of people out of ``pages``, and how many there are of them all."""

    rows: tuple[PersonFacts, ...]
    total: int
    number: int
    pages: int


def people(area: int, asked: Filter, *, on: date, page: int = 1) -> Page:
    """A page of the area's people by name, as on a day; a page that is not there is the nearest one."""
    found = _filtered(Person.objects.filter(area_id=area), asked, on)
    total = found.count()
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, page), pages)
    rows = list(found.select_related("owner")[(number - 1) * A_PAGE : number * A_PAGE])
    return Page(_facts(area, rows, on), total, number, pages)


def how_many(area: int, asked: Filter, *, on: date) -> int:
    """How many people of the area there are, as on a day."""
    return _filtered(Person.objects.filter(area_id=area), asked, on).count()


def addresses(area: int, *, on: date) -> tuple[tuple[str, str], ...]:
    """The address and name of everybody who has both an address and a post on a day, by address."""
    begun = Q(starts__isnull=True) | Q(starts__lte=on)
    held = Post.objects.filter(going_on(on), begun, person=OuterRef("pk"))
    found = Person.objects.filter(Exists(held), area_id=area).exclude(email="")
    return tuple(found.order_by("email").values_list("email", "name"))


def person(area: int, number: int, *, on: date) -> PersonFacts | None:
    """One person of the area; None where it has none of that number."""
    found = _facts(area, Person.objects.filter(area_id=area, pk=number).select_related("owner"), on)
    return found[0] if found else None


def going_on(on: date) -> Q:
    """The condition that a post is held on a day or is yet to begin."""
    return Q(ends__isnull=True) | Q(ends__gte=on)


def _filtered(found: QuerySet[Person], asked: Filter, on: date) -> QuerySet[Person]:
    here = Exists(Post.objects.filter(going_on(on), person=OuterRef("pk")))
    if asked.standing:
        found = found.filter(here if asked.standing == "here" else ~here)
    if asked.owner is not None:
        found = found.filter(Q(owner_id=asked.owner) | Q(posts__organisation_id=asked.owner)).distinct()
    if asked.staff_group:
        grouped = Post.objects.filter(going_on(on), person=OuterRef("pk"), staff_group=asked.staff_group)
        found = found.filter(Exists(grouped))
    for word in asked.text.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(reference__iexact=word))
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """Labels of codes, and the tier of each role, on a day."""

    roles: Mapping[str, str]
    staff_groups: Mapping[str, str]
    tiers: Mapping[str, str]
    tier_of: Mapping[str, str]


def _words(area: int, on: date) -> _Words:
    every = several(area, ("roles", "staff-groups", "tiers"))
    roles, groups, tiers = (labelled(each, on=on) for each in every.values())
    tier_of = {each.code: str(each.data.get("tier") or "") for each in every["roles"] if each.holds(on)}
    return _Words(roles, groups, tiers, tier_of)


def _facts(area: int, rows: Iterable[Person], on: date) -> tuple[PersonFacts, ...]:
    people = list(rows)
    words = _words(area, on)
    found: dict[int, list[PostFacts]] = {}
    for post in Post.objects.filter(person__in=people).select_related("organisation"):
        found.setdefault(post.person_id, []).append(_post(post, words, on))
    return tuple(_person(each, tuple(found.get(each.pk, ()))) for each in people)


def _person(row: Person, posts: tuple[PostFacts, ...]) -> PersonFacts:
    return PersonFacts(
        id=row.pk,
        name=row.name,
        reference=row.reference,
        email=row.email,
        owner=row.owner_id,
        owner_name=row.owner.name,
        since=row.since,
        posts=posts,
        here=any(each.going_on for each in posts),
        version=row.version,
    )


def _post(row: Post, words: _Words, on: date) -> PostFacts:
    tier = row.tier or words.tier_of.get(row.role, "")
    return PostFacts(
        id=row.pk,
        organisation=row.organisation.name if row.organisation else "",
        role=words.roles.get(row.role, row.role),
        staff_group=words.staff_groups.get(row.staff_group, row.staff_group),
        tier=words.tiers.get(tier, tier),
        tier_own=bool(row.tier),
        tier_reason=row.tier_reason,
        starts=row.starts,
        ends=row.ends,
        going_on=row.ends is None or row.ends >= on,
    )
