"""One row of a figures file, read cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from goldenthread.analysis.definition.csv_rows import CsvRow
from goldenthread.analysis.problem import Problem

T = TypeVar("T")


@dataclass(slots=True)
class Row:
    """One line of the file. Reading a cell notes a problem instead of raising."""

    file: str
    line: CsvRow
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.line.ragged:
            self.problems.append(Problem(self.file, self.line.ragged, (self.line.number,)))

    def text(self, column: str) -> str:
        """The cell without surrounding blanks; nothing where the column is missing."""
        return self.line.text(column)

    def take(self, column: str, parse: Callable[[str], T], blank: T) -> T:
        """The parsed cell; ``blank`` where it is empty or cannot be read (then with a problem)."""
        text = self.text(column)
        if not text:
            return blank
        try:
            return parse(text)
        except ValueError as fault:
            self.fault(str(fault), column)
            return blank

    def fault(self, message: str, column: str) -> None:
        """Note that this row cannot be used, and why."""
        value = self.text(column) or None
        self.problems.append(Problem(self.file, message, (self.line.number,), column, value))
