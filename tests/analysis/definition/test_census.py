"""The census of pupils by need type, and every cell of it that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.analysis.definition.test_study_file import BOTH, FILES, TOP
from tests.analysis.definition.written import study, study_faults

from goldenthread.analysis.definition.needs import Census

TEXT = TOP + '[census]\nfile = "census.csv"\n' + BOTH
HEADING = "need,pupils,date,source\n"
DAY = "2025-01-16,School census"
GOOD = f"visual,4,{DAY}\n"


def census(folder: Path, rows: str, text: str = TEXT) -> Census | None:
    return study(folder, **(FILES | {"study_toml": text, "census_csv": HEADING + rows})).census


def faults(folder: Path, rows: str, heading: str = HEADING) -> list[str]:
    return study_faults(folder, **(FILES | {"study_toml": TEXT, "census_csv": heading + rows}))


def test_a_type_goes_by_its_code_its_code_in_the_census_its_label_or_an_alias(tmp_path: Path) -> None:
    rows = (
        f'visual,4,{DAY}\npd,30,{DAY}\nDeaf or hearing loss,12,{DAY}\n"Autistic Spectrum Disorder",900,{DAY}'
    )
    found = census(tmp_path, rows + f'\nTotal,"1,000",{DAY}\n')
    assert found == Census(
        dated=date(2025, 1, 16),
        pupils={"visual": 4, "physical": 30, "hearing": 12, "autism": 900},
        total=1000,
        sources=("School census",),
    )


def test_without_a_total_it_is_the_sum_of_the_types(tmp_path: Path) -> None:
    found = census(tmp_path, f"visual,4,{DAY}\nautism,96,{DAY}\nMSI,0,{DAY}\n")
    assert found is not None
    assert (found.total, found.pupils["multi-sensory"]) == (100, 0)


def test_sources_are_kept_once_each_and_counts_may_be_public(tmp_path: Path) -> None:
    text = TEXT.replace('census.csv"\n', 'census.csv"\npublished = true\n')
    found = census(tmp_path, f"visual,4,{DAY}\nPD,1,2025-01-16,Sight register\nHI,2,{DAY}\n", text)
    assert found is not None
    assert (found.sources, found.published) == (("School census", "Sight register"), True)


def test_without_a_census_there_is_none(tmp_path: Path) -> None:
    assert census(tmp_path, "", TOP + BOTH) is None


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (f"visul,4,{DAY}", "row 2, column “need”: unknown need type “visul”; did you mean “visual”?"),
        (f",4,{DAY}", "row 2, column “need”: there is no need type"),
        (f"visual,-3,{DAY}", "row 2, column “pupils”: “-3” is not a whole number of pupils"),
        (f"visual,2.5,{DAY}", "row 2, column “pupils”: “2.5” is not a whole number of pupils"),
        (
            f"visual,fewer than 5,{DAY}",
            "row 2, column “pupils”: “fewer than 5” is not a whole number of pupils",
        ),
        (
            f"visual,{'9' * 20},{DAY}",
            f"row 2, column “pupils”: “{'9' * 20}” is not a whole number of pupils",
        ),
        (f"visual,,{DAY}", "row 2, column “pupils”: there is no number"),
        ("visual,4,,School census", "row 2, column “date”: there is no date"),
        ("visual,4,2025-01-16,", "row 2, column “source”: there is no source"),
        (
            "visual,4,16/1/25,School census",
            "row 2, column “date”: “16/1/25” is not a date such as 2025-06-02",
        ),
        (GOOD + f"VI,5,{DAY}", "row 3, column “need”: “visual” was counted in row 2"),
        (GOOD + f"total,9,{DAY}\ntotal,9,{DAY}", "row 4, column “need”: “total” was counted in row 3"),
        (
            GOOD + "PD,5,2024-01-18,School census",
            "row 3, column “date”: 2024-01-18 is another day than 2025-01-16, in row 2",
        ),
        (
            "SEMH,5,2014-01-16,School census",
            "row 2, column “need”: “semh” is recorded only since 2014-09-01; this census is of 2014-01-16",
        ),
        (
            "BESD,5,2015-01-15,Census",
            (
                "row 2, column “need”: “behaviour” was recorded only until 2014-08-31; "
                "this census is of 2015-01-15"
            ),
        ),
        (GOOD + f"PD,6,{DAY}\ntotal,9,{DAY}", "row 4, column “pupils”: 9 is below the sum of the types, 10"),
        (f"total,9,{DAY}", "there is no row for a type of need"),
        ("", "there is no row for a type of need"),
        (f"visual,0,{DAY}", "no pupil is recorded, so there is nothing to take a share of"),
        (f"visual,0,{DAY}\ntotal,0,{DAY}", "no pupil is recorded, so there is nothing to take a share of"),
    ],
    ids=lambda text: text[:40],
)
def test_each_cell_that_cannot_be(tmp_path: Path, rows: str, fault: str) -> None:
    assert faults(tmp_path, rows + "\n") == [f"census.csv, {fault}"]


def test_faults_of_several_rows_come_together(tmp_path: Path) -> None:
    assert len(faults(tmp_path, f"visul,4,{DAY}\nPD,x,{DAY}\n")) == 2


def test_a_missing_column_and_an_unknown_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "visual,4\n", "need,pupil\n") == [
        "census.csv, row 1: unknown column “pupil”; did you mean “pupils”?",
        "census.csv, row 1: there is no column “pupils”, “date” and “source”",
    ]


@pytest.mark.parametrize(
    ("census_table", "fault"),
    [
        ("[census]\n", "census: “file” is missing"),
        ('[census]\nfile = "census.csv"\nfiel = 1\n', "census: unknown key “fiel”; did you mean “file”?"),
    ],
)
def test_the_census_table_of_a_study(tmp_path: Path, census_table: str, fault: str) -> None:
    text = TOP + census_table + BOTH
    files = FILES | {"study_toml": text, "census_csv": HEADING + GOOD}
    assert study_faults(tmp_path, **files) == [fault]


def test_a_census_that_is_not_there(tmp_path: Path) -> None:
    (fault,) = study_faults(tmp_path, **(FILES | {"study_toml": TEXT}))
    assert fault.startswith("census: “file”: there is no file “census.csv” in ")


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, "", "")
    assert "census.csv is empty" in fault
