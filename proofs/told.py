"""Reads tables, charts and sentences of a report's files as facts.

Whatever names a group, or stands on an item's page, and holds a figure must be understood; the rest is
handed back as unread, so that a new table or sentence cannot slip past the proof that reads these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from facts import DRAWN, EVERYBODY, Cell, Fact, Names, Said, Unread, read_value
from opened import STRANGE, Drawn, Grid, Piece, Place, Row, Text, Value, opened

from goldenthread.analysis.definition.study import Study

WHO = {
    "Answered": "answered",
    "Share of answers": "share",
    "Response rate": "rate",
    "Share of answers ÷ share of workforce": "ratio",
}
LEFT_OUT = {"no answer that could be read": "blank", "not asked": "not-shown"}
"""The rest are outside, by the words of the answer that puts them there."""
COLUMNS = {"No readable answer": "blank", "Not asked": "not-shown", "Answers outside the scale": "outside"}


PUBLIC = {"Headcount", "Could have answered"}
"""Columns of numbers that the report was given, and that say nothing of who answered."""


def said(name: str, data: bytes, study: Study) -> Iterator[Said]:
    """Everything one file of a report says, each thing once."""
    names = Names(study)
    for piece in dict.fromkeys(opened(name, data)):
        try:
            yield from of_piece(piece, names)
        except KeyError as unknown:
            yield Unread(f"{unknown} in {piece}")


def of_piece(piece: Piece, names: Names) -> Iterator[Said]:
    """What one table, one row of a chart or one text says."""
    if isinstance(piece, Grid):
        yield from _grid(piece, names)
    elif isinstance(piece, Row):
        yield from _row(piece, names)
    else:
        yield from _text(piece, names)


# Tables

Reader = Callable[[Grid, Names], Iterator[Said]]


def _grid(grid: Grid, names: Names) -> Iterator[Said]:
    reader = next((read for fits, read in GRIDS if fits(grid)), None)
    if reader is None:
        yield Unread(f"a table: {grid.caption} {grid.heads} 1")
    else:
        yield from reader(grid, names)


def _rows(grid: Grid) -> Iterator[dict[str, Value]]:
    yield from (dict(zip(grid.heads, row, strict=True)) for row in grid.rows)


def _rest(row: Mapping[str, Value], place: Place, names: Names) -> Iterator[Said]:
    """What a row holds besides: no figure, but those that everybody may know."""
    words = " | ".join(str(value) for head, value in row.items() if head not in PUBLIC)
    yield from _text(Text(place, words), names)


def _nothing(grid: Grid, names: Names) -> Iterator[Said]:
    """A table of no figures about people; were one to name a group and a number, that is unread."""
    for row in _rows(grid):
        yield from _rest(row, Place(), names)


def _totals(grid: Grid, names: Names) -> Iterator[Said]:
    for row in _rows(grid):
        cell = ("", names.waves[str(row["Wave"])], "", "", "")
        yield from read_value(row["Answered"], "answered", cell)
        yield from read_value(row["Response rate"], "rate", cell)


def _who(grid: Grid, names: Names) -> Iterator[Said]:
    """Levels down, waves across: a count and a share each."""
    group = names.groups[grid.heads[0].lower()]
    newest = names.waves[grid.heads[1]]
    for row in _rows(grid):
        name = str(row[grid.heads[0]])
        for label, wave in names.waves.items():
            yield from read_value(row.pop(label, None), "answered", names.cell("", wave, group, name))
            yield from read_value(row.pop(f"{label}, %", None), "share", names.cell("", wave, group, name))
        for head in list(WHO)[2:]:
            yield from read_value(row.pop(head, None), WHO[head], names.cell("", newest, group, name))
        yield from _rest(row, Place(), names)


def _who_sheet(grid: Grid, names: Names) -> Iterator[Said]:
    for row in _rows(grid):
        group = names.groups.get(str(row["Group"]).lower(), "")
        cell = names.cell("", names.waves[str(row["Wave"])], group, str(row["Level of group"]))
        for head, kind in WHO.items():
            yield from read_value(row.pop(head), kind, cell)
        yield from _rest(row, Place(), names)


def _numbers(grid: Grid, names: Names) -> Iterator[Said]:
    """An item by group: base, every answer, the headline with its range, and who is left out."""
    item, group = names.items[grid.place.page], names.groups.get(grid.heads[0].lower(), "")
    wave = names.waves[grid.caption.rpartition(", ")[2]]
    for row in _rows(grid):
        name = str(row.pop(grid.heads[0]))
        for head, value in row.items():
            kind, answer = _column(head, item, names)
            yield from read_value(value, kind, names.cell(item, wave, group, name, answer))


def _column(head: str, item: str, names: Names) -> tuple[str, str]:
    """What a column of such a table holds: the kind, and the answer it is of."""
    if head == "Base":
        return "base", ""
    if head == "Range":
        return "range", names.headline(item)
    if head in COLUMNS:
        return COLUMNS[head], ""
    answer = names.answers[item, head]
    return ("outside", "") if answer in names.outside(item) else ("percent", answer)


def _waves(grid: Grid, names: Names) -> Iterator[Said]:
    """Everybody, answers down and waves across."""
    item = names.items[grid.place.page]
    for row in _rows(grid):
        name = str(row["Answer"])
        for label, wave in names.waves.items():
            kind, answer = ("base", "") if name == "Base" else ("percent", names.answers[item, name])
            yield from read_value(row.get(label), kind, (item, wave, "", "", answer))
            yield from read_value(row.get(f"{label} range"), "range", (item, wave, "", "", answer))


def _index(grid: Grid, names: Names) -> Iterator[Said]:
    """Every item at a glance: its headline in the newest wave."""
    newest = names.study.waves[-1].id
    for row in _rows(grid):
        item = names.items[str(row["Item"])]
        wave = names.waves[str(row["Wave"])] if "Wave" in row else newest
        cell = (item, wave, "", "", names.headline(item))
        yield from read_value(row.pop("Level"), "percent", cell)
        yield from read_value(row.pop("Base"), "base", (item, wave, "", "", ""))
        for head, kind in {"Range": "range", "Range from": "low", "Range to": "high"}.items():
            yield from read_value(row.pop(head, None), kind, cell)
        yield from _rest(row, Place(item), names)


def _banner(grid: Grid, names: Names) -> Iterator[Said]:
    """A sheet of the workbook: items and answers down, everybody and every group across."""
    for row in _rows(grid):
        item, wave = names.items[str(row.pop("Item"))], names.waves[str(row.pop("Wave"))]
        kind, answer = _line(str(row.pop("Row")), str(row.pop("Kind of row")), item, names)
        for head, value in row.items():
            group, _, name = head.partition(": ")
            cell = names.cell(item, wave, names.groups.get(group.lower(), ""), name or group, answer)
            yield from read_value(value, kind, cell)


def _line(label: str, kind: str, item: str, names: Names) -> tuple[str, str]:
    """What a row of such a sheet holds: the kind, and the answer it is of."""
    if kind == "base":
        return {"Base: people": "base", "Base: weighted": "weighted", "Base: effective": "effective"}[
            label
        ], ""
    if kind == "left out":
        return LEFT_OUT.get(label.removeprefix("Left out: "), "outside"), ""
    if kind == "range":
        name, _, end = label.rpartition(": range ")
        return {"from": "low", "to": "high"}[end], names.answers[item, name]
    return "percent", names.answers[item, label]


GRIDS: tuple[tuple[Callable[[Grid], bool], Reader], ...] = (
    (lambda g: g.heads[:2] in {("Wave", "When"), ("Number", "Question")}, _nothing),
    (lambda g: g.heads[:2] == ("File", "Column"), _nothing),
    (lambda g: g.heads[:2] == ("Wave", "Answered"), _totals),
    (lambda g: g.heads[:3] == ("Wave", "Group", "Level of group"), _who_sheet),
    (lambda g: g.heads[:4] == ("Item", "Wave", "Row", "Kind of row"), _banner),
    (lambda g: g.caption.startswith("The same numbers"), _numbers),
    (lambda g: g.caption == "Every wave, everybody", _waves),
    (lambda g: g.caption == "All items", _index),
    (lambda g: g.caption.startswith("Answers by "), _who),
)


# Rows of charts


def _row(row: Row, names: Names) -> Iterator[Said]:
    item, wave = names.items[row.place.page], names.study.waves[-1].id
    cell = names.cell(item, wave, names.groups.get(row.place.by, ""), row.name, names.headline(item))
    yield from read_value(row.base, "base", (*cell[:4], ""))
    yield from read_value(row.value, "percent", cell)
    yield from read_value(row.range, "range", cell)
    for end, value in zip(("low", "high"), row.ends, strict=False):
        yield Fact(end, cell, value, DRAWN)
    for answer, piece in _whole_sides(row.drawn, item, names):
        yield Fact("percent", (*cell[:4], answer), piece.width, DRAWN)
        yield from read_value(f"{piece.figure}%" if piece.figure else "", "percent", (*cell[:4], answer))


def _whole_sides(drawn: Sequence[Drawn], item: str, names: Names) -> Iterator[tuple[str, Drawn]]:
    """Answers as drawn; a side in one piece (its colour is one of its answers') is read as the net."""
    of = next(i for i in names.study.items if i.id == item)
    own = {net.id: set(of.net_codes(net.id)) for net in of.nets}
    codes = {names.answers[item, piece.answer.partition(", ")[0]]: piece for piece in drawn}
    for code, piece in codes.items():
        net = next((n for n, answers in own.items() if code in answers), code)
        alone = not own.get(net, set()) & codes.keys() - {code}
        yield (net if alone else code), piece


# Texts

EXPLAINED = (
    re.compile(r"fewer than \d+"),
    re.compile(r"Groups under \d+% of the headcount are not judged"),
    re.compile(r"[Oo]f the groups with \d+ (?:people|answers) or more"),
    re.compile(r"^\d+\.\d+\s"),
    re.compile(r"Contents \d+\.\d+$"),
)
"""Figures in words that are no facts about a group: the rule itself, and the number of a heading."""
NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|nobody|all)\b", re.IGNORECASE
)


