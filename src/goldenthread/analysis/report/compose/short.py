"""In short: a draft in plain English that leads with levels, then changes, then what cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.counts import (
    Compared,
    Counts,
    compared_words,
    counts,
    low,
    moved_now,
    strong,
)
from goldenthread.analysis.report.model import Block, Bullets, Chapter, Heading, Paragraph
from goldenthread.analysis.report.sentences.change import judgement, mix_sentence, same_mix_holds, tidy
from goldenthread.analysis.report.sentences.item import level_sentence, moved
from goldenthread.analysis.report.sentences.who import answered_words
from goldenthread.analysis.report.sentences.words import lowered, one_in, plural, whole

MOST = 6


def short(book: Book) -> Chapter:
    """The chapter a board reads first."""
    lines = book.study.thresholds
    blocks = (
        Paragraph(_opening(book), "lead"),
        *_levels(book, "What is strong", strong(book), f"{_none(book)} reached {lines.celebrate}%."),
        *_levels(book, "What is low", low(book), f"{_none(book)} has its whole range under {lines.gap}%."),
        *_changed(book),
        *_cannot_tell(book),
    )
    return Chapter("short", "Find", "In short", blocks)


def _opening(book: Book) -> str:
    facts = book.newest
    answered = answered_words(facts) if facts.answered is not None else ""
    return " ".join(part for part in (answered, levels_words(book), changes_words(book)) if part)


def levels_words(book: Book) -> str:
    """How many items are high and how many low, of those where more is better; empty where none is."""
    lines = book.study.thresholds
    high, under = len(strong(book)), len(low(book))
    levels = f"{_are(high)} at {lines.celebrate}% or more, and {_have(under)} under {lines.gap}%"
    return f"Of {_judged_words(book)}, {levels}." if counts(book).judged else ""


def _judged_words(book: Book) -> str:
    """The items whose level is good or bad news: all that were asked, or those where more is better."""
    found = counts(book)
    asked = f"asked in {book.newest.label}"
    if found.judged == found.asked_now:
        return f"{plural(found.judged, 'item')} {asked}"
    return f"{plural(found.judged, 'item')} {asked} where more is better"


def _none(book: Book) -> str:
    found = counts(book)
    return "No item" if found.judged == found.asked_now else "No item where more is better"


def _are(count: int) -> str:
    return "none is" if count == 0 else f"{count} {'is' if count == 1 else 'are'}"


def _have(count: int) -> str:
    if count == 0:
        return "none has its whole range"
    return "1 has its whole range" if count == 1 else f"{count} have their whole range"


def changes_words(book: Book) -> str:
    """How many changes can be told from chance, and what the same mix of people makes of them."""
    found = counts(book)
    if not found.comparisons:
        return "There is no earlier wave to compare with." if len(book.wave_order) < 2 else ""
    if not found.marked:
        return "No change can be told from chance."
    options = sum(book.option_of(item) is not None for item, _ in moved_now(book))
    of = f", {options} of them of an option of a tick-list," if options else ""
    return f"{plural(found.marked, 'change')}{of} can be told from chance{_same_mix(book, found)}."


def _same_mix(book: Book, found: Counts) -> str:
    """How many of the marked changes the same mix of people bears out, and what becomes of the rest."""
    if found.unknown == found.marked:
        return ", but not from a change in who answered"
    if found.hold == found.marked:
        return f", and {'holds' if found.marked == 1 else 'all hold'} for the same mix of {book.people}"
    kinds = (
        (found.unsure, "cannot be told from chance", "cannot be told from chance"),
        (found.conflict, "tells another story", "tell another story"),
        (found.unknown, *(f"cannot be checked{_why_unknown(book)}",) * 2),
    )
    held = f"{found.hold or 'none'} {'holds' if found.hold == 1 else 'hold'}"
    told = [held, *(f"{n} {one if n == 1 else many}" for n, one, many in kinds if n)]
    return f". For the same mix of {book.people}, {listed(told)}"


def _why_unknown(book: Book) -> str:
    """`` (groups too small)``: why the same mix says nothing of some changes."""
    told = dict.fromkeys(tidy(c.mix_because) for _, c in moved_now(book) if same_mix_holds(c) == "unknown")
    because = [why for why in told if why]
    return f" ({listed(because)})" if because else ""


def _levels(book: Book, title: str, items: Sequence[Item], none: str) -> tuple[Block, ...]:
    """A list of levels under its title; none at all where no item's level is good or bad news."""
    if not counts(book).judged:
        return ()
    if not items:
        return Heading(title), Paragraph(none)
    told = tuple(f"{_level_line(book, item)}." for item in items[:MOST])
    return (Heading(title), Bullets(told), *_more(items))


