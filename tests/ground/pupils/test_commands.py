"""Keeping numbers of pupils: what is refused, who may, two people at once, and what the audit says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.pupils.commands import add_pupils, change_pupils, remove_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.models import PupilCount
from goldenthread.ground.pupils.queries import every_count
from goldenthread.ground.refused import Conflict, Refused

pytestmark = pytest.mark.django_db
GIVEN = PupilsGiven(date(2025, 1, 16), "School census", {"autism": 900, "hearing": 30}, 1000)


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"dated": date(2027, 1, 1)}, "dated", "Date: 1 January 2027 has not come yet."),
        ({"source": "  "}, "source", "Source: say where the numbers are from"),
        ({"source": "x" * 301}, "source", "at most 300 characters"),
        ({"pupils": {}}, "", "one type of need at least"),
        ({"pupils": {"autism": -1}}, "autism", "Autism: between 0 and 10,000,000."),
        ({"pupils": {"autism": 10_000_001}}, "autism", "Autism: between 0 and 10,000,000."),
        ({"pupils": {"cognition": 5}}, "cognition", "“cognition” is not on the list"),
        ({"pupils": {"made-up": 5}}, "made-up", "“made-up” is not on the list"),
        ({"total": 929}, "total", "929 is fewer than the types add up to, 930"),
        ({"total": 10_000_001}, "total", "All pupils with SEN: between 0 and 10,000,000."),
        (
            {"pupils": {"down-syndrome": 5}, "dated": date(2024, 1, 18)},
            "down-syndrome",
            "Down syndrome: recorded only since 16 January 2025, and these numbers are of 18 January 2024",
        ),
        ({"pupils": {"behaviour": 5}}, "behaviour", "no longer recorded on 16 January 2025"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    by: Actor, given: dict[str, object], field: str, told: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_pupils(by=by, now=NOW, given=replace(GIVEN, **given))  # type: ignore[arg-type]
    assert told in str(refused.value)
    assert refused.value.field == field
    assert not PupilCount.objects.exists()


def test_a_day_is_counted_once_and_then_changed(by: Actor) -> None:
    number = add_pupils(by=by, now=NOW, given=GIVEN)
    with pytest.raises(Refused, match="counted on 16 January 2025 already"):
        add_pupils(by=by, now=NOW, given=GIVEN)
    change_pupils(by=by, now=NOW, count=number, version=1, given=replace(GIVEN, pupils={"autism": 901}))
    (held,) = every_count(by.area)
    assert (held.pupils, held.version) == ({"autism": 901}, 2)
    other = add_pupils(by=by, now=NOW, given=replace(GIVEN, dated=date(2024, 1, 18)))
    with pytest.raises(Refused, match="already"):
        change_pupils(by=by, now=NOW, count=other, version=1, given=GIVEN)


def test_whoever_saves_second_is_told(by: Actor) -> None:
    number = add_pupils(by=by, now=NOW, given=GIVEN)
    change_pupils(by=by, now=NOW, count=number, version=1, given=GIVEN)
    for command, more in ((change_pupils, {"given": GIVEN}), (remove_pupils, {})):
        with pytest.raises(Conflict):
            command(by=by, now=NOW, count=number, version=1, **more)  # type: ignore[operator]
    remove_pupils(by=by, now=NOW, count=number, version=2)
    assert not PupilCount.objects.exists()


def test_another_area_cannot_touch_them_nor_may_who_only_reads(by: Actor) -> None:
    number = add_pupils(by=by, now=NOW, given=GIVEN)
    other = lead(area("otherton"))
    assert every_count(other.area) == ()
    with pytest.raises(Refused, match="no such numbers"):
        remove_pupils(by=other, now=NOW, count=number, version=1)
    with pytest.raises(NotAllowed):
        add_pupils(by=member(by.area, "analyst"), now=NOW, given=GIVEN)


def test_the_audit_says_what_was_done_in_words(by: Actor) -> None:
    number = add_pupils(by=by, now=NOW, given=GIVEN)
    change_pupils(by=by, now=NOW, count=number, version=1, given=GIVEN)
    remove_pupils(by=by, now=NOW, count=number, version=2)
    said = [each.words for each in happenings(by.area)][:3]
    assert said == [
        f"{verb} the numbers of pupils with SEN on 16 January 2025"
        for verb in ("took out", "changed", "kept")
    ]
