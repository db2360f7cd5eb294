"""Limits: everything the study and the analysis said, and what the files held."""

from __future__ import annotations

from tests.analysis.report.compose.read_back import chapter, every_text, rows_of, said_in, table_of


def test_limits_hold_everything_the_analysis_and_the_study_said() -> None:
    said = list(every_text(chapter("limits")))
    assert "The survey went out by e-mail, so staff without a work e-mail address may have missed it." in said
    assert any("371 and 412" in text for text in said)
    assert any("2021 is known only from published percentages" in text for text in said)
    assert "2 answers or rows left out; 1 note." in said


def test_what_the_files_held_is_counted_and_never_names_a_person() -> None:
    table = table_of(chapter("limits"), "problems")
    assert rows_of(table)[0] == ["answers-2025.csv", "Q7", "Not an answer on offer; left blank.", "2"]
    assert "agree??" not in said_in("limits")
    assert "Row" not in {c.label for c in table.columns}
