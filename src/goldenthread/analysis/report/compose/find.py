"""Find: every item in exactly one list, one table of all of them, and how to read their pages."""

from __future__ import annotations

from goldenthread.analysis.compare.model import MOVED, Change, FindingKind
from goldenthread.analysis.definition.study import Combining, Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, headline_label, substantive
from goldenthread.analysis.report.compose.counts import (
    highest_first,
    items_words,
    low,
    lowest_first,
    pages_words,
    strong,
)
from goldenthread.analysis.report.compose.items import printed_short
from goldenthread.analysis.report.compose.kinds import KINDS, MATCHING, NOT_ASKED, OF_CHANGE, list_title
from goldenthread.analysis.report.compose.options import options_line, tick_lists
from goldenthread.analysis.report.compose.tables import (
    PEOPLE,
    base_cell,
    figure_cell,
    mark_notes,
    mix_cell,
    points_cell,
    range_cell,
    verdict_now,
)
from goldenthread.analysis.report.model import (
    Block,
    Cell,
    Chapter,
    Column,
    FindingLine,
    FindingList,
    Paragraph,
    Table,
)
from goldenthread.analysis.report.sentences.change import judgement, range_of_change, tidy, verdict_words
from goldenthread.analysis.report.sentences.item import short_sentence
from goldenthread.analysis.report.sentences.words import base_words, capital, percent

NUMERIC = {"Level", "Base", "Range", "Change", "Range of change"}


def find(book: Book) -> Chapter:
    """The lists, each with the rule that filled it, and where the options of tick-lists are told."""
    kinds = told_kinds(book)
    order = listed(f"“{KINDS[kind].title}”" for kind in MATCHING if kind in kinds)
    lead = (
        f"{capital(items_words(book))}. An item is a statement or a question with an answer to lead with. "
        f"Each is in one list: the first that fits, tried in this order: {order}."
    )
    lists = [finding_list(book, kind) for kind in kinds]
    blocks: tuple[Block, ...] = (Paragraph(lead), *lists, *_not_asked(book), *tick_lists(book))
    return Chapter("find", "Find", "What we found", blocks)


def told_kinds(book: Book) -> tuple[FindingKind, ...]:
    """The lists a reader meets: with one wave, none of those that only a change can fill."""
    return tuple(kind for kind in KINDS if len(book.wave_order) > 1 or kind not in OF_CHANGE)


def finding_list(book: Book, kind: FindingKind) -> FindingList:
    """All items of one kind asked now: gaps with the lowest first, else the highest; options in a line."""
    of_kind = [i for i in book.items if book.findings[i.id].kind is kind and book.asked_now(i)]
    own = [item for item in of_kind if book.option_of(item) is None]
    ordered = lowest_first(book, own) if kind is FindingKind.GAP else highest_first(book, own)
    options = [options_line(book, each, of_kind) for each in book.tick_lists] if KINDS[kind].options else []
    words = KINDS[kind]
    lines = (*(_line(book, item) for item in ordered), *(line for line in options if line is not None))
    rule = f"{words.rule_for(book.study.thresholds)}{_elsewhere(book, kind)}"
    return FindingList(f"list-{kind.value}", words.title, rule, lines)


def _elsewhere(book: Book, kind: FindingKind) -> str:
    """Items that cross a list's line but that another list claimed first."""
    over = {FindingKind.STRENGTH: strong, FindingKind.GAP: low}.get(kind)
    crossed = over(book) if over else []
    others = [item for item in crossed if book.findings[item.id].kind is not kind]
    if not others:
        return ""
    titles = dict.fromkeys(f"“{list_title(book, item)}”" for item in others)
    return f" {len(others)} more {'stands' if len(others) == 1 else 'stand'} under {listed(titles)}."


def _not_asked(book: Book) -> tuple[FindingList, ...]:
    """Items only earlier waves asked, apart: they have no level of now to be classed by."""
    gone = [item for item in book.statements if not book.asked_now(item)]
    rule = f"Asked before, but not in {book.newest.label}: nothing can be said of now."
    lines = tuple(_line(book, item) for item in highest_first(book, gone))
    return (FindingList("list-not-asked", NOT_ASKED, rule, lines),) if gone else ()


def _line(book: Book, item: Item) -> FindingLine:
    change = book.change_now(item)
    verdict = change.verdict if change is not None else None
    good = judgement(item, item.headline or "", verdict)
    shown = verdict.value if verdict else None
    text = verdict_words(verdict) if verdict else ""
    if book.findings[item.id].kind is FindingKind.MIXED and verdict in MOVED:
        good, text = "", f"{text} as answered"
    return FindingLine(item.id, item.label, short_sentence(book, item), shown, good, text)


