"""What went wrong, where, and what was done about it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """The work could not be done. The message is one clear sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in a file that a person should know.

    ``row`` counts lines of the file from 1 (the heading is row 1); ``column`` is the heading as
    written. ``lost`` is true where an answer or a row was left out; a recoded label is a note.
    ``count`` is how many answers or rows the line stands for, so that lost ones can be added up.
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    lost: bool = True
    count: int = 1

    def sentence(self) -> str:
        """The place and the message in one line."""
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column “{self.column}”")
        shown = "" if self.value is None else f" “{_short(self.value)}”:"
        return f"{', '.join(place)}:{shown} {self.message}"


def _short(value: str, length: int = 60) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Every problem as a row of a CSV file, for the person who can mend the answers.

    It names rows and repeats what people wrote: keep it as private as the answers themselves. A
    value that a spreadsheet would run as a formula is written behind an apostrophe.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("file", "row", "column", "value", "what was done", "left out", "times"))
        for problem in problems:
            sheet.writerow(_row(problem))


def _row(problem: Problem) -> tuple[object, ...]:
    return (
        problem.file,
        problem.row,
        _plain(problem.column),
        _plain(problem.value),
        problem.message,
        "yes" if problem.lost else "no",
        problem.count,
    )


def _plain(text: str | None) -> str | None:
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text
