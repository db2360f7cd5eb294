"""Posts are ended and given tiers by hand, with a reason; somebody who asks is erased."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.people.models import Person, Post
from goldenthread.ground.people.posts import end_post, erase_person, set_tier
from goldenthread.ground.people.staff import person
from goldenthread.ground.refused import Refused

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def by() -> Actor:
    found = lead(area("anyshire"))
    install_lists(by=found, now=NOW)
    return found


@pytest.fixture
def post(by: Actor) -> Post:
    oak = add_organisation(by=by, now=NOW, given=OrganisationGiven(name="Oak School", kind="school"))
    ana = Person.objects.create(area_id=by.area, owner_id=oak, reference="A1", name="Ana Bell", since=NOW)
    return Post.objects.create(
        area_id=by.area, person=ana, organisation_id=oak, role="senco", starts=date(2025, 9, 1)
    )


def test_a_post_is_ended_on_a_day_and_its_person_has_then_left(by: Actor, post: Post) -> None:
    end_post(by=by, now=NOW, post=post.pk, ends=TODAY)
    after = person(by.area, post.person_id, on=date(2026, 10, 14))
    assert after is not None
    assert not after.here
    assert happenings(by.area)[0].words == "ended a post at “Oak School” on 13 October 2026"


def test_a_last_day_before_the_first_is_refused(by: Actor, post: Post) -> None:
    with pytest.raises(Refused, match="before the first"):
        end_post(by=by, now=NOW, post=post.pk, ends=date(2025, 8, 31))


def test_a_tier_of_its_own_needs_a_reason_and_can_be_taken_back(by: Actor, post: Post) -> None:
    with pytest.raises(Refused, match="Say why") as refused:
        set_tier(by=by, now=NOW, post=post.pk, tier="tier-2", reason=" ")
    assert refused.value.field == "reason"
    set_tier(by=by, now=NOW, post=post.pk, tier="tier-2", reason="A manager who assesses")
    found = person(by.area, post.person_id, on=TODAY)
    assert found is not None
    assert (found.posts[0].tier, found.posts[0].tier_reason) == (
        "Gives direct input",
        "A manager who assesses",
    )
    set_tier(by=by, now=NOW, post=post.pk, tier="", reason="")
    found = person(by.area, post.person_id, on=TODAY)
    assert found is not None
    assert (found.posts[0].tier, found.posts[0].tier_own) == ("Coordinates with families", False)


def test_a_tier_that_is_not_on_the_list_is_refused(by: Actor, post: Post) -> None:
    with pytest.raises(Refused, match="Choose a tier"):
        set_tier(by=by, now=NOW, post=post.pk, tier="tier-9", reason="Why not")


def test_somebody_who_asks_is_erased_with_their_posts(by: Actor, post: Post) -> None:
    erase_person(by=by, now=NOW, person=post.person_id)
    assert (Person.objects.count(), Post.objects.count()) == (0, 0)
    assert happenings(by.area)[0].words == "erased somebody from the staff register of “Oak School”"


def test_another_area_and_other_roles_change_nobody(by: Actor, post: Post) -> None:
    other = lead(area("otherton"))
    with pytest.raises(Refused, match="no such post"):
        end_post(by=other, now=NOW, post=post.pk, ends=TODAY)
    with pytest.raises(Refused, match="no such person"):
        erase_person(by=other, now=NOW, person=post.person_id)
    with pytest.raises(NotAllowed):
        set_tier(by=member(by.area, "board"), now=NOW, post=post.pk, tier="tier-2", reason="x")
    assert Post.objects.get().ends is None
