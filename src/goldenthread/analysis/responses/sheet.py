"""A matched table, and what reading one question of it yields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.definition.model import Question
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.cells import text_of
from goldenthread.analysis.responses.distinct import Distinct, distinct
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.match import Matched, answer_column
from goldenthread.analysis.responses.model import BLANK, Codes
from goldenthread.analysis.responses.notes import Place
from goldenthread.analysis.responses.targets import Role

Texts = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grid and which column answers what."""

    grid: Grid
    matched: Matched

    @property
    def people(self) -> int:
        """How many rows of answers there are."""
        return len(self.grid.rows)

    def column(self, question: Question, part: str | None = None, role: Role = Role.ANSWER) -> Column | None:
        """The column of a question, row or option."""
        return answer_column(self.matched, question.id, part, role)

    def distinct(self, column: Column) -> Distinct:
        """The column's distinct cells."""
        return distinct(self.grid.columns[column.index], self.grid.rows)

    def place(self, column: Column, question: Question | None = None) -> Place:
        """Where a problem in this column is, and of which question."""
        return Place(self.grid.file, column.heading, question.id if question else None)

    def cells(self, column: Column, who: NDArray[np.bool_]) -> list[tuple[str, list[int]]]:
        """What the column holds for some people: each text with their row numbers, sorted."""
        found: dict[str, list[int]] = {}
        for person in np.flatnonzero(who):
            text = text_of(self.grid.columns[column.index][person])
            found.setdefault(text, []).append(self.grid.rows[person])
        return sorted(found.items())

    def words(self, column: Column) -> Texts:
        """The column as free text; None where it is blank."""
        return tuple(text_of(cell) or None for cell in self.grid.columns[column.index])

    def nothing(self) -> Codes:
        """A coded column in which nobody answered."""
        return np.full(self.people, BLANK, np.int16)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: coded columns by variable, numbers and texts by question, and problems."""

    codes: Mapping[str, Codes] = field(default_factory=dict)
    numbers: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def together(reads: Iterable[Read]) -> Read:
    """Several readings as one."""
    codes: dict[str, Codes] = {}
    numbers: dict[str, NDArray[np.float64]] = {}
    texts: dict[str, Texts] = {}
    problems: list[Problem] = []
    for read in reads:
        codes |= read.codes
        numbers |= read.numbers
        texts |= read.texts
        problems += read.problems
    return Read(codes, numbers, texts, tuple(problems))
