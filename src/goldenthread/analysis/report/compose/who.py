"""Ask: who answered, against who could have."""

from __future__ import annotations

from goldenthread.analysis.definition.study import Grouping
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.match import BETWEEN, LEAST_SHARE, register
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.model import Block, Cell, Chapter, Column, Heading, Paragraph, Table
from goldenthread.analysis.report.sentences.marks import hidden_people
from goldenthread.analysis.report.sentences.who import headcount_words, match_words, rate_words
from goldenthread.analysis.report.sentences.words import half_up, lowered, number, percent, signed
from goldenthread.analysis.results import WaveFacts, WhoRow, WhoTable

HIDDEN = "not shown"
SMALL = f" Groups under {100 * LEAST_SHARE}% of the headcount are not judged."


def who(book: Book) -> Chapter:
    """Totals for each wave, then each grouping with the waves side by side."""
    blocks: list[Block] = [*(Paragraph(text, "caveat") for text in standing_caveat(book)), _totals(book)]
    for grouping in book.study.groupings:
        blocks += _grouping(book, grouping)
    return Chapter("who", "Ask", "Who answered, and who did not", tuple(blocks))


def _totals(book: Book) -> Table:
    columns = tuple(
        Column(label, numeric=n > 0)
        for n, label in enumerate(("Wave", "Answered", "Change", "Could have answered", "Response rate"))
    )
    order = [book.facts[w] for w in book.wave_order if w in book.facts]
    rows = [_total_row(facts, order[n - 1] if n else None) for n, facts in enumerate(order)]
    return Table("totals", "Answers in each wave", columns, tuple(reversed(rows)))


def _total_row(facts: WaveFacts, before: WaveFacts | None) -> tuple[Cell, ...]:
    answered = Cell("not known") if facts.answered is None else _count(facts.answered)
    published = " (published)" if facts.published else ""
    return (
        Cell(f"{facts.label}{published}"),
        answered,
        _difference(facts, before),
        _invited(facts),
        _rate(facts),
    )


def _count(value: int) -> Cell:
    return Cell(number(value))


def _difference(facts: WaveFacts, before: WaveFacts | None) -> Cell:
    """``−28, −15.0%``: the change in answers since the wave before."""
    if before is None or not before.answered or facts.answered is None:
        return Cell("")
    gap = facts.answered - before.answered
    return Cell(f"{signed(gap)}, {signed(100 * gap / before.answered, 1)}%")


def _invited(facts: WaveFacts) -> Cell:
    if facts.invited is None:
        return Cell("not known")
    return Cell(headcount_words(facts.invited, facts.invited_high))


def _rate(facts: WaveFacts) -> Cell:
    if facts.rate is None or not facts.invited or facts.answered is None:
        return Cell("not known")
    shown = rate_words(facts.answered, facts.invited, facts.invited_high)
    return Cell(shown)


def _grouping(book: Book, grouping: Grouping) -> list[Block]:
    tables = [
        t for w in book.wave_order for t in book.results.who if t.wave == w and t.grouping == grouping.item
    ]
    if not tables:
        return []
    match = _match(book, grouping)
    return [
        Heading(f"By {grouping.label.lower()}"),
        *([Paragraph(match)] if match else []),
        _side_by_side(book, tables),
    ]


def _match(book: Book, grouping: Grouping) -> str:
    """Method 1's sentence, only where the headcount of the newest wave allows it."""
    facts = book.newest
    if grouping.item in facts.does_not_match:
        named = [book.level_label(grouping.item, level) for level in facts.does_not_match[grouping.item]]
        unjudged = " Hidden groups are not judged." if _some_hidden(book, grouping) else ""
        return f"{match_words(grouping.label.lower(), named)}{unjudged}{_small(book, grouping)}"
    if grouping.item in facts.matches or grouping.label in facts.matches:
        return match_words(grouping.label.lower(), ()) + _small(book, grouping)
    by = grouping.label.lower()
    if any(row.headcount is not None for t in book.results.who if _same(t, book, grouping) for row in t.rows):
        return f"We cannot say how the answers match the workforce by {by}: a group that counts is hidden."
    return f"Without a headcount by {by} we cannot say how the answers match the workforce."


