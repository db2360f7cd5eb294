"""Problems as a report may show them: counted by column, naming no row and repeating no answer.

A row is a person and a value may be what that person wrote, so both stay with whoever holds the answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.analysis.problem import Problem, folded


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of problem in one column, and how many answers, rows or figures it touched."""

    file: str
    column: str
    message: str
    lost: bool
    times: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many answers and rows were left out, figures not computed, and answers noted."""

    left_out: int
    figures: int
    notes: int


def found_in(problems: Iterable[Problem]) -> tuple[Found, ...]:
    """The problems by file, column and message, in the order they were met."""
    firsts = ((fold.problems[0], fold.count) for fold in folded(problems))
    return tuple(Found(p.file, p.column or "", p.message, p.lost, times) for p, times in firsts)


def totals(problems: Iterable[Problem]) -> Totals:
    """The sums that close a list of problems."""
    told = [(problem.lost, problem.figure, problem.count) for problem in problems]
    return Totals(
        left_out=sum(count for lost, figure, count in told if lost and not figure),
        figures=sum(count for lost, figure, count in told if lost and figure),
        notes=sum(count for lost, _, count in told if not lost),
    )
