"""The tables behind the pictures."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import RESULTS, composed, page, rows_of, table_of


def test_counts_stand_beside_the_base() -> None:
    table = table_of(page("adult"), "adult-work-numbers")
    assert [c.label for c in table.columns][-2:] == ["Not part of my role", "No readable answer"]
    assert rows_of(table)[-1][-2:] == ["24", "9"]
    assert "Per cents are of people" in table.note


def test_counts_hidden_in_every_group_are_told_once_for_everybody() -> None:
    """A column of nothing but [c] says nothing that its total does not."""
    hidden = tuple(b if b.group is None else replace(b, outside=None) for b in RESULTS.besides)
    table = table_of(page("adult", composed(besides=hidden)), "adult-work-numbers")
    assert [c.label for c in table.columns][-2:] == ["Range", "No readable answer"]
    assert "Left out: 24 people said “Not part of my role”" in table.note
    assert "Left out" not in table_of(page("adult"), "adult-work-numbers").note
