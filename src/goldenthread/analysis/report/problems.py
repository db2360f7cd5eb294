"""Problems as a report may show them: counted by column, naming no row and repeating no answer.

A row is a person and a value may be what that person wrote, so both stay with whoever holds the answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.analysis.problem import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of problem in one column, and how many answers or rows it touched."""

    file: str
    column: str
    message: str
    lost: bool
    times: int


def found_in(problems: Iterable[Problem]) -> tuple[Found, ...]:
    """The problems by file, column and message, in the order they were met."""
    counts: Counter[tuple[str, str, str, bool]] = Counter()
    for problem in problems:
        counts[problem.file, problem.column or "", problem.message, problem.lost] += problem.count
    return tuple(Found(*key, times) for key, times in counts.items())
