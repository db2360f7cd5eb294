"""Tick-lists: the options of one question on one page."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import (
    REPORT,
    RESULTS,
    blocks_of,
    composed,
    page,
    rows_of,
    table_of,
)

from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.model import BarChart, Bullets, Table


def now(option: str) -> Estimate:
    wanted = (f"training-{option}", "2025", "yes")
    return next(e for e in RESULTS.estimates if (e.item, e.wave, e.answer) == wanted)


def test_the_options_of_a_tick_list_share_one_page() -> None:
    assert [p.item for p in REPORT.items if p.item.startswith("training")] == ["training"]
    told = page("training")
    assert told.headline.startswith("Ticked most in 2025: Autism (62%), Behaviour and feelings (48%)")
    assert "of the 352 people who ticked anything" in told.headline
    chart = blocks_of(told, BarChart)[0]
    assert [(bar.name, bar.value, bar.base) for bar in chart.bars][:2] == [
        ("Autism", "62%", "of 352 people"),
        ("Behaviour and feelings", "48%", "of 352 people"),
    ]
    assert "over 100%" in chart.note
    rows = rows_of(table_of(told, "training-changes"))
    assert [row[0] for row in rows] == [
        "Autism", "Behaviour and feelings", "The law", "Speech and language", "Personal budgets",
    ]  # fmt: skip
    assert rows[0][1:4] == ["218 (62%)", "352", "57 to 67"]
    assert any("“What would you like training in?”" in line for line in blocks_of(told, Bullets)[0].items)


def test_each_group_has_its_column_on_a_tick_list_page() -> None:
    autism = now("autism")
    gone = dict.fromkeys(("base", "count", "percent", "low", "high"))
    cells = (
        replace(autism, group="work", level="school", count=80, base=160, percent=50.0, low=42.4, high=57.6),
        replace(autism, group="work", level="casework", base=20, percent=40.0, low=21.9, high=61.3, flag="u"),
        replace(autism, group="work", level="hub", **gone, flag="c"),
    )
    report = composed(estimates=(*RESULTS.estimates, *cells))
    table = table_of(page("training", report), "training-work-numbers")
    assert [c.label for c in table.columns] == [
        "Option", "Everybody", "School staff", "SEND casework team", "Parenting hub",
    ]  # fmt: skip
    assert rows_of(table)[0] == ["Autism", "62% ±5", "50% ±8", "40% ±21 [u]", "[c]"]
    assert rows_of(table)[-1] == ["Base", "352", "160", "20", "[c]"]
    assert "a group of fewer than 10, or a figure that would give one away" in table.note


def test_many_groups_are_shared_out_over_tables_that_fit_a_sheet() -> None:
    levels = ("school", "early", "health", "social", "casework", "hub", "transport", "employ", "")
    cells = tuple(replace(now("law"), group="work", level=level) for level in levels)
    told = page("training", composed(estimates=(*RESULTS.estimates, *cells)))
    tables = [table for table in blocks_of(told, Table) if "-numbers" in table.id]
    assert [t.id for t in tables] == ["training-work-numbers", "training-work-numbers-2"]
    assert [len(t.columns) for t in tables] == [7, 6]
    assert all(t.columns[1].label == "Everybody" for t in tables)
