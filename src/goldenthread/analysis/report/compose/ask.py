"""Ask: what was asked, what became of every question, and what changed since the wave before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from goldenthread.analysis.definition.lineage import Accounted, Fate, LogRow, Use, accounting, change_log
from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.study import Wave
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.numbers import read_number
from goldenthread.analysis.report.model import Block, Cell, Chapter, Column, Heading, Paragraph, Table
from goldenthread.analysis.report.sentences.who import dates
from goldenthread.analysis.report.sentences.words import capital, number, plural

OPTIONS, STATEMENTS = "options", "statements"
USES = {
    Use.ITEM: "reported",
    Use.GROUPING: "used to group answers",
    Use.TEXT: "in people’s own words, not printed here",
    Use.ROUTING: "used only to decide what was asked next",
    Use.NOT_REPORTED: "not reported",
}


def asked(book: Book) -> Chapter:
    """Purpose, dates, and an account of every question."""
    purpose = (Paragraph(book.study.purpose, "lead"),) if book.study.purpose else ()
    return Chapter("ask", "Ask", "What was asked", (*purpose, _waves(book), *_accounts(book)))


def _waves(book: Book) -> Table:
    columns = (Column("Wave"), Column("When"), Column("Questions", numeric=True), Column("What is held"))
    rows = tuple(_wave_row(book, wave) for wave in reversed(book.study.waves))
    return Table("waves", "The waves", columns, rows)


def _wave_row(book: Book, wave: Wave) -> tuple[Cell, ...]:
    count = _asked(wave, accounting(book.study, wave))
    shown = Cell("not known") if count is None else Cell(number(count))
    return (
        Cell(book.label(wave.id)),
        Cell(capital(dates(wave.opens, wave.closes))),
        shown,
        Cell(_held(book, wave)),
    )


def _asked(wave: Wave, rows: Sequence[Accounted]) -> int | None:
    """How many questions a wave asked, where its form is known or every number on it is told."""
    if wave.questionnaire is None and not wave.no_figures:
        return None
    return sum(not _unnumbered(row) for row in rows)


def _unnumbered(row: Accounted) -> bool:
    """Whether a figure was printed without a number: our own name of an item is none."""
    return row.number in row.items


def _held(book: Book, wave: Wave) -> str:
    if wave.published:
        return f"Published percentages only{f': {wave.source}' if wave.source else ''}"
    layout = book.facts[wave.id].format if wave.id in book.facts else ""
    return f"Answers{f', read as {layout}' if layout else ''}"


def _accounts(book: Book) -> tuple[Block, ...]:
    """Every question of every wave; in full for the newest, and what is not told elsewhere for the rest."""
    blocks = [block for wave in reversed(book.study.waves) for block in _account(book, wave)]
    return (Heading("What became of every question"), *blocks) if blocks else ()


def _account(book: Book, wave: Wave) -> list[Block]:
    rows = accounting(book.study, wave)
    if not rows:
        return []
    blocks: list[Block] = [Paragraph(_account_words(book, wave, rows))]
    newest = wave.id == book.newest.id
    shown = [row for row in rows if newest or _worth_listing(book, row)]
    if shown:
        what = "Every question" if newest else "Not reported, or not asked since"
        blocks.append(_account_table(book, wave, what, shown))
    return blocks


def _account_words(book: Book, wave: Wave, rows: Sequence[Accounted]) -> str:
    """How many questions there were and what became of them, in one sentence or two."""
    asked = _asked(wave, rows)
    counted = rows if asked is None else [row for row in rows if not _unnumbered(row)]
    told = listed(_use_words(use, [row for row in counted if row.use is use]) for use in _uses(counted))
    form = "from what was published" if asked is None else plural(asked, "question")
    more = len(rows) - len(counted)
    one_more = plural(more, "more figure was", "more figures were")
    rest = f" {one_more} printed without a number." if more else ""
    return f"{book.label(wave.id)}, {form}: {told}.{rest}"


def _uses(rows: Sequence[Accounted]) -> tuple[Use, ...]:
    found = {row.use for row in rows}
    return tuple(use for use in USES if use in found)


def _use_words(use: Use, rows: Sequence[Accounted]) -> str:
    """``22 not reported (21: the old report says nothing of it; …)``, ``38 reported (14 combined)``."""
    why = Counter(row.because for row in rows if row.because)
    notes = [f"{n}: {because}" for because, n in why.items()] if use is Use.NOT_REPORTED else []
    combined = sum(bool(row.beside) for row in rows)
    notes += [f"{combined} of them combined with another"] if combined else []
    noted = f" ({'; '.join(notes)})" if notes else ""
    return f"{len(rows)} {USES[use]}{noted}"


def _worth_listing(book: Book, row: Accounted) -> bool:
    return row.use is Use.NOT_REPORTED or _dropped(book, row)


def _dropped(book: Book, row: Accounted) -> bool:
    newest = book.newest.id
    asked_now = {item.id for item in book.study.items if newest in item.sources}
    return row.use is Use.ITEM and row.wave != newest and not set(row.items) & asked_now


def _account_table(book: Book, wave: Wave, what: str, rows: Sequence[Accounted]) -> Table:
    columns = (Column("Number"), Column("Question"), Column("What became of it"))
    cells = tuple(
        (Cell(_printed_number(row)), Cell(_asked_of(book, row)), Cell(_fate(book, row))) for row in rows
    )
    return Table(f"account-{wave.id}", f"{what}, {book.label(wave.id)}", columns, cells)


def _asked_of(book: Book, row: Accounted) -> str:
    """A question's words; of one with several statements, also what these are called."""
    form = book.wave(row.wave).questionnaire
    if form is None or len(row.items) < 2 or _parts(book, row) != STATEMENTS:
        return row.text or "not known"
    labels = {item.id: item.label for item in book.study.items}
    return f"{row.text} {'; '.join(labels[item] for item in row.items)}".strip()


