"""Banner tables: an item's answers and nets down the side, everybody and each group across the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, headline_label
from goldenthread.analysis.report.sentences.words import base_words, cited, plural, value_words
from goldenthread.analysis.report.xlsx.model import NO_FIGURE, Head, Sheet, Value, count, percent
from goldenthread.analysis.results import Besides

ABOUT = (
    "Per cents are of the base: people who were asked and gave an answer on the scale. “Left out” rows count "
    "people outside the base. Marks in brackets are explained on the first sheet."
)
OTHER = "Other items"
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """One column: everybody, or a level of a grouping."""

    group: str | None
    level: str | None
    label: str


def banner_sheets(book: Book) -> tuple[Sheet, ...]:
    """One sheet a topic, in the order the topics first appear."""
    shown = {estimate.item for estimate in book.results.estimates}
    topics: dict[str, list[Item]] = {}
    for item in book.study.items:
        if item.id in shown:
            topics.setdefault(_topic(item), []).append(item)
    return tuple(_sheet(book, topic, items) for topic, items in topics.items())


def _topic(item: Item) -> str:
    return item.topic.replace("-", " ").capitalize() if item.topic else OTHER


def _sheet(book: Book, topic: str, items: list[Item]) -> Sheet:
    places = _places(book, items)
    heads = (
        Head("Item", 30),
        Head("Wave", 10),
        Head("Row", 34),
        Head("Kind of row", 11),
        *(Head(place.label, 13, numeric=True) for place in places),
    )
    rows: list[Row] = []
    opening = set()
    for item in items:
        for wave in reversed(book.wave_order):
            opening.add(len(rows))
            rows += _block(book, item, wave, places)
    holds = f"{plural(len(items), 'item')}: answers and nets, for everybody and each group"
    return Sheet(topic, topic, ABOUT, heads, tuple(rows), holds, frozen=4, strong=frozenset(opening))


def _places(book: Book, items: list[Item]) -> tuple[_Place, ...]:
    wanted = {item.id for item in items}
    used = {(e.group, e.level) for e in book.results.estimates if e.item in wanted and e.group is not None}
    groups = (
        _Place(grouping.item, level, f"{grouping.label}: {label}")
        for grouping in book.study.groupings
        for level, label in book.levels(grouping)
        if (grouping.item, level) in used
    )
    return (_Place(None, None, "Everybody"), *groups)


def _block(book: Book, item: Item, wave: str, places: tuple[_Place, ...]) -> Iterator[Row]:
    """All rows of one item in one wave: bases first, so that no figure stands without one."""
    cells = [book.cells.get((item.id, wave, place.group, place.level), {}) for place in places]
    if not any(cells):
        return
    start = (item.label, book.label(wave))
    anyone = [_with_base(cell) for cell in cells]
    yield (*start, "Base: people", "base", *map(_base, anyone))
    if any(e is not None and e.weighted for e in anyone):
        yield (*start, "Base: weighted", "base", *(_weighed(e, "weighted_base") for e in anyone))
        yield (*start, "Base: effective", "base", *(_weighed(e, "effective_base") for e in anyone))
    for code, label, kind in _answers(item):
        found = [cell.get(code) for cell in cells]
        if any(found):
            yield (*start, label, kind, *map(_share, found))
    yield from _range(item, start, [cell.get(item.headline or "") for cell in cells])
    yield from _beside(book, item, wave, places, start)


def _with_base(cell: Mapping[str, Estimate]) -> Estimate | None:
    """One of a group's estimates: a base is not hidden because an answer is."""
    return next((e for e in cell.values() if e.flag != "c"), next(iter(cell.values()), None))


def _answers(item: Item) -> Iterator[tuple[str, str, str]]:
    yield from ((a.code, a.label, "answer") for a in item.answers if not a.outside)
    yield from ((net.id, net.label, "net") for net in item.nets)


def _base(estimate: Estimate | None) -> Value:
    if estimate is None:
        return NO_FIGURE
    if estimate.flag == "c":
        return "[c]"
    if estimate.base is None:
        return base_words(estimate) or NO_FIGURE
    return count(estimate.base, "[u]" if estimate.flag == "u" else "")


def _weighed(estimate: Estimate | None, which: str) -> Value:
    if estimate is None or estimate.flag == "c":
        return "[c]" if estimate else NO_FIGURE
    value = estimate.weighted_base if which == "weighted_base" else estimate.effective_base
    return NO_FIGURE if value is None else count(round(value, 1))


def _share(estimate: Estimate | None) -> Value:
    if estimate is None:
        return NO_FIGURE
    if estimate.percent is None:
        return value_words(estimate)
    return percent(estimate.percent, mark_of(estimate))


def mark_of(estimate: Estimate) -> str:
    """``[u]`` or ``[a]`` for a shaky figure."""
    return f"[{estimate.flag}]" if estimate.flag in {"u", "a"} else ""


def _range(item: Item, start: tuple[str, str], found: list[Estimate | None]) -> Iterator[Row]:
    if not any(found) or item.headline is None:
        return
    name = headline_label(item)
    lows = (_share_end(e, "low") for e in found)
    highs = (_share_end(e, "high") for e in found)
    yield (*start, f"{name}: range from", "range", *lows)
    yield (*start, f"{name}: range to", "range", *highs)


def _share_end(estimate: Estimate | None, end: str) -> Value:
    if estimate is not None and estimate.flag == "c":
        return "[c]"
    value = None if estimate is None else estimate.low if end == "low" else estimate.high
    if estimate is None or value is None:
        return NO_FIGURE
    return percent(value, mark_of(estimate))


def _left_out(item: Item) -> dict[str, Callable[[Besides], int | None]]:
    """Whom a base leaves out, by the item's own words, and how to count them."""
    outside = listed((cited(a.label) for a in item.answers if a.outside), "or")
    return {
        outside or "an answer outside the scale": lambda beside: beside.outside,
        "no answer that could be read": lambda beside: beside.blank,
        "not asked": lambda beside: beside.not_shown,
    }


def _beside(
    book: Book, item: Item, wave: str, places: tuple[_Place, ...], start: tuple[str, str]
) -> Iterator[Row]:
    found = [book.besides(item, wave, place.group, place.level) for place in places]
    if not any(found):
        return
    for label, people in _left_out(item).items():
        shown = (NO_FIGURE if b is None else _people(people(b)) for b in found)
        yield (*start, f"Left out: {label}", "left out", *shown)


def _people(number: int | None) -> Value:
    return "[c]" if number is None else count(number)
