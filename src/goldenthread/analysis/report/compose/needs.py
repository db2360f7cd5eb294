"""Need types of pupils: how many have them, which are low incidence, and what in the survey is about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.analysis.definition.needs import usual_line
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.who import HIDDEN
from goldenthread.analysis.report.model import Cell, Chapter, Column, Paragraph, Table
from goldenthread.analysis.report.sentences.marks import hidden_people
from goldenthread.analysis.report.sentences.who import day
from goldenthread.analysis.report.sentences.words import (
    cited,
    half_up,
    lowered,
    number,
    percent,
    plural,
)
from goldenthread.analysis.results import NeedRow, NeedTable

TITLE = "Need types and how many pupils have them"
LAST_PLACE = 6
DASH = "–"
NOTHING = (Cell(DASH), Cell(DASH))


def needs(book: Book) -> Chapter | None:
    """One table of the census; None where the study names none."""
    table = book.results.needs
    if table is None:
        return None
    lead = Paragraph(_lead(table), "lead")
    return Chapter("needs", "Find", TITLE, (lead, _table(book, table)))


def need_row(book: Book, item: Item) -> NeedRow | None:
    """What the census says of the type an item is about."""
    table = book.results.needs
    return next((row for row in table.rows if row.need == item.need), None) if table else None


def item_words(book: Book, item: Item) -> str:
    """That an item is about a low incidence need, in one sentence; empty where it is not."""
    row, table = need_row(book, item), book.results.needs
    if row is None or table is None or not row.low_incidence:
        return ""
    return f"This is about a low incidence need, {cited(row.label)}: {_share_words(row, table)}."


def _share_words(row: NeedRow, table: NeedTable) -> str:
    """``the primary need of 38 of the 5,301 pupils recorded with SEN (0.7%)``, as far as it is shown."""
    under = f"under {table.under:g}%"
    if row.pupils is None or table.total is None:
        return f"the primary need of {under} of pupils recorded with SEN"
    of = f"{number(row.pupils)} of the {number(table.total)} pupils recorded with SEN"
    return f"the primary need of {of} ({share(row, table.under)}, {under})"


def options_words(book: Book, options: Sequence[Item]) -> str:
    """Which options of one tick-list are about low incidence needs, in one sentence; empty where none is."""
    table = book.results.needs
    about = [(item, need_row(book, item)) for item in options]
    low = [(item, row) for item, row in about if row is not None and row.low_incidence]
    if not low or table is None:
        return ""
    told = listed(f"{cited(book.option_label(item))}{_in_brackets(row, table)}" for item, row in low)
    about_low = "is about a low incidence need," if len(low) == 1 else "are about low incidence needs, each"
    count = plural(len(low), "option")
    return f"{count} {about_low} under {table.under:g}% of pupils recorded with SEN: {told}."


def _in_brackets(row: NeedRow, table: NeedTable) -> str:
    return "" if row.percent is None else f" ({share(row, table.under)})"


def share(row: NeedRow, under: float) -> str:
    """A share with one decimal, or as many as it takes to stand on its own side of the line.

    The rule judges the exact share: 3.96% is low incidence, and must not be printed as 4.0%.
    """
    if row.percent is None:
        return ""
    low = bool(row.low_incidence)
    fits = (
        places
        for places in range(1, LAST_PLACE)
        if row.catch_all or (float(half_up(row.percent, places)) < under) is low
    )
    return percent(row.percent, next(fits, LAST_PLACE))


def _lead(table: NeedTable) -> str:
    low = [row.label for row in table.rows if row.low_incidence]
    if not low:
        return f"No type of need is the primary one of under {table.under:g}% of pupils recorded with SEN."
    types = plural(len(low), "type of need is", "types of need are")
    named = "; ".join(lowered(label) for label in low)
    return f"{types} low incidence, under {table.under:g}% of pupils recorded with SEN: {named}."


def _table(book: Book, table: NeedTable) -> Table:
    heads = ("Primary type of need", "Pupils", "Share", "Low incidence", "In this survey")
    columns = tuple(Column(label, numeric=n in (1, 2)) for n, label in enumerate(heads))
    rows = [_row(book, row, table) for row in table.rows]
    everybody = _count(table.total), Cell("[c]") if table.total is None else Cell("100%")
    total = (Cell("All pupils recorded with SEN"), *everybody, *NOTHING)
    body = (*rows, *_no_type(table), total)
    return Table("need-types", _caption(table), columns, body, _note(book, table), total=True)


def _caption(table: NeedTable) -> str:
    return f"Pupils recorded with SEN by primary type of need, {day(table.dated)}"


def _row(book: Book, row: NeedRow, table: NeedTable) -> tuple[Cell, ...]:
    hidden = Cell("[c]" if row.shown_as else DASH)
    figure = hidden if row.percent is None else Cell(share(row, table.under))
    count = Cell(row.shown_as or "not in the census") if row.pupils is None else _count(row.pupils)
    return Cell(row.label), count, figure, Cell(low_text(row)), _in_survey(book, row)


def low_text(row: NeedRow) -> str:
    """``Yes`` or ``No``; of a catch-all why not, and what is not told as ``not shown`` or ``not known``."""
    if row.catch_all:
        return "No: not one type"
    if row.low_incidence is None:
        return HIDDEN if row.shown_as else "not known"
    return "Yes" if row.low_incidence else "No"


def _count(pupils: int | None) -> Cell:
    return Cell(HIDDEN) if pupils is None else Cell(number(pupils))


def _no_type(table: NeedTable) -> Iterator[tuple[Cell, ...]]:
    """Pupils of no recorded type, where there are any: without them the rows do not add up."""
    if table.no_type is None:
        yield Cell("Type of need not recorded"), Cell(HIDDEN), Cell("[c]"), *NOTHING
    elif table.no_type and table.total:
        part = 100 * table.no_type / table.total
        figures = _count(table.no_type), Cell(percent(part, 1))
        yield Cell("Type of need not recorded"), *figures, *NOTHING


def _in_survey(book: Book, row: NeedRow) -> Cell:
    """What is about it, with a link where that is one page alone."""
    pages, text = _pages(book, row), survey_words(book, row)
    alone = len(pages) == 1 and text in pages.values()
    return Cell(text or DASH, item=next(iter(pages)) if alone else "")


def survey_words(book: Book, row: NeedRow) -> str:
    """What in the survey is about one type of need: pages by name, then levels of groups."""
    return "; ".join((*_pages(book, row).values(), *_levels(book, row)))


def _pages(book: Book, row: NeedRow) -> dict[str, str]:
    return {book.page_of(item): _page_name(book, item) for item in book.items if item.need == row.need}


def _page_name(book: Book, item: Item) -> str:
    question = book.option_of(item)
    return item.label if question is None else question.label or question.text


def _levels(book: Book, row: NeedRow) -> Iterator[str]:
    for item in book.study.items:
        yield from (f"{item.label}: {a.label}" for a in item.answers if a.need == row.need)


def _note(book: Book, table: NeedTable) -> str:
    catch_all = [cited(row.label) for row in table.rows if row.catch_all]
    verb = (
        "is no one type of need, so it is" if len(catch_all) == 1 else "are no one type of need, so they are"
    )
    told = [
        f"Low incidence: under {table.under:g}% of pupils recorded with SEN, by the exact share.",
        f"{listed(catch_all)} {verb} never low incidence." if catch_all else "",
        _line_words(table),
        f"Source of the counts: {'; '.join(table.sources)}.",
        hidden_people(book.rules) if any(row.shown_as for row in table.rows) or table.no_type is None else "",
    ]
    return " ".join(text for text in told if text)


def _line_words(table: NeedTable) -> str:
    line = usual_line()
    if table.under != line.under:
        return "The line is this study’s own."
    return f"Source of the line: {line.source} ({line.dated.year})."