def _printed_number(row: Accounted) -> str:
    return "not known" if _unnumbered(row) else read_number(row.number) or "none"


def _fate(book: Book, row: Accounted) -> str:
    comments = _comments(book, row)
    if comments:
        return f"{capital(plural(comments, 'comment'))}, not printed here"
    if row.because:
        return f"{capital(USES[row.use].partition(',')[0])}: {row.because}"
    parts = f", {len(row.items)} {_parts(book, row)}" if len(row.items) > 1 else ""
    beside = f", combined with {listed(row.beside)}" if row.beside else ""
    since = "; not asked since" if _dropped(book, row) else ""
    return f"{capital(USES[row.use])}{parts}{beside}{since}"


def _parts(book: Book, row: Accounted) -> str:
    """``options`` of a tick-list, ``statements`` of any other question."""
    sheet = book.wave(row.wave).questionnaire
    ticked = {q.number or q.id for q in sheet.questions if q.kind is Kind.MULTIPLE} if sheet else set()
    return OPTIONS if row.number in ticked else STATEMENTS


def _comments(book: Book, row: Accounted) -> int:
    """How many people wrote an answer in their own words."""
    sheet = book.wave(row.wave).questionnaire
    questions = sheet.questions if sheet is not None and row.use is Use.TEXT else ()
    ids = [q.id for q in questions if row.number in {q.number, q.id}]
    return sum(book.results.comments.get(f"{row.wave}:{name}", 0) for name in ids)


def crosswalk(book: Book) -> Chapter | None:
    """Each item's question number in each wave, and what became of its wording and its scale."""
    log = change_log(book.study)
    if not log:
        return None
    items = _worth_a_row(book, log)
    order = tuple(reversed(book.wave_order))
    columns = (Column("Item"), *(Column(book.label(w)) for w in order), Column("What changed"))
    numbers, notes = _numbers(log), _notes(book, log)
    labels = {row.item: row.label for row in log}
    pages = {item.id: book.page_of(item) for item in book.items}
    rows = tuple(
        (
            Cell(labels[item], item=pages.get(item, "")),
            *(Cell(_asked_as(book, item, wave, numbers)) for wave in order),
            Cell(capital("; ".join(notes.get(item, ())))),
        )
        for item in items
    )
    lead = _changed(len(notes))
    note = "An option of a tick-list is listed only where something about it changed."
    table = Table("crosswalk", "Each question, wave by wave", columns, rows, note)
    return Chapter("crosswalk", "Ask", "What changed in the questionnaire", (Paragraph(lead, "lead"), table))


def _changed(count: int) -> str:
    if not count:
        return "No question changed that we know of."
    line = plural(count, "question, statement or option", "questions, statements or options")
    return f"{line} changed, came or went."


def _asked_as(book: Book, item: str, wave: str, numbers: Mapping[tuple[str, str], tuple[str, ...]]) -> str:
    """The numbers on the form; of a published wave that printed none, that it asked."""
    found = numbers.get((item, wave), ())
    if found == (item,) and book.wave(wave).published:
        return "asked, number not known"
    read = [number for number in map(read_number, found) if number]
    if found and not read:
        return "asked"
    return listed(read) or ("not printed, or not asked" if book.wave(wave).published else "not asked")


def _worth_a_row(book: Book, log: Sequence[LogRow]) -> list[str]:
    """Every item once; an option only where there is something to say of it."""
    options = {item.id for item in book.items if book.option_of(item) is not None}
    noted = {row.item for row in log if _remark(book, row)}
    return [item for item in dict.fromkeys(row.item for row in log) if item not in options or item in noted]


def _numbers(log: Sequence[LogRow]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in log:
        found[row.item, row.earlier] = row.numbers_before or found.get((row.item, row.earlier), ())
        found[row.item, row.later] = row.numbers_after or found.get((row.item, row.later), ())
    return found


def _notes(book: Book, log: Sequence[LogRow]) -> Mapping[str, tuple[str, ...]]:
    """Every remark of an item, in the order of the waves."""
    found: dict[str, tuple[str, ...]] = {}
    for (item, _), told in remarks(book, log).items():
        found[item] = (*found.get(item, ()), *told)
    return found


def remarks(book: Book, log: Sequence[LogRow]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is to be said of an item (first) in a wave (second) since the wave before."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in log:
        remark = _remark(book, row)
        if remark:
            found[row.item, row.later] = (*found.get((row.item, row.later), ()), remark)
    return found


def _remark(book: Book, row: LogRow) -> str:
    """What changed between two waves that follow one another, in a few words."""
    order = book.wave_order
    if order.index(row.later) - order.index(row.earlier) != 1:
        return ""
    marks = {
        f"new in {book.label(row.later)}": row.fate is Fate.NEW,
        f"not asked in {book.label(row.later)}": row.fate is Fate.DROPPED,
        f"reworded in {book.label(row.later)}": row.reworded,
        f"another scale in {book.label(row.later)}": row.rescaled,
        f"“other” {row.other} in {book.label(row.later)}": bool(row.other),
        "not comparable": row.fate is Fate.KEPT and not row.comparable,
    }
    told = ", ".join(mark for mark, holds in marks.items() if holds)
    because = f": {row.because.removesuffix('.')}" if told and row.because else ""
    return f"{told}{because}"
