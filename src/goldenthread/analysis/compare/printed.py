"""Rows of a figures file as one item's printed figures (method 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import ceil

from goldenthread.analysis.check.counts import slack
from goldenthread.analysis.check.model import Figure, FigureKind
from goldenthread.analysis.definition.answers import folded_names
from goldenthread.analysis.definition.study import Combining, Item, Wave
from goldenthread.analysis.definition.words import fold_label
from goldenthread.analysis.estimate.model import PublishedFigure

EXACT = 9
"""Decimals kept where a printed count says more than its percentage."""

_Named = tuple[str, set[str]]

Figures = dict[str, PublishedFigure]
"""One item's figures by answer."""


@dataclass(frozen=True, slots=True)
class Book:
    """A wave's figures file, sorted by where its rows belong."""

    wave: Wave
    rows: tuple[Figure, ...]

    def of_item(self, item: str) -> tuple[Figure, ...]:
        return tuple(row for row in self.rows if (row.item or row.id) == item)

    def of_group(self, group: str) -> tuple[Figure, ...]:
        return tuple(row for row in self.rows if row.group == group and not row.item)


def item_figures(item: Item, book: Book) -> Figures:
    """The figures of an item that this wave asked, nets that were not printed included."""
    own = _by_answer(item, book.of_item(item.id), book.wave)
    if own:
        return _with_nets(item, own)
    parts = [
        _with_nets(item, _by_answer(item, book.of_group(source) or book.of_item(source), book.wave))
        for source in item.sources[book.wave.id]
    ]
    return parts[0] if len(parts) == 1 else _combined(item, parts)


def _by_answer(item: Item, rows: Iterable[Figure], wave: Wave) -> Figures:
    found: Figures = {}
    for row in rows:
        answer = answer_of(item, row)
        if answer and answer not in found:
            found[answer] = _figure(item.id, answer, row, wave)
    return found


def answer_of(item: Item, row: Figure) -> str:
    """The answer or net a row is about; nothing where it names none of the item's.

    An id or a code goes before words; of words that name both, a row of kind net means the net. Case,
    spaces, dashes and quotation marks make no difference.
    """
    wanted = fold_label(row.answer or row.label)
    answers: list[_Named] = [(answer.code, folded_names(answer)) for answer in item.answers]
    nets: list[_Named] = [(net.id, {fold_label(net.label)}) for net in item.nets]
    words = nets + answers if row.kind is FigureKind.NET else answers + nets
    by_id = (key for key, _ in words if fold_label(key) == wanted)
    by_words = (key for key, names in words if wanted in names)
    return next(chain(by_id, by_words), "")


def _figure(item: str, answer: str, row: Figure, wave: Wave) -> PublishedFigure:
    low, high = _bases(row, wave)
    percent, decimals = _percent(row)
    return PublishedFigure(item, answer, percent, decimals, low, high, row.rounded_parts, row.id)


def _percent(row: Figure) -> tuple[Fraction, int]:
    """The percentage as printed; exactly that of the count printed beside it, where they agree."""
    exact = None if row.numerator is None or row.base is None else Fraction(100 * row.numerator, row.base)
    if exact is not None and (row.percent is None or abs(exact - row.percent) <= slack(row.decimals)):
        return exact, EXACT
    return row.percent or Fraction(0), row.decimals


def _bases(row: Figure, wave: Wave) -> tuple[int, int]:
    """The row's base or range; else between nine tenths and all who answered; else (0, 0)."""
    if row.base_low is not None and row.base_high is not None:
        return row.base_low, row.base_high
    return all_but_a_tenth(wave)


def all_but_a_tenth(wave: Wave) -> tuple[int, int]:
    """The base taken where none was printed: nine tenths to all who answered; (0, 0) if unknown."""
    if not wave.answered:
        return 0, 0
    return ceil(Fraction(9 * wave.answered, 10)), wave.answered


def _with_nets(item: Item, figures: Figures) -> Figures:
    """Nets that were not printed, added from their printed answers."""
    added = {
        net.id: _sum(item, net.id, [figures[code] for code in item.net_codes(net.id)])
        for net in item.nets
        if net.id not in figures and item.net_codes(net.id) and figures.keys() >= set(item.net_codes(net.id))
    }
    return figures | added


def _sum(item: Item, net: str, parts: list[PublishedFigure]) -> PublishedFigure:
    return PublishedFigure(
        item.id,
        net,
        min(Fraction(100), sum((part.percent for part in parts), Fraction(0))),
        min(part.decimals for part in parts),
        min(part.base_low for part in parts),
        min(part.base_high for part in parts),
        sum(part.rounded_parts for part in parts),
    )


def _combined(item: Item, parts: list[Figures]) -> Figures:
    """A combined item whose parts alone were printed: one proportion on the smallest base."""
    shared = set.intersection(*(set(part) for part in parts)) if parts else set()
    return {answer: _average(item, [part[answer] for part in parts]) for answer in sorted(shared)}


def _average(item: Item, parts: list[PublishedFigure]) -> PublishedFigure:
    pooled = item.combining is Combining.POOLED
    weights = [part.base_low if pooled else 1 for part in parts]
    weighted = sum((part.percent * w for part, w in zip(parts, weights, strict=True)), Fraction(0))
    smallest = min(parts, key=lambda part: (part.base_low, part.base_high))
    return replace(
        smallest,
        item=item.id,
        percent=weighted / (sum(weights) or 1),
        decimals=min(part.decimals for part in parts),
        rounded_parts=max(part.rounded_parts for part in parts),
        id="",
    )
