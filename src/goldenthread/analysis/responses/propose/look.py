"""What a table holds, question by question, before anybody says what it asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.definition.text_table import Share, unheard
from goldenthread.analysis.responses.cells import Cell, is_blank, letter, text_of
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.layouts.recognise import recognise
from goldenthread.analysis.responses.propose.model import Seen, Value

MOST_VALUES = 60
_CODE = re.compile(r"(?P<code>[A-Za-z]\w{0,30}(?:-\d+)?)(?:\[(?P<part>\w+)\])?", re.ASCII)
_TAIL = re.compile(r"(?P<stem>.+?)\s*\[(?P<part>[^\]]+)\]", re.DOTALL)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}/\d{1,2}/\d{4}(?: .*)?")


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading taken apart: the question's code or stem, and the part of it."""

    column: Column
    question: str
    part: str
    words: str


def look(grid: Grid, tell: Share = unheard) -> tuple[Seen, ...]:
    """Each question of a table in its order; columns that the survey tool itself adds are passed over.

    ``tell`` hears how many of them have been looked at, 0 to 1.
    """
    heads = [_head(column) for column in recognise(grid.headings).columns(grid.headings) if not column.own]
    together: dict[str, list[_Head]] = {}
    for head in heads:
        key = head.question if head.part else f"\0{head.column.index}"
        together.setdefault(key, []).append(head)
    used: set[str] = set()
    found: list[Seen] = []
    for group in together.values():
        found.append(_seen(grid, group, used))
        tell(len(found) / len(together))
    return tuple(found)


def _head(column: Column) -> _Head:
    name, words = column.names[0], column.names[-1]
    coded = _CODE.fullmatch(name)
    if coded:
        tail = _TAIL.fullmatch(words.partition(" ")[2] or words)
        said = tail["part"] if tail and coded["part"] else ""
        return _Head(column, coded["code"], coded["part"] or "", said)
    tail = _TAIL.fullmatch(name)
    if tail:
        return _Head(column, tail["stem"], tail["part"], tail["part"])
    return _Head(column, name, "", "")


def _seen(grid: Grid, heads: Sequence[_Head], used: set[str]) -> Seen:
    cells = _counted(grid, heads)
    counts: Counter[str] = Counter()
    for cell, times in cells.items():
        counts[text_of(cell)] += times
    several = len(heads) > 1
    return Seen(
        id=_name(heads[0], used),
        text=_words(heads[0], alone=not several),
        headings=tuple(head.column.heading for head in heads),
        parts=tuple((head.part, head.words or head.part) for head in heads) if several else (),
        values=tuple(Value(text, n) for text, n in sorted(counts.items(), key=_commonest)[:MOST_VALUES]),
        kinds=len(counts),
        filled=counts.total(),
        joined=sum(n for text, n in counts.items() if ";" in text),
        numbers=sum(n for text, n in counts.items() if _NUMBER.fullmatch(text)),
        dates=_dates(cells, counts),
        addresses=sum(n for text, n in counts.items() if _ADDRESS.fullmatch(text)),
        longest=max(map(len, counts), default=0),
    )


def _counted(grid: Grid, heads: Sequence[_Head]) -> Counter[Cell]:
    """How often each cell that holds something is met in the columns; they are few where people are many."""
    counts: Counter[Cell] = Counter()
    for head in heads:
        counts.update(grid.columns[head.column.index])
    return Counter({cell: times for cell, times in counts.items() if not is_blank(cell)})


def _commonest(value: tuple[str, int]) -> tuple[int, str]:
    return -value[1], value[0]


def _dates(cells: Counter[Cell], counts: Counter[str]) -> int:
    typed = sum(times for cell, times in cells.items() if isinstance(cell, date))
    return typed or sum(n for text, n in counts.items() if _DATE.fullmatch(text))


def _name(head: _Head, used: set[str]) -> str:
    """An id for the question: its code where it has one, else its column's letter."""
    plain = _CODE.fullmatch(head.question)
    name = head.question if plain else f"column-{letter(head.column.index).lower()}"
    if name in used:
        name = f"{name}-{letter(head.column.index).lower()}"
    used.add(name)
    return name


def _words(head: _Head, *, alone: bool) -> str:
    """The question's words as the heading gives them, without codes and without a part's words."""
    heading = " ".join(head.column.heading.split()).removesuffix("[]").strip()
    if head.part and not _CODE.fullmatch(head.column.names[0]):
        return heading if alone else head.question
    tail = _TAIL.fullmatch(heading) if head.part else None
    stem = tail["stem"] if tail and tail["stem"] != head.question else heading
    words = _without(f"[{head.part}]", _without(head.question, stem))
    return head.question if words in ("", f"[{head.part}]") else words


def _without(code: str, text: str) -> str:
    rest = text.removeprefix(code).lstrip(" .:;,)|-–—")
    return rest if rest and code and text.startswith(code) else text
