"""One item as a page shows it: narrowed to what was asked for, each picture with its table under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.lineage import change_log
from goldenthread.analysis.definition.study import Grouping, Item
from goldenthread.analysis.report.book import DID_NOT_SAY, Book
from goldenthread.analysis.report.compose.ask import remarks
from goldenthread.analysis.report.compose.items import item_page as statement_page
from goldenthread.analysis.report.compose.options import options_page
from goldenthread.analysis.report.compose.wording import Remarks, wording_table
from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    Bullets,
    ChangeChart,
    Heading,
    ItemPage,
    Paragraph,
    Table,
    WaveChart,
)
from goldenthread.analysis.results import Results
from goldenthread.thread.finding.explore import Opened

NONE = "none"
"""Held against no earlier wave."""

TICKED = (("Ticked", 5),)
"""The key of a tick-list's chart."""

UNSAID = "-"
"""Those who did not say, where an address names levels."""

Offered = tuple[tuple[str, str], ...]
"""What can be chosen of one kind: (its code, its label)."""

FULL = 12
"""Groupings with more levels than this can be narrowed to some of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an item is looked at: broken down by one grouping, some levels of it, against one earlier wave."""

    by: str = ""
    only: tuple[str, ...] = ()
    compare: str = ""
    mix: bool = True


def item_page(view: Opened, item: str, way: Way) -> ItemPage | None:
    """One item's page, pictures and tables in turn; None where there is no such item.

    Its headline says where the same mix tells another story, even where the mix itself is not shown
    (method 9).
    """
    book = narrowed(view, way)
    made = _composed(book, item)
    if made is None:
        return None
    page, items = made
    whole = page if way.mix else (_composed(narrowed(view, replace(way, mix=True)), item) or made)[0]
    wording = wording_table(book, item, items, _remarks(view))
    blocks = (*_some(view, book, way), *_arranged(page.blocks, wording))
    return replace(page, headline=whole.headline, blocks=blocks)


def _some(view: Opened, book: Book, way: Way) -> tuple[Paragraph, ...]:
    """Said where only some groups are shown, as somebody chose."""
    if not book.only:
        return ()
    found = levels(view, way.by)
    chosen = sum(level in way.only for level, _ in found)
    by = book.grouping_label(way.by).lower()
    return (Paragraph(f"Shown as chosen: {chosen} of {len(found)} groups by {by}, and everybody.", "note"),)


def _composed(book: Book, item: str) -> tuple[ItemPage, Sequence[Item]] | None:
    statement = next((each for each in book.statements if each.id == item), None)
    if statement is not None:
        return statement_page(book, statement, every_group=True), (statement,)
    listed = next((each for each in book.tick_lists if each.id == item), None)
    return None if listed is None else (options_page(book, listed), listed.options)


@lru_cache(maxsize=8)
def _remarks(view: Opened) -> Remarks:
    return remarks(view.book, change_log(view.book.study))


def _arranged(blocks: Sequence[Block], wording: Table) -> Iterator[Block]:
    """The blocks in their order, each table under the picture it belongs to, the rest at the end."""
    tables = [block for block in blocks if isinstance(block, Table)]
    placed: set[str] = set()
    for block in blocks:
        if isinstance(block, Bullets):
            yield wording
        elif not isinstance(block, Table | Heading):
            yield block
            own = [table for table in tables if table.id not in placed and _belongs(table, block)]
            placed |= {table.id for table in own}
            yield from own
    yield from (table for table in tables if table.id not in placed)


def _belongs(table: Table, block: Block) -> bool:
    """Whether a table holds a picture's numbers, by their names; a tick-list's are in that of its changes."""
    if not isinstance(block, BarChart | WaveChart | ChangeChart):
        return False
    stem, _, kind = block.id.rpartition("-")
    name = {"bars": "numbers", "waves": "waves-numbers", "change": "changes"}[kind]
    if isinstance(block, BarChart) and block.key == TICKED:
        name = "changes"
    return table.id == f"{stem}-{name}"


def groupings(view: Opened, item: str) -> tuple[tuple[str, str], ...]:
    """(grouping, label) of the ways an item's results are broken down, in its newest wave."""
    known = _broken_down(view)
    own = {item, *(o.id for each in view.book.tick_lists if each.id == item for o in each.options)}
    return tuple(
        (g.item, g.label) for g in view.book.study.groupings if any((i, g.item) in known for i in own)
    )


@lru_cache(maxsize=8)
def _broken_down(view: Opened) -> frozenset[tuple[str, str]]:
    return frozenset((e.item, e.group) for e in view.book.results.estimates if e.group is not None)


def levels(view: Opened, by: str) -> tuple[tuple[str, str], ...]:
    """(level, label) of a grouping that somebody has a figure in, as addresses name them."""
    grouping = next((each for each in view.book.study.groupings if each.item == by), None)
    found = view.book.levels(grouping) if grouping else ()
    known = _seen(view)
    return tuple((level or UNSAID, label) for level, label in found if (by, level) in known)


@lru_cache(maxsize=8)
def _seen(view: Opened) -> frozenset[tuple[str, str]]:
    return frozenset((e.group, e.level or "") for e in view.book.results.estimates if e.group is not None)


def comparable(view: Opened, item: str) -> tuple[tuple[str, str], ...]:
    """(wave, label) of the earlier waves an item's newest figures are held against, newest first."""
    found = next((each for each in view.book.items if each.id == item), None)
    options = [o for each in view.book.tick_lists if each.id == item for o in each.options]
    own = {each.id for each in (found, *options) if each is not None}
    last = {view.book.last_asked(each) for each in (found, *options) if each is not None}
    earlier = {c.from_wave for c in view.book.results.changes if c.item in own and c.to_wave in last}
    return tuple((w.id, w.label) for w in reversed(view.book.study.waves) if w.id in earlier)


@lru_cache(maxsize=64)
def narrowed(view: Opened, way: Way) -> Book:
    """The book with one grouping, some of its levels, one earlier wave, and the same mix or not."""
    results = view.book.results
    study = results.study
    chosen = tuple(grouping for grouping in study.groupings if grouping.item == way.by)
    changes = tuple(_kept(results, way))
    only = frozenset(DID_NOT_SAY if level == UNSAID else level for level in way.only)
    told = replace(results, study=replace(study, groupings=chosen), changes=changes)
    return view.book.over(told, only if _knows(chosen, view, only) else frozenset())


def _knows(chosen: tuple[Grouping, ...], view: Opened, only: frozenset[str]) -> bool:
    """Whether any of the levels asked for is one of the grouping's."""
    return any((grouping.item, level) in _seen(view) for grouping in chosen for level in only)


def _kept(results: Results, way: Way) -> Iterable[Change]:
    for change in results.changes:
        if way.compare in ("", change.from_wave):
            yield change if way.mix else _without_mix(change)


def _without_mix(change: Change) -> Change:
    return replace(
        change,
        mix_by=None,
        mix_cells=None,
        mix_points=None,
        mix_low=None,
        mix_high=None,
        mix_verdict=None,
        conflict=False,
        mix_because="",
    )
