"""How an item stands in each wave, and what changed: as answered, for the same mix, group by group."""

from __future__ import annotations

from typing import Literal

from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.definition.study import Grouping, Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.model import Block, ChangeChart, ChangeRow, Paragraph, WaveChart, WavePoint
from goldenthread.analysis.report.sentences.change import (
    interval_words,
    judgement,
    mix_few_words,
    mix_range,
    signed_points,
    verdict_words,
)
from goldenthread.analysis.report.sentences.item import counted_base, moved
from goldenthread.analysis.report.sentences.words import (
    base_words,
    capital,
    plural,
    range_words,
    value_words,
    whole,
)

Place = Literal["now", "before", "earlier"]


def wave_chart(book: Book, item: Item) -> WaveChart | None:
    """Each wave's level with its range, newest first; None where the study has one wave."""
    if len(book.wave_order) < 2:
        return None
    points = tuple(_point(book, item, wave, n) for n, wave in enumerate(reversed(book.wave_order)))
    known = [p for p in points if p.percent is not None]
    answer = ", ".join(f"{p.value} in {p.label.removesuffix(' (published)')}" for p in known)
    note = _wave_note(book, item)
    return WaveChart(
        id=f"{item.id}-waves",
        question="How does each wave stand?",
        answer=f"{answer}." if answer else "No wave can be shown.",
        points=points,
        note=note,
        alt=" ".join(_point_alt(p) for p in points),
    )


def _point(book: Book, item: Item, wave: str, age: int) -> WavePoint:
    place: Place = "now" if age == 0 else "before" if age == 1 else "earlier"
    estimate = book.headline(item, wave)
    label = book.label(wave)
    if estimate is None:
        why = "Not printed, or not asked" if book.facts[wave].published else "Not asked"
        return WavePoint(label, "", "–", "", place, why=why)
    if estimate.published:
        label = f"{label} (published)"
    return WavePoint(
        label, counted_base(item, estimate), value_words(estimate), range_words(estimate), place,
        estimate.percent, estimate.low, estimate.high,
    )  # fmt: skip


def _wave_note(book: Book, item: Item) -> str:
    notes = []
    figures = [book.headline(item, wave) for wave in book.wave_order]
    if any(figure.published for figure in figures if figure is not None):
        notes.append("“Published” marks a wave known only from percentages printed in an earlier report.")
    links = [link for link in book.study.links if link.item == item.id and link.reworded]
    notes += [f"{book.label(link.later)}: reworded since {book.label(link.earlier)}." for link in links]
    return " ".join(notes)


def _point_alt(point: WavePoint) -> str:
    if point.percent is None:
        return f"{point.label}: {point.why.lower() or point.value}."
    return f"{point.label}, {point.base}: {point.value} ({point.range})."


def change_chart(book: Book, item: Item) -> ChangeChart | None:
    """The headline change as answered, and beside it the change for the same mix of people."""
    change = book.change(item)
    if change is None or change.points is None:
        return None
    rows = (_row(item, change, "As answered", "everybody"), *_mix_rows(book, item, change))
    then = book.label(change.from_wave)
    if change.mix_points is None:
        question = f"What changed since {then}?"
    else:
        who = "the answers" if book.people == "people" else book.people
        question = f"Did {who} change, or the people who answered?"
    return _chart(
        book, f"{item.id}-change", question, f"{capital(moved(book, change))}.", rows, _mix_note(book, change)
    )


def _chart(
    book: Book, name: str, question: str, answer: str, rows: tuple[ChangeRow, ...], note: str
) -> ChangeChart:
    margin = book.study.thresholds.margin
    band = f"The shaded band is {margin:g} points either way: a change inside it is too small to matter here."
    told = " ".join(
        f"{r.name}: {r.verdict_text}{f' ({r.points_text})' if r.points_text else ''}." for r in rows
    )
    return ChangeChart(name, question, answer, rows, margin, f"{band} {note}".strip(), f"{answer} {told}")


