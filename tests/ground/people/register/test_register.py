"""A staff register is read, shown as a plan, and taken in whole or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.ground.made import NOW, area, lead, member
from tests.ground.people.register.conftest import Anyshire, allow, school

from goldenthread.analysis.problem import folded
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.files.disk import home as kept_home
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.commands import record_basis
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.people.models import Person, Post, Register
from goldenthread.ground.people.register.commands import (
    discard_register,
    keep_register,
    take_in_register,
)
from goldenthread.ground.people.register.plan import Plan
from goldenthread.ground.people.register.queries import plan_of, register, registers
from goldenthread.ground.people.staff import Filter, people, person
from goldenthread.ground.refused import Conflict, Refused

TODAY = NOW.date()
HEADINGS = "Staff reference,Name,Work e-mail,Organisation,Staff group,Role,Tier,Reason for tier,From,Until"
ANA = "A1,Ana Bell,ana@oak.example,Oak School,Teaching staff,,,,01/09/2024,"
BO = "A2,Bo Carr,bo@oak.example,,SENCOs,SENCO,,,2025-01-06,"
CLEO = ",Cléo Ø’Dare,cleo@oak.example,100001,Governors,,,,,"


def keep(by: Actor, owner: int, *rows: str, whole: bool = False, headings: str = HEADINGS) -> int:
    text = "\n".join((headings, *rows)).encode()
    return keep_register(
        by=by, now=NOW, owner=owner, name="staff.csv", stream=BytesIO(text), as_of=TODAY, whole=whole
    )


def planned(by: Actor, number: int) -> Plan:
    found = plan_of(by.area, number, now=NOW)
    assert found is not None
    return found


def take_in(there: Anyshire, *rows: str, whole: bool = False) -> Plan:
    number = keep(there.by, there.oak, *rows, whole=whole)
    shown = planned(there.by, number).fingerprint
    return take_in_register(by=there.by, now=NOW, register=number, shown=shown)


def said(plan: Plan) -> list[str]:
    return [each.sentence() for each in folded(plan.problems)]


def files() -> list[Path]:
    return [each for each in kept_home().rglob("*") if each.is_file()]


def test_the_plan_says_everything_and_writes_nobody(there: Anyshire) -> None:
    plan = planned(there.by, keep(there.by, there.oak, ANA, BO, CLEO))
    assert [step.name for step in plan.join] == ["Ana Bell", "Bo Carr", "Cléo Ø’Dare"]
    assert (plan.change, plan.leave, plan.same, plan.problems) == ((), (), 0, ())
    assert Person.objects.count() == Post.objects.count() == 0


def test_people_are_taken_in_with_their_posts_in_the_areas_words(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    ana, bo = people(there.by.area, Filter(), on=TODAY).rows
    assert (ana.name, ana.reference, ana.email, ana.owner_name) == (
        "Ana Bell",
        "A1",
        "ana@oak.example",
        "Oak School",
    )
    [post] = ana.posts
    assert (post.organisation, post.staff_group) == ("Oak School", "Teachers and lecturers")
    assert (post.starts, post.ends, post.going_on) == (date(2024, 9, 1), None, True)
    assert (bo.posts[0].role, bo.posts[0].tier, bo.posts[0].tier_own) == (
        "SENCO",
        "Coordinates with families",
        False,
    )


def test_a_workbook_is_read_as_the_same_register(there: Anyshire) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Payroll number", "Forename", "Surname", "School", "Staff group", "Start date", "Salary"])
    sheet.append([17.0, "Ana", "Bell", 100001, "SENCOs", datetime(2024, 9, 1), 31000])  # noqa: DTZ001 - a day
    store = BytesIO()
    book.save(store)
    store.seek(0)
    number = keep_register(
        by=there.by, now=NOW, owner=there.oak, name="staff.xlsx", stream=store, as_of=TODAY, whole=False
    )
    plan = planned(there.by, number)
    assert [(step.name, step.values["reference"]) for step in plan.join] == [("Ana Bell", "17")]
    assert plan.join[0].begins[0].values["starts"] == date(2024, 9, 1)
    assert said(plan) == [
        "staff.xlsx, row 1, column “Salary”: the column is not one we keep; nothing of it was read."
    ]


def test_the_same_register_again_changes_nothing(there: Anyshire) -> None:
    take_in(there, ANA, BO, CLEO)
    again = take_in(there, ANA, BO, CLEO, whole=True)
    assert not again.anything
    assert again.same == 3
    assert (Person.objects.count(), Post.objects.count()) == (3, 3)


def test_several_posts_are_one_person_with_each(there: Anyshire) -> None:
    take_in(there, ANA, ANA.replace("Oak School", "Elm School"), "A1,Ana Bell,,Oak School,SENCOs,,,,,")
    assert Person.objects.count() == 1
    [ana] = people(there.by.area, Filter(), on=TODAY).rows
    assert sorted((post.organisation, post.staff_group) for post in ana.posts) == [
        ("Elm School", "Teachers and lecturers"),
        ("Oak School", "SENCOs"),
        ("Oak School", "Teachers and lecturers"),
    ]


def test_whoever_a_whole_register_no_longer_names_has_left_and_stays_known(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    plan = take_in(there, ANA, whole=True)
    assert [step.name for step in plan.leave] == ["Bo Carr"]
    assert [each.name for each in people(there.by.area, Filter(), on=TODAY + timedelta(days=1)).rows] == [
        "Ana Bell"
    ]
    left = people(there.by.area, Filter(standing="left"), on=TODAY + timedelta(days=1)).rows
    assert [(each.name, each.posts[0].ends) for each in left] == [("Bo Carr", TODAY)]


def test_a_register_that_is_not_whole_ends_nobody(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    assert take_in(there, ANA).leave == ()


def test_somebody_who_comes_back_is_the_same_person(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    take_in(there, ANA, whole=True)
    take_in(there, ANA, BO.replace("2025-01-06", "2026-11-01"))
    bo = people(there.by.area, Filter(text="Bo"), on=TODAY).rows[0]
    assert [(post.starts, post.ends) for post in bo.posts] == [
        (date(2025, 1, 6), TODAY),
        (date(2026, 11, 1), None),
    ]


def test_an_end_in_the_register_ends_the_post(there: Anyshire) -> None:
    take_in(there, ANA)
    plan = take_in(there, ANA + "31/12/2026")
    assert [step.words() for step in plan.change] == ["a post changes: until 31 December 2026"]
    assert Post.objects.get().ends == date(2026, 12, 31)


def test_a_name_or_address_that_changed_is_changed_on_the_same_person(there: Anyshire) -> None:
    take_in(there, ANA)
    plan = take_in(there, ANA.replace("Ana Bell", "Ana Carr").replace("ana@", "ana.carr@"))
    assert [step.words() for step in plan.change] == [
        "e-mail: ana@oak.example → ana.carr@oak.example; name: Ana Bell → Ana Carr"
    ]
    found = Person.objects.get()
    assert (found.name, found.email, found.version) == ("Ana Carr", "ana.carr@oak.example", 2)


def test_somebody_known_by_address_is_given_their_reference_when_it_comes(there: Anyshire) -> None:
    take_in(there, CLEO)
    take_in(there, "C9" + CLEO)
    assert Person.objects.get().reference == "C9"


@pytest.mark.parametrize(
    ("rows", "kept", "problem"),
    [
        (
            (ANA, ANA),
            1,
            "row 3, column “Staff reference”: “A1”: the same person in the same post stands in row 2",
        ),
        (
            (ANA, ANA.replace("A1", "A7")),
            1,
            "column “Work e-mail”: “ana@oak.example”: is also that of row 2, under another staff reference",
        ),
        (
            (ANA, BO.replace("A2", "a1").replace("bo@", "b@")),
            1,
            "column “Name”: “Bo Carr”: is not the name that row 2 gives the same person",
        ),
        (
            (ANA, ",Ana Bell,ab@oak.example,,Governors,,,,,"),
            2,
            "is also the name in row 2; known by another key, so kept as two.",
        ),
        (
            (ANA, "A1,Ana Bell,other@oak.example,,Governors,,,,,"),
            1,
            "is another e-mail address than row 2 gives the same person; that one was kept.",
        ),
    ],
)
def test_the_same_person_twice_is_one_problem_and_never_a_merge_by_name(
    there: Anyshire, rows: tuple[str, ...], kept: int, problem: str
) -> None:
    plan = take_in(there, *rows)
    assert len(plan.join) == Person.objects.count() == kept
    assert len(plan.problems) == 1
    assert problem in said(plan)[0]


def test_two_people_of_one_name_are_two_people(there: Anyshire) -> None:
    plan = take_in(there, ANA, ANA.replace("A1", "A7").replace("ana@", "ana.bell@"))
    assert Person.objects.count() == 2
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Ana Bell,,,SENCOs,,,,,", "there is neither a staff reference nor an e-mail address"),
        ("A1,,,,SENCOs,,,,,", "there is no name"),
        (
            "A1,Ana Bell,ana at oak,,SENCOs,,,,,",
            "column “Work e-mail”: “ana at oak”: is not an e-mail address",
        ),
        ("A1,Ana Bell,,Ash School,SENCOs,,,,,", "“Ash School”: is not the name or URN of an organisation"),
        ("A1,Ana Bell,,,Wizards,,,,,", "“Wizards”: is not on this area's list of staff groups"),
        ("A1,Ana Bell,,,,Wizard,,,,", "“Wizard”: is not on this area's list of roles"),
        ("A1,Ana Bell,,,,,,,,", "there is neither a staff group nor a role"),
        ("A1,Ana Bell,,,SENCOs,,9,,,", "“9”: is not on this area's list of tiers"),
        ("A1,Ana Bell,,,SENCOs,,,,31/02/2026,", "“31/02/2026”: is not a day such as 01/09/2026"),
        ("A1,Ana Bell,,,SENCOs,,,,soon,", "“soon”: is not a day such as 01/09/2026"),
        ("A1,Ana Bell,,,SENCOs,,,,02/09/2026,01/09/2026", "the post ends before it starts"),
        (f"{'x' * 61},Ana Bell,,,SENCOs,,,,,", "has more than 60 characters"),
        (f"A1,{'x' * 161},,,SENCOs,,,,,", "has more than 160 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_goes_on(
    there: Anyshire, row: str, problem: str
) -> None:
    plan = take_in(there, row, BO)
    assert [step.name for step in plan.join] == ["Bo Carr"]
    [line] = said(plan)
    assert line.startswith("staff.csv, row 2")
    assert problem in line
    assert line.endswith("; the row was left out.")


def test_a_role_that_is_not_known_matters_only_without_a_staff_group(there: Anyshire) -> None:
    plan = take_in(there, "A1,Ana Bell,,,SENCOs,Wizard,,,,")
    assert len(plan.join) == 1
    assert said(plan)[0].endswith("only the staff group was kept.")


def test_nobody_in_a_row_that_could_not_be_read_is_said_to_have_left(there: Anyshire) -> None:
    take_in(there, ANA, BO, CLEO)
    plan = take_in(
        there,
        ANA.replace("Teaching staff", "Wizards"),
        ",Bo Carr,,,SENCOs,,,,,",
        CLEO,
        CLEO.replace("Governors", "Wizards"),
        whole=True,
    )
    assert plan.leave == plan.change == ()
    assert len(plan.problems) == 3


def test_a_post_in_a_row_that_could_not_be_read_does_not_end(there: Anyshire) -> None:
    second = ANA.replace("Oak School", "Elm School")
    take_in(there, ANA, second)
    assert take_in(there, ANA, second.replace("Teaching staff", "Wizards"), whole=True).change == ()
    assert [step.words() for step in take_in(there, ANA, whole=True).change] == ["a post ends"]


def test_keys_of_two_people_here_join_nobody(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    plan = take_in(there, ANA.replace("ana@", "bo@"), "A9,Bo Carr,bo@oak.example,,SENCOs,,,,,")
    assert not plan.anything
    assert (
        "the staff reference is that of one person here and the e-mail address that of another"
        in said(plan)[0]
    )


def test_an_address_here_under_another_reference_joins_nobody(there: Anyshire) -> None:
    take_in(there, ANA)
    plan = take_in(there, ANA.replace("A1", "A9"))
    assert not plan.anything
    assert "is here already under another staff reference" in said(plan)[0]


def test_one_of_ours_named_twice_by_two_keys_is_changed_once(there: Anyshire) -> None:
    take_in(there, ANA)
    plan = take_in(there, ANA.replace("ana@", "new@"), ",Ana Bell,ana@oak.example,,SENCOs,,,,,")
    assert [step.words() for step in plan.change] == ["e-mail: ana@oak.example → new@oak.example"]
    assert "names the same person of ours before" in said(plan)[-1]


def test_a_tier_of_its_own_has_a_reason_and_one_given_here_is_not_undone(there: Anyshire) -> None:
    take_in(
        there,
        ANA.replace("Teaching staff,,,", "Teaching staff,,Tier 1,Assesses"),
        BO.replace("SENCO,", "SENCO,1"),
    )
    ana, bo = people(there.by.area, Filter(), on=TODAY).rows
    assert (ana.posts[0].tier, ana.posts[0].tier_own, ana.posts[0].tier_reason) == (
        "Coordinates with families",
        True,
        "Assesses",
    )
    assert not bo.posts[0].tier_own
    take_in(there, ANA)
    assert people(there.by.area, Filter(), on=TODAY).rows[0].posts[0].tier_reason == "Assesses"


def test_without_a_lawful_basis_nobody_is_stored_and_the_file_is_not_kept(there: Anyshire) -> None:
    with pytest.raises(
        Refused, match="Record the lawful basis for holding staff of “Elm School” first"
    ) as refused:
        keep(there.by, there.elm, ANA)
    assert refused.value.field == "owner"
    assert (Register.objects.count(), files()) == (0, [])


def test_a_basis_taken_back_stops_a_register_that_waits(there: Anyshire) -> None:
    number = keep(there.by, there.oak, ANA)
    shown = planned(there.by, number).fingerprint
    record_basis(by=there.by, now=NOW, organisation=there.oak, version=2, basis="")
    with pytest.raises(Refused, match="Record the lawful basis"):
        take_in_register(by=there.by, now=NOW, register=number, shown=shown)
    assert Person.objects.count() == 0


def test_a_plan_that_is_no_longer_what_was_shown_is_shown_again(there: Anyshire) -> None:
    number = keep(there.by, there.oak, ANA, BO)
    shown = planned(there.by, number).fingerprint
    take_in(there, BO)
    with pytest.raises(Conflict, match="Something changed"):
        take_in_register(by=there.by, now=NOW, register=number, shown=shown)
    assert [each.name for each in Person.objects.all()] == ["Bo Carr"]


@pytest.mark.django_db(transaction=True)
def test_a_register_is_taken_in_once_and_its_file_is_gone(there: Anyshire) -> None:
    number = keep(there.by, there.oak, ANA)
    assert len(files()) == 1
    shown = planned(there.by, number).fingerprint
    take_in_register(by=there.by, now=NOW, register=number, shown=shown)
    assert files() == []
    with pytest.raises(Refused, match="was taken in already"):
        take_in_register(by=there.by, now=NOW, register=number, shown=shown)
    found = register(there.by.area, number)
    assert found is not None
    assert (found.state, dict(found.done)) == ("taken in", {"joined": 1, "changed": 0, "left": 0})


@pytest.mark.django_db(transaction=True)
def test_a_discarded_register_holds_nothing(there: Anyshire) -> None:
    number = keep(there.by, there.oak, ANA)
    discard_register(by=there.by, now=NOW, register=number)
    assert files() == []
    assert planned_or_none(there.by, number) is None
    assert [each.state for each in registers(there.by.area)] == ["discarded"]


def planned_or_none(by: Actor, number: int) -> Plan | None:
    return plan_of(by.area, number, now=NOW)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "staff.csv is empty."),
        (b"Staff reference,Name,Role\n", "has headings but nobody under them."),
        (b"Name,Role\nAna,Head\n", "neither a column “Staff reference” nor a column “Work e-mail”"),
        (b"Email,Role\na@b.example,Head\n", "no column “Name”, nor “First name” and “Last name”"),
        (b"Email,Name\na@b.example,Ana\n", "neither a column “Staff group” nor a column “Role”"),
        (
            b"Email,Name,Role,Job title\na@b.example,Ana,Head,Head\n",
            "“Role” and “Job title” are both read as Role",
        ),
        (b"%PDF-1.7", "is a PDF: save the register as .xlsx or CSV."),
        (b"PK\x03\x04nonsense", "is damaged"),
        (b"Name,\x00", "holds NUL bytes"),
    ],
)
def test_a_file_that_is_no_register_is_refused_and_not_kept(there: Anyshire, text: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        keep_register(
            by=there.by,
            now=NOW,
            owner=there.oak,
            name="staff.csv",
            stream=BytesIO(text),
            as_of=TODAY,
            whole=False,
        )
    assert words in str(refused.value)
    assert (Register.objects.count(), files()) == (0, [])


def test_another_areas_register_organisation_and_people_are_not_there(there: Anyshire) -> None:
    take_in(there, ANA)
    number = keep(there.by, there.oak, BO)
    other = lead(area("otherton"))
    assert register(other.area, number) is None
    assert planned_or_none(other, number) is None
    with pytest.raises(Refused, match="no such register"):
        take_in_register(by=other, now=NOW, register=number, shown="")
    with pytest.raises(Refused, match="no such organisation"):
        keep(other, there.oak, ANA)
    assert person(other.area, Person.objects.get().pk, on=TODAY) is None
    assert people(other.area, Filter(), on=TODAY).total == 0


def test_an_organisation_of_the_same_name_elsewhere_is_no_match(there: Anyshire) -> None:
    other = lead(area("otherton"))
    install_lists(by=other, now=NOW)
    school(other, "Ash School", "200001")
    assert "is not the name or URN" in said(take_in(there, "A1,Ana Bell,,Ash School,SENCOs,,,,,"))[0]


def test_only_those_who_may_bring_people_in(there: Anyshire) -> None:
    analyst = member(there.by.area, "analyst")
    with pytest.raises(NotAllowed):
        keep(analyst, there.oak, ANA)


def test_the_trail_says_what_was_done_and_names_nobody(there: Anyshire) -> None:
    take_in(there, ANA, BO)
    words = [each.words for each in happenings(there.by.area)]
    assert words[:2] == [
        "took in “staff.csv”, a staff register: 2 people joined, 0 changed, 0 left",
        "uploaded “staff.csv”, a staff register with 2 rows, to look at first",
    ]
    assert not any("Ana" in each or "ana@" in each for each in words)


def test_a_large_register_is_taken_in_whole(there: Anyshire) -> None:
    rows = [f"S{each},Person {each},p{each}@oak.example,,SENCOs,,,,," for each in range(1500)]
    assert len(take_in(there, *rows).join) == 1500
    assert len(take_in(there, *rows[:10], whole=True).leave) == 1490
    assert people(there.by.area, Filter(), on=TODAY + timedelta(days=1)).total == 10


def test_two_organisations_registers_do_not_touch(there: Anyshire) -> None:
    allow(there.by, there.elm)
    take_in(there, ANA)
    number = keep(there.by, there.elm, ANA.replace("Oak School", ""), whole=True)
    plan = take_in_register(
        by=there.by, now=NOW, register=number, shown=planned(there.by, number).fingerprint
    )
    assert (len(plan.join), len(plan.leave)) == (1, 0)
    assert Person.objects.count() == 2
