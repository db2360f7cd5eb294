"""Tick-lists: one page for each multiple-answer question, with every option's figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from goldenthread.analysis.compare.model import MOVED, Change
from goldenthread.analysis.definition.study import Grouping, Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, TickList
from goldenthread.analysis.report.compose.bars import HIDDEN_WHY
from goldenthread.analysis.report.compose.counts import counts, highest_first
from goldenthread.analysis.report.compose.items import wording
from goldenthread.analysis.report.compose.needs import options_words
from goldenthread.analysis.report.compose.tables import (
    base_cell,
    figure_cell,
    mark_notes,
    mix_cell,
    points_cell,
    range_cell,
    verdict_now,
)
from goldenthread.analysis.report.model import (
    Bar,
    BarChart,
    Block,
    Bullets,
    Cell,
    Column,
    FindingLine,
    Heading,
    ItemPage,
    Paragraph,
    Segment,
    Table,
)
from goldenthread.analysis.report.sentences.change import (
    mix_sentence,
    points_words,
    range_of_change,
    verdict_words,
)
from goldenthread.analysis.report.sentences.words import (
    base_words,
    level_words,
    longer_arm,
    lowered,
    number,
    percent,
    plural,
    range_words,
    value_words,
)

OF_TICKERS = (
    "Per cents are of the people who ticked anything. One may tick several, so they add to over 100%."
)
ACROSS = 7
"""Groups a table has room for beside everybody."""

BY_GROUP = "Changes by group are in the workbook of tables."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table of groups: its name, its title, and the levels it shows of one grouping in one wave."""

    name: str
    title: str
    wave: str
    grouping: str
    levels: tuple[tuple[str, str], ...]


def tick_lists(book: Book) -> tuple[Block, ...]:
    """Where the options are told: a table of the tick-lists, each with its page."""
    if not book.tick_lists:
        return ()
    found = counts(book)
    one = "the tick-list are on its page"
    lists = one if found.tick_lists == 1 else f"{found.tick_lists} tick-lists are on a page for each"
    text = (
        f"The {plural(found.options, 'option')} of {lists}. The lists above name only options that are a "
        "strength or a gap, or that rose or fell."
    )
    columns = (Column("Tick-list"), Column("Options", numeric=True), Column("Ticked most"))
    rows = tuple(_list_row(book, each) for each in book.tick_lists)
    table = Table("tick-lists", "Tick-lists", columns, rows)
    return Heading("What people ticked"), Paragraph(text), table


def _list_row(book: Book, each: TickList) -> tuple[Cell, ...]:
    return (
        Cell(each.label, item=each.id),
        Cell(number(len(each.options))),
        Cell(_most(book, _ranked(book, each))),
    )


def options_line(book: Book, each: TickList, of_kind: Sequence[Item]) -> FindingLine | None:
    """A tick-list's options of one kind in one line; None where it has none."""
    items = highest_first(book, [item for item in each.options if item in of_kind])
    if not items:
        return None
    told = "; ".join(_option_words(book, item) for item in items)
    return FindingLine(each.id, f"{each.label}: {plural(len(items), 'option')}", f"{told}.")


def _option_words(book: Book, item: Item) -> str:
    estimate = book.headline(item, book.last_asked(item))
    change = book.change_now(item)
    level = f"{book.option_label(item)} {value_words(estimate) if estimate else ''}".strip()
    if change is None or change.verdict not in MOVED or change.points is None:
        return level
    told = f"{level}, {points_words(change.points)} than in {book.label(change.from_wave)}"
    mix = mix_sentence(change, book.people)
    return f"{told} ({lowered(mix)})" if mix else told


def options_page(book: Book, each: TickList) -> ItemPage:
    """The page of one tick-list: ranked, by group, with its changes and its words in each wave."""
    ranked = _ranked(book, each)
    about = options_words(book, ranked)
    blocks: tuple[Block, ...] = (
        *((Paragraph(about),) if about else ()),
        _chart(book, each, ranked),
        Heading("How it was asked"),
        Bullets(wording(book, each.options)),
        *_tables(book, each, ranked),
    )
    return ItemPage(each.id, each.label, _headline(book, each, ranked), blocks)


