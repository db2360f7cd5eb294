"""The rich results with a census, made by hand, and items, options and a level about types of need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.results import NeedRow, NeedTable, Results

ABOUT = {
    "listen": "visual",
    "legal": "autism",
    "training-autism": "autism",
    "training-speech": "multi-sensory",
    "training-law": "hearing",
}
ROWS = (
    NeedRow("autism", "Autism", 1100, 55.0, low_incidence=False),
    NeedRow("semh", "Social, emotional and mental health", 644, 32.2, low_incidence=False),
    NeedRow("hearing", "Deaf or hearing loss", 80, 4.0, low_incidence=False),
    NeedRow("physical", "Physical disability", 79, 3.95, low_incidence=True),
    NeedRow("other", "Another need or disability", 40, 2.0, low_incidence=False, catch_all=True),
    NeedRow("visual", "Vision impairment", 20, 1.0, low_incidence=True),
    NeedRow("severe", "Severe learning difficulties", None, None, True, "not shown"),
    NeedRow("multi-sensory", "Deafblind or multi-sensory impairment", None, None, True, "not shown"),
    NeedRow("profound", "Profound and multiple learning difficulties", None, None, None),
)
TABLE = NeedTable(date(2025, 1, 16), ("School census, spring 2025",), 4.0, 2000, 20, ROWS)


def results_with_needs(table: NeedTable | None = TABLE) -> Results:
    found = rich_results()
    items = tuple(_about(item) for item in found.study.items)
    return replace(found, study=replace(found.study, items=items), needs=table)


def _about(item: Item) -> Item:
    if item.id == "work":
        first, *rest = item.answers
        return replace(item, answers=(replace(first, need="semh"), *rest))
    return replace(item, need=ABOUT.get(item.id))
