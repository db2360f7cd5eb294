"""The tables behind an item's pictures: the same numbers, with every count and base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.definition.study import Combining, Grouping, Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, answer_labels, headline_label, substantive
from goldenthread.analysis.report.compose.bars import besides_words
from goldenthread.analysis.report.compose.changes import level_changes, mix_alone, mix_few
from goldenthread.analysis.report.model import Cell, Column, Table
from goldenthread.analysis.report.sentences.change import (
    judgement,
    mix_range,
    range_of_change,
    tidy,
    verdict_words,
)
from goldenthread.analysis.report.sentences.marks import explained
from goldenthread.analysis.report.sentences.words import (
    base_words,
    bound_words,
    capital,
    effective_words,
    number,
    percent,
    plural,
    range_words,
    signed,
)
from goldenthread.analysis.results import Besides

Answers = Mapping[str, Estimate]
PEOPLE = "Per cents are of people: those asked who gave an answer on the scale."
ANSWERS = "Per cents are of answers, not of people: the questions are pooled."
NOT_COMPARED = "Not compared"


def tables(book: Book, item: Item) -> tuple[Table, ...]:
    """Every table of one item's page."""
    wave = book.last_asked(item)
    groups = [_by(book, item, g, wave) for g in book.study.groupings if book.levels_of(item, g, wave)]
    return (
        *(groups or [_by(book, item, None, wave)]),
        _waves(book, item),
        *_changes(book, item),
        *_level_changes(book, item),
    )


def _rows(
    book: Book, item: Item, grouping: Grouping | None, wave: str
) -> list[tuple[str, str | None, Answers]]:
    """(name, level, figures) for each group shown or hidden, everybody last."""
    everybody = ("Everybody", None, book.cells[item.id, wave, None, None])
    if grouping is None:
        return [everybody]
    levels = book.levels_of(item, grouping, wave)
    groups = [(label, level, book.cells[item.id, wave, grouping.item, level]) for level, label in levels]
    return [*groups, everybody]


def _by(book: Book, item: Item, grouping: Grouping | None, wave: str) -> Table:
    """Every answer and band by group, the headline with its count and range, and who is left out."""
    headline = item.headline or ""
    parts = {code: label for code, label in columns_of(book, item, wave).items() if code != headline}
    places = _rows(book, item, grouping, wave)
    besides = [book.besides(item, wave, _group(grouping, level), level) for _, level, _ in places]
    every = _beside_kinds(book, item, wave)
    shown = _shown_kinds(besides, every)
    heads = ("Base", *parts.values(), headline_label(item), "Range", *shown)
    first = Column(grouping.label if grouping else "Who")
    columns = (first, *(Column(label, numeric=True) for label in heads))
    rows = tuple(
        (Cell(name), *_figures(answers, headline, parts), *_beside_cells(beside, shown))
        for (name, _, answers), beside in zip(places, besides, strict=True)
    )
    by = f" by {grouping.label.lower()}" if grouping else ""
    name = f"{item.id}-{grouping.item if grouping else 'all'}-numbers"
    caption = f"The same numbers{by}, {book.label(wave)}"
    left_out = f" {besides_words(book, item, wave)}" if shown != every else ""
    return Table(name, caption, columns, rows, _note(book, item, rows) + left_out, total=True, detail=True)


def _figures(answers: Answers, headline: str, parts: Iterable[str]) -> Iterator[Cell]:
    """One group's base, the share of every part, and the headline with its count and range."""
    estimate = answers.get(headline)
    yield base_cell(estimate)
    yield from (share_cell(answers.get(code)) for code in parts)
    yield figure_cell(estimate)
    yield range_cell(estimate)


def _group(grouping: Grouping | None, level: str | None) -> str | None:
    return None if grouping is None or level is None else grouping.item


def columns_of(book: Book, item: Item, wave: str) -> dict[str, str]:
    """Answers, then nets, that one wave has figures for.

    Where a net holds exactly one answer the two are one figure and stand once: the headline as the
    net, any other as the answer.
    """
    found = book.cells[item.id, wave, None, None]
    answers = {a.code: a.label for a in substantive(item) if a.code in found}
    nets = {n.id: n.label for n in item.nets if n.id in found}
    alone = {net: item.net_codes(net)[0] for net in nets if len(item.net_codes(net)) == 1}
    told = {code for net, code in alone.items() if net == item.headline}
    told |= {net for net, code in alone.items() if net != item.headline and code in answers}
    return {code: label for code, label in (answers | nets).items() if code not in told}