def index(book: Book) -> Chapter:
    """Every item, then every option: ours, and beside it the class a published report printed."""
    printed = any(item.printed for item in book.items)
    mixed = any(change.mix_points is not None for _, change in book.compared)
    several = len(book.wave_order) > 1
    heads = ("Item", "Level", "Base", "Range", *(("Change", "Range of change", "Verdict") if several else ()))
    more = (*(("Same mix",) if mixed else ()), "List", *(("As printed",) if printed else ()))
    columns = tuple(Column(label, numeric=label in NUMERIC) for label in (*heads, *more))
    listed = (*book.statements, *(item for each in book.tick_lists for item in each.options))
    rows = tuple(_index_row(book, item, mixed=mixed, printed=printed) for item in listed)
    points = " Change is in points." if several else ""
    note = f"{PEOPLE} A level is the share who gave the answer each page leads with.{points}"
    marks = "".join(f" {told}" for told in mark_notes(book, rows))
    table = Table("all-items", _index_title(book), columns, rows, note + _no_mix(book, mixed=mixed) + marks)
    return Chapter("index", "Find", "Every item at a glance", (table,))


def _no_mix(book: Book, *, mixed: bool) -> str:
    """Said once, where the same mix of people is known of no change: why."""
    told = dict.fromkeys(tidy(change.mix_because) for _, change in book.compared if change.mix_because)
    return f" For the same mix of {book.people}: {'; '.join(told)}." if told and not mixed else ""


def _index_title(book: Book) -> str:
    return "All items, then the options of tick-lists" if book.tick_lists else "All items"


def _index_row(book: Book, item: Item, *, mixed: bool, printed: bool) -> tuple[Cell, ...]:
    estimate = book.headline(item, book.last_asked(item))
    change = book.change_now(item)
    return (
        Cell(item.label, item=book.page_of(item)),
        _level_cell(book, item, estimate),
        _base_cell(item, estimate),
        range_cell(estimate),
        *(_change_cells(book, item, change) if len(book.wave_order) > 1 else ()),
        *((mix_cell(book, change),) if mixed else ()),
        Cell(list_title(book, item)),
        *((Cell(printed_short(book, item)),) if printed else ()),
    )


def _change_cells(book: Book, item: Item, change: Change | None) -> tuple[Cell, ...]:
    return (
        points_cell(change.points if change else None),
        Cell(range_of_change(change) if change else ""),
        Cell(verdict_now(book, item)),
    )


def _level_cell(book: Book, item: Item, estimate: Estimate | None) -> Cell:
    """The level; of an item not asked now, with the wave it is of."""
    if estimate is None or estimate.percent is None:
        return Cell("")
    when = "" if book.asked_now(item) else f" ({book.label(estimate.wave)})"
    return Cell(f"{percent(estimate.percent)}{when}")


def _base_cell(item: Item, estimate: Estimate | None) -> Cell:
    """The base; of a pooled item it is answers, not people, and says so."""
    cell = base_cell(estimate)
    if item.combining is not Combining.POOLED or estimate is None or not base_words(estimate):
        return cell
    return Cell(f"{cell.text} answers")


def others(book: Book) -> Chapter | None:
    """Questions with no answer to lead with, and that group no results: their answers as they are."""
    grouping = {g.item for g in book.study.groupings}
    paged = {item.id for item in book.items}
    asked = {e.item for e in book.results.estimates}
    items = [i for i in book.study.items if i.id in asked - paged - grouping]
    tables = tuple(_plain(book, item) for item in items)
    return Chapter("others", "Find", "Questions with no better or worse", tables) if tables else None


def _plain(book: Book, item: Item) -> Table:
    waves = [w for w in reversed(book.wave_order) if (item.id, w, None, None) in book.cells]
    columns = (
        Column(headline_label(item) or "Answer"),
        *(Column(label, numeric=True) for w in waves for label in (book.label(w), f"{book.label(w)} range")),
    )
    rows = []
    for answer in substantive(item):
        figures = [book.cells[item.id, w, None, None].get(answer.code) for w in waves]
        rows.append((Cell(answer.label), *(c for e in figures for c in (figure_cell(e), range_cell(e)))))
    bases = [next(iter(book.cells[item.id, w, None, None].values())) for w in waves]
    base = (Cell("Base"), *(c for e in bases for c in (base_cell(e), Cell(""))))
    note = f"{item.text} {PEOPLE}".strip()
    return Table(f"plain-{item.id}", item.label, columns, (*rows, base), note)


def items_chapter(book: Book) -> Chapter:
    """How to read the pages that follow."""
    margin = f"{book.study.thresholds.margin:g}"
    text = (
        "Each page opens with its sentence. Bars reach right of the line for the answer the page leads "
        "with, and left for the others. The bracket under a bar is the range: where the figure would lie "
        "by chance alone. In the pictures of change, the shaded band marks changes of under "
        f"{margin} points, which are too small to matter. The tables hold the same numbers."
    )
    lead = f"{capital(pages_words(book))}, each with its evidence, a page for each."
    return Chapter("items", "Find", "Item by item", (Paragraph(lead, "lead"), Paragraph(text)))
