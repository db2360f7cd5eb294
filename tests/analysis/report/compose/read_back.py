"""Reading a composed report back: its chapters, pages and blocks, and every word in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import Block, Chapter, FindingList, ItemPage, Report, Table
from goldenthread.analysis.results import Results

RESULTS = rich_results()
REPORT = compose(RESULTS)
B = TypeVar("B", bound=Block)


def chapter(name: str, report: Report = REPORT) -> Chapter:
    return next(c for c in report.chapters if c.id == name)


def page(item: str, report: Report = REPORT) -> ItemPage:
    return next(p for p in report.items if p.item == item)


def blocks_of(part: Chapter | ItemPage, kind: type[B]) -> list[B]:
    return [block for block in part.blocks if isinstance(block, kind)]


def table_of(part: Chapter | ItemPage, name: str) -> Table:
    """The table called ``name``."""
    return next(table for table in blocks_of(part, Table) if table.id == name)


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def index_of(report: Report = REPORT) -> Table:
    """The table of every item."""
    return table_of(chapter("index", report), "all-items")


def lists_of(report: Report = REPORT) -> dict[str, FindingList]:
    """The lists of findings by id."""
    return {block.id: block for block in blocks_of(chapter("find", report), FindingList)}


def every_text(thing: object) -> Iterator[str]:
    """Every string anywhere in a report."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from every_text(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from every_text(getattr(thing, each.name))


def said_in(part: str, report: Report = REPORT) -> str:
    """Every word of one chapter."""
    return " ".join(every_text(chapter(part, report)))


def composed(results: Results = RESULTS, **changed: object) -> Report:
    """The report of ``results`` with some of their fields, such as ``changes``, put in place."""
    return compose(replace(results, **changed))


def with_item(name: str, **changed: object) -> Results:
    """The rich results with one item of the study changed."""
    return with_items(*(replace(i, **changed) if i.id == name else i for i in RESULTS.study.items))


def with_items(*items: Item) -> Results:
    return replace(RESULTS, study=replace(RESULTS.study, items=items))


def with_lines(**lines: float) -> Results:
    """The rich results under other thresholds."""
    thresholds = replace(RESULTS.study.thresholds, **lines)
    return replace(RESULTS, study=replace(RESULTS.study, thresholds=thresholds))


def newest_change(change: Change, item: str) -> bool:
    """Whether a change is ``item``'s among everybody, into 2025."""
    return (change.item, change.group, change.to_wave) == (item, None, "2025")


def with_change(item: str, **changed: object) -> Results:
    """The rich results with ``item``'s newest change among everybody put in place."""
    changes = (replace(c, **changed) if newest_change(c, item) else c for c in RESULTS.changes)
    return replace(RESULTS, changes=tuple(changes))