def _waves(book: Book, item: Item) -> Table:
    """Every wave and every answer, everybody: count, per cent and range."""
    waves = [
        w for w in reversed(book.wave_order) if any(book.cells.get((item.id, w, None, None), {}).values())
    ]
    known = {code: label for w in waves for code, label in columns_of(book, item, w).items()}
    order = [*(a.code for a in substantive(item)), *(n.id for n in item.nets)]
    parts = {code: known[code] for code in order if code in known}
    columns = (Column("Answer"), *(c for w in waves for c in _wave_columns(book, w)))
    rows = [(Cell(label), *_wave_cells(book, item, waves, code)) for code, label in parts.items()]
    bases = [Cell("Base"), *(c for w in waves for c in (base_cell(_any(book, item, w)), Cell("")))]
    missing = [book.label(w) for w in book.wave_order if w not in waves]
    gone = f"Not asked in {listed(missing)}. " if missing else ""
    body = (*rows, tuple(bases))
    note = gone + _note(book, item, body)
    return Table(f"{item.id}-waves-numbers", "Every wave, everybody", columns, body, note)


def _wave_columns(book: Book, wave: str) -> tuple[Column, Column]:
    published = " (published)" if book.facts[wave].published else ""
    return Column(f"{book.label(wave)}{published}", numeric=True), Column(
        f"{book.label(wave)} range", numeric=True
    )


def _wave_cells(book: Book, item: Item, waves: list[str], code: str) -> list[Cell]:
    figures = [book.cells[item.id, wave, None, None].get(code) for wave in waves]
    return [cell for e in figures for cell in (figure_cell(e), range_cell(e))]


def _any(book: Book, item: Item, wave: str) -> Estimate | None:
    return book.headline(item, wave) or next(iter(book.cells[item.id, wave, None, None].values()), None)


def _changes(book: Book, item: Item) -> list[Table]:
    """Every change among everybody, as answered and for the same mix."""
    changes = [c for c in book.changes(item) if c.points is not None]
    if not changes:
        return []
    parts = answer_labels(item)
    columns = tuple(
        Column(label, numeric=2 < n < 7)
        for n, label in enumerate(
            (
                "Change",
                "Answer",
                "Verdict",
                "Points",
                "Range",
                "Same mix: points",
                "Same mix: range",
                "Why",
            )
        )
    )
    rows = tuple(_change_row(book, item, c, parts) for c in changes)
    columns, rows = _without_empty_last(columns, rows)
    note = " ".join(dict.fromkeys(n for n in (_mix_note(book, c) for c in changes) if n))
    return [Table(f"{item.id}-changes", "Changes, everybody", columns, rows, note, detail=True)]


def _level_changes(book: Book, item: Item) -> list[Table]:
    """The newest change in each group, by grouping."""
    tables = []
    for grouping in book.study.groupings:
        found = level_changes(book, item, grouping)
        if found:
            then, now = book.label(found[0][1].from_wave), book.label(found[0][1].to_wave)
            heads = (f"Base {then}", f"Base {now}", "Points", "Range")
            columns = (
                Column(grouping.label),
                *(Column(label, numeric=True) for label in heads),
                Column("Verdict"),
                Column("Why"),
            )
            rows = tuple(_level_change_row(book, item, label, change) for label, change in found)
            columns, rows = _without_empty_last(columns, rows)
            caption = f"Changes by {grouping.label.lower()}, {then} to {now}"
            tables.append(Table(f"{item.id}-{grouping.item}-changes", caption, columns, rows, detail=True))
    return tables