def _more(items: Sequence[object]) -> tuple[Block, ...]:
    rest = len(items) - MOST
    return (Paragraph(f"And {rest} more, in “Every item at a glance”.", "note"),) if rest > 0 else ()


def _level_line(book: Book, item: Item) -> str:
    estimate = book.headline(item, book.last_asked(item))
    return level_sentence(book, item, estimate) if estimate is not None else item.label


def by_size(compared: Iterable[tuple[Item, Change]]) -> Compared:
    """Comparisons with the largest change first."""
    return tuple(sorted(compared, key=lambda pair: -abs(pair[1].points or 0.0)))


def _changed(book: Book) -> tuple[Block, ...]:
    """Better, worse, neither, and those the same mix of people tells another way: all that are marked."""
    if len(book.wave_order) < 2:
        return ()
    marked = by_size(moved_now(book))
    agreed = [(item, change) for item, change in marked if not change.conflict]
    titles = {
        "better": "What changed for the better",
        "worse": "What changed for the worse",
        "": "What else changed",
    }
    told = [
        (title, [pair for pair in agreed if judgement(pair[0], pair[1].answer, pair[1].verdict) == good])
        for good, title in titles.items()
    ]
    told.append(("What moved, but different people answered", [pair for pair in marked if pair[1].conflict]))
    blocks = [block for title, pairs in told if pairs for block in _list(book, title, pairs)]
    return tuple(blocks) or (Heading("What changed"), Paragraph("No rise or fall can be told from chance."))


def _list(book: Book, title: str, pairs: Sequence[tuple[Item, Change]]) -> tuple[Block, ...]:
    lines = tuple(_line(book, item, change) for item, change in pairs[:MOST])
    return (Heading(title), Bullets(lines), *_more(pairs))


def _line(book: Book, item: Item, change: Change) -> str:
    parts = (f"{item.label}: {_clause(moved(book, change))}", mix_sentence(change, book.people))
    return " ".join(f"{part}." for part in parts if part)


def _clause(text: str) -> str:
    return text.removeprefix("That is ") if text.startswith("That is") else lowered(text)


def _cannot_tell(book: Book) -> tuple[Block, ...]:
    if not book.compared:
        return ()
    return Heading("What we cannot tell"), Paragraph(_counted(book)), Paragraph(_seen(book))


def _counted(book: Book) -> str:
    """How many comparisons were made, how each came out, and what q means (method 6)."""
    found = counts(book)
    pairs = listed(
        dict.fromkeys(f"{book.label(c.from_wave)} and {book.label(c.to_wave)}" for _, c in book.compared)
    )
    q = book.study.thresholds.q
    marked = f"{found.marked or 'none'} as a rise or a fall, {found.same or 'none'} as about the same"
    return (
        f"We made {compared_words(book)} between {pairs}. We mark {marked}, and {found.few or 'none'} as too "
        f"few to tell. Of the changes we mark, expect at most {one_in(q)} to be chance (q = {q:.2f}). "
        "“Too few to tell” does not mean that nothing changed."
    )


def _seen(book: Book) -> str:
    """What the survey could see (method 7), for the middle item of the family."""
    sizes = sorted(c.detectable for _, c in book.compared if c.detectable is not None)
    if not sizes:
        return "Lead with levels: they are firmer than changes."
    middle = plural(whole(sizes[len(sizes) // 2]), "point")
    return f"For a typical item this survey could see a change of about {middle}. Lead with levels."
