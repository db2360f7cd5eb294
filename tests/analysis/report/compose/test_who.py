"""Who answered: totals, small groups, headcounts given as ranges, and rows that do not add."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import (
    REPORT,
    RESULTS,
    chapter,
    composed,
    every_text,
    rows_of,
    said_in,
    table_of,
)


def test_response_totals_show_the_change_in_answers() -> None:
    totals = rows_of(table_of(chapter("who"), "totals"))
    assert totals[0] == ["2025", "370", "−28, −7.0%", "2,410", "15%"]
    assert totals[2][3:] == ["not known", "not known"]


def test_who_answered_keeps_zero_rows_hides_small_groups_and_flags_sums() -> None:
    table = table_of(chapter("who"), "who-work")
    rows = {row[0]: row[1:] for row in rows_of(table)}
    assert rows["Employment and training"][:2] == ["0", "0%"]
    assert rows["Parenting hub"][:2] == ["not shown", "[c]"]
    assert rows["School transport"][:2] == ["not shown", "[c]"]
    assert rows["School staff"][6:] == ["1,340", "13%", "0.83"]
    assert "413, not 412" in table.note
    assert "matches the workforce by area of work, except Early years and SEND casework team" in said_in(
        "who"
    )


def test_who_answered_flags_rows_that_do_not_add() -> None:
    report = composed(who=tuple(replace(t, note="") for t in RESULTS.who))
    assert "2021: the rows add to 413, not 412." in table_of(chapter("who", report), "who-work").note


def test_a_headcount_given_as_a_range_is_printed_as_one() -> None:
    newest = RESULTS.who[-1]
    first = next(row for row in newest.rows if row.headcount and row.count)
    low = first.headcount - 10
    rows = tuple(replace(row, headcount_low=low) if row is first else row for row in newest.rows)
    report = composed(who=(*RESULTS.who[:-1], replace(newest, rows=rows)))
    table = table_of(chapter("who", report), "who-work")
    (told,) = [row for row in rows_of(table) if row[0] == first.label]
    assert f"{low:,} to {first.headcount:,}" in told


def test_a_hidden_group_is_not_told_from_the_one_hidden_for_its_sake() -> None:
    said = list(every_text(chapter("who")))
    assert said.count("not shown") == 4
    assert any("or one that would give it away" in text for text in said)
    cells = [text for each in REPORT.items for text in every_text(each) if len(text) < 20]
    assert "[c]" in cells
    assert "fewer than 10" not in cells


def test_groups_too_small_to_be_judged_are_spoken_of_only_where_one_is_outside() -> None:
    small = "Groups under 5% of the headcount are not judged."
    newest = next(t for t in RESULTS.who if (t.wave, t.grouping) == ("2025", "work"))
    inside = tuple(replace(row, share_ratio=1.0) for row in newest.rows)
    least = min((row for row in inside if row.headcount), key=lambda row: row.headcount or 0)
    outside = tuple(replace(row, share_ratio=3.0) if row is least else row for row in inside)
    hidden = tuple(replace(row, share_ratio=None) if row is least else row for row in inside)
    told = [
        " ".join(every_text(chapter("who", composed(who=(*RESULTS.who[:-1], replace(newest, rows=rows))))))
        for rows in (inside, outside, hidden)
    ]
    assert [small in text for text in told] == [False, True, False]
