"""Who answered, beside the headcount."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.analysis.cube import people
from tests.analysis.estimate.test_measure import headcount, plan

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.definition.study import HeadcountRow, Study, Wave
from goldenthread.analysis.estimate.model import WaveMeasures
from goldenthread.analysis.estimate.who import published_who_tables, wave_facts, who_tables
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.results import WaveFacts, WhoRow

ANSWERS = people.responses("s" * 50 + "h" * 30 + "c" * 20, plan="y" * 100)


def facts(*rows: HeadcountRow) -> WaveFacts:
    study = plan(headcount=rows)
    wave = study.waves[0]
    return wave_facts(study, wave, build_cube(study, wave, ANSWERS), None)


def table(study: Study) -> dict[str, WhoRow]:
    (found,) = who_tables(study, study.waves[0], build_cube(study, study.waves[0], ANSWERS))
    return {row.level: row for row in found.rows}


def test_a_rate_needs_a_headcount_of_everybody() -> None:
    unknown = facts(headcount("school", 200))
    assert (unknown.answered, unknown.invited, unknown.rate, unknown.shift_if_others_differ_by_10) == (
        100,
        None,
        None,
        None,
    )
    known = facts(headcount(None, 400))
    assert known.rate == 25
    assert known.shift_if_others_differ_by_10 == 7.5


def test_a_range_of_headcounts_gives_the_rate_of_its_upper_end() -> None:
    known = facts(headcount(None, 390, number_high=400))
    assert (known.invited, known.invited_high, known.rate) == (390, 400, 25)


@pytest.mark.parametrize(
    ("numbers", "outside"),
    [
        ((500, 300, 200), ()),
        ((625, 240, 135), ("council",)),
        ((400, 375, 225), ()),
        ((399, 376, 225), ("school", "health")),
        ((560, 400, 40), ("health",)),
        ((600, 330, 70), ("council",)),
    ],
)
def test_answers_match_the_workforce_between_four_fifths_and_five_quarters(
    numbers: tuple[int, int, int], outside: tuple[str, ...]
) -> None:
    """Shares of answers are 50, 30 and 20 %; a level under 5 % of the register is not held against it."""
    found = facts(*(headcount(level, number) for level, number in zip(people.AREAS, numbers, strict=True)))
    assert set(found.does_not_match.get("area", ())) == set(outside)
    assert found.matches == (() if outside else ("area",))


def test_whether_answers_match_is_judged_by_the_levels_shown() -> None:
    """Council, 8 people, is hidden, and health with it: neither is named, and school still is."""
    study = plan(
        headcount=tuple(headcount(level, n) for level, n in zip(people.AREAS, (300, 300, 400), strict=True))
    )
    answers = people.responses("s" * 50 + "h" * 30 + "c" * 8, plan="y" * 88)
    wave = study.waves[0]
    found = wave_facts(study, wave, build_cube(study, wave, answers), None)
    assert found.does_not_match == {"area": ("school",)}


def test_a_hidden_group_of_a_twentieth_or_more_is_never_said_to_match() -> None:
    """The shown levels match; council, 8 people and hidden, is a fifth of the register."""
    study = plan(
        headcount=tuple(headcount(level, n) for level, n in zip(people.AREAS, (500, 300, 200), strict=True))
    )
    answers = people.responses("s" * 50 + "h" * 30 + "c" * 8, plan="y" * 88)
    found = wave_facts(study, study.waves[0], build_cube(study, study.waves[0], answers), None)
    assert found.matches == ()


def test_without_a_headcount_of_every_level_nothing_is_said_of_a_match() -> None:
    found = facts(headcount("school", 500), headcount("health", 300))
    assert found.matches == ()
    assert found.does_not_match == {}


def test_the_table_sets_answers_beside_the_headcount() -> None:
    study = plan(
        headcount=tuple(headcount(level, n) for level, n in zip(people.AREAS, (500, 250, 250), strict=True))
    )
    school, council = table(study)["school"], table(study)["council"]
    assert (school.count, school.percent, school.headcount, school.rate) == (50, 50, 500, 10)
    assert council.share_ratio == pytest.approx(0.8)


def test_a_range_of_a_level_keeps_both_its_ends() -> None:
    given = (headcount("school", 400, number_high=500), headcount("council", 250))
    rows = table(plan(headcount=given))
    assert (rows["school"].headcount_low, rows["school"].headcount, rows["school"].rate) == (400, 500, 10)
    assert rows["council"].headcount_low is None


def test_no_ratio_tells_how_many_did_not_say_where_that_is_hidden() -> None:
    study = plan(headcount=tuple(headcount(level, 500) for level in people.AREAS))
    answers = people.responses("s" * 50 + "h" * 30 + "c" * 15 + "." * 5, plan="y" * 100)
    (found,) = who_tables(study, study.waves[0], build_cube(study, study.waves[0], answers))
    school = next(row for row in found.rows if row.level == "school")
    assert next(row for row in found.rows if row.level == "").count is None
    assert school.share_ratio == pytest.approx((50 / 100) / (1 / 3))


def test_more_answers_than_people_is_refused_without_a_number() -> None:
    sentence = "More people answered in wave Summer 2025 than the headcount of everybody says there are"
    with pytest.raises(Refusal, match=sentence) as refused:
        facts(headcount(None, 99))
    assert "100" not in str(refused.value), "who reads of a failed build may not know how many answered"


def test_a_published_wave_shows_the_mix_it_printed() -> None:
    wave = Wave("2021", "2021", figures=Path("f.csv"), answered=80)
    study = replace(
        plan(), waves=(wave,), headcount=(HeadcountRow("2021", None, None, 320, dated=date(2021, 5, 1)),)
    )
    measures = WaveMeasures("2021", 80, (), mix={"area": {"school": 77, "health": 4}})
    (found,) = published_who_tables(study, wave, measures)
    assert [(row.level, row.count) for row in found.rows] == [("school", 77), ("health", 4)]
    assert found.note == "The rows add to 81, not 80."
    assert wave_facts(study, wave, None, measures).rate == 25