def _ranked(book: Book, each: TickList) -> list[Item]:
    """The options the newest wave that asked had, most ticked first."""
    return highest_first(book, [i for i in each.options if book.last_asked(i) == _wave(book, each)])


def _wave(book: Book, each: TickList) -> str:
    asked = {book.last_asked(item) for item in each.options}
    return next(w for w in reversed(book.wave_order) if w in asked)


def _gone(book: Book, each: TickList) -> list[Item]:
    return [item for item in each.options if book.last_asked(item) != _wave(book, each)]


def _most(book: Book, ranked: Sequence[Item]) -> str:
    """``Autism (43%), Mental health (40%) and Trauma (37%)``."""
    shown = [(book.option_label(i), book.headline(i, book.last_asked(i))) for i in ranked[:3]]
    return listed(f"{label} ({value_words(e)})" for label, e in shown if e is not None)


def _headline(book: Book, each: TickList, ranked: Sequence[Item]) -> str:
    wave = _wave(book, each)
    people = _base(book, ranked, wave)
    of = f", of the {people} people who ticked anything" if people else ""
    gone = "" if wave == book.newest.id else f"Not asked in {book.newest.label}. "
    return f"{gone}Ticked most in {book.label(wave)}: {_most(book, ranked)}{of}. {_moved(book, each)}".strip()


def _base(book: Book, ranked: Sequence[Item], wave: str) -> str:
    found = [book.headline(item, wave) for item in ranked]
    return next((base_words(e) for e in found if e is not None and base_words(e)), "")


def _moved(book: Book, each: TickList) -> str:
    """How many options rose or fell; which, where any did."""
    compared = [(i, c) for i, c in book.compared if i in each.options]
    if not compared:
        return ""
    then = listed(dict.fromkeys(book.label(c.from_wave) for _, c in compared))
    marked = [(i, c) for i, c in compared if c.verdict in MOVED]
    if not marked:
        return f"No option’s change since {then} can be told from chance."
    told = "; ".join(_change_words(book, item, change) for item, change in marked)
    return f"Since {then}: {told}."


def _change_words(book: Book, item: Item, change: Change) -> str:
    size = points_words(change.points or 0.0)
    return f"{book.option_label(item)} {verdict_words(change.verdict).lower()}, {size}"


def _chart(book: Book, each: TickList, ranked: Sequence[Item]) -> BarChart:
    """One bar for each option, most ticked first."""
    found = [(item, book.headline(item, book.last_asked(item))) for item in ranked]
    bars = tuple(_bar(book, item, e) for item, e in found if e is not None)
    told = " ".join(f"{bar.name}: {bar.value}, {bar.base} ({bar.range})." for bar in bars)
    question = f"What did people tick, most first? {book.label(_wave(book, each))}"
    note = f"Options whose ranges overlap could be in another order. {OF_TICKERS}"
    answer = f"{bars[0].name}: {level_words(found[0][1])}." if bars and found[0][1] else ""
    return BarChart(f"{each.id}-bars", question, answer, (("Ticked", 5),), bars, note, f"{answer} {told}")


def _bar(book: Book, item: Item, estimate: Estimate) -> Bar:
    segments = (Segment("Ticked", 5, "high", estimate.percent),) if estimate.percent is not None else ()
    return Bar(
        name=book.option_label(item),
        base=f"of {base_words(estimate)} people" if base_words(estimate) else "",
        value=value_words(estimate),
        range=range_words(estimate),
        segments=segments,
        percent=estimate.percent,
        low=estimate.low,
        high=estimate.high,
        why="" if segments else HIDDEN_WHY,
    )


def _tables(book: Book, each: TickList, ranked: Sequence[Item]) -> tuple[Table, ...]:
    by = (table for grouping in book.study.groupings for table in _by(book, each, ranked, grouping))
    return (*by, _changes(book, each, ranked))


