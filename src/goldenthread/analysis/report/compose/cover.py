"""The cover: the title, the thread with its seven links, and the standing caveat."""

from __future__ import annotations

from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.counts import pages_words
from goldenthread.analysis.report.model import CoverLine
from goldenthread.analysis.report.sentences.who import caveat, invited_words
from goldenthread.analysis.report.sentences.words import plural

TO_COME = ("Need", "Plan", "Train", "Measure", "Reply")


def cover(book: Book) -> tuple[CoverLine, ...]:
    """Ask and Find are done; the links after them are drawn dotted, "not yet"."""
    find = f"{pages_words(book)}, each with its evidence"
    return (
        CoverLine("Ask", _asked(book), "done", "who"),
        CoverLine("Find", find, "done", "find"),
        *(CoverLine(name, "not yet", "todo") for name in TO_COME),
    )


def _asked(book: Book) -> str:
    facts = book.newest
    if facts.answered is None:
        return "Who answered, and who did not"
    answered = f"{plural(facts.answered, 'person', 'people')} answered"
    return f"{answered}, of {invited_words(facts).removesuffix(' people')}" if facts.invited else answered


def standing_caveat(book: Book) -> tuple[str, ...]:
    """Method 1's caveat for the newest wave."""
    return caveat(book.newest, book.alike)
