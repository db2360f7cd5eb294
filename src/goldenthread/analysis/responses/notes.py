"""Saying what happened to cells without swamping the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses import fold

MOST_ROWS = 20
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and a column by its heading where there is one."""

    file: str
    column: str | None = None


def counted(number: int, one: str, many: str) -> str:
    """A count with its words: "1 answer was", "2,000 answers were"."""
    return f"{number:,} {one if number == 1 else many}"


def brief(text: str, length: int = 60) -> str:
    """The text on one line, cut short where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def note(place: Place, message: str, value: str | None = None, count: int = 1) -> Problem:
    """Something a person should know, by which nothing was lost."""
    return Problem(place.file, message, None, place.column, value, lost=False, count=count)


def counted_note(place: Place, count: int, one: str, many: str) -> tuple[Problem, ...]:
    """A note that opens with its count; none where there is nothing to count."""
    return (note(place, counted(count, one, many), count=count),) if count else ()


def read_as(place: Place, text: str, label: str, count: int) -> Problem:
    """A note that a text not written as in the questionnaire was taken for an answer."""
    times = counted(count, "time", "times")
    if fold.seen(text) == fold.seen(label):
        return note(place, f"read despite spaces or unseen signs in it, {times}.", text, count)
    return note(place, f"read as “{label}”, {times}.", text, count)


def at_rows(
    place: Place, message: str, rows: Sequence[int], *, value: str | None = None, lost: bool = True
) -> tuple[Problem, ...]:
    """One line a row, up to 20 of them; the others are folded into a last line with their count."""
    shown = tuple(Problem(place.file, message, row, place.column, value, lost) for row in rows[:MOST_ROWS])
    rest = len(rows) - len(shown)
    if not rest:
        return shown
    folded = f"{message} (and {counted(rest, 'more row', 'more rows')} like this)"
    return (*shown, Problem(place.file, folded, None, place.column, value, lost, rest))


def over_values(
    place: Place, message: str, values: Iterable[tuple[str, Sequence[int]]]
) -> tuple[Problem, ...]:
    """``at_rows`` for each lost value, up to 200 values a column; then one line for all the others."""
    todo = iter(values)
    lines = [
        line
        for value, rows in islice(todo, MOST_VALUES)
        for line in at_rows(place, message, rows, value=value)
    ]
    left = sum(len(rows) for _, rows in todo)
    if left:
        lines.append(
            Problem(
                place.file,
                f"{counted(left, 'more answer', 'more answers')}: {message}",
                None,
                place.column,
                count=left,
            )
        )
    return tuple(lines)
