"""Lists as they stood on a day: order, names and rules."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ground.made import NOW, area, lead

from goldenthread.analysis.definition.study import Thresholds
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import correct_entry, renew_entry
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import (
    all_lists,
    choices,
    choosable,
    entries,
    find,
    labelled,
    labels,
    several,
)
from goldenthread.ground.lists.rules import rule, thresholds
from goldenthread.ground.people.actor import Actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def test_a_type_of_need_is_there_from_the_day_it_was_first_asked_for(by: Actor) -> None:
    assert find(by.area, "need-types", "Down’s syndrome", on=date(2024, 12, 31)) is None
    assert find(by.area, "need-types", "down's SYNDROME", on=date(2025, 1, 16)) is not None
    assert find(by.area, "need-types", "BESD", on=date(2014, 8, 31)) is not None
    assert find(by.area, "need-types", "BESD", on=date(2014, 9, 1)) is None


def test_entries_follow_their_headings(by: Actor) -> None:
    found = entries(by.area, "school-types", on=TODAY)
    under = ""
    for each in found:
        under = each.code if each.heading else under
        assert each.heading or each.parent == under
    assert len(found) == 17
    assert len(choices(by.area, "school-types", on=TODAY)) == 13


@pytest.mark.parametrize("name", ["Post 16", "post-16", "POST–16", "Post16", " post  16 SEND provision "])
def test_a_name_is_found_however_it_is_typed(by: Actor, name: str) -> None:
    found = find(by.area, "stages", name, on=TODAY)
    assert found is not None
    assert found.code == "post-16"


def test_five_and_five_plus_stay_two_names(by: Actor) -> None:
    assert find(by.area, "stages", "Post 16+", on=TODAY) is None


def test_lists_are_counted_as_they_stand_on_the_day(by: Actor) -> None:
    then = {each.code: each.count for each in all_lists(by.area, on=date(2014, 8, 31))}
    now = {each.code: each.count for each in all_lists(by.area, on=TODAY)}
    assert then["need-types"] == 12
    assert now["need-types"] == 14


def test_labels_of_codes_that_ended_are_still_known(by: Actor) -> None:
    known = labels(by.area, "need-types", on=TODAY)
    assert known["behaviour"] == "Behaviour, emotional and social difficulties"


def test_a_rule_changed_from_a_day_keeps_what_it_was(by: Actor) -> None:
    held = find(by.area, "rules", "low-incidence", on=TODAY)
    assert held is not None
    given = EntryGiven(held.label, valid_from=date(2026, 1, 1), data={"number": "3.5", "unit": "% of pupils"})
    renew_entry(by=by, now=NOW, code="rules", entry=held.id, version=1, given=given)
    before, after = (rule(by.area, "low-incidence", on=on) for on in (date(2025, 12, 31), date(2026, 1, 1)))
    assert before is not None
    assert after is not None
    assert (before.number, after.number) == (4.0, 3.5)
    assert "UCL" in before.source


def test_a_report_sorts_by_the_rules_of_the_area(by: Actor) -> None:
    assert thresholds(by.area, on=TODAY) == Thresholds()
    held = find(by.area, "rules", "celebrate", on=TODAY)
    assert held is not None
    given = EntryGiven(held.label, data={"number": "85", "unit": "% agree"})
    correct_entry(by=by, now=NOW, code="rules", entry=held.id, version=1, given=given)
    assert thresholds(by.area, on=TODAY) == Thresholds(celebrate=85)
    assert thresholds(area("otherton"), on=TODAY) == Thresholds()


def test_several_lists_are_read_at_once_as_each_is_read_alone(by: Actor) -> None:
    codes = ("need-types", "school-types", "tiers")
    together = several(by.area, codes)
    for day in (TODAY, date(1999, 1, 1)):
        assert {code: labelled(each, on=day) for code, each in together.items()} == {
            code: labels(by.area, code, on=day) for code in codes
        }
        assert {code: choosable(each, on=day) for code, each in together.items()} == {
            code: choices(by.area, code, on=day) for code in codes
        }
