"""Numbers of pupils by type of need: what they are a share of, and which types are of low incidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead

from goldenthread.analysis.definition.needs import usual_needs
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import add_entry, end_entry, renew_entry
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import find
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.pupils.commands import add_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.queries import IncidenceTable, census, counted, incidence, need_types

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = date(2025, 1, 16)
CENSUS = {
    "specific": 1510, "moderate": 2480, "severe": 330, "profound": 110, "down-syndrome": 60, "language": 2690,
    "autism": 1420, "semh": 2030, "hearing": 210, "visual": 120, "multi-sensory": 30, "physical": 330,
    "other": 400, "not-assessed": 90,
}  # fmt: skip
SIX = {"severe", "profound", "hearing", "visual", "multi-sensory", "physical"}
GIVEN = PupilsGiven(DAY, "School census", CENSUS)


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def lows(found: IncidenceTable) -> dict[str, bool | None]:
    return {each.code: each.low for each in found.types}


def test_the_six_needs_of_low_incidence_and_a_seventh_once_it_is_recorded(by: Actor) -> None:
    then = {code: number for code, number in CENSUS.items() if code != "down-syndrome"}
    add_pupils(by=by, now=NOW, given=PupilsGiven(date(2018, 1, 18), "School census", then))
    assert set(incidence(by.area, on=TODAY).low) == SIX
    add_pupils(by=by, now=NOW, given=GIVEN)
    assert set(incidence(by.area, on=date(2025, 1, 15)).low) == SIX
    found = incidence(by.area, on=TODAY)
    assert found.census is not None
    assert found.census.total == sum(CENSUS.values())
    assert set(found.low) == SIX | {"down-syndrome"}
    assert found.rule is not None
    assert (found.rule.number, "UCL" in found.rule.source) == (4, True)


def test_what_stands_for_no_one_type_is_never_low(by: Actor) -> None:
    add_pupils(by=by, now=NOW, given=GIVEN)
    found = lows(incidence(by.area, on=TODAY))
    assert (found["other"], found["not-assessed"], found["moderate"]) == (None, None, False)


def test_exactly_four_per_cent_is_not_below_four(by: Actor) -> None:
    pupils = dict.fromkeys(CENSUS, 0) | {"moderate": 96, "hearing": 4}
    add_pupils(by=by, now=NOW, given=replace(GIVEN, pupils=pupils))
    found = lows(incidence(by.area, on=TODAY))
    assert (found["hearing"], found["visual"]) == (False, True)


def test_the_areas_own_line_is_the_one_that_decides(by: Actor) -> None:
    add_pupils(by=by, now=NOW, given=GIVEN)
    line = find(by.area, "rules", "low-incidence", on=TODAY)
    assert line is not None
    given = EntryGiven(line.label, valid_from=date(2026, 1, 1), data={"number": "1", "unit": "% of pupils"})
    renew_entry(by=by, now=NOW, code="rules", entry=line.id, version=1, given=given)
    assert set(incidence(by.area, on=TODAY).low) == {"profound", "down-syndrome", "multi-sensory"}
    assert set(incidence(by.area, on=date(2025, 12, 31)).low) == SIX | {"down-syndrome"}


def test_one_type_not_counted_leaves_every_share_unknown_and_says_why(by: Actor) -> None:
    pupils = {code: number for code, number in CENSUS.items() if code != "hearing"}
    add_pupils(by=by, now=NOW, given=replace(GIVEN, pupils=pupils))
    found = incidence(by.area, on=TODAY)
    assert found.census is None
    assert {each.low for each in found.types} == {None}
    assert "“Deaf or hearing loss” is not counted" in found.because
    assert census(by.area, on=TODAY) is None


def test_with_the_number_of_all_pupils_the_types_counted_have_their_shares(by: Actor) -> None:
    add_pupils(by=by, now=NOW, given=PupilsGiven(DAY, "School census", {"hearing": 30, "autism": 400}, 1000))
    found = {each.code: (each.percent, each.low) for each in incidence(by.area, on=TODAY).types}
    assert (found["hearing"], found["autism"], found["visual"]) == ((3.0, True), (40.0, False), (None, None))


def test_before_the_first_count_the_first_is_used_and_after_it_the_newest_by_then(by: Actor) -> None:
    assert counted(by.area, on=TODAY) is None
    assert incidence(by.area, on=TODAY).because == "Nobody has been counted."
    for day in (DAY, date(2026, 1, 15)):
        add_pupils(by=by, now=NOW, given=replace(GIVEN, dated=day))
    days = {
        on: found.dated
        for on in (date(2024, 1, 1), date(2025, 7, 1), TODAY)
        if (found := counted(by.area, on=on))
    }
    assert list(days.values()) == [DAY, DAY, date(2026, 1, 15)]


def test_there_is_one_list_of_types_for_studies_and_for_areas(by: Actor) -> None:
    usual = {each.code: each for each in usual_needs()}
    ours = {each.code: each for each in need_types(by.area, on=TODAY)}
    assert ours.keys() == usual.keys()
    for code, each in usual.items():
        mine = ours[code]
        facts = ("label", "census", "valid_from", "valid_until", "source", "catch_all")
        assert [getattr(mine, fact) for fact in facts] == [getattr(each, fact) for fact in facts]
        assert set(mine.aliases) == {*each.aliases, each.census}


def test_a_study_gets_the_areas_own_types_and_no_word_twice(by: Actor) -> None:
    held = find(by.area, "need-types", "down-syndrome", on=TODAY)
    assert held is not None
    end_entry(by=by, now=NOW, code="need-types", entry=held.id, version=1, last_day=date(2025, 8, 31))
    given = EntryGiven("Down syndrome", valid_from=date(2025, 9, 1), data={"census": "HI"})
    add_entry(by=by, now=NOW, code="need-types", given=given)
    ours = {each.code: each for each in need_types(by.area, on=TODAY)}
    assert "down-syndrome" not in ours
    assert (ours["down-syndrome-2"].label, ours["down-syndrome-2"].census) == ("Down syndrome", "")
    assert ours["hearing"].census == "HI"
    assert ours["behaviour"].valid_until == date(2014, 8, 31)
