"""Waves known only by the percentages a report printed (method 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from goldenthread.analysis.check.model import Figure
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.compare.limits import limits
from goldenthread.analysis.compare.printed import Book, answer_of, item_figures
from goldenthread.analysis.compare.reading import Reading, read_figure
from goldenthread.analysis.definition.study import Item, Study, Wave
from goldenthread.analysis.estimate.model import Estimate, PublishedFigure, WaveMeasures
from goldenthread.analysis.estimate.wilson import wilson
from goldenthread.analysis.problem import Problem, Refusal


def measure_published(study: Study, wave: Wave) -> WaveMeasures:
    """Everything a wave's figures file says of the study's items, ready to compare.

    A row belongs to the item it names in ``item`` (or, without one, as its ``id``); else to the
    item whose source for this wave is its ``group``. ``answer`` names the answer or net; without
    it the label must be one. Rows that name a grouping's item are the mix of those who answered.
    Where all answers of a net are printed but not the net, it is added from them, with that many
    rounded parts. An estimate's ``percent`` is as printed; its ``count`` is given only where one
    count alone fits; its range runs from the low end for the lowest count to the high end for the
    highest, on the smallest base. Raises Refusal where the file cannot be read at all.
    """
    if wave.figures is None:
        raise Refusal(f"The wave “{wave.label}” has no figures file.")
    rows, problems = read_figures(wave.figures)
    book = Book(wave, tuple(row for row in rows if row.wave in {"", wave.id}))
    figures = {
        (item.id, answer): figure
        for item in study.items
        if wave.id in item.sources
        for answer, figure in item_figures(item, book).items()
    }
    readings = {key: read_figure(figure) for key, figure in figures.items() if figure.base_low}
    return WaveMeasures(
        wave=wave.id,
        answered=wave.answered,
        estimates=tuple(_estimate(study, wave, f, readings.get(key)) for key, f in figures.items()),
        figures=figures,
        mix=_mixes(study, book),
        limits=limits(study, wave, figures, readings),
        problems=(*problems, *_unused(study, book)),
    )


def _estimate(study: Study, wave: Wave, figure: PublishedFigure, reading: Reading | None) -> Estimate:
    estimate = Estimate(
        item=figure.item,
        wave=wave.id,
        group=None,
        level=None,
        answer=figure.answer,
        count=None,
        base=None,
        percent=float(figure.percent),
        low=None,
        high=None,
        published=True,
    )
    if reading is None:
        return estimate
    side, known = reading.side, figure.base_low == figure.base_high
    return replace(
        estimate,
        count=reading.count,
        base=figure.base_low if known else None,
        low=100 * wilson(side.low, side.n)[0],
        high=100 * wilson(side.high, side.n)[1],
        flag=_flag(study, reading),
        base_low=figure.base_low,
        base_high=figure.base_high,
    )


def _flag(study: Study, reading: Reading) -> str | None:
    if reading.side.base < study.thresholds.smallest_base:
        return "u"
    return "a" if reading.approximate else None


def _mixes(study: Study, book: Book) -> Mapping[str, Mapping[str, int]]:
    """Who answered, by the levels of each grouping whose counts the report printed."""
    items = {item.id: item for item in study.items}
    mixes = {grouping.item: _mix(items[grouping.item], book) for grouping in study.groupings}
    return {grouping: mix for grouping, mix in mixes.items() if mix}


def _mix(item: Item, book: Book) -> Mapping[str, int]:
    """People by the code of their level, from counts or from percentages on a base."""
    levels = {answer.code for answer in item.answers}
    counts: dict[str, int] = {}
    for row in (*book.of_item(item.id), *book.of_group(item.id)):
        level, people = answer_of(item, row), _people(row)
        if level in levels and people is not None:
            counts.setdefault(level, people)
    return counts


def _people(row: Figure) -> int | None:
    if row.numerator is not None:
        return row.numerator
    if row.percent is None or row.base is None:
        return None
    return int(row.percent * row.base / 100 + Fraction(1, 2))


def _unused(study: Study, book: Book) -> Iterator[Problem]:
    """Rows that name nothing the study holds, or what another row gave already, each explained."""
    seen: set[tuple[str, str]] = set()
    for row, place, item in _placed(study, book):
        answer = "" if item is None else answer_of(item, row)
        column = "answer" if row.answer else "label"
        if item is None:
            column = "item" if row.item else "group"
            yield _left_out(book, row, column, "belongs to no item of the study")
        elif not answer:
            yield _left_out(book, row, column, f"names no answer or net of “{item.label}”; left out")
        elif (place, answer) in seen:
            yield _left_out(book, row, column, f"“{item.label}” has this answer further up; left out")
        seen.add((place, answer))


def _placed(study: Study, book: Book) -> Iterator[tuple[Figure, str, Item | None]]:
    """Each row with its item, and the name that leads there: its own item or id, else its group."""
    items = {item.id: item for item in study.items}
    sources = {source: item for item in study.items for source in item.sources.get(book.wave.id, ())}
    named, grouped = sources | items, {g.item: items[g.item] for g in study.groupings} | sources
    for row in book.rows:
        name = row.item or row.id
        if row.item or name in named:
            yield row, name, named.get(name)
        else:
            yield row, row.group, grouped.get(row.group)


def _left_out(book: Book, row: Figure, column: str, message: str) -> Problem:
    file = book.wave.figures.name if book.wave.figures else ""
    value = {"item": row.item, "group": row.group, "answer": row.answer, "label": row.label}[column]
    rows = () if row.row is None else (row.row,)
    return Problem(file, message, rows, column, value or None, lost=column != "group")
