"""Every finding of a build, sorted into its lists: searched, narrowed, counted, and in two orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import fold_text
from goldenthread.analysis.report.book import Book, TickList
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.compose.find import find, others
from goldenthread.analysis.report.compose.kinds import list_title
from goldenthread.analysis.report.compose.short import changes_words, levels_words
from goldenthread.analysis.report.model import Block, FindingLine, FindingList, Heading, Table
from goldenthread.analysis.report.sentences.words import plural
from goldenthread.thread.finding.explore import Opened

TICKED, OTHERS = "ticked", "others"
"""Beside the lists of findings: tick-lists, and questions with no answer to lead with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of findings is narrowed to: words in it, a topic, a section, one list."""

    words: str = ""
    topic: str = ""
    section: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item or a tick-list: where it stands, and all the words it is found by, folded."""

    id: str
    label: str
    section: str
    topics: tuple[str, ...]
    told: str
    tick_list: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One list and how many items of the survey stand in it; options of tick-lists are not counted.

    ``target`` is the id on the page that it begins at.
    """

    id: str
    title: str
    count: int
    target: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The lists as narrowed, with how many items are in them, of how many there are."""

    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    shown: int
    of: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed by: (value, words) each, nothing where there is no choice."""

    kinds: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a build found, as a sentence; what changed; how many answered; and what was counted."""

    answer: str
    changes: str
    caveat: tuple[str, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The items before and after one in some order, None at its ends; ``order`` names it.

    ``place`` is the list of findings it is the order of, empty for the questionnaire's.
    """

    order: str
    place: str
    before: ItemLine | None
    after: ItemLine | None


def opening(view: Opened) -> Opening:
    """The answer first, then what changed."""
    book = view.book
    lists = len(book.tick_lists)
    items = f"{plural(sum(book.asked_now(i) for i in book.statements), 'item')} asked in {book.newest.label}"
    earlier = sum(not book.asked_now(item) for item in book.statements)
    before = f", {earlier} asked only before" if earlier else ""
    ticked = f", and {plural(lists, 'tick-list')} of {_options(book)}" if lists else ""
    answer, changes = levels_words(book), changes_words(book)
    counted = f"{items}{before}{ticked}."
    return Opening(answer or changes or counted, changes if answer else "", standing_caveat(book), counted)


def _options(book: Book) -> str:
    return plural(sum(len(each.options) for each in book.tick_lists), "option")


def listed(view: Opened, wanted: Wanted) -> Listed:
    """The lists of findings with only what is wanted; lists left empty are gone, unless nothing is asked."""
    blocks = _lists(view)
    kept = frozenset(line.id for line in items(view) if _fits(line, wanted))
    own = frozenset(item.id for item in view.book.statements)
    told = [_narrow(block, kept) for block in blocks if isinstance(block, FindingList)]
    chosen = [block for block in told if wanted.kind in ("", block.id)]
    whole = wanted == Wanted()
    lists = [block for block in chosen if block.lines or (whole and block.id != "list-not-asked")]
    more = (_ticked(blocks, kept), _others(view.book, wanted))
    beside = [(place, told) for place, told in more if told and wanted.kind in ("", place.id)]
    places = tuple(Place(each.id, each.title, _own(each, own), each.id) for each in lists)
    return Listed(
        (*lists, *(block for _, told in beside for block in told)),
        (*places, *(place for place, _ in beside)),
        sum(place.count for place in places),
        len(own),
    )


def _own(block: FindingList, statements: frozenset[str]) -> int:
    return sum(line.item in statements for line in block.lines)


def _narrow(block: FindingList, kept: frozenset[str]) -> FindingList:
    return replace(block, lines=tuple(line for line in block.lines if line.item in kept))


Told = tuple[Place, tuple[Block, ...]]


def _ticked(blocks: Sequence[Block], kept: frozenset[str]) -> Told:
    """The tick-lists' heading, words and table, with the rows that are kept; nothing where none is."""
    table = next((block for block in blocks if isinstance(block, Table)), None)
    rows = tuple(row for row in table.rows if row[0].item in kept) if table else ()
    place = Place(TICKED, "What people ticked", 0, table.id if table else "")
    if table is None or not rows:
        return place, ()
    first = blocks.index(next(block for block in blocks if isinstance(block, Heading)))
    return place, (*blocks[first : blocks.index(table)], replace(table, rows=rows))


def _others(book: Book, wanted: Wanted) -> Told:
    """Questions with no better or worse: a table each, of those whose name has the words."""
    found = others(book)
    tables = [block for block in found.blocks if isinstance(block, Table)] if found else []
    words = fold_text(wanted.words).split()
    fits = [table for table in tables if all(word in fold_text(table.caption) for word in words)]
    told = fits if not (wanted.topic or wanted.section) else []
    title = found.title if found else ""
    place = Place(OTHERS, title, 0, told[0].id if told else "")
    return place, (Heading(title), *told) if told else ()


def choices(view: Opened) -> Choices:
    """What there is to choose from: each list with anything in it, each topic, each section."""
    every = listed(view, Wanted())
    aside = (TICKED, OTHERS)
    kinds = tuple((place.id, place.title) for place in every.places if place.count or place.id in aside)
    topics = sorted({topic for line in items(view) for topic in line.topics}, key=str.casefold)
    sections = tuple(dict.fromkeys(line.section for line in items(view) if line.section))
    return Choices(kinds, tuple(topics), sections)


@lru_cache(maxsize=8)
def _lists(view: Opened) -> tuple[Block, ...]:
    """Every list of findings, then the tick-lists, as a report has them."""
    return find(view.book).blocks


@lru_cache(maxsize=8)
def items(view: Opened) -> tuple[ItemLine, ...]:
    """Every item with a page in the questionnaire's order, tick-lists where they were asked.

    The newest wave's order; items that only earlier waves asked come last.
    """
    book = view.book
    order, sections = _asked_order(book), _sections(book)
    lists = {each.id: each for each in book.tick_lists}
    told = _told(_lists(view))
    lines = [_line(book, item, sections, told) for item in book.statements]
    lines += [_tick_line(book, each, sections, told) for each in lists.values()]
    return tuple(sorted(lines, key=lambda line: order.get(line.id, len(order))))


def _line(book: Book, item: Item, sections: Mapping[str, str], told: Mapping[str, str]) -> ItemLine:
    words = f"{item.label} {item.stem} {item.text} {list_title(book, item)} {told.get(item.id, '')}"
    topics = (item.topic,) if item.topic else ()
    return ItemLine(item.id, item.label, sections.get(item.id, ""), topics, fold_text(words))


def _tick_line(book: Book, each: TickList, sections: Mapping[str, str], told: Mapping[str, str]) -> ItemLine:
    options = " ".join(book.option_label(item) for item in each.options)
    topics = tuple(dict.fromkeys(item.topic for item in each.options if item.topic))
    words = fold_text(f"{each.label} {each.question.text} {options} {told.get(each.id, '')}")
    return ItemLine(each.id, each.label, sections.get(each.id, ""), topics, words, tick_list=True)


def _told(blocks: Iterable[Block]) -> dict[str, str]:
    """All sentences about an item, by its page."""
    found: dict[str, str] = {}
    for line in _lines(blocks):
        found[line.item] = f"{found.get(line.item, '')} {line.sentence}"
    return found


def _lines(blocks: Iterable[Block]) -> list[FindingLine]:
    return [line for block in blocks if isinstance(block, FindingList) for line in block.lines]


def _asked_order(book: Book) -> dict[str, int]:
    """Where each item was asked first, reading the newest questionnaire, then the ones before."""
    found: dict[str, int] = {}
    for wave in reversed(book.study.waves):
        for question in wave.questionnaire.questions if wave.questionnaire else ():
            for asked in (question.item, *(row.item for row in question.rows)):
                found.setdefault(asked, len(found))
    for item in book.study.items:
        parts = [found[part] for part in item.parts if part in found]
        found.setdefault(item.id, min(parts, default=len(found)))
    return found


def _sections(book: Book) -> dict[str, str]:
    """The section of the newest questionnaire each item stands in."""
    found: dict[str, str] = {}
    for wave in reversed(book.study.waves):
        for section in wave.questionnaire.sections if wave.questionnaire else ():
            for question in section.questions:
                for asked in (question.item, *(row.item for row in question.rows)):
                    found.setdefault(asked, section.title)
    for item in book.study.items:
        known = next((found[part] for part in item.parts if part in found), "")
        found.setdefault(item.id, known)
    return found


def _fits(line: ItemLine, wanted: Wanted) -> bool:
    return (
        all(word in line.told for word in fold_text(wanted.words).split())
        and wanted.topic in ("", *line.topics)
        and wanted.section in ("", line.section)
    )


def beside(view: Opened, item: str) -> tuple[Beside, ...]:
    """The items before and after one: in the questionnaire, and in the list it stands in."""
    lines = {line.id: line for line in items(view)}
    asked = ("In the questionnaire", "", [*lines])
    if item not in lines:
        return ()
    lists = [block for block in _lists(view) if isinstance(block, FindingList)]
    own = [(f"In the list “{each.title}”", each.id, [line.item for line in each.lines]) for each in lists]
    among = [] if lines[item].tick_list else [order for order in own if item in order[2]]
    return tuple(_beside(lines, item, order) for order in (asked, *among))


def _beside(lines: Mapping[str, ItemLine], item: str, order: tuple[str, str, list[str]]) -> Beside:
    name, place, ids = order
    at = ids.index(item)
    before = lines[ids[at - 1]] if at else None
    after = lines[ids[at + 1]] if at + 1 < len(ids) else None
    return Beside(name, place, before, after)
