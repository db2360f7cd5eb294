"""What pages tell of groups, read from their tables and charts; and what can be worked out from it.

The working out is the disclosure proof's own: every union of groups that do not meet, every difference of
groups one inside the other, again and again. It knows who belongs to which groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from types import SimpleNamespace
from typing import Any

from attacks import added_up, told_beside, told_by_own_item
from disclosure import small_sets
from facts import Fact
from tests.web.workbench.hidden_groups import COLUMNS, UNSAID, WHERE, WHOM, Known
from tests.web.workbench.reading import Grid, Page, Row

BY = {"place of work": WHERE, "people worked with": WHOM}
EVERYBODY = "Everybody"
Told = dict[tuple[str, str, str, str], float]
"""How many people, by (item, wave, grouping, level's name); item "" for all who answered."""

KINDS = {
    "Base": "base",
    "Not part of my role": "outside",
    "No readable answer": "blank",
    "Not asked": "not-shown",
}
"""Columns of people in and beside a base, and what the proof calls each."""

NUMBER = re.compile(r"\d[\d,]*")
BASE = re.compile(r"(\d[\d,]*) (?:people|person|answers?)")
THEN = re.compile(r"(\d[\d,]*) then, (\d[\d,]*) now")


def told(page: Page, item: str, against: str = "") -> Told:
    """Every number of people on a page of ``item`` (or of who answered), ``against`` an earlier wave."""
    found: Told = {}
    for key, n in (*_tables(page.grids, item), *_charts(page.rows, item, against)):
        assert found.setdefault(key, n) == n, f"{key} is {n} and {found[key]} on one page"
    return found


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _tables(grids: Iterable[Grid], item: str) -> Iterator[tuple[tuple[str, str, str, str], float]]:
    for grid in grids:
        by = BY.get(grid.heads[0].lower(), "")
        for row in grid.rows:
            cells = dict(zip(grid.heads, row, strict=True))
            for wave, cell in _bases(grid, cells):
                if NUMBER.fullmatch(cell):
                    name = "" if row[0] in (EVERYBODY, "Base") or not by else row[0]
                    yield (item, wave, by if name else "", name), _number(cell)


def _bases(grid: Grid, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(wave, cell) of each cell of a row that holds a number of people."""
    if grid.caption.startswith("The same numbers"):
        yield grid.caption.rpartition(", ")[2], cells["Base"]
    elif grid.caption.startswith("Changes by"):
        yield from ((head.removeprefix("Base "), c) for head, c in cells.items() if head.startswith("Base "))
    elif grid.caption.startswith("Every wave") and cells["Answer"] == "Base":
        yield from ((head, cell) for head, cell in cells.items() if head != "Answer")
    elif grid.caption.startswith("Answers by"):
        yield from ((head, cell) for head, cell in cells.items() if head.isdecimal())
    elif grid.caption == "Answers in each wave":
        yield cells["Wave"], cells["Answered"]


def _charts(
    rows: Iterable[Row], item: str, against: str
) -> Iterator[tuple[tuple[str, str, str, str], float]]:
    for row in rows:
        by = next((code for words, code in BY.items() if words in row.question.lower()), "")
        now = next(iter(re.findall(r"\b20\d\d\b", row.question)), "")
        if found := THEN.fullmatch(row.base):
            yield (item, against, by, row.name), _number(found[1])
            yield (item, "2025", by, row.name), _number(found[2])
        elif found := BASE.fullmatch(row.base):
            name = "" if row.name == EVERYBODY else row.name
            wave = row.name if row.name.isdecimal() else now
            place = ("", "") if not name or row.name.isdecimal() else (by, name)
            yield (item, wave, *place), _number(found[1])


def misread(read: Told, known: Mapping[str, Known]) -> list[tuple[str, str, str, str]]:
    """Numbers that are not those of their people: then the reading cannot be trusted."""
    people = {(item, wave): known[wave].members(item) for item, wave, *_ in read}
    return [key for key, n in read.items() if people[key[:2]].get(key[2:], 0).bit_count() != n]


def worked_out(read: Told, known: Mapping[str, Known]) -> int:
    """How many bases of an item and wave give a group of 1 to 9 away."""
    return sum(_gives_away(item, known[wave], places) for (item, wave), places in _sorted(read).items())


def _sorted(read: Told) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for (item, wave, by, name), n in read.items():
        found.setdefault((item, wave), {})[by, name] = n
    return found


def _gives_away(item: str, known: Known, places: Mapping[tuple[str, str], float]) -> int:
    return int(small_sets(known.members(item), places))


def beside(page: Page, item: str) -> list[Fact]:
    """Who is in a base and who is left out of it, and how many answered; None where that is hidden."""
    return list(dict.fromkeys(_beside(page.grids, item)))


def _beside(grids: Iterable[Grid], item: str) -> Iterator[Fact]:
    for grid in grids:
        by = BY.get(grid.heads[0].lower(), "")
        numbers, answers = grid.caption.startswith("The same numbers"), grid.caption.startswith("Answers by")
        wave = grid.caption.rpartition(", ")[2] if numbers else "2025"
        for row in grid.rows if numbers or answers else ():
            cells = dict(zip(grid.heads, row, strict=True))
            everybody = row[0] == EVERYBODY
            place = (item, wave, "" if everybody else by, "" if everybody else _level(row[0]), "")
            kinds = KINDS if numbers else {wave: "answered"}
            for head, kind in kinds.items():
                if head in cells:
                    shown = NUMBER.fullmatch(cells[head])
                    yield Fact(kind, place, _number(cells[head]) if shown else None)


def _level(name: str) -> str:
    return "" if name == UNSAID else name


def given_by_adding(told_beside_bases: list[Fact]) -> Told:
    """Bases and numbers who answered that are hidden, and follow from those left out of a base."""
    study: Any = SimpleNamespace(items=())
    found = added_up(told_beside_bases, study)
    return {
        (*fact.cell[:3], fact.cell[3] or (UNSAID if fact.cell[2] else "")): fact.value
        for fact in found
        if fact.value is not None
    }


def given_beside(told_beside_bases: list[Fact]) -> int:
    """Small counts beside a base that stand there or follow, and sizes that a grouping's own item gives."""
    return int(told_beside(told_beside_bases)) + int(told_by_own_item(told_beside_bases))


def between(one: Told, two: Told, before: Mapping[str, Known], after: Mapping[str, Known]) -> int:
    """As ``worked_out``, from two builds together: those of the second are numbered as in the first.

    Bases are paired by what they are of, the same question put to the same people, whatever item and wave
    each build calls it.
    """
    found = 0
    first, second = _sorted(one), _sorted(two)
    for (item, wave), (called, other) in product(first, second):
        if _question(item) != _question(called) or not _same_people(before[wave], after[other]):
            continue
        people = {("1", *place): bits for place, bits in before[wave].members(item).items()}
        people |= {("2", *place): bits for place, bits in after[other].members(called).items()}
        places = {("1", *place): n for place, n in first[item, wave].items()}
        places |= {("2", *place): n for place, n in second[called, other].items()}
        found += int(small_sets(people, places))
    return found


def _question(item: str) -> int | None:
    """The column of an item's answers; None for all who answered."""
    return COLUMNS[item] if item else None


def _same_people(one: Known, two: Known) -> bool:
    """Whether one wave is the other, or the other with people who came late."""
    return all(a == b for a, b in zip(one.rows, two.rows, strict=False))


def all_or_none(page: Page) -> list[tuple[str, ...]]:
    """Rows of groups in which an answer has everybody, or nobody, in figures (rule D3)."""
    shares = re.compile(r"(?:\d+ \()?(?:0|100)%\)?")
    return [
        row
        for grid in page.grids
        for row in grid.rows
        if grid.caption.startswith("The same numbers") and row[0] != EVERYBODY
        if any(shares.fullmatch(cell) for cell in row)
    ]
