"""Requirements of the ground, each check carried out in the application (docs/reference/requirements.md)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.ground.made import NOW, area, lead

from goldenthread.analysis.example import example
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import find
from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation, record_basis
from goldenthread.ground.organisations.queries import counted
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Post
from goldenthread.ground.people.posts import set_tier
from goldenthread.ground.people.register.commands import keep_register, take_in_register
from goldenthread.ground.people.register.queries import plan_of
from goldenthread.ground.people.staff import Filter, people, person
from goldenthread.ground.pupils.commands import add_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.queries import incidence
from goldenthread.ground.pupils.read import read_pupils

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TIERS = {
    "Coordinates with families": (
        "SEN officers; SENCOs; Early Years workers; Post-16 officers; Independent Supporters"
    ),
    "Gives direct input": (
        "social workers; therapists; community nurses; specialist nurses; other health providers"
    ),
    "Indirect part": (
        "senior managers; school leader; heads of service; commissioners; directors; housing; finance"
    ),
}
"""The roles of each tier as the pathfinders' report prints them (L12), by what we call the tier."""


@pytest.fixture
def by(tmp_path: Path, settings: Settings) -> Actor:
    settings.HOME = tmp_path
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def taken_in(by: Actor, rows: list[str]) -> None:
    """People of one service, from a register with a role each."""
    owner = add_organisation(by=by, now=NOW, given=OrganisationGiven("Any Service", "send-service"))
    record_basis(by=by, now=NOW, organisation=owner, version=1, basis="public-task", note="Invented")
    text = "\n".join(["Staff reference,Name,Staff group,Role", *rows])
    stream = io.BytesIO(text.encode())
    kept = keep_register(
        by=by, now=NOW, owner=owner, name="staff.csv", stream=stream, as_of=TODAY, whole=True
    )
    plan = plan_of(by.area, kept, now=NOW)
    assert plan is not None
    assert not plan.problems
    take_in_register(by=by, now=NOW, register=kept, shown=plan.fingerprint)


@pytest.mark.parametrize(
    "tier",
    [
        pytest.param("Coordinates with families", id="PF-03"),
        pytest.param("Gives direct input", id="PF-04"),
        pytest.param("Indirect part", id="PF-05"),
    ],
)
def test_pf_03_04_05_a_role_has_its_tier_by_default(by: Actor, tier: str) -> None:
    roles = TIERS[tier].split("; ")
    taken_in(by, [f"R{n},Person {n},,{role}" for n, role in enumerate(roles)])
    found = people(by.area, Filter(), on=TODAY).rows
    assert len(found) == len(roles)
    assert {(post.tier, post.tier_own) for each in found for post in each.posts} == {(tier, False)}


def test_pf_06_one_persons_tier_differs_with_a_reason(by: Actor) -> None:
    taken_in(by, ["M1,Juniper Sampleton,,Service or team manager", "M2,Oak Notreal,,Service or team manager"])
    post = Post.objects.get(person__reference="M1")
    set_tier(by=by, now=NOW, post=post.pk, tier="tier-1", reason="A manager who assesses")
    rows = {each.reference: each.posts[0] for each in people(by.area, Filter(), on=TODAY).rows}
    assert (rows["M1"].tier, rows["M1"].tier_own, rows["M1"].tier_reason) == (
        "Coordinates with families",
        True,
        "A manager who assesses",
    )
    assert (rows["M2"].tier, rows["M2"].tier_own) == ("Indirect part", False)
    found = person(by.area, post.person_id, on=TODAY)
    assert found is not None
    assert found.posts[0].tier_own
    assert "made the tier of a post" in happenings(by.area)[0].words


def kept_as_settings(by: Actor, names: str) -> set[str]:
    """The kinds of organisations added by these names of kinds; each must be on the list."""
    for name in names.split("; "):
        kind = find(by.area, "organisation-kinds", name, on=TODAY)
        assert kind is not None, name
        add_organisation(by=by, now=NOW, given=OrganisationGiven(f"The {name} of Anyshire", kind.code))
    return set(counted(by.area))


def test_pf_07_wider_agencies_and_all_staff_are_there(by: Actor) -> None:
    held = kept_as_settings(by, "housing; transport; finance; adult social care; children's social care")
    assert {"housing", "transport", "finance", "adult-social-care", "childrens-social-care"} == held
    everybody = "senior managers; directors; class teachers; teaching assistant; social workers; governors"
    assert all(find(by.area, "roles", role, on=TODAY) for role in everybody.split("; "))


def test_cpd_15_under_four_per_cent_of_a_census_is_low_incidence(by: Actor) -> None:
    path = example().parent / "census.csv"
    with path.open("rb") as file:
        read = read_pupils(by.area, file, path.name, on=TODAY)
    given = PupilsGiven(read.dated or TODAY, read.source, read.pupils, read.total)
    add_pupils(by=by, now=NOW, given=given)
    found = incidence(by.area, on=date(2025, 7, 18))
    six = "physical disability; severe learning difficulties; HI; VI; PMLD; MSI"
    named = {entry.code for name in six.split("; ") if (entry := find(by.area, "need-types", name, on=TODAY))}
    assert len(named) == 6
    assert set(found.low) == named
    assert all(
        each.percent is None or (each.percent < 4) is (each.low or each.catch_all) for each in found.types
    )


def test_ln_07_every_type_of_setting_in_scope_is_there(by: Actor) -> None:
    scope = (
        "nurseries; schools; colleges; special schools; childrens social care; adult social care; "
        "health trust; general practice; health commissioner; integrated care board; early help service or "
        "family hub; family hub; residential care setting; independent provider; voluntary organisation"
    )
    assert len(kept_as_settings(by, scope.replace("childrens social", "children's social"))) >= 12


def test_ln_08_support_staff_governors_board_and_elected_members_are_audiences(by: Actor) -> None:
    wider = "finance; transport; catering; libraries; governors; non-executive directors; elected members"
    groups = wider.split("; ")
    taken_in(by, [f"R{n},Person {n},{group}," for n, group in enumerate(groups)])
    for group in groups:
        audience = find(by.area, "staff-groups", group, on=TODAY)
        assert audience is not None
        assert people(by.area, Filter(staff_group=audience.code), on=TODAY).total == 1
