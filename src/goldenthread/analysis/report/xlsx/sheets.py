"""The sheets of the workbook that list items, changes, people and problems."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.report.book import Book, answer_labels
from goldenthread.analysis.report.compose.kinds import list_title
from goldenthread.analysis.report.compose.tables import mix_cell, verdict_now, verdict_or_why
from goldenthread.analysis.report.compose.who import HIDDEN
from goldenthread.analysis.report.problems import found_in
from goldenthread.analysis.report.sentences.change import judgement, tidy
from goldenthread.analysis.report.sentences.marks import counted_groups
from goldenthread.analysis.report.sentences.who import headcount_words, rate_words
from goldenthread.analysis.report.sentences.words import base_words, capital, value_words
from goldenthread.analysis.report.xlsx.banner import mark_of
from goldenthread.analysis.report.xlsx.model import (
    NO_FIGURE,
    Head,
    Sheet,
    Value,
    count,
    decimal,
    percent,
    points,
)
from goldenthread.analysis.results import WhoRow, WhoTable


def items_sheet(book: Book) -> Sheet:
    """Every item with its level, its range, what changed and the list it is in."""
    heads = (
        Head("Item", 34),
        Head("Topic", 16),
        Head("Wave", 9),
        Head("Answer counted", 26),
        Head("Level", 10, numeric=True),
        Head("Base", 11, numeric=True),
        Head("Range from", 9, numeric=True),
        Head("Range to", 9, numeric=True),
        Head("Compared with", 11),
        *_change_heads(),
        Head("List", 18),
        Head("Better or worse", 10),
        Head("Why in this list", 40),
    )
    about = "The level is the share that gave the answer counted. Changes are in points."
    rows = tuple(_item(book, item) for item in book.items)
    return Sheet("Items", "All items", about, heads, rows, "Every item: its level, its range, what changed")


def _change_heads() -> tuple[Head, ...]:
    return (
        Head("Change, points", 9, numeric=True),
        Head("Change from", 9, numeric=True),
        Head("Change to", 9, numeric=True),
        Head("Verdict", 18),
        Head("Same mix, points", 9, numeric=True),
        Head("Same mix from", 9, numeric=True),
        Head("Same mix to", 9, numeric=True),
        Head("Same mix verdict", 18),
        Head("Reworded", 10),
    )


def _item(book: Book, item: Item) -> tuple[Value, ...]:
    wave = book.last_asked(item)
    estimate = book.headline(item, wave)
    change = book.change_now(item)
    verdict = change.verdict if change else None
    level: tuple[Value, ...] = (NO_FIGURE,) * 4
    if estimate is not None:
        mark = mark_of(estimate)
        shown = value_words(estimate) if estimate.percent is None else percent(estimate.percent, mark)
        base = base_words(estimate) or NO_FIGURE if estimate.base is None else count(estimate.base)
        level = (shown, base, percent(estimate.low, mark), percent(estimate.high, mark))
    return (
        item.label,
        item.topic or "",
        book.label(wave),
        _answer(item, item.headline or ""),
        *level,
        book.label(change.from_wave) if change else NO_FIGURE,
        *(_change_figures(book, change) if change else _no_change(book, item)),
        list_title(book, item),
        judgement(item, item.headline or "", verdict),
        capital(tidy(book.findings[item.id].because)) if book.asked_now(item) else "",
    )


def _answer(item: Item | None, code: str) -> str:
    return answer_labels(item).get(code, code) if item else code


def _change_figures(book: Book, change: Change) -> tuple[Value, ...]:
    """As answered and for the same mix: points, both ends, and the verdict in the page's words."""
    raw = (change.points, change.low, change.high)
    mix = (change.mix_points, change.mix_low, change.mix_high)
    return (
        *(NO_FIGURE if v is None else points(v) for v in raw),
        verdict_or_why(change),
        *(NO_FIGURE if v is None else points(v) for v in mix),
        mix_cell(book, change).text or NO_FIGURE,
        "reworded" if book.reworded(change) else "",
    )


def _no_change(book: Book, item: Item) -> tuple[Value, ...]:
    return (*(NO_FIGURE,) * 3, verdict_now(book, item), *(NO_FIGURE,) * 4, "")


