"""A spreadsheet that opens our CSV runs nothing of it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.analysis.plain_cells import csv_text, guarded, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(1)", "  =1", '"=1', "＝1"])
def test_what_begins_as_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "Schools", "241 (73%)", "−5", "+3", "–", "1 to 3", "a=1", "“Often”"]
)
def test_other_words_stand_as_they_are(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1"])
def test_nor_after_what_is_passed_over(text: str) -> None:
    assert guarded(text).startswith("'")


def test_no_cell_is_cut_out_of_another_by_semicolons_or_tabs() -> None:
    text = csv_text([["canary;=1+1;x", "one\t=1"], ["plain", "two;=1\n=1"], ["a", 'say "so"']])
    for separator in ";\t":
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
        assert not any(cell.startswith("=") for cell in cells)
    assert list(csv.reader(io.StringIO(text)))[2] == ["a", 'say "so"']


@given(st.text(alphabet=st.sampled_from("=+-@'\" \t\r\n;|\ufeffa1,") | st.characters(), max_size=12))
@settings(max_examples=500, deadline=None)
def test_a_guard_can_be_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
