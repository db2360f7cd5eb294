"""Anyshire's census: the six types of need a national study calls low incidence are so here."""

from __future__ import annotations

import csv

import pytest
from tests.examples.conftest import ANYSHIRE, ROOT

from goldenthread.analysis.definition.needs import usual_line, usual_needs
from goldenthread.analysis.report.figures import figures
from goldenthread.analysis.results import NeedRow, Results

PRINTED = ROOT / "examples" / "published" / "send-cpd" / "low-incidence.csv"


@pytest.fixture(scope="module")
def printed() -> list[dict[str, str]]:
    """The six types, as the study printed them."""
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows(anyshire: Results) -> dict[str, NeedRow]:
    assert anyshire.needs is not None
    return {row.need: row for row in anyshire.needs.rows}


def test_the_rule_gives_exactly_the_six_types(
    printed: list[dict[str, str]], rows: dict[str, NeedRow]
) -> None:
    six = {row["need"] for row in printed}
    assert len(six) == 6
    assert {need for need, row in rows.items() if row.low_incidence} == six


def test_our_list_and_line_are_those_the_study_used(printed: list[dict[str, str]]) -> None:
    known = {need.code: (need.census, need.label) for need in usual_needs() if not need.catch_all}
    assert {row["need"]: (row["census"], row["label"]) for row in printed}.items() <= known.items()
    assert {float(row["under"]) for row in printed} == {usual_line().under}


def test_both_catch_alls_are_under_the_line_and_are_not_low_incidence(rows: dict[str, NeedRow]) -> None:
    catch_all = [row for row in rows.values() if row.catch_all]
    assert {row.need for row in catch_all} == {"other", "not-assessed"}
    assert all(row.percent is not None and row.percent < 4 for row in catch_all)
    assert not [row.need for row in catch_all if row.low_incidence]


def test_the_counts_are_those_of_the_file(anyshire: Results, rows: dict[str, NeedRow]) -> None:
    with (ANYSHIRE / "census.csv").open(encoding="utf-8", newline="") as file:
        counted = {row["need"]: int(row["pupils"]) for row in csv.DictReader(file)}
    census_codes = {need.code: need.census for need in usual_needs()}
    assert {census_codes[need]: row.pupils for need, row in rows.items()} | {"total": 5301} == counted
    assert anyshire.needs is not None
    assert (anyshire.needs.total, anyshire.needs.no_type) == (5301, 25)


def test_options_and_statements_say_which_need_they_are_about(anyshire: Results) -> None:
    told = {item["item"]: (item["need"], item["low_incidence"]) for item in figures(anyshire)["items"]}
    assert told["needs.vision"] == ("visual", True)
    assert told["needs.deafblind"] == ("multi-sensory", True)
    assert told["autism-mask"] == ("autism", False)
    assert told["training-interest.language"] == ("language", False)
    assert told["plan-law"] == (None, None)
