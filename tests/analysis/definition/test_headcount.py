"""The headcount, and every cell of it that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.analysis.definition.test_study_file import BOTH, FILES, TOP
from tests.analysis.definition.written import study, study_faults

from goldenthread.analysis.definition.study import HeadcountRow, Study

TEXT = TOP + 'headcount = "heads.csv"\n' + BOTH + '[[groups]]\nitem = "area"\n'
HEADING = "wave,grouping,level,number,number_high,date,source,all_invited\n"


def counted(folder: Path, rows: str, heading: str = HEADING) -> Study:
    return study(folder, **(FILES | {"study_toml": TEXT, "heads_csv": heading + rows}))


def faults(folder: Path, rows: str, heading: str = HEADING) -> list[str]:
    return study_faults(folder, **(FILES | {"study_toml": TEXT, "heads_csv": heading + rows}))


def test_rows_for_everybody_and_for_levels(tmp_path: Path) -> None:
    rows = '1,,,"2,400",2450,2025-05-01,Payroll,no\n2,area,Answer N,310,,,,\n'
    assert counted(tmp_path, rows).headcount == (
        HeadcountRow("1", None, None, 2400, 2450, date(2025, 5, 1), "Payroll", all_invited=False),
        HeadcountRow("2", "area", "n", 310),
    )


def test_a_range_may_be_a_single_number(tmp_path: Path) -> None:
    assert counted(tmp_path, "1,,,50,50,,,\n").headcount == (HeadcountRow("1", None, None, 50, 50),)


def test_columns_may_be_few_and_in_any_order(tmp_path: Path) -> None:
    assert counted(tmp_path, "120;1\n", "number;wave\n").headcount == (HeadcountRow("1", None, None, 120),)


def test_a_spreadsheet_s_own_encoding(tmp_path: Path) -> None:
    counted(tmp_path, "")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (tmp_path / "heads.csv").write_text(HEADING + "1,,,5,,,Café,\r\n", encoding=encoding)
        files = FILES | {"study_toml": TEXT}
        assert study(tmp_path, **files).headcount[0].source == "Café"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1,,,about 50,,,,", "row 2, column “number”: “about 50” is not a whole number of people"),
        ("1,,,-3,,,,", "row 2, column “number”: “-3” is not a whole number of people"),
        ("1,,,12.5,,,,", "row 2, column “number”: “12.5” is not a whole number of people"),
        ('1,,,"1,2",,,,', "row 2, column “number”: “1,2” is not a whole number of people"),
        ("1,,,,,,,", "row 2, column “number”: there is no number"),
        ("1,,,50,40,,,", "row 2, column “number_high”: 40 is below the number, 50"),
        ("3,,,50,,,,", "row 2, column “wave”: unknown wave “3”"),
        (
            "1,aera,n,50,,,,",
            "row 2, column “grouping”: “aera” is not one of the study’s [[groups]]; did you mean “area”?",
        ),
        ("1,area,north,50,,,,", "row 2, column “level”: “north” is no answer of “area”"),
        ("1,,n,50,,,,", "row 2, column “level”: “n” is a level of no grouping"),
        ("1,,,50,,May,,", "row 2, column “date”: “May” is not a date such as 2025-06-02"),
        ("1,,,50,,,,perhaps", "row 2, column “all_invited”: “perhaps” is neither yes nor no"),
        ("1,,,50,,,,\n1,everybody,,60,,,,", "row 3: this wave, grouping and level were counted further up"),
    ],
)
def test_each_cell_that_cannot_be(tmp_path: Path, row: str, fault: str) -> None:
    assert faults(tmp_path, row + "\n") == [f"heads.csv, {fault}"]


def test_faults_of_several_rows_come_together(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "1,,,x,,,,\n1,area,n,y,,,,\n")) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is empty: it needs a heading row, then rows of counts."),
        ("wave,wave,number\n", "row 1: two columns are called “wave”."),
        ("wave,number\n1,2,3\n", "row 2: has 3 cells where the heading row has 2."),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, text: str, fault: str) -> None:
    (line,) = faults(tmp_path, "", text)
    assert line.startswith("heads.csv")
    assert line.endswith(fault)


def test_a_missing_column_and_an_unknown_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "1,50\n", "wave,numbr\n") == [
        "heads.csv, row 1: unknown column “numbr”; did you mean “number”?",
        "heads.csv, row 1: there is no column “number”",
    ]
