"""Organisations one at a time: typed, changed, and the lawful basis for holding their staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.commands import (
    OrganisationGiven,
    add_organisation,
    change_organisation,
    record_basis,
)
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.organisations.queries import (
    Filter,
    authorities,
    counted,
    lawful_basis,
    organisation,
    organisations,
)
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused

pytestmark = pytest.mark.django_db
HOUSING = OrganisationGiven("Housing advice", "housing", town="Anyford")


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def add(by: Actor, given: OrganisationGiven = HOUSING) -> int:
    return add_organisation(by=by, now=NOW, given=given)


def test_any_kind_of_organisation_is_held(by: Actor) -> None:
    number = add(by)
    found = organisation(by.area, number)
    assert found is not None
    assert (found.name, found.kind, found.urn, found.basis) == ("Housing advice", "housing", "", None)
    assert happenings(by.area)[0].words == "added the organisation “Housing advice”"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (replace(HOUSING, name=" "), "Name: say what it is called."),
        (
            replace(HOUSING, name="housing  ADVICE"),
            "Name: there is already an organisation called “housing ADVICE”.",
        ),
        (replace(HOUSING, name="x" * 201), "Name: at most 200 characters, not 201."),
        (replace(HOUSING, name="B", kind="castle"), "Kind: choose one from the list."),
        (replace(HOUSING, name="B", kind="education-kinds"), "Kind: choose one from the list."),
        (replace(HOUSING, name="B", urn="12"), "URN: “12” is not a number of five to eight digits."),
        (replace(HOUSING, name="B", la="30"), "Local authority: “30” is not a code of three digits."),
        (
            replace(HOUSING, name="B", status="lost"),
            "Status: choose one of open, closed or proposed to open.",
        ),
        (
            replace(HOUSING, name="B", opened=date(2020, 1, 2), closed=date(2020, 1, 1)),
            "Closed: the day is before the day it opened.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_in_one_sentence(
    by: Actor, given: OrganisationGiven, sentence: str
) -> None:
    add(by)
    with pytest.raises(Refused) as told:
        add(by, given)
    assert str(told.value) == sentence
    assert Organisation.objects.count() == 1


def test_one_urn_is_one_organisation(by: Actor) -> None:
    add(by, OrganisationGiven("Oakfield School", "special-school", urn="900005"))
    with pytest.raises(Refused, match="URN: “Oakfield School” has it already"):
        add(by, OrganisationGiven("Another", "special-school", urn="900005"))
    add(by, OrganisationGiven("Oakfield School", "special-school", urn="900015"))


def test_whoever_comes_second_is_told_and_overwrites_nothing(by: Actor) -> None:
    number = add(by)
    change_organisation(
        by=by, now=NOW, organisation=number, version=1, given=replace(HOUSING, town="Anyport")
    )
    assert happenings(by.area)[0].words == "changed town of “Housing advice”"
    with pytest.raises(Conflict, match="Somebody changed “Housing advice” after you opened it"):
        change_organisation(by=by, now=NOW, organisation=number, version=1, given=replace(HOUSING, name="X"))
    with pytest.raises(Conflict):
        record_basis(by=by, now=NOW, organisation=number, version=1, basis="public-task")
    found = organisation(by.area, number)
    assert found is not None
    assert (found.name, found.town, found.basis) == ("Housing advice", "Anyport", None)


def test_the_lawful_basis_is_recorded_with_who_and_when_and_taken_back(by: Actor) -> None:
    number = add(by)
    assert lawful_basis(by.area, number) is None
    record_basis(by=by, now=NOW, organisation=number, version=1, basis="public-task", note="Agreement of May")
    held = lawful_basis(by.area, number)
    assert held is not None
    assert (held.code, held.note, held.by, held.at) == ("public-task", "Agreement of May", "Lead", NOW)
    record_basis(by=by, now=NOW, organisation=number, version=2, basis="")
    assert lawful_basis(by.area, number) is None
    assert [each.words for each in happenings(by.area)[:2]] == [
        "recorded that there is no lawful basis for holding staff of “Housing advice”",
        "recorded “Public task” as the lawful basis for holding staff of “Housing advice”",
    ]
    with pytest.raises(Refused, match="Lawful basis: choose one from the list"):
        record_basis(by=by, now=NOW, organisation=number, version=3, basis="because")


def test_organisations_are_filtered_and_paged(by: Actor) -> None:
    rows = [
        Organisation(
            area_id=by.area,
            name=f"School {n:04}",
            kind="school",
            urn=str(800_000 + n),
            la="998",
            town="Anyport",
        )
        for n in range(2_500)
    ]
    Organisation.objects.bulk_create(rows)
    number = add(by)
    record_basis(by=by, now=NOW, organisation=number, version=1, basis="public-task")
    first = organisations(by.area)
    assert (first.total, first.pages, len(first.rows), first.rows[0].name) == (
        2_501,
        51,
        50,
        "Housing advice",
    )
    assert organisations(by.area, page=999).number == 51
    assert organisations(by.area, Filter(kind="school"), page=2).rows[0].name == "School 0050"
    assert [o.name for o in organisations(by.area, Filter(text="802499")).rows] == ["School 2499"]
    assert [o.name for o in organisations(by.area, Filter(text="anyport 0007")).rows] == ["School 0007"]
    assert [o.name for o in organisations(by.area, Filter(basis="yes")).rows] == ["Housing advice"]
    assert organisations(by.area, Filter(status="closed")).total == 0
    assert counted(by.area) == {"school": 2_500, "housing": 1}
    assert authorities(by.area) == ("998",)


def test_another_area_and_a_lesser_role_get_nothing(by: Actor) -> None:
    number = add(by)
    stranger = lead(area("otherton"))
    assert organisation(stranger.area, number) is None
    assert lawful_basis(stranger.area, number) is None
    assert organisations(stranger.area).total == 0
    with pytest.raises(Refused, match="no such organisation"):
        record_basis(by=stranger, now=NOW, organisation=number, version=1, basis="public-task")
    with pytest.raises(NotAllowed):
        add(member(by.area, "analyst"), replace(HOUSING, name="B"))