def _without_empty_last(
    columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """The table without its last column, where no row has anything in it."""
    if any(row[-1].text for row in rows):
        return columns, rows
    return columns[:-1], tuple(row[:-1] for row in rows)


def _level_change_row(book: Book, item: Item, label: str, change: Change) -> tuple[Cell, ...]:
    both = (
        book.headline(item, wave, change.group, change.level) for wave in (change.from_wave, change.to_wave)
    )
    return (
        Cell(label),
        *(base_cell(estimate) for estimate in both),
        points_cell(change.points),
        Cell(range_of_change(change)),
        Cell(verdict_with_judgement(book, item, change)),
        Cell(why_few(change)),
    )


def _mix_note(book: Book, change: Change) -> str:
    """Why the same mix has no figure, or a figure and no verdict."""
    because = change.mix_because if change.mix_points is None else mix_few(book, change)
    return f"For the same mix of {book.people}: {tidy(because)}." if because else ""


def mix_cell(book: Book, change: Change | None) -> Cell:
    """What the same mix of people says of a change; where it says nothing, why.

    Empty only where the verdict beside it already says why there is none.
    """
    if change is None or change.verdict is None:
        return Cell("")
    if change.mix_points is None:
        return Cell(capital(tidy(change.mix_because)) or NOT_COMPARED)
    story = ", another story" if change.conflict else ""
    alone = mix_alone(book, change)
    among = f" among {plural(book.comparisons(change), 'comparison')}" if alone else ""
    return Cell(f"{verdict_words(change.mix_verdict)}{among}{story}")


def _change_row(book: Book, item: Item, change: Change, parts: Mapping[str, str]) -> tuple[Cell, ...]:
    pair = f"{book.label(change.from_wave)} to {book.label(change.to_wave)}"
    return (
        Cell(pair),
        Cell(parts.get(change.answer, change.answer)),
        Cell(verdict_with_judgement(book, item, change)),
        points_cell(change.points),
        Cell(range_of_change(change)),
        points_cell(change.mix_points),
        Cell(mix_range(change)),
        Cell(why_few(change)),
    )


def verdict_now(book: Book, item: Item) -> str:
    """The verdict on an item's change into the newest wave, or why there is none."""
    change = book.change_now(item)
    if not book.asked_now(item):
        return f"Not asked in {book.newest.label}"
    return verdict_with_judgement(book, item, change) if change else NOT_COMPARED


def verdict_with_judgement(book: Book, item: Item, change: Change) -> str:
    """``Fell, worse``, and whether it was reworded; without a verdict, why there is none."""
    good = judgement(item, change.answer, change.verdict)
    mark = "; reworded" if change.verdict is not None and book.reworded(change) else ""
    return f"{verdict_or_why(change)}{f', {good}' if good else ''}{mark}"


def why_few(change: Change) -> str:
    """Why it is too few to tell, by method 7's three sentences; empty where another verdict was earned."""
    return capital(tidy(change.because)) if change.verdict is Verdict.FEW else ""


def verdict_or_why(change: Change) -> str:
    """``Fell``; without a verdict, why there is none."""
    if change.verdict is None:
        return capital(tidy(change.because)) or verdict_words(None)
    return verdict_words(change.verdict)


def points_cell(points: float | None) -> Cell:
    """A change in points; empty where there is none."""
    return Cell("") if points is None else Cell(signed(points))


def base_cell(estimate: Estimate | None) -> Cell:
    """The people a figure stands on, or why that is not shown."""
    if estimate is None:
        return Cell("")
    if estimate.flag == "c":
        return Cell("[c]")
    return Cell(base_words(estimate) + effective_words(estimate))


def figure_cell(estimate: Estimate | None) -> Cell:
    """Count and per cent together: ``181 (53%)``."""
    if estimate is None:
        return Cell("")
    if estimate.flag == "c":
        return Cell("[c]")
    if estimate.bound is not None:
        return Cell(capital(bound_words(estimate.bound)))
    if estimate.percent is None:
        return Cell("")
    count = "" if estimate.count is None else f"{number(estimate.count)} "
    shown = f"{count}({percent(estimate.percent)})" if count else percent(estimate.percent)
    return Cell(shown)


def share_cell(estimate: Estimate | None) -> Cell:
    """A per cent alone, where the base stands in the same row."""
    if estimate is None or estimate.percent is None or estimate.flag == "c" or estimate.bound is not None:
        return figure_cell(estimate)
    return Cell(percent(estimate.percent))


def range_cell(estimate: Estimate | None) -> Cell:
    """``48 to 58``, marked where it is shaky."""
    return Cell("" if estimate is None else range_words(estimate))


def _beside_kinds(book: Book, item: Item, wave: str) -> dict[str, str]:
    """Which counts stand beside the base, by column heading; a kind nobody falls under is left out."""
    outside = [a.label for a in item.answers if a.outside]
    named = outside[0] if len(outside) == 1 else "Answers outside the scale"
    kinds = {named: "outside", "No readable answer": "blank", "Not asked": "not_shown"}
    everybody = book.besides(item, wave)
    if everybody is None:
        return {}
    return {label: kind for label, kind in kinds.items() if getattr(everybody, kind) != 0}


def _shown_kinds(rows: Sequence[Besides | None], kinds: dict[str, str]) -> dict[str, str]:
    """Without the counts that are hidden in every group: everybody's, last, then stands in the note."""
    groups = [beside for beside in rows[:-1] if beside is not None]
    shown = {kind for kind in kinds.values() if any(getattr(beside, kind) is not None for beside in groups)}
    return {label: kind for label, kind in kinds.items() if kind in shown or not groups}


def _beside_cells(beside: Besides | None, kinds: Mapping[str, str]) -> list[Cell]:
    counts = [None if beside is None else getattr(beside, kind) for kind in kinds.values()]
    return [Cell("[c]") if n is None else Cell(number(n)) for n in counts]


def _note(book: Book, item: Item, rows: Iterable[tuple[Cell, ...]]) -> str:
    return " ".join([of_whom(item), *mark_notes(book, rows)])


def mark_notes(book: Book, rows: Iterable[tuple[Cell, ...]]) -> list[str]:
    """Explanations of the marks these rows carry, each only where it stands."""
    return explained(" ".join(cell.text for row in rows for cell in row), book.rules)


def of_whom(item: Item) -> str:
    """Whether a page's per cents are of people or of pooled answers."""
    return ANSWERS if item.combining is Combining.POOLED else PEOPLE
