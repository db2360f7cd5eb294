"""One page for each item: the sentence, the pictures, the same numbers, and how it was asked."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.analysis.definition.model import Kind, Question
from goldenthread.analysis.definition.study import Item, Link, PrintedClass
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.bars import bar_chart
from goldenthread.analysis.report.compose.changes import change_chart, group_changes, wave_chart
from goldenthread.analysis.report.compose.kinds import list_reason, list_title
from goldenthread.analysis.report.compose.needs import item_words
from goldenthread.analysis.report.compose.numbers import read_number
from goldenthread.analysis.report.compose.tables import tables
from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    Bullets,
    Heading,
    ItemPage,
    Paragraph,
)
from goldenthread.analysis.report.sentences.item import combined_words, headline_sentence
from goldenthread.analysis.report.sentences.words import cited

PRINTED = 2
"""Letters and figures of a statement's mark on a form, "b" or "12"; longer ones are a survey tool's own."""

ARROWS = {
    "↑": "an arrow up",
    "↓": "an arrow down",
    "→": "a level arrow",
    "=": "a level arrow",
    "↔": "a level arrow",
}


def item_page(book: Book, item: Item, *, every_group: bool = False) -> ItemPage:
    """The page of one item; with ``every_group`` the changes of all groups are drawn, however few."""
    blocks = _blocks(book, item, every_group=every_group)
    return ItemPage(item=item.id, over=item.label, headline=headline_sentence(book, item), blocks=blocks)


def _blocks(book: Book, item: Item, *, every_group: bool) -> tuple[Block, ...]:
    wave = wave_chart(book, item)
    change = change_chart(book, item)
    charts = (*_bars(book, item), *((wave,) if wave else ()), *((change,) if change else ()))
    return (
        *_about(book, item),
        *charts,
        *_group_changes(book, item, every=every_group),
        Heading("How it was asked"),
        Bullets(wording(book, (item,))),
        *tables(book, item),
    )


def _bars(book: Book, item: Item) -> tuple[BarChart, ...]:
    wave = book.last_asked(item)
    groupings = (g for g in book.study.groupings if book.levels_of(item, g, wave))
    shown = tuple(bar_chart(book, item, grouping, wave) for grouping in groupings)
    return shown or (bar_chart(book, item, None, wave),)


def _group_changes(book: Book, item: Item, *, every: bool) -> tuple[Block, ...]:
    found = (group_changes(book, item, grouping, every=every) for grouping in book.study.groupings)
    return tuple(block for blocks in found for block in blocks)


def _about(book: Book, item: Item) -> tuple[Block, ...]:
    """The list it is in and why, how it was combined, and how a printed report classed it."""
    because = list_reason(book, item)
    parts = [
        f"In the list “{list_title(book, item)}”{f': {because}' if because else ''}.",
        combined_words(item),
        item_words(book, item),
        printed_words(book, item),
    ]
    return tuple(Paragraph(text) for text in parts if text)


def printed_words(book: Book, item: Item) -> str:
    """How published reports classed this item: beside ours, never instead."""
    told = [f"{book.label(p.wave)}: {_class_words(p)}" for p in item.printed]
    return f"As a published report printed it: {'; '.join(told)}." if told else ""


def _class_words(printed: PrintedClass) -> str:
    arrow = ARROWS.get(printed.arrow, printed.arrow)
    return listed(part for part in (cited(printed.heading) if printed.heading else "", arrow) if part)


def printed_short(book: Book, item: Item) -> str:
    """The same in a table's cell."""
    return "; ".join(f"{_class_words(p)} ({book.label(p.wave)})" for p in item.printed)


def wording(book: Book, items: Sequence[Item]) -> tuple[str, ...]:
    """How each wave asked the ``items`` of one page, with marks where it changed.

    An item, a combined item with the words of its parts, or the options of a tick-list. Waves that
    used the same words share a line.
    """
    told: dict[str, list[str]] = {}
    for wave in reversed(book.wave_order):
        told.setdefault(_words(book, items, wave), []).append(_when(book, items, wave))
    lines = [f"{listed(waves)}{words}." for words, waves in told.items()]
    marks = [mark for wave in reversed(book.wave_order) for mark in _marks(book, items, wave)]
    return (*lines, *dict.fromkeys(marks))


def sources(items: Sequence[Item], wave: str) -> tuple[str, ...]:
    """The questions of one wave that some items stand on."""
    return tuple(source for item in items for source in item.sources.get(wave, ()))


def _when(book: Book, items: Sequence[Item], wave: str) -> str:
    found = sources(items, wave)
    told = numbered(book, items[0], wave, found) if found else ""
    return f"{book.label(wave)} ({told})" if told else book.label(wave)


def _words(book: Book, items: Sequence[Item], wave: str) -> str:
    """``, under “How far do you agree?”: “I can …”``; empty where only figures survive."""
    found = sources(items, wave)
    if not found:
        return ": not printed, or not asked" if book.wave(wave).published else ": not asked"
    asked = dict.fromkeys(asked_as(book, source, wave) for source in found)
    stems = dict.fromkeys(cited(stem) for stem, _ in asked if stem)
    words = [cited(text) for _, text in asked if text]
    return f"{f', under {listed(stems)}' if stems else ''}{f': {listed(words)}' if words else ''}"


def _marks(book: Book, items: Sequence[Item], wave: str) -> tuple[str, ...]:
    ids = {item.id for item in items}
    links = [link for link in book.study.links if link.item in ids and link.later == wave]
    return tuple(mark for mark in (_mark(book, link) for link in links) if mark)


def asked_as(book: Book, source: str, wave: str) -> tuple[str, str]:
    """The question a statement stood under, empty for a question alone, and the words of the rest.

    Both are empty where only figures survive. Of a tick-list it is the question alone.
    """
    question = book.question_at(source, wave)
    if question is None:
        return "", ""
    row = next((r for r in question.rows if source == f"{question.id}.{r.id}"), None)
    return ("", question.text) if row is None else (question.text, row.text)


def numbered(book: Book, item: Item, wave: str, sources: Sequence[str]) -> str:
    """``question 8``, ``questions 8 and 9``, or for a published wave where the figure stands.

    Empty where the wave's questions have neither number nor code.
    """
    questions = [book.question_at(source, wave) for source in sources]
    numbers = dict.fromkeys(
        _number(q, source) for q, source in zip(questions, sources, strict=True) if q is not None
    )
    if numbers:
        known = [number for number in map(read_number, numbers) if number]
        return f"{'question' if len(known) == 1 else 'questions'} {listed(known)}" if known else ""
    named = [source for source in sources if source != item.id]
    return f"as published under {listed(named)}" if named else "as published, number not known"


def _number(question: Question, source: str) -> str:
    number = question.number or question.id
    part = source.removeprefix(question.id).removeprefix(".")
    if not part or question.kind is Kind.MULTIPLE:
        return number
    rows = [row.id for row in question.rows]
    told = len(part) <= PRINTED or part not in rows
    return f"{number}.{part}" if told else f"{number}, statement {rows.index(part) + 1}"


def _mark(book: Book, link: Link) -> str:
    because = f": {link.because.removesuffix('.')}" if link.because else ""
    then, now = book.label(link.earlier), book.label(link.later)
    if not link.comparable:
        return f"{now} is not comparable with {then}{because}."
    return f"Reworded in {now} since {then}{because}." if link.reworded else ""
