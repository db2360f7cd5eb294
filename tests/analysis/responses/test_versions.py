"""One questionnaire sent out in several versions: core questions pool, the others keep to their version."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from tests.analysis.responses.asked import (
    AGREE,
    CONFIDENT,
    HELP,
    MEETS,
    ROLE,
    SAY,
    YEARS,
    Table,
    csv_file,
    labels,
    lost,
    said,
    wave,
    xlsx_file,
)

from goldenthread.analysis.definition.model import Is, Kind, Question
from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.responses.read import read_responses, read_wave

WARDS = Question("wards", Kind.SCALE, "Wards plan together", "wards", scale=AGREE)
WARDS_WHY = replace(WARDS, id="why", text="It helps", item="why", show_if=Is("wards", ("4", "5")))
FAMILY = (ROLE, CONFIDENT, HELP, YEARS, WARDS, WARDS_WHY, SAY)

TEACHERS: Table = [
    ("role", "confident[autism]", "confident[speech]", "help[training]", "help[time]", "years", "say"),
    ("teacher", "5", "4", "Yes", "", "3", "More time"),
    ("teacher", "4", "", "", "", "11", ""),
    ("ta", "2", "na", "Yes", "Yes", "", ""),
]
HEALTH: Table = [
    ("What is your main role?", "confident[autism]", "help[training]", "help[advice]", "wards", "why"),
    ("Something else", "5", "", "Yes", "4", "5"),
    ("ta", "", "Yes", "Yes", "2", ""),
]


def family(*files: Path, **design: str) -> Responses:
    design_of = wave(*FAMILY, **design)
    return read_wave(replace(design_of, responses=files[0], versions=files), AnswerOffRoute.LEAVE_OUT)


def both(folder: Path) -> Responses:
    return family(csv_file(folder, TEACHERS, "teachers.csv"), xlsx_file(folder, HEALTH, "health.xlsx"))


def test_people_are_stacked_in_the_order_of_the_files(tmp_path: Path) -> None:
    found = both(tmp_path)
    assert found.people == 5
    assert labels(found, "role", ROLE.scale.answers) == ["teacher", "teacher", "ta", "other", "ta"]
    assert found.texts["say"] == ("More time", None, None, None, None)
    assert found.numbers["years"][:2].tolist() == [3, 11]


def test_what_a_version_does_not_hold_was_not_shown_to_its_people(tmp_path: Path) -> None:
    found = both(tmp_path)
    assert labels(found, "confident.autism", AGREE.answers) == ["5", "4", "2", "5", -1]
    assert labels(found, "confident.speech", AGREE.answers) == ["4", -1, "na", -2, -2]
    assert labels(found, "wards", AGREE.answers) == [-2, -2, -2, "4", "2"]
    assert labels(found, "why", AGREE.answers) == [-2, -2, -2, "5", -2]
    assert found.codes["help.training"].tolist() == [1, -1, 1, 0, 1]
    assert found.codes["help.time"].tolist() == [0, -1, 1, -2, -2]
    assert found.codes["help.advice"].tolist() == [-2, -2, -2, 1, 1]


def test_one_note_a_file_names_what_it_does_not_hold(tmp_path: Path) -> None:
    notes = [problem for problem in both(tmp_path).problems if "this version" in problem.message]
    assert [(note.file, note.lost) for note in notes] == [("teachers.csv", False), ("health.xlsx", False)]
    assert notes[0].message == (
        "this version does not hold the option “advice” of the question “help”, the question “wards” and the"
        " question “why”: its people count as not asked."
    )
    assert "the row “speech” of the question “confident”" in notes[1].message
    assert "the question “years”" in notes[1].message
    assert "no column" not in notes[1].message


def test_what_no_file_holds_is_a_problem_of_each(tmp_path: Path) -> None:
    found = both(tmp_path)
    missing = [
        problem for problem in found.problems if "no column answers the option “none”" in problem.message
    ]
    assert [(each.file, each.lost, each.count) for each in missing] == [
        ("teachers.csv", True, 3),
        ("health.xlsx", True, 2),
    ]
    assert found.codes["help.none"].tolist() == [-1] * 5


def test_a_heading_that_may_be_meant_is_named_in_the_note(tmp_path: Path) -> None:
    slip = [(*TEACHERS[0], "ward"), *((*row, "4") for row in TEACHERS[1:])]
    found = family(csv_file(tmp_path, slip, "teachers.csv"), csv_file(tmp_path, HEALTH, "health.csv"))
    assert "its people count as not asked. The column “ward” was not read: is it meant?" in said(found)


def test_one_file_is_read_as_before(tmp_path: Path) -> None:
    path = csv_file(tmp_path, TEACHERS)
    alone, asked = replace(wave(*FAMILY), responses=path), wave(*FAMILY)
    found = read_wave(alone, AnswerOffRoute.LEAVE_OUT)
    before = read_responses(path, asked, AnswerOffRoute.LEAVE_OUT)
    assert found.problems == before.problems
    assert {name: codes.tolist() for name, codes in found.codes.items()} == {
        name: codes.tolist() for name, codes in before.codes.items()
    }
    assert -2 not in found.codes["wards"]
    assert "no column answers the question “wards”" in said(found)


def test_neither_the_order_of_files_nor_of_rows_changes_a_count(tmp_path: Path) -> None:
    def counts(found: Responses) -> dict[str, Counter[int]]:
        return {name: Counter(codes.tolist()) for name, codes in found.codes.items()}

    health = csv_file(tmp_path, HEALTH, "health.csv")
    expected = counts(family(csv_file(tmp_path, TEACHERS, "teachers.csv"), health))
    for order in permutations(TEACHERS[1:]):
        teachers = csv_file(tmp_path, [TEACHERS[0], *order], "teachers.csv")
        assert counts(family(teachers, health)) == expected
        assert counts(family(health, teachers)) == expected


def test_bases_agree_with_a_plain_count_of_the_files(tmp_path: Path) -> None:
    found = both(tmp_path)
    rows = [dict(zip(table[0], row, strict=True)) for table in (TEACHERS, HEALTH) for row in table[1:]]
    for heading, variable in (("confident[autism]", "confident.autism"), ("wards", "wards")):
        answered = [row[heading] for row in rows if row.get(heading)]
        assert [each for each in labels(found, variable, AGREE.answers) if isinstance(each, str)] == answered


def test_layouts_may_differ_and_problems_keep_their_file(tmp_path: Path) -> None:
    limesurvey = [("id", "submitdate", "lastpage", "role", "wards"), (1, "2025-05-01", 3, "ta", "40")]
    words = [("What is your main role?", "years"), ("Teacher", "3")]
    files = csv_file(tmp_path, words, "teachers.csv"), csv_file(tmp_path, limesurvey, "health.csv")
    found = family(*files)
    plain, other = (read_responses(path, wave(*FAMILY), AnswerOffRoute.LEAVE_OUT).format for path in files)
    assert plain != other
    assert found.format == f"{plain}, {other}"
    assert [each.file for each in found.problems if each.value == "40"] == ["health.csv"]
    assert (2, "wards", "40") in lost(found)


def test_weights_and_strata_are_in_every_file_or_it_is_refused(tmp_path: Path) -> None:
    def weighted(table: Table) -> Table:
        return [(*table[0], "w", "s"), *((*row, n, "north") for n, row in enumerate(table[1:], start=1))]

    teachers = csv_file(tmp_path, weighted(TEACHERS), "teachers.csv")
    found = family(teachers, csv_file(tmp_path, weighted(HEALTH), "health.csv"), weight="w", stratum="s")
    assert found.weight is not None
    assert found.weight.tolist() == [1, 2, 3, 1, 2]
    assert found.stratum == ("north",) * 5
    bare = csv_file(tmp_path, HEALTH, "bare.csv")
    with pytest.raises(Refusal, match=r"bare\.csv has no column “w”"):
        family(teachers, bare, weight="w")


def test_a_route_within_a_version_asks_nothing_of_the_others(tmp_path: Path) -> None:
    assert "taken as shown to everybody" not in said(both(tmp_path))
    core = csv_file(tmp_path, [("role", "meets"), ("teacher", "4"), ("ta", "")], "core.csv")
    other = csv_file(tmp_path, [("role",), ("teacher",), ("ta",)], "other.csv")
    design = replace(wave(ROLE, MEETS), responses=core, versions=(core, other))
    found = read_wave(design, AnswerOffRoute.LEAVE_OUT)
    assert labels(found, "meets", AGREE.answers) == ["4", -2, -2, -2]
