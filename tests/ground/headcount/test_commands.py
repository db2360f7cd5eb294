"""Counts are typed, changed, taken out, or taken in from a file that was shown first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.analysis.problem import folded
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.headcount.commands import add_count, bring_in_counts, change_count, remove_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.headcount.models import Count
from goldenthread.ground.headcount.plan import CountPlan, plan_counts
from goldenthread.ground.headcount.queries import counts
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
MAY = date(2026, 5, 1)
HEALTH = CountGiven(290, MAY, "Trust’s own estimate", work="health", number_high=310)

CSV = """area of work,kind of organisation,number,upper end,date,source,all invited
Health,,290,310,01/05/2026,Trusts,yes
Schools and colleges,Mainstream school,"1,010",,2026-05-01,Census of schools,no
EVERYBODY,,2400,,01-05-2026,Payroll,
"""


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def take_in(by: Actor, text: str) -> CountPlan:
    shown = plan_counts(by.area, text, "staff.csv", on=TODAY).fingerprint
    return bring_in_counts(by=by, now=NOW, text=text, name="staff.csv", shown=shown)


def test_a_count_is_added_changed_and_taken_out_and_the_audit_says_so(by: Actor) -> None:
    made = add_count(by=by, now=NOW, given=HEALTH)
    change_count(by=by, now=NOW, count=made, version=1, given=replace(HEALTH, number=300, number_high=300))
    (held,) = counts(by.area)
    assert (held.number, held.number_high, held.version) == (300, None, 2)
    remove_count(by=by, now=NOW, count=made, version=2)
    assert counts(by.area) == ()
    assert [each.words for each in happenings(by.area)[:3]] == [
        "took out the count of 300 in “Health services” on 1 May 2026",
        "changed the count of “Health services” on 1 May 2026 from 290 to 310 to 300",
        "counted 290 to 310 in “Health services” on 1 May 2026",
    ]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (replace(HEALTH, work="moon"), "work", "Area of work: choose one from the list."),
        (replace(HEALTH, kind="moon"), "kind", "Kind of organisation: choose one from the list."),
        (replace(HEALTH, number=-1), "number", "Number: between 0 and 10,000,000."),
        (replace(HEALTH, number_high=289), "number_high", "Upper end: not below the number."),
        (replace(HEALTH, dated=date(2027, 1, 1)), "dated", "Date: 1 January 2027 has not come yet."),
        (
            replace(HEALTH, source="  "),
            "source",
            "Source: say where the number is from, in at most 300 characters.",
        ),
        (
            replace(HEALTH, number=5, number_high=None),
            "dated",
            "Date: these people are counted on that day already; change that count.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_in_one_sentence(
    by: Actor, given: CountGiven, field: str, sentence: str
) -> None:
    add_count(by=by, now=NOW, given=HEALTH)
    with pytest.raises(Refused) as told:
        add_count(by=by, now=NOW, given=given)
    assert (str(told.value), told.value.field) == (sentence, field)
    assert Count.objects.count() == 1


def test_whoever_comes_second_is_told_and_overwrites_nothing(by: Actor) -> None:
    made = add_count(by=by, now=NOW, given=HEALTH)
    change_count(by=by, now=NOW, count=made, version=1, given=replace(HEALTH, number=295))
    for late in (change_count, remove_count):
        more = {"given": HEALTH} if late is change_count else {}
        with pytest.raises(Conflict, match="Somebody changed this count after you opened it"):
            late(by=by, now=NOW, count=made, version=1, **more)  # type: ignore[operator]
    assert counts(by.area)[0].number == 295


def test_a_file_is_planned_then_taken_in_and_twice_is_once(by: Actor) -> None:
    plan = plan_counts(by.area, CSV, "staff.csv", on=TODAY)
    assert [(step.label, step.after) for step in plan.add] == [
        ("Health services, 1 May 2026", "290 to 310, all invited, Trusts"),
        (
            "Schools, colleges and learning, Mainstream school, 1 May 2026",
            "1,010, not all invited, Census of schools",
        ),
        ("Everybody, 1 May 2026", "2,400, all invited, Payroll"),
    ]
    assert not Count.objects.exists()
    take_in(by, CSV)
    again = take_in(by, CSV)
    assert (Count.objects.count(), again.same, again.anything) == (3, 3, False)
    changed = take_in(by, CSV.replace("2400,,01-05-2026,Payroll", '2410,,01-05-2026,"Payroll, corrected"'))
    assert [(step.before, step.after) for step in changed.change] == [
        ("2,400, all invited, Payroll", "2,410, all invited, Payroll, corrected")
    ]
    assert happenings(by.area)[0].words == "took in “staff.csv”: 0 counts added, 1 changed"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Helth,,5,,01/05/2026,HR,yes", "“area of work”: “Helth”: is not on the list"),
        (",Castle,5,,01/05/2026,HR,yes", "“kind of organisation”: “Castle”: is not on the list"),
        (",,many,,01/05/2026,HR,yes", "“number”: “many”: is not a whole number of people"),
        (",,,,01/05/2026,HR,yes", "“number”: there is no number"),
        (",,5,4,01/05/2026,HR,yes", "“upper end”: “4”: is below the number"),
        (",,5,,5 May,HR,yes", "“date”: “5 May”: is not a date such as 01/05/2026"),
        (",,5,,01/05/2036,HR,yes", "“date”: “01/05/2036”: has not come yet"),
        (",,5,,01/05/2026,,yes", "“source”: there is no source"),
        (",,5,,01/05/2026,HR,perhaps", "“all invited”: “perhaps”: is neither yes nor no"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(by: Actor, row: str, sentence: str) -> None:
    plan = take_in(by, f"{CSV}{row}\n")
    (told,) = plan.problems
    (line,) = folded([told])
    assert line.sentence().startswith(f"staff.csv, row 5, column {sentence}")
    assert line.sentence().endswith("; the row is left out")
    assert Count.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "staff.csv is empty."),
        ("number,date\n1,2\n", "staff.csv has no column “source”."),
        ("number,date,source\n", "staff.csv has headings and no rows."),
        (
            "number,date,source,colour\n1,01/05/2026,HR,red\n",
            "staff.csv, row 1: unknown column “colour”.",
        ),
        (
            CSV + ",,9,,01/05/2026,HR,yes\n",
            "staff.csv, rows 4 and 5: both count the same people on one day.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(by: Actor, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as told:
        take_in(by, text)
    assert str(told.value) == sentence
    assert not Count.objects.exists()


def test_a_plan_that_is_no_longer_what_was_shown_is_not_done(by: Actor) -> None:
    shown = plan_counts(by.area, CSV, "staff.csv", on=TODAY).fingerprint
    add_count(by=by, now=NOW, given=HEALTH)
    with pytest.raises(Conflict, match="Something changed"):
        bring_in_counts(by=by, now=NOW, text=CSV, name="staff.csv", shown=shown)
    assert Count.objects.count() == 1


def test_only_those_who_may_change_the_headcount_do_and_only_their_own(by: Actor) -> None:
    made = add_count(by=by, now=NOW, given=HEALTH)
    with pytest.raises(NotAllowed):
        add_count(by=member(by.area, "analyst"), now=NOW, given=replace(HEALTH, work=""))
    stranger = lead(area("otherton"))
    assert counts(stranger.area) == ()
    with pytest.raises(Refused, match="no such count"):
        remove_count(by=stranger, now=NOW, count=made, version=1)
