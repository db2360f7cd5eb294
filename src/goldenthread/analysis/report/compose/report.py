"""From results to one frozen report: the order of its chapters, and nothing else."""

from __future__ import annotations

from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.ask import asked, crosswalk
from goldenthread.analysis.report.compose.cover import cover, standing_caveat
from goldenthread.analysis.report.compose.find import find, index, items_chapter, others
from goldenthread.analysis.report.compose.items import item_page
from goldenthread.analysis.report.compose.limits import limits
from goldenthread.analysis.report.compose.method import method
from goldenthread.analysis.report.compose.needs import needs
from goldenthread.analysis.report.compose.options import options_page
from goldenthread.analysis.report.compose.public import public
from goldenthread.analysis.report.compose.short import short
from goldenthread.analysis.report.compose.who import who
from goldenthread.analysis.report.model import Chapter, ItemPage, Report
from goldenthread.analysis.results import Results


def compose(results: Results) -> Report:
    """Write the report of ``results``. Every word and figure a file shows is decided here."""
    book = Book(results)
    study = results.study
    return Report(
        study=study.id,
        title=study.question or study.title,
        lead=study.title if study.question else "",
        area=study.area,
        cover=cover(book),
        caveat=standing_caveat(book),
        chapters=_chapters(book),
        items=_pages(book),
        attribution=study.attribution,
    )


def _chapters(book: Book) -> tuple[Chapter, ...]:
    chapters = (
        short(book),
        asked(book),
        who(book),
        crosswalk(book),
        find(book),
        index(book),
        others(book),
        needs(book),
        items_chapter(book),
        public(book),
        limits(book),
        method(book),
    )
    return tuple(chapter for chapter in chapters if chapter is not None)


def _pages(book: Book) -> tuple[ItemPage, ...]:
    """A page for each item, then one for each tick-list."""
    own = (item_page(book, item) for item in book.statements)
    return (*own, *(options_page(book, each) for each in book.tick_lists))
