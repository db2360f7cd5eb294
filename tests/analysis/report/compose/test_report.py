"""The report as a whole: what the least of them holds, and what every table and page carries."""

from __future__ import annotations

from tests.analysis.report.compose.read_back import REPORT, blocks_of, chapter, page
from tests.analysis.report.results_fixture import plain_results, rich_results

from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import BarChart, ChangeChart, Chapter, ItemPage, Table, WaveChart


def test_the_least_a_report_can_stand_on() -> None:
    report = compose(plain_results())
    assert report.title == "A plain survey"
    assert [p.item for p in report.items] == ["listen"]
    assert report.caveat[0].startswith("370 people answered. We do not know how many people")
    assert not [b for b in report.items[0].blocks if isinstance(b, WaveChart | ChangeChart)]
    assert [b for b in report.items[0].blocks if isinstance(b, BarChart)]
    assert "crosswalk" not in {c.id for c in report.chapters}


def test_composing_twice_gives_the_same_report() -> None:
    assert compose(rich_results()) == REPORT


def test_every_bar_and_every_dot_carries_its_base() -> None:
    bars = [b for p in REPORT.items for chart in blocks_of(p, BarChart) for b in chart.bars]
    points = [d for p in REPORT.items for chart in blocks_of(p, WaveChart) for d in chart.points]
    assert {bar.base for bar in bars} >= {"342 people", "of 352 people", ""}
    assert {point.base for point in points} >= {"342 people", "371 to 412 people", ""}
    assert not [bar for bar in bars if not bar.base and bar.value != "[c]"]
    assert not [point for point in points if not point.base and point.percent is not None]


def test_every_table_of_an_items_figures_carries_their_base() -> None:
    tables = [t for p in REPORT.items for t in blocks_of(p, Table) if t.id.endswith("-numbers")]
    assert {"adult-work-numbers", "adult-waves-numbers"} <= {t.id for t in tables}
    for table in tables:
        labels = [c.label for c in table.columns]
        assert "Base" in (*labels, *(row[0].text for row in table.rows)), table.id


def test_every_table_has_as_many_cells_as_columns() -> None:
    parts: list[Chapter | ItemPage] = [*REPORT.chapters, *REPORT.items]
    tables = [table for part in parts for table in blocks_of(part, Table)]
    assert not [t.id for t in tables for row in t.rows if len(row) != len(t.columns)]
    assert max(len(t.columns) for t in tables) > 8


def test_every_link_to_an_option_leads_to_its_tick_list() -> None:
    pages = {p.item for p in REPORT.items}
    tables = [table for part in REPORT.chapters for table in blocks_of(part, Table)]
    linked = {cell.item for table in tables for row in table.rows for cell in row} - {""}
    assert linked <= pages
    assert "training" in linked


def test_the_pages_follow_the_chapter_that_tells_how_to_read_them() -> None:
    assert "items" in {c.id for c in REPORT.chapters}
    assert chapter("items").title == "Item by item"
    assert page("training").item == REPORT.items[-1].item