def changes_sheet(book: Book) -> Sheet:
    """Every change that was looked at, to be filtered."""
    heads = (
        Head("Item", 34),
        Head("Answer", 26),
        Head("Group", 16),
        Head("Level of group", 24),
        Head("From wave", 9),
        Head("To wave", 9),
        *_change_heads(),
        Head("p", 8, numeric=True),
        Head("p, adjusted", 8, numeric=True),
        Head("Family", 14),
        Head("Smallest change it could see, points", 12, numeric=True),
        Head("Raw and same mix disagree", 11),
        Head("Earlier wave published only", 11),
        Head("Reason", 40),
    )
    about = (
        "Rose, fell, about the same, or too few to tell: from the range, a margin that matters and the "
        "number of comparisons made. Use the filters in the heading row."
    )
    items = {item.id: item for item in book.study.items}
    rows = tuple(_change(book, items.get(c.item), c) for c in book.results.changes)
    holds = "Every change between two waves, for everybody and each group, to be filtered"
    empty = "No two waves could be compared."
    return Sheet("Changes", "All changes", about, heads, rows, holds, empty=empty)


def _change(book: Book, item: Item | None, change: Change) -> tuple[Value, ...]:
    return (
        item.label if item else change.item,
        _answer(item, change.answer),
        book.grouping_label(change.group) if change.group else "Everybody",
        book.level_label(change.group, change.level or "") if change.group else "Everybody",
        book.label(change.from_wave),
        book.label(change.to_wave),
        *_change_figures(book, change),
        decimal(change.p),
        decimal(change.p_adjusted),
        change.family or "",
        NO_FIGURE if change.detectable is None else points(change.detectable),
        "yes" if change.conflict else "no",
        "yes" if change.from_published else "no",
        capital(tidy(change.because)),
    )


def who_sheet(book: Book) -> Sheet:
    """Who answered each wave, beside the headcount where there is one."""
    heads = (
        Head("Wave", 9),
        Head("Group", 20),
        Head("Level of group", 30),
        Head("Answered", 13, numeric=True),
        Head("Share of answers", 10, numeric=True),
        Head("Headcount", 11, numeric=True),
        Head("Response rate", 10, numeric=True),
        Head("Share of answers ÷ share of workforce", 14, numeric=True),
        Head("Note", 40),
    )
    rows = [*_totals(book), *(_who(book, table, row) for table in book.results.who for row in table.rows)]
    holds, about = "Who answered each wave, beside the headcount", counted_groups(book.rules)
    return Sheet("Who answered", "Who answered, and who did not", about, heads, tuple(rows), holds)


def _totals(book: Book) -> list[tuple[Value, ...]]:
    return [
        (
            facts.label,
            "Everybody",
            "Everybody",
            NO_FIGURE if facts.answered is None else count(facts.answered),
            NO_FIGURE,
            *_headcount(facts.answered, facts.rate, facts.invited, facts.invited_high),
            NO_FIGURE,
            "Known only from published figures" if facts.published else "",
        )
        for facts in book.results.waves
    ]


def _headcount(
    answered: int | None, rate: float | None, low: int | None, high: int | None
) -> tuple[Value, Value]:
    """A headcount and the rate it gives; both in words where it is given as a range."""
    if low is None:
        return NO_FIGURE, NO_FIGURE
    spread = high is not None and high > low
    people: Value = headcount_words(low, high) if spread else count(low)
    if rate is None or answered is None:
        return people, NO_FIGURE
    return people, rate_words(answered, low, high) if spread else percent(rate)


def _who(book: Book, table: WhoTable, row: WhoRow) -> tuple[Value, ...]:
    hidden = row.count is None
    low = row.headcount if row.headcount_low is None else row.headcount_low
    headcount = _headcount(row.count, row.rate, low, row.headcount)
    return (
        book.label(table.wave),
        table.label,
        row.label,
        (row.shown_as or HIDDEN) if row.count is None else count(row.count),
        "[c]" if hidden else percent(row.percent) or NO_FIGURE,
        *(("[c]" if hidden and n else value) for n, value in enumerate(headcount)),
        "[c]" if hidden else decimal(row.share_ratio) or NO_FIGURE,
        table.note,
    )


def problems_sheet(problems: Sequence[Problem]) -> Sheet:
    """What was found in the files, counted by column."""
    heads = (
        Head("File", 28),
        Head("Column", 40),
        Head("What was done", 60),
        Head("Left out", 9),
        Head("Times", 8, numeric=True),
    )
    rows = tuple(
        (f.file, f.column, f.message, "yes" if f.lost else "no", count(f.times)) for f in found_in(problems)
    )
    about = "“Left out: no” marks a note: nothing was lost. Rows and answers are not repeated here."
    empty = "Nothing in the files needs saying."
    holds = "What could not be used or was read with care, by file and column"
    return Sheet("Problems", "What we found in the files", about, heads, rows, holds, empty=empty)
