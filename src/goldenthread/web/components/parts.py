"""What components are given: plain values, named. A view makes them; a template only shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["done", "part", "todo"]
STATES: dict[str, str] = {"done": "done", "part": "begun", "todo": "not begun", "cut": "ended here"}
"""What a knot says to somebody who cannot see it."""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the masthead; ``here`` on the page it leads to."""

    name: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class RailLink:
    """One of the seven links, as the rail shows it. ``words`` say its state: “61 findings”."""

    name: str
    url: str | None
    state: State
    words: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something that leads nowhere yet: “2 findings” (the link), “lead to no need” (the words)."""

    number: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class SpineLink:
    """One of the seven links on the front page: “61” (its evidence) “findings”, a note, loose ends."""

    name: str
    url: str | None
    state: State
    what: str
    figure: str = ""
    figure_url: str | None = None
    note: str = ""
    loose: tuple[LooseEnd, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, where, and why."""

    words: str
    url: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a small thread in a row of words; ``loose`` where it is not there yet."""

    name: str
    url: str | None = None
    loose: bool = False


Turn = Literal["", "merge", "split", "rises", "falls", "far"]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing on a drawn thread.

    A strand has two rows; ``second`` puts a node on the lower one. ``turn`` joins the rows: a first
    node that ``merge``s or ``split``s has a line down to one below that ``rises`` or ``falls``;
    ``far`` runs on over an empty column.
    """

    title: str
    url: str | None
    fact: str
    state: State
    here: bool = False
    second: bool = False
    turn: Turn = ""


@dataclass(frozen=True, slots=True)
class StrandLink:
    """A column of a drawn thread: the link's name and what stands under it, at most two."""

    name: str
    nodes: tuple[Node, ...] = ()

    @property
    def dotted(self) -> bool:
        """Whether nothing under it is begun."""
        return bool(self.nodes) and all(node.state == "todo" for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a form, and the address of its field: ``#id_email``."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand to the right."""

    words: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``evidence`` makes its link golden; ``soft`` follows it in grey; ``mark`` is [c] or [u]."""

    text: str
    url: str = ""
    evidence: bool = False
    soft: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its first cell is its header."""

    cells: tuple[Cell, ...]
    total: bool = False


Mark = Literal["", "c", "u", "blank"]
MARKS: dict[str, str] = {
    "c": "hidden to protect people",
    "u": "too few to rely on",
    "blank": "not part of this role",
}
"""What a mark in a heat table means, in words."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure, what to give or take, how deep its colour is (0 to 5), and its evidence."""

    text: str
    give: str = ""
    step: int = 0
    url: str = ""
    mark: Mark = ""

    @property
    def meaning(self) -> str:
        """The mark in words."""
        return MARKS.get(self.mark, "")


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat table."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it is: “Where”, “Larkfield Primary”."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A large figure, what it counts, and whether it is a concern."""

    figure: str
    words: str
    concern: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away, and what to know before: its size."""

    words: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a select, of radios or of checkboxes."""

    value: str
    words: str
    hint: str = ""
    chosen: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, “30 of 310”, how far it goes and where enough would be, in per cent."""

    name: str
    words: str
    percent: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class OpenNow:
    """A survey that is open, for the front page: how answers come in, in fives, counted each night."""

    name: str
    url: str
    answers: str
    words: str
    left: str = ""
    answers_url: str = ""
    bars: tuple[Bar, ...] = ()
    note: str = ""
