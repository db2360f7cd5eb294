"""What may be said in public with these numbers, and what may not: one page."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.counts import Compared, counts, low, moved_now, strong
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.compose.short import by_size
from goldenthread.analysis.report.model import Block, Bullets, Chapter, Heading, Paragraph
from goldenthread.analysis.report.sentences.change import judgement, mix_sentence
from goldenthread.analysis.report.sentences.item import level_sentence, moved, share_words
from goldenthread.analysis.report.sentences.words import capital, plural

LEVELS = 3
CHANGES = 2
NOTHING = "No figure here stands on enough people to be said by itself."
JUDGED = ("better", "worse", "")


def public(book: Book) -> Chapter:
    """Ready sentences, the ones to leave out, and what to print beside every figure."""
    blocks: tuple[Block, ...] = (
        Paragraph("These sentences can be copied as they stand.", "lead"),
        Heading("You may say"),
        Bullets(tuple(_safe(book))),
        Heading("Leave out"),
        Bullets(tuple(_leave_out(book))),
        Heading("Print this beside any figure you use"),
        *(Paragraph(text, "caveat") for text in standing_caveat(book)),
    )
    return Chapter("public", "Find", "What may I say in public with these numbers?", blocks)


def _safe(book: Book) -> list[str]:
    """Levels first, then the largest changes for the better, for the worse, and of neither."""
    high, under = (_firm_levels(book, items) for items in (strong(book), low(book)))
    levels = [*high, *under] or _firm_levels(book, book.statements)
    told = [f"{capital(_level(book, item))}." for item in levels]
    told += [_change(book, item, change) for item, change in _largest(book)]
    return [text for text in (*told, _unsure(book)) if text] or [NOTHING]


def _firm_levels(book: Book, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if _firm(book, item, book.last_asked(item))][:LEVELS]


def _firm(book: Book, item: Item, wave: str) -> bool:
    """Whether enough people stand behind an item's figure to say it by itself: not marked [u]."""
    estimate = book.headline(item, wave)
    return estimate is not None and estimate.flag != "u"


def _largest(book: Book) -> Compared:
    """The largest marked changes of each judgement, and one the same mix tells another way."""
    firm = (
        (item, change)
        for item, change in moved_now(book)
        if _firm(book, item, change.from_wave) and _firm(book, item, change.to_wave)
    )
    marked = by_size(tuple(firm))
    agreed = [pair for pair in marked if not pair[1].conflict]
    by = [[p for p in agreed if judgement(p[0], p[1].answer, p[1].verdict) == good] for good in JUDGED]
    mixed = [pair for pair in marked if pair[1].conflict][:1]
    return (*(pair for pairs in by for pair in pairs[:CHANGES]), *mixed)


def _unsure(book: Book) -> str:
    found = counts(book)
    if not found.few:
        return ""
    of = plural(found.comparisons, "comparison")
    return f"In {found.few} of {of} too few people answered to tell whether anything changed."


def _level(book: Book, item: Item) -> str:
    estimate = book.headline(item, book.last_asked(item))
    return level_sentence(book, item, estimate) if estimate is not None else item.label


def _change(book: Book, item: Item, change: Change) -> str:
    share = share_words(book, item, book.label(change.to_wave))
    size = moved(book, change).removeprefix("That is ")
    parts = [f"{share} was {size}", mix_sentence(change, book.people)]
    return " ".join(f"{part}." for part in parts if part)


def _leave_out(book: Book) -> list[str]:
    people, least = book.people, book.study.thresholds.smallest_base
    told = [
        f"That these are the views of all {people}: say “of those who answered”.",
        "That the answers stand for people who did not answer, or that a match in one respect makes it so.",
        "A percentage without the number of people under it and its range.",
        "That a change of 6 points is a change of 6 per cent: say “6 points”.",
        "That one group does better than another where their ranges overlap.",
    ]
    if len(book.wave_order) > 1:
        told += [
            "That anything listed as too few to tell rose, fell or stayed the same.",
            "That training, a plan or anything else caused a change: the survey cannot show causes.",
        ]
    if any(e.flag == "c" for e in book.results.estimates):
        told.append("Anything about a group marked [c], or a guess at it from the other groups.")
    if any(e.flag == "u" for e in book.results.estimates):
        told.append(f"A figure marked [u] by itself: fewer than {least} people stand behind it.")
    return told