def _row(item: Item, change: Change, name: str, base: str) -> ChangeRow:
    if change.points is None or change.low is None or change.high is None:
        because = capital(change.because or "not compared")
        return ChangeRow(name, base, None, because, "")
    verdict = change.verdict.value if change.verdict else None
    text = verdict_words(change.verdict) if change.verdict else capital(change.because)
    points = f"{signed_points(change.points)} ({interval_words(change.low, change.high)})"
    good = judgement(item, change.answer, change.verdict)
    return ChangeRow(name, base, verdict, text, points, good, change.points, change.low, change.high)


def _mix_rows(book: Book, item: Item, change: Change) -> tuple[ChangeRow, ...]:
    if change.mix_points is None or change.mix_low is None or change.mix_high is None:
        return ()
    by = book.grouping_label(change.mix_by or "").lower()
    return (
        ChangeRow(
            name=f"Same mix of {book.people}",
            base=f"by {by}, both waves" if by else "both waves, the same shares",
            verdict=change.mix_verdict.value if change.mix_verdict else None,
            verdict_text=verdict_words(change.mix_verdict),
            points_text=f"{signed_points(change.mix_points)} ({mix_range(change)})",
            judgement=judgement(item, change.answer, change.mix_verdict),
            points=change.mix_points,
            low=change.mix_low,
            high=change.mix_high,
        ),
    )


def _mix_note(book: Book, change: Change) -> str:
    notes = []
    if change.detectable is not None:
        seen = plural(whole(change.detectable), "point")
        notes.append(f"With this many answers the survey could see a change of about {seen}.")
    because = change.mix_because if change.mix_points is None else mix_alone(book, change)
    if because:
        notes.append(f"For the same mix of {book.people}: {because.removesuffix('.')}.")
    if change.from_published:
        notes.append("The earlier wave is known only from published percentages, rounded as printed.")
    return " ".join(notes)


def mix_few(book: Book, change: Change) -> str:
    """Why the same mix earns no verdict (method 7's three sentences); empty where it earns one."""
    return mix_few_words(change, book.study.thresholds.margin, book.comparisons(change))


def mix_alone(book: Book, change: Change) -> str:
    """The same, only where the range of the same mix leaves out no change."""
    because = mix_few(book, change)
    return because if because.startswith("on its own") else ""


def group_changes(book: Book, item: Item, grouping: Grouping, *, every: bool = False) -> tuple[Block, ...]:
    """Groups with a verdict as a picture; a sentence where there are none. The table holds them all.

    ``every`` draws all groups that are compared, where a page has the room for it.
    """
    found = level_changes(book, item, grouping)
    if not found:
        return ()
    by, then = grouping.label.lower(), book.label(found[0][1].from_wave)
    told = tuple(
        _row(item, change, label, _then_now(book, item, change))
        for label, change in found
        if every or change.verdict not in {None, Verdict.FEW}
    )
    nothing = f"By {by}: in no group can a change since {then} be told from chance."
    if not told:
        return (Paragraph(nothing),)
    rest = len(found) - len(told)
    note = f"In {plural(rest, 'other group')} too few answered to tell." if rest else ""
    question = f"What changed since {then}, by {by.removesuffix('?')}?"
    name = f"{item.id}-{grouping.item}-change"
    return (_chart(book, name, question, _group_answer(told) or nothing, told, note),)


def level_changes(book: Book, item: Item, grouping: Grouping) -> list[tuple[str, Change]]:
    """Each group's name and headline change, in the order of the questionnaire."""
    found = [(label, book.change(item, grouping.item, level)) for level, label in book.levels(grouping)]
    return [(label, change) for label, change in found if change is not None and change.points is not None]


def _then_now(book: Book, item: Item, change: Change) -> str:
    both = [
        book.headline(item, wave, change.group, change.level) for wave in (change.from_wave, change.to_wave)
    ]
    then, now = (base_words(e) if e else "" for e in both)
    return f"{then} then, {now} now" if then and now else ""


def _group_answer(rows: tuple[ChangeRow, ...]) -> str:
    """Which groups moved and which did not, by name."""
    kinds = (Verdict.ROSE, Verdict.FELL, Verdict.SAME)
    names = {kind: [row.name for row in rows if row.verdict == kind.value] for kind in kinds}
    return " ".join(f"{verdict_words(kind)}: {listed(found)}." for kind, found in names.items() if found)
