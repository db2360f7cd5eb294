"""Need types: one table with its line and sources, and a sentence on the pages of low incidence needs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.report.compose.read_back import chapter, every_text, page, rows_of, table_of
from tests.analysis.report.needs_fixture import TABLE, results_with_needs

from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.needs import item_words, share
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.results import NeedRow, NeedTable

REPORT = compose(results_with_needs())
NOTE = table_of(chapter("needs", REPORT), "need-types").note


def composed(table: NeedTable | None) -> str:
    return " ".join(every_text(compose(results_with_needs(table))))


def test_the_table_has_every_type_with_its_pupils_and_what_asks_about_it() -> None:
    table = table_of(chapter("needs", REPORT), "need-types")
    assert table.caption == "Pupils recorded with SEN by primary type of need, Thursday 16 January 2025"
    assert rows_of(table) == [
        ["Autism", "1,100", "55.0%", "No", "The law on plans; Training interests"],
        ["Social, emotional and mental health", "644", "32.2%", "No", "Area of work: School staff"],
        ["Deaf or hearing loss", "80", "4.0%", "No", "Training interests"],
        ["Physical disability", "79", "3.95%", "Yes", "–"],
        ["Another need or disability", "40", "2.0%", "No: not one type", "–"],
        ["Vision impairment", "20", "1.0%", "Yes", "Listening to children"],
        ["Severe learning difficulties", "not shown", "[c]", "Yes", "–"],
        ["Deafblind or multi-sensory impairment", "not shown", "[c]", "Yes", "Training interests"],
        ["Profound and multiple learning difficulties", "not in the census", "–", "not known", "–"],
        ["Type of need not recorded", "20", "1.0%", "–", "–"],
        ["All pupils recorded with SEN", "2,000", "100%", "–", "–"],
    ]


def test_a_cell_leads_to_a_page_where_one_page_alone_asks_about_the_type() -> None:
    rows = table_of(chapter("needs", REPORT), "need-types").rows
    linked = {row[0].text: row[-1].item for row in rows if row[-1].item}
    assert linked == {
        "Deaf or hearing loss": "training",
        "Vision impairment": "listen",
        "Deafblind or multi-sensory impairment": "training",
    }


def test_the_note_says_the_rule_its_line_and_its_sources() -> None:
    assert "under 4% of pupils recorded with SEN, by the exact share" in NOTE
    assert "“Another need or disability” is no one type of need, so it is never low incidence" in NOTE
    assert "Source of the line: Department for Education" in NOTE
    assert "Source of the counts: School census, spring 2025." in NOTE
    assert "[c]" in NOTE


def test_a_line_of_the_study_s_own_is_not_said_to_be_anybody_else_s() -> None:
    told = composed(replace(TABLE, under=5.0))
    assert "The line is this study’s own." in told
    assert "Department for Education" not in told


def test_without_hidden_counts_the_note_explains_no_mark() -> None:
    shown = tuple(row for row in TABLE.rows if not row.shown_as)
    table = table_of(chapter("needs", compose(results_with_needs(replace(TABLE, rows=shown)))), "need-types")
    assert "[c]" not in table.note


def test_hidden_totals_are_not_shown() -> None:
    few = replace(TABLE, total=None, no_type=None)
    rows = rows_of(table_of(chapter("needs", compose(results_with_needs(few))), "need-types"))
    assert rows[-2:] == [
        ["Type of need not recorded", "not shown", "[c]", "–", "–"],
        ["All pupils recorded with SEN", "not shown", "[c]", "–", "–"],
    ]


def test_the_page_of_a_low_incidence_need_says_so_in_a_sentence() -> None:
    told = list(every_text(page("listen", REPORT)))
    assert (
        "This is about a low incidence need, “Vision impairment”: the primary need of 20 of the 2,000 pupils "
        "recorded with SEN (1.0%, under 4%)."
    ) in told


def test_pages_of_other_needs_and_of_none_do_not() -> None:
    pages = [each for each in REPORT.items if each.item not in ("listen", "training")]
    assert len(pages) > 5
    assert not [each.item for each in pages if "low incidence" in " ".join(every_text(each))]


def test_a_tick_list_names_its_options_about_low_incidence_needs() -> None:
    told = list(every_text(page("training", REPORT)))
    assert (
        "1 option is about a low incidence need, under 4% of pupils recorded with SEN: “Speech and language”."
    ) in told


def test_a_hidden_count_is_not_told_on_a_page() -> None:
    book = Book(results_with_needs())
    item = next(item for item in book.items if item.id == "listen")
    assert item_words(book, replace(item, need="multi-sensory")) == (
        "This is about a low incidence need, “Deafblind or multi-sensory impairment”: the primary need of "
        "under 4% of pupils recorded with SEN."
    )


def test_without_a_census_nothing_is_said_of_low_incidence() -> None:
    assert "low incidence" not in composed(None)
    assert "needs" not in {part.id for part in compose(results_with_needs(None)).chapters}


def test_where_nothing_is_low_incidence_the_chapter_says_so() -> None:
    none = replace(TABLE, rows=TABLE.rows[:3])
    assert "No type of need is the primary one of under 4% of pupils recorded with SEN." in composed(none)


@pytest.mark.parametrize(
    ("percent", "low", "printed"),
    [
        (3.9, True, "3.9%"),
        (3.96, True, "3.96%"),
        (3.9996, True, "3.9996%"),
        (4.0, False, "4.0%"),
        (4.04, False, "4.0%"),
        (24.76, False, "24.8%"),
        (0.0, True, "0.0%"),
    ],
)
def test_a_share_is_printed_on_its_own_side_of_the_line(percent: float, low: bool, printed: str) -> None:
    assert share(NeedRow("x", "X", 1, percent, low), 4.0) == printed
