"""The headcount a wave is given: nearest in time, added up with care, and none where none is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.ground.made import NOW, area, lead

from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.study import HeadcountRow, Item, Study
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.run import analyse
from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.headcount.queries import workforce
from goldenthread.ground.headcount.waves import headcount_for, list_of
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import add_entry
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import choices
from goldenthread.ground.people.actor import Actor

pytestmark = pytest.mark.django_db
SUMMER = date(2026, 6, 1)
MAY = date(2026, 5, 1)
ANYSHIRE = Path(__file__).parents[3] / "examples" / "anyshire" / "study.toml"


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def count(by: Actor, number: int, work: str = "", kind: str = "", dated: date = MAY, **more: object) -> None:
    given = replace(CountGiven(number, dated, "HR", work, kind), **more)  # type: ignore[arg-type]
    add_count(by=by, now=NOW, given=given)


def count_all(by: Actor, number: int) -> None:
    for each in choices(by.area, "areas-of-work", on=SUMMER):
        count(by, number, each.code)


def grouping(*labels: str) -> Item:
    answers = tuple(Answer(code=f"a{i}", label=label) for i, label in enumerate(labels))
    return Item(id="area", label="Area of work", answers=answers, nets=(), headline=None, sources={})


def rows_by_level(rows: tuple[HeadcountRow, ...]) -> dict[str | None, int]:
    return {row.level: row.number for row in rows}


def test_without_a_count_there_is_no_row_and_nothing_to_offer(by: Actor) -> None:
    found = headcount_for(by.area, "2026", on=SUMMER, groupings=[grouping("Education", "Health")])
    assert (found.rows, found.notes) == ((), ())
    assert workforce(by.area, on=SUMMER).everybody is None


def test_everybody_is_the_sum_only_where_every_area_of_work_is_counted(by: Actor) -> None:
    count(by, 100, "health")
    known = workforce(by.area, on=SUMMER)
    assert known.everybody is None
    assert known.works["health"].number == 100
    assert "is not counted" in known.notes[0]


def test_every_area_of_work_counted_makes_everybody(by: Actor) -> None:
    count_all(by, 10)
    known = workforce(by.area, on=SUMMER)
    assert known.everybody is not None
    assert (known.everybody.number, known.notes) == (120, ())


def test_what_does_not_add_up_is_said(by: Actor) -> None:
    count_all(by, 10)
    count(by, 100)
    known = workforce(by.area, on=SUMMER)
    assert known.everybody is not None
    assert known.everybody.number == 100
    assert known.notes == ("The areas of work add up to 120, and everybody is given as 100.",)


def test_parts_are_added_up_and_one_not_invited_is_not_all_invited(by: Actor) -> None:
    count(by, 800, "education", "school", number_high=820)
    count(by, 200, "education", "college", dated=date(2026, 4, 1), source="College", all_invited=False)
    found = headcount_for(by.area, "2026", on=SUMMER, groupings=[grouping("Education", "Health")])
    (row,) = found.rows
    assert row == HeadcountRow(
        "2026", "area", "a0", 1000, 1020, date(2026, 4, 1), "HR; College", all_invited=False
    )
    assert found.notes[-1] == "Area of work: nobody is counted for “Health”."


def test_the_count_nearest_in_time_is_taken_and_one_too_far_off_is_not(by: Actor) -> None:
    for year, number in ((2021, 50), (2024, 60), (2026, 70)):
        count(by, number, "health", dated=date(year, 5, 1))
    asked = [grouping("Education", "Health")]
    by_day = {on: headcount_for(by.area, "w", on=on, groupings=asked) for on in (
        date(2021, 6, 1), date(2023, 5, 1), date(2024, 12, 31), date(2025, 5, 2), date(2029, 6, 1)
    )}  # fmt: skip
    assert [[row.number for row in each.rows] for each in by_day.values()] == [[50], [60], [60], [70], []]
    assert by_day[date(2029, 6, 1)].notes == (
        "Numbers counted on 1 May 2026 are too far from this day to be used.",
    )


def test_kinds_of_organisation_are_a_grouping_too(by: Actor) -> None:
    count(by, 800, "education", "school")
    count(by, 30, "early-years", "school")
    count(by, 90, "early-years", "early-years")
    item = grouping("Schools", "Nurseries")
    assert list_of(by.area, item, on=SUMMER) == "organisation-kinds"
    assert rows_by_level(headcount_for(by.area, "w", on=SUMMER, groupings=[item]).rows) == {
        "a0": 830,
        "a1": 90,
    }


def test_an_answer_for_several_areas_of_work_is_their_sum_and_none_is_counted_twice(by: Actor) -> None:
    for code, number in (("health", 100), ("social-care", 50), ("education", 900)):
        count(by, number, code)
    both = Answer(code="hc", label="Health", aliases=("Social care",))
    item = replace(
        grouping("Schools", "Social care"), answers=(both, *grouping("Schools", "Social care").answers)
    )
    found = headcount_for(by.area, "w", on=SUMMER, groupings=[item])
    assert rows_by_level(found.rows) == {"hc": 150, "a0": 900}


def test_a_grouping_of_something_else_has_no_headcount(by: Actor) -> None:
    count_all(by, 10)
    ages = grouping("Early years", "Primary", "Secondary", "Post-16")
    assert list_of(by.area, ages, on=SUMMER) is None
    assert [row.level for row in headcount_for(by.area, "w", on=SUMMER, groupings=[ages]).rows] == [None]


def newest_wave() -> Study:
    study = read_study(ANYSHIRE)
    return replace(study, waves=study.waves[-1:], pairs=(), links=())


def test_a_report_gets_the_same_rates_as_from_the_study_file_and_none_without(by: Actor) -> None:
    study = newest_wave()
    for label, code in (("Casework team", "casework"), ("Specialist teaching and psychology", "specialist")):
        add_entry(by=by, now=NOW, code="areas-of-work", given=EntryGiven(label, (code,)))
    written = [row for row in study.headcount if row.wave == "2025" and row.grouping]
    item = next(each for each in study.items if each.id == "area")
    answers = {answer.code: answer.label for answer in item.answers}
    known = {each.label: each.code for each in choices(by.area, "areas-of-work", on=SUMMER)}
    known |= {alias: e.code for e in choices(by.area, "areas-of-work", on=SUMMER) for alias in e.aliases}
    for row in written:
        count(
            by,
            row.number,
            known[answers[row.level or ""]],
            dated=date(2025, 5, 1),
            number_high=row.number_high,
        )
    for code in ("parenting", "logistics"):
        count(by, 0, code, dated=date(2025, 5, 1))
    found = headcount_for(by.area, "2025", on=date(2025, 6, 2), groupings=[item])
    rates = [_rate(replace(study, headcount=rows)) for rows in (study.headcount, found.rows, ())]
    assert rates[0] is not None
    assert rates[1] == rates[0]
    assert rates[2] is None
    assert {(r.level, r.number, r.number_high) for r in found.rows if r.level} == {
        (r.level, r.number, r.number_high) for r in written
    }


def _rate(study: Study) -> float | None:
    return analyse(study).waves[-1].rate
