"""What a report counts, defined once: items, options, levels, comparisons, and how they came out.

An *item* is a statement or a question with an answer to lead with, or several combined into one
figure. An *option* is one line of a tick-list. A *comparison* is the headline of one item or option
in two waves; the parts of a combined item are compared as that item (method 6). *Questions* are
numbers on a form and are counted where the form is told, never here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.analysis.compare.findings import is_low, is_strong, judged
from goldenthread.analysis.compare.model import MOVED, Change, Verdict
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.sentences.change import same_mix_holds
from goldenthread.analysis.report.sentences.words import plural

Compared = tuple[tuple[Item, Change], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """One report's counts. ``marked`` splits into the four that say what the same mix makes of it."""

    items: int
    combined: int
    asked_now: int
    judged: int
    tick_lists: int
    options: int
    comparisons: int
    option_comparisons: int
    marked: int
    same: int
    few: int
    hold: int
    unsure: int
    conflict: int
    unknown: int


def counts(book: Book) -> Counts:
    """Every count of items and comparisons this report prints."""
    verdicts = [change.verdict for _, change in book.compared]
    marked = [change for _, change in moved_now(book)]
    held = [same_mix_holds(change) for change in marked]
    return Counts(
        items=len(book.statements),
        combined=sum(item.combining is not None for item in book.statements),
        asked_now=sum(book.asked_now(item) for item in book.statements),
        judged=sum(book.asked_now(item) and judged(item) for item in book.statements),
        tick_lists=len(book.tick_lists),
        options=sum(len(each.options) for each in book.tick_lists),
        comparisons=len(verdicts),
        option_comparisons=sum(book.option_of(item) is not None for item, _ in book.compared),
        marked=len(marked),
        same=verdicts.count(Verdict.SAME),
        few=verdicts.count(Verdict.FEW),
        hold=held.count("holds"),
        unsure=held.count("unsure"),
        conflict=held.count("conflict"),
        unknown=held.count("unknown"),
    )


def moved_now(book: Book) -> Compared:
    """Every comparison marked as a rise or a fall, whatever list its item is in."""
    return tuple((item, change) for item, change in book.compared if change.verdict in MOVED)


def strong(book: Book) -> list[Item]:
    """Items at the line for strengths or above, as printed, whatever list they are in; highest first."""
    now = book.newest.id
    return highest_first(
        book, [i for i in book.statements if is_strong(book.study, i, book.headline(i, now))]
    )


def low(book: Book) -> list[Item]:
    """Items whose whole range is under the line for gaps, whatever list they are in; lowest first."""
    now = book.newest.id
    return lowest_first(book, [i for i in book.statements if is_low(book.study, i, book.headline(i, now))])


def level(book: Book, item: Item) -> float:
    """The newest level, or -1 where there is none."""
    estimate = book.headline(item, book.last_asked(item))
    return estimate.percent if estimate is not None and estimate.percent is not None else -1.0


def highest_first(book: Book, items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: -level(book, item))


def lowest_first(book: Book, items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: level(book, item))


def pages_words(book: Book) -> str:
    """``53 items and 2 tick-lists``: what has a page."""
    lists = len(book.tick_lists)
    return listed([plural(len(book.statements), "item"), *([plural(lists, "tick-list")] if lists else [])])


def items_words(book: Book) -> str:
    """What the items are: how many were asked now, how many are several questions combined."""
    found = counts(book)
    earlier = found.items - found.asked_now
    asked = (
        f"{found.asked_now} asked in {book.newest.label}" if earlier else f"all asked in {book.newest.label}"
    )
    before = f", {earlier} only before" if earlier else ""
    combine = "combines" if found.combined == 1 else "combine"
    combined = f"; {found.combined} of them {combine} several" if found.combined else ""
    return f"{plural(found.items, 'item')} ({asked}{before}{combined})"


def compared_words(book: Book) -> str:
    """``63 comparisons (41 items and 22 options)``."""
    found = counts(book)
    made = plural(found.comparisons, "comparison")
    if not found.option_comparisons:
        return made
    items = plural(found.comparisons - found.option_comparisons, "item")
    return f"{made} ({items} and {plural(found.option_comparisons, 'option')})"
