"""Saying what happened to cells, every row of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses import fold

NO_ANSWER = "read as no answer."
ByValue = Iterable[tuple[str, Sequence[int]]]
"""What cells hold, each with its rows."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file, a column by its heading where there is one, and the question it answers."""

    file: str
    column: str | None = None
    question: str | None = None


def note(place: Place, message: str) -> Problem:
    """Something a person should know of a file or a column, by which nothing was lost."""
    return Problem(place.file, message, (), place.column, lost=False)


def read_as(place: Place, text: str, label: str, rows: Sequence[int]) -> tuple[Problem, ...]:
    """A note that a text not written as in the questionnaire was taken for an answer."""
    alike = fold.seen(text) == fold.seen(label)
    message = "read despite spaces or unseen signs in it." if alike else f"read as “{label}”."
    return at_rows(place, message, rows, value=text, lost=False)


def at_rows(
    place: Place, message: str, rows: Iterable[int], *, value: str | None = None, lost: bool = True
) -> tuple[Problem, ...]:
    """One problem that stands for all of the rows; none where there is no row."""
    found = tuple(rows)
    if not found:
        return ()
    return (Problem(place.file, message, found, place.column, value, lost, question=place.question),)


def over_values(place: Place, message: str, values: ByValue, *, lost: bool = True) -> tuple[Problem, ...]:
    """``at_rows`` for each value."""
    found = (at_rows(place, message, rows, value=value, lost=lost) for value, rows in values)
    return tuple(problem for problems in found for problem in problems)