def _some_hidden(book: Book, grouping: Grouping) -> bool:
    return any(row.count is None for t in book.results.who if _same(t, book, grouping) for row in t.rows)


def _small(book: Book, grouping: Grouping) -> str:
    """Said where a shown group is outside the limits, but too small a part of the register to be judged."""
    rows = [row for t in book.results.who if _same(t, book, grouping) for row in t.rows]
    total = sum(register(book.study, book.newest.id, grouping.item).values())
    low, high = BETWEEN
    beyond = (
        row
        for row in rows
        if row.share_ratio is not None and not low <= row.share_ratio <= high and row.level
    )
    return SMALL if any((row.headcount or 0) < LEAST_SHARE * total for row in beyond) else ""


def _same(table: WhoTable, book: Book, grouping: Grouping) -> bool:
    return (table.wave, table.grouping) == (book.newest.id, grouping.item)


def _side_by_side(book: Book, tables: list[WhoTable]) -> Table:
    """Counts and per cents of every wave, newest first, against the headcount of the newest."""
    newest = tables[-1]
    counted = any(row.headcount is not None for row in newest.rows)
    heads = ("Headcount", "Response rate", "Share of answers ÷ share of workforce") if counted else ()
    waves = [label for t in reversed(tables) for label in (book.label(t.wave), f"{book.label(t.wave)}, %")]
    columns = (Column(newest.label), *(Column(label, numeric=True) for label in (*waves, *heads)))
    by_wave = [{row.level: row for row in t.rows} for t in reversed(tables)]
    levels = {row.level: row.label for rows in by_wave for row in rows.values()}
    rows = tuple(_level_row(level, label, by_wave, counted=counted) for level, label in levels.items())
    bases = (cell for t in reversed(tables) for cell in (_count(t.base), Cell("100%")))
    total = (Cell("Everybody"), *bases, *(Cell("") for _ in heads))
    noted = _notes(book, tables)
    note = " ".join([*noted, *([hidden_people(book.rules)] if _hides(tables) else [])])
    return Table(
        f"who-{newest.grouping}",
        f"Answers by {newest.label.lower()}",
        columns,
        (*rows, total),
        note,
        total=True,
    )


def _level_row(level: str, label: str, waves: list[dict[str, WhoRow]], *, counted: bool) -> tuple[Cell, ...]:
    cells = [cell for rows in waves for cell in _who_cells(rows.get(level))]
    return Cell(label), *cells, *(_head_cells(waves[0].get(level)) if counted else ())


def _who_cells(row: WhoRow | None) -> tuple[Cell, Cell]:
    if row is None:
        return Cell("–"), Cell("–")
    if row.count is None:
        return Cell(row.shown_as or HIDDEN), Cell("[c]")
    share = Cell("") if row.percent is None else Cell(percent(row.percent))
    return _count(row.count), share


def _head_cells(row: WhoRow | None) -> tuple[Cell, Cell, Cell]:
    if row is None or row.headcount is None:
        return Cell("not known"), Cell(""), Cell("")
    low = row.headcount if row.headcount_low is None else row.headcount_low
    rate = Cell("")
    if row.rate is not None and row.count is not None:
        rate = Cell(rate_words(row.count, low, row.headcount))
    ratio = "" if row.share_ratio is None else str(half_up(row.share_ratio, 2))
    headcount = Cell(headcount_words(low, row.headcount))
    return headcount, rate, Cell(ratio)


def _notes(book: Book, tables: list[WhoTable]) -> list[str]:
    """What the analysis noted, once, and a flag where shown rows do not add to their total."""
    notes: dict[str, list[str]] = {}
    for table in reversed(tables):
        note = table.note or _odd_sum(table)
        if note:
            notes.setdefault(note, []).append(book.label(table.wave))
    return [f"{listed(waves)}: {lowered(note)}" for note, waves in notes.items()]


def _odd_sum(table: WhoTable) -> str:
    total = sum(row.count or 0 for row in table.rows)
    if total == table.base or any(row.count is None for row in table.rows):
        return ""
    return f"The rows add to {number(total)}, not {number(table.base)}."


def _hides(tables: list[WhoTable]) -> bool:
    return any(row.count is None for table in tables for row in table.rows)
