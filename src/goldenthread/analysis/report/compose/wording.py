"""How an item was asked, wave beside wave, with what changed marked where it stands (SW-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.items import asked_as, numbered, sources
from goldenthread.analysis.report.model import Cell, Column, Table
from goldenthread.analysis.report.sentences.words import capital

NOT_ASKED, NOT_PRINTED = "Not asked", "Not printed, or not asked"
Remarks = Mapping[tuple[str, str], tuple[str, ...]]
"""What is to be said of an item (first) in a wave (second) since the wave before, as ``remarks`` makes it."""


def wording_table(book: Book, name: str, items: Sequence[Item], remarks: Remarks) -> Table:
    """The words of an item, of a combined item's parts or of a tick-list's question: a column a wave."""
    waves = tuple(reversed(book.wave_order))
    told = {wave: _changed(book, items, wave, remarks) for wave in waves}
    lines = {
        "Question": {wave: _number(book, items, wave) for wave in waves},
        "Under": {wave: _stem(book, items, wave) for wave in waves},
        "Words": {wave: _words(book, items, wave) for wave in waves},
        "Since the wave before": told,
    }
    rows = tuple(
        (Cell(line), *(Cell(words[wave]) for wave in waves))
        for line, words in lines.items()
        if any(words.values())
    )
    columns = (Column("Part"), *(Column(book.label(wave)) for wave in waves))
    return Table(f"{name}-wording", "How it was asked", columns, rows)


def _number(book: Book, items: Sequence[Item], wave: str) -> str:
    found = sources(items, wave)
    if not found:
        return NOT_PRINTED if book.wave(wave).published else NOT_ASKED
    return capital(numbered(book, items[0], wave, found).removeprefix("questions ").removeprefix("question "))


def _asked(book: Book, items: Sequence[Item], wave: str) -> list[tuple[str, str]]:
    return list(dict.fromkeys(asked_as(book, source, wave) for source in sources(items, wave)))


def _stem(book: Book, items: Sequence[Item], wave: str) -> str:
    return listed(dict.fromkeys(stem for stem, _ in _asked(book, items, wave) if stem))


def _words(book: Book, items: Sequence[Item], wave: str) -> str:
    return listed(f"“{text}”" for _, text in _asked(book, items, wave) if text)


def _changed(book: Book, items: Sequence[Item], wave: str, remarks: Remarks) -> str:
    """What changed since the wave before; of several, each change with its part's or option's name."""
    parts = _parts(book, items)
    found = [(item, remark) for item in parts for remark in remarks.get((item.id, wave), ())]
    if len(parts) == 1:
        return capital("; ".join(remark for _, remark in found))
    return "; ".join(f"{book.option_label(item)}: {remark}" for item, remark in found)


def _parts(book: Book, items: Sequence[Item]) -> list[Item]:
    """The items themselves; of a combined item its parts, for those were asked."""
    known = {item.id: item for item in book.study.items}
    return [known[part] for item in items for part in (item.parts or (item.id,)) if part in known]