def _text(text: Text, names: Names) -> Iterator[Said]:
    """Facts in a sentence; unread, where figures are left and a group or an item's page is in sight."""
    words = text.words
    if words.startswith(STRANGE):
        yield Unread(words)
        return
    if not re.search(r"\d", words) and not names.a_level.search(words):
        return
    for pattern, read in (*ANYWHERE, *(ON_A_PAGE if text.place.page else ())):
        sentence = re.compile(pattern.replace("LEVEL", names.a_level.pattern))
        for match in sentence.finditer(words):
            yield from read(match, text.place, names)
        words = sentence.sub(" ", words)
    for explained in EXPLAINED:
        words = explained.sub(" ", words)
    if _tells(words, text.place, names):
        yield Unread(text.words)


def _tells(words: str, place: Place, names: Names) -> bool:
    """Whether a figure is left beside a group's name or on an item's page; or, in one sentence with a
    group's name, a number as a word."""
    if re.search(r"\d", words) and (place.page or names.a_level.search(words)):
        return True
    sentences = (each for each in re.split(r"[.:;] ", words) if names.a_level.search(each))
    return any(NUMBER_WORD.search(each) for each in sentences)


Sentence = Callable[[re.Match[str], Place, Names], Iterator[Said]]


def _here(place: Place, names: Names, level: str = EVERYBODY) -> Cell:
    """The headline of the item a sentence stands under."""
    item, wave = names.items[place.page], names.study.waves[-1].id
    return names.cell(item, wave, names.groups.get(place.by, ""), level, names.headline(item))


