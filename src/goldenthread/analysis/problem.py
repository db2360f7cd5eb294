"""What went wrong, where, and what was done about it."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from pathlib import Path

from goldenthread.analysis.plain_cells import guarded

SHOWN_ROWS = 5
SHOWN_VALUES = 3
HEADINGS = ("file", "row", "column", "value", "what was done", "left out", "times")
"""Of a file of problems."""
_BEGINNING = f"{','.join(HEADINGS)}\r\n".encode("utf-8-sig")


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """The work could not be done. The message is one clear sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in a file that a person should know.

    ``rows`` are all the rows it was found in, counted from 1 (the heading is row 1); there are none
    where it is about the file or a whole column. ``column`` is the heading as written. ``lost`` is
    true where something was left out; a recoded label is a note. It is an answer or a row, ``each``
    of them a row (or altogether, without rows), unless ``figure``: then the files hold no answer a
    figure could be computed from. ``question`` is the id of the question whose answer could not be read.
    """

    file: str
    message: str
    rows: tuple[int, ...] = ()
    column: str | None = None
    value: str | None = None
    lost: bool = True
    each: int = 1
    figure: bool = False
    question: str | None = None

    @property
    def count(self) -> int:
        """How many answers, rows or figures it stands for."""
        return self.each * max(1, len(self.rows))


@dataclass(frozen=True, slots=True)
class Fold:
    """Every problem with one message in one column, as one line for people."""

    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How many answers, rows or figures they stand for."""
        return sum(problem.count for problem in self.problems)

    def sentence(self) -> str:
        """The place and the message in one line, with the first few rows and values."""
        first = self.problems[0]
        place = [first.file, *self._rows()]
        if first.column is not None:
            place.append(f"column “{first.column}”")
        values = dict.fromkeys(p.value for p in self.problems if p.value is not None)
        shown = _some([f"“{brief(value)}”" for value in values], SHOWN_VALUES, len(values))
        return f"{', '.join(place)}:{f' {shown}:' if shown else ''} {first.message}"

    def _rows(self) -> Iterator[str]:
        many = sum(len(problem.rows) for problem in self.problems)
        rows = nsmallest(SHOWN_ROWS, chain.from_iterable(problem.rows for problem in self.problems))
        if rows:
            yield f"row{'' if many == 1 else 's'} {_some(list(map(str, rows)), SHOWN_ROWS, many)}"


def folded(problems: Iterable[Problem]) -> tuple[Fold, ...]:
    """The problems by file, column and message, in the order they were met."""
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for each in problems:
        kinds.setdefault((each.file, each.column, each.message, each.lost, each.figure), []).append(each)
    return tuple(Fold(tuple(alike)) for alike in kinds.values())


def brief(text: str, length: int = 60) -> str:
    """The text on one line, cut short where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _some(words: Sequence[str], most: int, many: int) -> str:
    """The first ``most`` of ``many`` words, and how many more there are."""
    shown = ", ".join(words[:most])
    return f"{shown} and {many - most:,} more" if many > most else shown


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Every problem in every row as a row of a CSV file, for the person who can mend the answers.

    What was left out comes first. It names rows and repeats what people wrote: keep it as private as
    the answers themselves. A value that a spreadsheet would run as a formula is written behind an
    apostrophe.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS)
        for problem in sorted(problems, key=lambda each: not each.lost):
            sheet.writerows(_lines(problem))


def refuse_place(path: Path, out: Path, names: Iterable[str]) -> None:
    """Raises Refusal where problems cannot be written to ``path``, or would replace anything but problems.

    ``out`` is the folder that is made for the report, ``names`` are those of the report's own files.
    """
    place, folder = _real(path), _real(out)
    if place in (folder, *(folder / name for name in names)):
        raise Refusal(f"{path} is where the report itself goes: name another file for the problems.")
    if place.exists() and not place.is_file():
        raise Refusal(f"{path} is not a file: name a file for the problems.")
    if place.exists() and not _holds_problems(place):
        raise Refusal(f"{path} holds something other than problems: name another file for them.")
    if place.parent != folder and not place.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent} to write the problems to.")


def _real(path: Path) -> Path:
    """Where a path leads; unlike ``Path.resolve`` it stands links that lead in a circle."""
    return Path(os.path.realpath(path))


def _holds_problems(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_BEGINNING)) == _BEGINNING


@contextmanager
def written_last(problems: Iterable[Problem], path: Path) -> Iterator[None]:
    """Have the problems ready beside ``path`` and put them there when all else is done.

    Where what is done meanwhile fails, or is stopped, nothing of them is left. The folder of ``path``
    may be made meanwhile. Raises Refusal where they cannot be written.
    """
    place = _real(path)
    beside = next(folder for folder in place.parents if folder.is_dir())
    with ExitStack() as cleared:
        with _told(path):
            made = tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=beside)
            ready = Path(cleared.enter_context(made)) / "problems"
            write_problems(problems, ready)
        yield
        with _told(path):
            ready.replace(place)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal(f"The problems could not be written to {path}: {error.strerror or error}.") from error


def _lines(problem: Problem) -> Iterator[tuple[object, ...]]:
    said = "yes" if problem.lost else "no"
    told = (guarded(problem.column or ""), guarded(problem.value or ""), guarded(problem.message), said)
    for row in problem.rows or (None,):
        yield guarded(problem.file), row, *told, problem.each
