"""Low incidence: the exact share under the line, worked by hand, and no small count of pupils given away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.needs import Census, usual_needs
from goldenthread.analysis.definition.study import Item, Study, Thresholds, Wave
from goldenthread.analysis.estimate.facts import NeedRow, NeedTable
from goldenthread.analysis.estimate.needs import low_incidence, need_table

NAMED = [need.code for need in usual_needs() if not need.catch_all]


def study_of(pupils: Mapping[str, int], total: int | None = None, *, published: bool = False) -> Study:
    counted = sum(pupils.values()) if total is None else total
    census = Census(date(2025, 1, 16), pupils, counted, ("Invented",), published)
    return Study("s", "A study", "Anyshire", (Wave("1", "1"),), (), census=census)


def table_of(pupils: Mapping[str, int], total: int | None = None) -> NeedTable:
    found = need_table(study_of(pupils, total))
    assert found is not None
    return found


def by_need(table: NeedTable) -> dict[str, NeedRow]:
    return {row.need: row for row in table.rows}


@pytest.mark.parametrize(
    ("pupils", "total", "under", "low"),
    [
        (39, 1000, 4.0, True),
        (40, 1000, 4.0, False),
        (41, 1000, 4.0, False),
        (99, 2500, 4.0, True),
        (39_999_999, 1_000_000_000, 4.0, True),
        (40_000_000, 1_000_000_000, 4.0, False),
        (0, 25, 4.0, True),
        (1, 25, 4.0, False),
        (1, 26, 4.0, True),
        (41, 1000, 4.1, False),
        (7, 100, 7.0, False),
        (29, 100, 29.0, False),
        (25, 25, 100.0, False),
    ],
)
def test_under_the_line_by_the_exact_share(pupils: int, total: int, under: float, low: bool) -> None:
    """29 of 100 is 29 per cent exactly; 29 / 100 * 100 in floating point falls under it."""
    assert low_incidence(pupils, total, under) is low


def test_each_type_with_its_share_most_pupils_first() -> None:
    table = table_of({"visual": 30, "autism": 520, "hearing": 40, "semh": 400}, 1000)
    rows = [(row.need, row.pupils, row.percent, row.low_incidence) for row in table.rows]
    assert rows == [
        ("autism", 520, 52.0, False),
        ("semh", 400, 40.0, False),
        ("hearing", 40, 4.0, False),
        ("visual", 30, 3.0, True),
    ]
    assert (table.total, table.no_type, table.under) == (1000, 10, 4.0)


def test_a_catch_all_is_never_low_incidence() -> None:
    rows = by_need(table_of({"autism": 960, "other": 20, "not-assessed": 10, "visual": 10}))
    assert {need: rows[need].low_incidence for need in rows} == {
        "autism": False,
        "other": False,
        "not-assessed": False,
        "visual": True,
    }


def test_the_line_of_the_study_is_used() -> None:
    moved = replace(study_of({"autism": 950, "visual": 50}), thresholds=Thresholds(low_incidence=5.5))
    table = need_table(moved)
    assert table is not None
    assert (table.under, by_need(table)["visual"].low_incidence) == (5.5, True)


def test_a_type_the_survey_asks_about_and_the_census_does_not_count_is_not_known() -> None:
    option = Item("met.v", "Met", (), (), None, {}, need="visual")
    level = Item("team", "Team", (Answer("d", "Deaf team", need="hearing"),), (), None, {})
    table = need_table(replace(study_of({"autism": 100}), items=(option, level)))
    assert table is not None
    rows = by_need(table)
    assert list(rows) == ["autism", "hearing", "visual"]
    assert (rows["visual"].pupils, rows["visual"].low_incidence, rows["visual"].shown_as) == (None, None, "")


def test_without_a_census_there_is_no_table() -> None:
    assert need_table(replace(study_of({"autism": 1}), census=None)) is None


def test_one_to_nine_pupils_are_hidden_with_the_next_smallest() -> None:
    table = table_of({"autism": 900, "semh": 60, "hearing": 20, "visual": 16, "multi-sensory": 4})
    rows = by_need(table)
    shown = {need: (row.pupils, row.percent, row.shown_as) for need, row in rows.items()}
    assert shown["multi-sensory"] == (None, None, "not shown")
    assert shown["visual"] == (None, None, "not shown")
    assert shown["hearing"] == (20, 2.0, "")
    assert list(rows)[-2:] == ["visual", "multi-sensory"]
    assert (rows["visual"].low_incidence, rows["multi-sensory"].low_incidence) == (True, True)


def test_a_few_pupils_of_no_recorded_type_are_hidden_too() -> None:
    table = table_of({"autism": 900, "hearing": 95}, 1000)
    assert (table.no_type, table.total) == (None, 1000)
    assert by_need(table)["hearing"].shown_as == "not shown"


def test_low_incidence_is_not_told_where_it_would_tell_of_a_hidden_count() -> None:
    """Of 100 pupils 4 % are 4: that 9 are no low incidence would mean from 4 to 9."""
    table = table_of({"autism": 80, "semh": 11, "visual": 9})
    assert by_need(table)["visual"].low_incidence is None


def test_a_census_of_fewer_than_ten_pupils_shows_no_number() -> None:
    table = table_of({"autism": 5, "visual": 3})
    assert table.total is None
    assert {row.pupils for row in table.rows} == {None}


def test_nobody_is_shown_as_nobody() -> None:
    assert by_need(table_of({"autism": 500, "multi-sensory": 0}))["multi-sensory"].pupils == 0


@pytest.mark.parametrize("given_by", ["published", "open-data"])
def test_counts_that_are_public_are_not_hidden(given_by: str) -> None:
    study = study_of({"autism": 900, "multi-sensory": 4}, published=given_by == "published")
    table = need_table(replace(study, preset="open-data") if given_by == "open-data" else study)
    assert table is not None
    assert by_need(table)["multi-sensory"].pupils == 4


@given(st.lists(st.integers(0, 60), min_size=3, max_size=11), st.integers(0, 30))
def test_no_group_of_one_to_nine_pupils_can_be_worked_out(counts: list[int], untyped: int) -> None:
    """What is hidden adds up to nobody or at least ten, and is never one lone type."""
    pupils = dict(zip(NAMED, counts, strict=False))
    total = sum(counts) + untyped
    assume(total)
    table = table_of(pupils, total)
    shown = [row.pupils for row in table.rows if row.pupils is not None]
    assert not [n for n in (*shown, table.no_type or 0) if 0 < n < 10]
    if table.total is not None:
        rest = table.total - sum(shown) - (table.no_type or 0)
        assert rest == 0 or rest >= 10


@given(st.dictionaries(st.sampled_from(NAMED), st.integers(0, 10**6), min_size=1), st.floats(0.1, 99))
def test_a_shown_type_is_low_just_where_its_share_is_under_the_line(
    pupils: dict[str, int], under: float
) -> None:
    total = sum(pupils.values())
    assume(total)
    study = replace(study_of(pupils, published=True), thresholds=Thresholds(low_incidence=under))
    table = need_table(study)
    assert table is not None
    for row in table.rows:
        assert row.pupils is not None
        assert row.low_incidence is (Fraction(row.pupils, total) < Fraction(str(under)) / 100)
