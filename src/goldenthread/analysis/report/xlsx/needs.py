"""The sheet of need types: how many pupils have each, and which are low incidence."""

from __future__ import annotations

from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.needs import TITLE, low_text, survey_words
from goldenthread.analysis.report.xlsx.model import NO_FIGURE, Figure, Head, Sheet, Value, count
from goldenthread.analysis.results import NeedRow, NeedTable

HEADS = (
    Head("Need type", 40),
    Head("Code in the census", 12),
    Head("Pupils", 14, numeric=True),
    Head("Share of pupils with SEN", 12, numeric=True),
    Head("Low incidence", 18),
    Head("In this survey", 50),
    Head("Date", 11),
    Head("Source", 50),
)


def need_sheets(book: Book) -> tuple[Sheet, ...]:
    """One sheet where the study names a census, else none."""
    table = book.results.needs
    if table is None:
        return ()
    codes = {need.code: need.census for need in book.study.needs}
    rows = (*(_row(book, table, row, codes[row.need]) for row in table.rows), *_rest(table))
    about = f"Low incidence: under {table.under:g}% of pupils recorded with SEN, by the exact share."
    holds = "Pupils by primary type of need, and which types are low incidence"
    return (Sheet("Need types", TITLE, about, HEADS, rows, holds),)


def _row(book: Book, table: NeedTable, row: NeedRow, code: str) -> tuple[Value, ...]:
    pupils = row.shown_as or NO_FIGURE if row.pupils is None else count(row.pupils)
    share: Value = "[c]" if row.shown_as else NO_FIGURE
    if row.percent is not None:
        share = Figure(row.percent / 100, "share")
    return row.label, code, pupils, share, low_text(row), survey_words(book, row), *_told(table)


def _rest(table: NeedTable) -> tuple[tuple[Value, ...], ...]:
    """Pupils of no recorded type, where there are any, and all of them."""
    counts = {"Type of need not recorded": table.no_type, "All pupils recorded with SEN": table.total}
    return tuple(
        (label, "", "not shown" if n is None else count(n), _share(n, table.total), "", "", *_told(table))
        for label, n in counts.items()
        if n != 0
    )


def _share(pupils: int | None, total: int | None) -> Value:
    return "[c]" if pupils is None or not total else Figure(pupils / total, "share")


def _told(table: NeedTable) -> tuple[Value, Value]:
    return table.dated.isoformat(), "; ".join(table.sources)
