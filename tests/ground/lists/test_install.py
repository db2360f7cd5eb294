"""Installing the lists we ship: twice is once, and an area's edit is its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import add_entry, correct_entry, end_entry
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.lists.packaged import ShippedEntry, ShippedList, shipped_lists
from goldenthread.ground.lists.queries import entries, find
from goldenthread.ground.people.actor import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def shipped(*labels: str, **more: object) -> ShippedList:
    made = tuple(
        ShippedEntry(label.lower().replace(" ", "-"), label, (), "", False, None, None, 10 * i, "", {})
        for i, label in enumerate(labels, start=1)
    )
    return replace(
        ShippedList("topics", "Topics", "To tie things together.", "Ours", date(2026, 1, 1), (), made), **more
    )


def test_everything_we_ship_goes_in_and_can_be_found() -> None:
    by = lead(area("anyshire"))
    done = install_lists(by=by, now=NOW)
    assert done.lists == len(shipped_lists())
    assert done.added == sum(len(each.entries) for each in shipped_lists())
    for each in shipped_lists():
        assert len(entries(by.area, each.code)) == len(each.entries)


def test_twice_is_once_and_the_audit_says_it_once() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW)
    rows = Entry.objects.count(), List.objects.count()
    again = install_lists(by=by, now=NOW)
    assert (Entry.objects.count(), List.objects.count()) == rows
    assert not again.anything
    assert [each.what for each in happenings(by.area)] == ["lists.installed"]


def test_what_the_area_corrected_is_kept_and_what_it_left_is_renewed() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW, shipped=(shipped("Autism", "Trauma"),))
    autism = find(by.area, "topics", "autism", on=TODAY)
    assert autism is not None
    ours = EntryGiven(label="Autism and autistic people")
    correct_entry(by=by, now=NOW, code="topics", entry=autism.id, version=autism.version, given=ours)
    newer = shipped("Autism", "Trauma", "Travel")
    newer = replace(newer, entries=tuple(replace(e, aliases=("Also " + e.label,)) for e in newer.entries))
    done = install_lists(by=by, now=NOW, shipped=(newer,))
    assert (done.added, done.renewed, done.kept) == (1, 1, ["Topics: Autism and autistic people"])
    assert [(e.label, e.aliases) for e in entries(by.area, "topics")] == [
        ("Autism and autistic people", ()),
        ("Trauma", ("Also Trauma",)),
        ("Travel", ("Also Travel",)),
    ]


def test_what_the_area_ended_stays_ended() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW, shipped=(shipped("Autism"),))
    held = entries(by.area, "topics")[0]
    end_entry(by=by, now=NOW, code="topics", entry=held.id, version=1, last_day=date(2026, 8, 31))
    install_lists(by=by, now=NOW, shipped=(shipped("Autism"),))
    assert entries(by.area, "topics", on=TODAY) == ()


def test_what_the_area_added_under_the_same_name_is_not_doubled() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW, shipped=(shipped("Autism"),))
    add_entry(by=by, now=NOW, code="topics", given=EntryGiven(label="School anxiety", aliases=("Trauma",)))
    done = install_lists(by=by, now=NOW, shipped=(shipped("Autism", "Trauma"),))
    assert (done.added, done.kept) == (0, ["Topics: School anxiety"])


def test_an_area_has_only_its_own() -> None:
    by = lead(area("anyshire"))
    other = area("otherton")
    install_lists(by=by, now=NOW)
    assert entries(other, "topics") == ()


def test_somebody_who_may_only_see_lists_installs_none() -> None:
    by = member(area("anyshire"), "analyst")
    with pytest.raises(NotAllowed):
        install_lists(by=by, now=NOW)
    assert not List.objects.exists()
