"""What a report's files say of groups, as facts: (kind, item, wave, group, level, answer) and a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from opened import Value

from goldenthread.analysis.definition.study import Study

WHOLE, TENTH, HUNDREDTH, EXACT, DRAWN = 0.5 + 1e-6, 0.05 + 1e-6, 0.005 + 1e-6, 1e-6, 0.5
"""How far a printed number may be from the one behind it; a drawn one, in points."""
UNSAID = "Did not say"
EVERYBODY = "Everybody"

Cell = tuple[str, str, str, str, str]
"""(item, wave, group, level, answer), by id; empty where it does not apply."""


@dataclass(frozen=True)
class Fact:
    """One number read in a file; ``value`` None where the file says that it is hidden.

    ``kind``: base, count, percent, low, high or bound of an estimate; outside, blank or not-shown beside
    it; answered, share, rate or ratio of who answered.
    """

    kind: str
    cell: Cell
    value: float | None
    slack: float = EXACT


@dataclass(frozen=True)
class Unread:
    """Words with a figure in them that nobody understands."""

    words: str


Said = Fact | Unread
BESIDE = ("outside", "blank", "not-shown")


@dataclass(frozen=True)
class Names:
    """What a study calls its items, waves, groups and answers."""

    study: Study

    @cached_property
    def items(self) -> Mapping[str, str]:
        return {i.label: i.id for i in self.study.items} | {i.id: i.id for i in self.study.items}

    @cached_property
    def waves(self) -> Mapping[str, str]:
        return {w.label: w.id for w in self.study.waves}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        return {g.label.lower(): g.item for g in self.study.groupings}

    @cached_property
    def levels(self) -> Mapping[tuple[str, str], str]:
        """By group and name."""
        own = {i.id: i.answers for i in self.study.items}
        named = {(g.item, a.label): a.code for g in self.study.groupings for a in own[g.item]}
        return named | {(g.item, UNSAID): "" for g in self.study.groupings}

    @cached_property
    def answers(self) -> Mapping[tuple[str, str], str]:
        """By item and name: answers and nets."""
        codes = {(i.id, a.label): a.code for i in self.study.items for a in i.answers}
        return codes | {(i.id, n.label): n.id for i in self.study.items for n in i.nets}

    @cached_property
    def a_level(self) -> re.Pattern[str]:
        """The name of any level."""
        return re.compile(f"(?:{'|'.join(sorted({re.escape(name) for _, name in self.levels}))})")

    def outside(self, item: str) -> set[str]:
        return {a.code for i in self.study.items if i.id == item for a in i.answers if a.outside}

    def headline(self, item: str) -> str:
        return next((i.headline or "" for i in self.study.items if i.id == item), "")

    def cell(self, item: str, wave: str, group: str, name: str, answer: str = "") -> Cell:
        """The cell of one level by its name, or of everybody."""
        if name == EVERYBODY:
            return item, wave, "", "", answer
        return item, wave, group, self.levels[group, name], answer


NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
HIDDEN = re.compile(r"\[c\]|not shown|fewer than \d+")
EMPTY = {"", "[x]", "–", "not known", "no answers", "almost everyone answered"}
COUNT = re.compile(rf"{NUMBER}(?: (?:people|person|answers?))?(?:, worth {NUMBER} with weights)?")
FIGURE = re.compile(rf"(?:{NUMBER} )?\(?(\d+)%\)?")
BOUND = re.compile(r"(?:[Ff]ewer|[Mm]ore) than (\d+)%")
RANGE = re.compile(r"(\d+)(?: to (\d+))?(?: \[[ua]\])?")
PLAIN = re.compile(NUMBER)


def number(text: str) -> float:
    return float(text.replace(",", ""))


def read_value(value: Value, kind: str, cell: Cell) -> Iterator[Said]:
    """The facts in one cell of a table, or one number of a sentence; shares as per cents."""
    if value is None or (isinstance(value, str) and value.strip() in EMPTY):
        return
    if isinstance(value, str):
        yield from _printed(value.strip(), kind, cell)
    else:
        share = kind in {"percent", "low", "high", "share", "rate"}
        yield Fact(kind, cell, 100 * value if share else value)


def _printed(text: str, kind: str, cell: Cell) -> Iterator[Said]:
    if HIDDEN.fullmatch(text):
        yield Fact(kind, cell, None)
    elif kind == "range":
        yield from _range(text, cell)
    elif kind in {"percent", "share", "rate"}:
        yield from _figure(text, kind, cell)
    elif kind == "ratio" and PLAIN.fullmatch(text):
        yield Fact(kind, cell, number(text), HUNDREDTH)
    elif found := COUNT.fullmatch(text):
        yield Fact(kind, cell, number(found[1]), TENTH if "." in found[1] else EXACT)
    else:
        yield Unread(f"{kind} of {cell}: {text}")


def _figure(text: str, kind: str, cell: Cell) -> Iterator[Said]:
    """``181 (53%)``, ``53%`` or ``More than 95%``."""
    if found := BOUND.fullmatch(text):
        yield Fact("bound", cell, number(found[1]))
    elif found := FIGURE.fullmatch(text):
        yield Fact(kind, cell, number(found[2]), WHOLE)
        if found[1]:
            yield Fact("count", cell, number(found[1]), TENTH)
    else:
        yield Unread(f"{kind} of {cell}: {text}")


def _range(text: str, cell: Cell) -> Iterator[Said]:
    if found := RANGE.fullmatch(text):
        yield Fact("low", cell, number(found[1]), WHOLE)
        yield Fact("high", cell, number(found[2] or found[1]), WHOLE)
    else:
        yield Unread(f"range of {cell}: {text}")