def _by(book: Book, each: TickList, ranked: Sequence[Item], grouping: Grouping) -> Iterator[Table]:
    """Every option down, groups across: the share with its range, bases in the last row.

    A grouping of many groups takes several tables, so that each fits a sheet.
    """
    wave = _wave(book, each)
    levels = [
        pair
        for pair in book.levels(grouping)
        if any((item.id, wave, grouping.item, pair[0]) in book.cells for item in ranked)
    ]
    sheets = _shared_out(levels)
    for place, shown in enumerate(sheets, 1):
        name = f"{each.id}-{grouping.item}-numbers{f'-{place}' if place > 1 else ''}"
        of = f" ({place} of {len(sheets)})" if len(sheets) > 1 else ""
        title = f"{each.label} by {grouping.label.lower()}, {book.label(wave)}{of}"
        yield _groups_table(book, ranked, _Sheet(name, title, wave, grouping.item, shown))


def _shared_out(levels: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """``levels`` in as few runs of one length, or nearly, as fit across a sheet."""
    if not levels:
        return []
    size = ceil(len(levels) / ceil(len(levels) / ACROSS))
    return [tuple(levels[start : start + size]) for start in range(0, len(levels), size)]


def _groups_table(book: Book, ranked: Sequence[Item], sheet: _Sheet) -> Table:
    groups = ((None, None), *((sheet.grouping, level) for level, _ in sheet.levels))
    columns = (
        Column("Option"),
        *(Column(label, numeric=True) for label in ("Everybody", *(label for _, label in sheet.levels))),
    )
    rows = [
        (Cell(book.option_label(item)), *(_share_cell(book.headline(item, sheet.wave, *g)) for g in groups))
        for item in ranked
    ]
    bases = [_first(book.headline(item, sheet.wave, *group) for item in ranked) for group in groups]
    body = (*rows, (Cell("Base"), *(base_cell(e) for e in bases)))
    return Table(sheet.name, sheet.title, columns, body, _marks(book, body), total=True, detail=True)


def _first(found: Iterable[Estimate | None]) -> Estimate | None:
    return next((estimate for estimate in found if estimate is not None), None)


def _share_cell(estimate: Estimate | None) -> Cell:
    """``43% ±3``: a share and its longer arm, as a crowded table has room for."""
    if estimate is None or estimate.percent is None or estimate.low is None or estimate.high is None:
        return figure_cell(estimate)
    arm = longer_arm(estimate.percent, estimate.low, estimate.high)
    mark = f" [{estimate.flag}]" if estimate.flag in {"u", "a"} else ""
    return Cell(f"{percent(estimate.percent)} ±{arm}{mark}")


def _marks(book: Book, rows: Sequence[tuple[Cell, ...]]) -> str:
    return " ".join([OF_TICKERS, "± is the longer arm of the range.", *mark_notes(book, rows)])


def _changes(book: Book, each: TickList, ranked: Sequence[Item]) -> Table:
    """Counts, bases and ranges of every option ever asked, and its change."""
    own = (change for item, change in book.compared if item in each.options)
    mixed = any(change.mix_points is not None for change in own)
    heads = ("Option", "Ticked", "Base", "Range", "Change", "Range of change", "Verdict")
    more = ("Same mix",) if mixed else ()
    columns = tuple(Column(label, numeric=0 < n < 6) for n, label in enumerate((*heads, *more)))
    rows = tuple(_change_row(book, item, mixed=mixed) for item in [*ranked, *_gone(book, each)])
    note = f"{OF_TICKERS} {BY_GROUP}" if book.study.groupings else OF_TICKERS
    return Table(f"{each.id}-changes", f"{each.label}, most ticked first, with changes", columns, rows, note)


def _change_row(book: Book, item: Item, *, mixed: bool) -> tuple[Cell, ...]:
    last = book.last_asked(item)
    estimate, change = book.headline(item, last), book.change_now(item)
    gone = last != book.newest.id
    since = f" (last asked in {book.label(last)})" if gone else ""
    return (
        Cell(f"{book.option_label(item)}{since}"),
        figure_cell(estimate),
        base_cell(estimate),
        range_cell(estimate),
        points_cell(change.points if change else None),
        Cell(range_of_change(change) if change else ""),
        Cell(verdict_now(book, item)),
        *((mix_cell(book, change),) if mixed else ()),
    )
