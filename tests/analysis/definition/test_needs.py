"""Types of need: the packaged list, what a study changes in it, and what says which type it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.analysis.definition.test_study_file import AREA, BOTH, TOP, asks, faults_of, wave, with_files
from tests.analysis.definition.written import question

from goldenthread.analysis.definition.needs import NeedType, usual_line, usual_needs

NEW = '[[need_types]]\ncode = "down"\nlabel = "Ours alone"\nvalid_from = 2026-01-01\nsource = "Our panel"\n'
TICKS = question(
    "q5",
    "multiple",
    'item = "met"\nlabel = "Met"\nanswers = [\n'
    '{ code = "v", label = "Low vision", need = "visual" }, { code = "x", label = "Other things" } ]',
)
ROWS = question(
    "q6",
    "matrix",
    'scale = "three"\nitem = "q6"\nneed = "autism"\nrows = [\n'
    '{ id = "a", text = "Plan" }, { id = "b", text = "Sign", item = "signs", need = "hearing" } ]',
)


def test_the_list_holds_fifteen_dated_sourced_types_and_two_of_them_are_catch_alls() -> None:
    needs = usual_needs()
    assert len(needs) == 15
    assert {need.code for need in needs if need.catch_all} == {"other", "not-assessed"}
    assert {need.valid_from for need in needs} == {date(2004, 1, 1), date(2014, 9, 1), date(2025, 1, 16)}
    assert {need.code: need.valid_until for need in needs if need.valid_until} == {
        "behaviour": date(2014, 8, 31)
    }
    assert all(need.source and need.label for need in needs)
    codes = ["SLCN", "SEMH", "ASD", "SPLD", "MLD", "SLD", "PMLD", "HI", "VI", "MSI", "PD", "OTH", "NSA"]
    assert sorted(need.census for need in needs) == sorted([*codes, "BESD", "DS"])


def test_the_line_is_four_per_cent_with_its_source() -> None:
    line = usual_line()
    assert (line.under, line.dated.year) == (4.0, 2019)
    assert "Department for Education" in line.source


def test_a_study_renames_a_type_and_adds_one(tmp_path: Path) -> None:
    text = TOP + '[[need_types]]\ncode = "visual"\nlabel = "Blind or low vision"\n' + NEW + BOTH
    needs = {need.code: need for need in with_files(tmp_path, text).needs}
    assert len(needs) == 16
    assert needs["visual"].label == "Blind or low vision"
    assert (needs["visual"].census, needs["visual"].valid_from) == ("VI", date(2004, 1, 1))
    assert needs["down"] == NeedType("down", "Ours alone", date(2026, 1, 1), "Our panel")


@pytest.mark.parametrize(
    ("entry", "faults"),
    [
        (
            'code = "down"',
            [f"need type “down”: “{key}” is missing" for key in ("label", "valid_from", "source")],
        ),
        ('code = "visual"\ncolour = 1', ["need type “visual”: unknown key “colour”"]),
        (
            'code = "visual"\nlabel = "Autism"',
            ["[[need_types]]: “autism” stands for “autism” and “visual” at once"],
        ),
        (
            'code = "visual"\naliases = ["Total"]',
            ["[[need_types]]: “total” stands for “all pupils” and “visual” at once"],
        ),
    ],
)
def test_what_a_type_cannot_be(tmp_path: Path, entry: str, faults: list[str]) -> None:
    assert faults_of(tmp_path, f"{TOP}[[need_types]]\n{entry}\n{BOTH}") == faults


def test_a_study_may_have_the_types_it_names_and_no_others(tmp_path: Path) -> None:
    text = "usual_need_types = false\n" + TOP + NEW + BOTH
    assert [need.code for need in with_files(tmp_path, text).needs] == ["down"]


def test_a_type_is_listed_once(tmp_path: Path) -> None:
    assert faults_of(tmp_path, TOP + NEW + NEW + BOTH) == ["two [[need_types]] have the code “down”"]


def test_options_rows_questions_and_items_say_which_type_they_are_about(tmp_path: Path) -> None:
    sure = question("q2", "scale", 'scale = "three"\nitem = "sure"\nneed = "physical"')
    text = TOP + wave("1") + '[[items]]\nid = "met.x"\nneed = "semh"\n'
    found = with_files(tmp_path, text, q1_toml=asks(AREA, sure, TICKS, ROWS))
    needs = {item.id: item.need for item in found.items}
    assert needs == {
        "area": None,
        "sure": "physical",
        "met.v": "visual",
        "met.x": "semh",
        "q6.a": "autism",
        "signs": "hearing",
    }


def test_a_combination_is_about_the_type_its_parts_share(tmp_path: Path) -> None:
    combined = '[[combinations]]\nid = "{}"\nlabel = "{}"\nmethod = "pooled"\nparts = ["{}", "{}"]\n'
    same = combined.format("both", "Both", "q6.a", "q7.a")
    mixed = combined.format("mixed", "Mixed", "q6.a", "signs")
    seven = ROWS.replace('"q6"', '"q7"').replace('"signs"', '"signs-too"')
    text = TOP + wave("1") + same + mixed
    found = with_files(tmp_path, text, q1_toml=asks(AREA, ROWS, seven))
    assert {item.id: item.need for item in found.items if item.parts} == {"both": "autism", "mixed": None}


def test_every_type_that_is_not_on_the_list_is_named_with_its_place(tmp_path: Path) -> None:
    area = AREA.replace('label = "Answer n"', 'label = "Answer n", need = "VI"')
    ticks = TICKS.replace('"visual"', '"visul"')
    text = TOP + wave("1") + '[[items]]\nid = "met.x"\nneed = "sight"\n'
    assert faults_of(tmp_path, text, q1_toml=asks(area, ticks)) == [
        "item “met.x”: unknown need type “sight”",
        "wave “1”, question “area”, answer “n”: unknown need type “VI”; did you mean “visual”?",
        "wave “1”, question “q5.v”: unknown need type “visul”; did you mean “visual”?",
    ]


def test_a_type_of_the_study_s_own_may_be_named(tmp_path: Path) -> None:
    text = TOP + NEW + wave("1")
    found = with_files(tmp_path, text, q1_toml=asks(AREA, TICKS.replace('"visual"', '"down"')))
    assert next(item.need for item in found.items if item.id == "met.v") == "down"


@pytest.mark.parametrize(("given", "line"), [("", 4.0), ("low_incidence = 2.5\n", 2.5)])
def test_the_line_can_be_moved(tmp_path: Path, given: str, line: float) -> None:
    assert with_files(tmp_path, f"{TOP}[thresholds]\n{given}{BOTH}").thresholds.low_incidence == line


def test_a_line_that_is_no_per_cent_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path, f"{TOP}[thresholds]\nlow_incidence = 0\n{BOTH}") == [
        "thresholds: “low_incidence” must be above 0 and at most 100, not 0"
    ]
