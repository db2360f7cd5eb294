"""The workbook's sheet of need types: numbers stay numbers, what is hidden stays hidden."""

from __future__ import annotations

from tests.analysis.report.needs_fixture import results_with_needs
from tests.analysis.report.xlsx.test_file import found, rows, written

BOOK = written(results_with_needs())
PAGE = BOOK["Need types"]


def test_a_type_has_its_pupils_its_share_its_census_code_and_source() -> None:
    row = found(PAGE, Need_type="Physical disability")
    shown = {head: cell.value for head, cell in row.items()}
    assert shown == {
        "Need type": "Physical disability",
        "Code in the census": "PD",
        "Pupils": 79,
        "Share of pupils with SEN": 0.0395,
        "Low incidence": "Yes",
        "In this survey": "",
        "Date": "2025-01-16",
        "Source": "School census, spring 2025",
    }
    assert row["Share of pupils with SEN"].number_format == "0.00%"


def test_what_asks_about_a_type_is_named() -> None:
    assert found(PAGE, Need_type="Autism")["In this survey"].value == "The law on plans; Training interests"


def test_hidden_counts_are_words() -> None:
    row = found(PAGE, Need_type="Deafblind or multi-sensory impairment")
    assert (row["Pupils"].value, row["Share of pupils with SEN"].value) == ("not shown", "[c]")
    missing = found(PAGE, Need_type="Profound and multiple learning difficulties")
    assert (missing["Pupils"].value, missing["Low incidence"].value) == ("[x]", "not known")


def test_the_last_rows_are_those_of_no_type_and_all() -> None:
    last = [(row["Need type"].value, row["Pupils"].value) for row in rows(PAGE)[-2:]]
    assert last == [("Type of need not recorded", 20), ("All pupils recorded with SEN", 2000)]


def test_without_a_census_there_is_no_such_sheet() -> None:
    assert "Need types" not in written(results_with_needs(None)).sheetnames
    assert "Need types" in BOOK.sheetnames
