"""One build, opened: its protected results, as the explorer's pages need them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.compose.find import find
from goldenthread.analysis.report.compose.items import item_page as statement_page
from goldenthread.analysis.report.compose.limits import standing
from goldenthread.analysis.report.compose.options import options_page
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.compose.short import short
from goldenthread.analysis.report.compose.who import who
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    ChangeChart,
    Heading,
    ItemPage,
    Paragraph,
    Table,
    WaveChart,
)
from goldenthread.analysis.report.pictures.picture import Chart, png, svg
from goldenthread.analysis.report.xlsx.file import xlsx
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse_kept
from goldenthread.thread.finding.queries import folder_of
from goldenthread.thread.finding.shown import with_earlier

KEPT_OPEN = 8
"""Builds a process keeps open: a few megabytes each."""

Address = Callable[[str], str]
"""Where an item's page is."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A build's results, already protected: nothing in it may not be shown. One a build and process."""

    build: int
    book: Book


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list of all of them."""

    id: str
    label: str
    tick_list: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A file made from what a page shows."""

    name: str
    media_type: str
    content: bytes


def opened(build: int) -> Opened:
    """The results of a done build. Raises Refusal where its folder was taken away."""
    return _opened(build, folder_of(build))


@lru_cache(maxsize=KEPT_OPEN)
def _opened(build: int, folder: Path) -> Opened:
    study = with_earlier(read_study(folder / "study" / "study.toml", answers_gone=True), folder)
    return Opened(build, Book(without_hidden(analyse_kept(study, folder / "cubes"))))


def headline(view: Opened) -> tuple[Block, ...]:
    """The findings in a sentence or two, with the standing caveat."""
    said = [block for block in short(view.book).blocks if isinstance(block, Paragraph)]
    return (*said[:1], *(Paragraph(text, "caveat") for text in standing_caveat(view.book)))


def findings(view: Opened) -> tuple[Block, ...]:
    """Every finding, by kind."""
    return find(view.book).blocks


def items(view: Opened) -> tuple[ItemLine, ...]:
    """Every item with a page, in the questionnaire's order, then the tick-lists."""
    statements = (ItemLine(item.id, item.label, tick_list=False) for item in view.book.statements)
    return (*statements, *(ItemLine(each.id, each.label, tick_list=True) for each in view.book.tick_lists))


def who_answered(view: Opened) -> tuple[Block, ...]:
    """Who answered, against the headcount; then what these results cannot show.

    What was found in the files is not here: that is with each wave, for those who may see it.
    """
    return (*who(view.book).blocks, Heading("Limits"), *standing(view.book))


def groupings(view: Opened) -> tuple[tuple[str, str], ...]:
    """(item, label) of the ways results are broken down."""
    return tuple((grouping.item, grouping.label) for grouping in view.book.study.groupings)


def has_mix(view: Opened) -> bool:
    """Whether changes are also worked out for the same mix of people."""
    return view.book.study.mix is not None


def comparable(view: Opened, item: str) -> tuple[tuple[str, str], ...]:
    """(wave, label) of the earlier waves an item's newest figures are held against, newest first."""
    found = next((each for each in view.book.items if each.id == item), None)
    options = [o for each in view.book.tick_lists if each.id == item for o in each.options]
    own = {each.id for each in (found, *options) if each is not None}
    last = {view.book.last_asked(each) for each in (found, *options) if each is not None}
    earlier = {c.from_wave for c in view.book.results.changes if c.item in own and c.to_wave in last}
    return tuple((w.id, w.label) for w in reversed(view.book.study.waves) if w.id in earlier)


def item_page(
    view: Opened, item: str, *, by: str = "", compare: str = "", mix: bool = True
) -> ItemPage | None:
    """One item's page: broken down by one grouping, against one earlier wave; None where there is none."""
    book = _narrowed(view, by, compare, mix)
    statement = next((each for each in book.statements if each.id == item), None)
    if statement is not None:
        return statement_page(book, statement)
    listed = next((each for each in book.tick_lists if each.id == item), None)
    return None if listed is None else options_page(book, listed)


def file_of(
    view: Opened, item: str, kind: str, *, by: str = "", compare: str = "", mix: bool = True
) -> Made | None:
    """What the same page shows, as xlsx, csv, png or svg; None where there is no such item or kind."""
    page = item_page(view, item, by=by, compare=compare, mix=mix)
    makers = {"csv": _csv, "png": _png, "svg": _svg}
    if page is None:
        return None
    if kind == "xlsx":
        return _xlsx(_narrowed(view, by, compare, mix), page)
    return makers[kind](page) if kind in makers else None


@lru_cache(maxsize=64)
def _narrowed(view: Opened, by: str, compare: str, mix: bool) -> Book:  # noqa: FBT001 - a key of the cache
    """The book with one grouping, one earlier wave, and the same mix or not."""
    results = view.book.results
    study = results.study
    chosen = tuple(grouping for grouping in study.groupings if grouping.item == by)
    changes = tuple(_kept(results, compare, mix=mix))
    return Book(replace(results, study=replace(study, groupings=chosen), changes=changes))


def _kept(results: Results, compare: str, *, mix: bool) -> Iterable[Change]:
    for change in results.changes:
        if compare in ("", change.from_wave):
            yield change if mix else _without_mix(change)


def _without_mix(change: Change) -> Change:
    return replace(
        change,
        mix_by=None,
        mix_cells=None,
        mix_points=None,
        mix_low=None,
        mix_high=None,
        mix_verdict=None,
        mix_because="",
    )


def _tables(page: ItemPage) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


def _charts(page: ItemPage) -> list[Chart]:
    return [block for block in page.blocks if isinstance(block, BarChart | WaveChart | ChangeChart)]


def _csv(page: ItemPage) -> Made:
    """Every table of the page, one under the other; text a spreadsheet would run is kept from running."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe(page.over)])
    for table in _tables(page):
        writer.writerow([])
        writer.writerow([_safe(table.caption)])
        writer.writerow([_safe(column.label) for column in table.columns])
        writer.writerows([[_safe(cell.text) for cell in row] for row in table.rows])
        if table.note:
            writer.writerow([_safe(table.note)])
    return Made(f"{page.item}.csv", "text/csv; charset=utf-8", text.getvalue().encode("utf-8-sig"))


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _xlsx(book: Book, page: ItemPage) -> Made:
    """The workbook of the report, for this item alone."""
    own = {page.item} | {
        option.id for each in book.tick_lists if each.id == page.item for option in each.options
    }
    results = book.results
    alone = replace(
        results,
        estimates=tuple(e for e in results.estimates if e.item in own),
        changes=tuple(c for c in results.changes if c.item in own),
        findings=tuple(f for f in results.findings if f.item in own),
        besides=tuple(b for b in results.besides if b.item in own),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Made(f"{page.item}.xlsx", kind, xlsx(compose(alone), alone))


def _png(page: ItemPage) -> Made | None:
    charts = _charts(page)
    return Made(f"{page.item}.png", "image/png", png(charts[0])) if charts else None


def _svg(page: ItemPage) -> Made | None:
    charts = _charts(page)
    return Made(f"{page.item}.svg", "image/svg+xml", svg(charts[0]).encode()) if charts else None