def _bar_in_words(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
    """``Health, 65 people: 89% (79 to 95).``"""
    cell = _here(place, names, match["name"])
    yield from read_value(match["base"], "base", (*cell[:4], ""))
    yield from read_value(match["value"], "percent", cell)
    yield from read_value(match["range"], "range", cell)


def _level_in_words(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
    """``45% in Health``."""
    yield from read_value(match["value"], "percent", _here(place, names, match["name"]))


def _everybody_in_words(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
    """``Everybody: 88% of 117, give or take 7``."""
    cell = _here(place, names)
    yield from read_value(match["value"], "percent", cell)
    yield from read_value(match["base"], "base", (*cell[:4], ""))


def _named_in_words(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
    """``Nearly nine in ten of the 117 who answered said “yes” to “x” (88%, give or take 7)``."""
    found = match.groupdict()
    cell = _here(Place(found.get("item") or place.page), names)
    yield from read_value(found["base"], "base", (*cell[:4], ""))
    yield from read_value(found.get("value"), "percent", cell)


def _left_out(kind: str) -> Sentence:
    def read(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
        yield from read_value(match["people"], kind, (*_here(place, names)[:4], ""))

    return read


def _answered(match: re.Match[str], place: Place, names: Names) -> Iterator[Said]:
    del place
    yield from read_value(match["people"], "answered", ("", names.study.waves[-1].id, "", "", ""))


N = r"\d[\d,]*(?:\.\d+)?"
PEOPLE = r"(?:people|person|answers?)"
WHO_ANSWERED = rf"of the (?P<base>{N}) (?:who answered|answers given)"
OF_ITEM = r"(?:to|(?:on average )?over the \w+ items of) “(?P<item>[^”]+)”(?: together)?"
SPREAD = r"(?:give or take \d+|almost everyone answered)"
ANYWHERE: tuple[tuple[str, Sentence], ...] = (
    (
        rf"{WHO_ANSWERED} said “[^”]+” {OF_ITEM}(?: \((?P<value>\d+%), {SPREAD}\))?",
        _named_in_words,
    ),
    (rf"^(?P<item>\w+): (?P<value>\d+%) {WHO_ANSWERED}, {SPREAD}", _named_in_words),
    (rf"(?P<people>{N}) of about {N} people answered \(\d+%\)", _answered),
    (rf"(?P<people>{N}) (?:person|people) answered", _answered),
)
ON_A_PAGE: tuple[tuple[str, Sentence], ...] = (
    (
        rf"(?P<name>LEVEL|Everybody), (?P<base>{N} {PEOPLE}): (?P<value>[^.(]+?)(?: \((?P<range>[^)]+)\))?\.",
        _bar_in_words,
    ),
    (
        r"(?P<name>LEVEL)(?:, [^.:]+)?: (?P<value>(?:[Mm]ore|[Ff]ewer) than \d+%)(?:, \w+ than \d+%)?",
        _level_in_words,
    ),
    (r"(?P<value>\d+%) in (?P<name>LEVEL)", _level_in_words),
    (rf"Everybody: (?P<value>\d+%) of (?P<base>{N}), {SPREAD}", _everybody_in_words),
    (rf"(?P<people>{N}) (?:person|people) said “[^”]+”", _left_out("outside")),
    (rf"(?P<people>{N}) (?:person|people) gave no answer that could be read", _left_out("blank")),
    (rf"(?P<people>{N}) (?:person was|people were) not asked", _left_out("not-shown")),
)
