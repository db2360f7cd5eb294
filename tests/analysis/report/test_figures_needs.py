"""figures.json carries the census as it may be shown, and what each item is about."""

from __future__ import annotations

import json
from typing import Any

from tests.analysis.report.needs_fixture import results_with_needs

from goldenthread.analysis.report.figures import figures, figures_text
from goldenthread.analysis.results import Results


def read_back(results: Results) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(figures_text(figures(results)))
    return found


FOUND = read_back(results_with_needs())


def test_an_item_says_its_need_and_whether_that_is_low_incidence() -> None:
    told = {item["item"]: (item["need"], item["low_incidence"]) for item in FOUND["items"]}
    assert told["listen"] == ("visual", True)
    assert told["legal"] == ("autism", False)
    assert told["training-speech"] == ("multi-sensory", True)
    assert told["adult"] == (None, None)


def test_the_census_holds_what_may_be_shown_and_no_more() -> None:
    census = FOUND["study"]["census"]
    assert (census["date"], census["total"]) == ("2025-01-16", 2000)
    assert census["sources"] == ["School census, spring 2025"]
    types = {entry["need"]: entry for entry in census["types"]}
    assert len(types) == 9
    assert types["visual"] == {
        "need": "visual",
        "label": "Vision impairment",
        "pupils": 20,
        "percent": 1,
        "low_incidence": True,
        "catch_all": False,
    }
    hidden = types["multi-sensory"]
    assert (hidden["pupils"], hidden["percent"], hidden["low_incidence"]) == (None, None, True)


def test_without_a_census_the_need_stays_and_nothing_is_said_of_its_incidence() -> None:
    found = read_back(results_with_needs(None))
    assert found["study"]["census"] is None
    told = {item["item"]: (item["need"], item["low_incidence"]) for item in found["items"]}
    assert told["listen"] == ("visual", None)


def test_the_line_is_among_the_thresholds() -> None:
    assert FOUND["study"]["thresholds"]["low_incidence"] == 4.0
