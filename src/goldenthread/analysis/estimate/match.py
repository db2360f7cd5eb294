"""Whether those who answered match the workforce by one grouping (method 1)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.estimate.finite import headcount_row, upper

LEAST_SHARE = Fraction(1, 20)
"""A level with a smaller share of the register is not held against the match."""

BETWEEN = Fraction(4, 5), Fraction(5, 4)
"""Share of answers over share of register, if they match; both ends count as inside."""


def register(study: Study, wave: str, grouping: str) -> dict[str, int]:
    """The headcount of each level of ``grouping`` that has one (a range by its upper end)."""
    levels = {row.level for row in study.headcount if row.wave == wave and row.grouping == grouping}
    rows = (
        (level, headcount_row(study, wave, grouping, level)) for level in sorted(levels - {None}, key=str)
    )
    return {str(level): upper(row) for level, row in rows if row is not None}


def lower_ends(study: Study, wave: str, grouping: str) -> dict[str, int]:
    """The lower end of each level's headcount that is given as a range."""
    return {
        str(row.level): row.number
        for row in study.headcount
        if row.wave == wave and row.grouping == grouping and upper(row) > row.number
    }


def ratios(counts: Mapping[str, int], people: int, headcount: Mapping[str, int]) -> dict[str, Fraction]:
    """Share of ``people`` over share of the register, for each level that holds anybody."""
    total = sum(headcount.values())
    if not people:
        return {}
    return {
        level: Fraction(counts.get(level, 0), people) / Fraction(number, total)
        for level, number in headcount.items()
        if number
    }


def outside(counts: Mapping[str, int], people: int, headcount: Mapping[str, int]) -> tuple[str, ...]:
    """The levels of at least 5 % of the register that answered too little, or too much, to match."""
    total = sum(headcount.values())
    low, high = BETWEEN
    found = ratios(counts, people, headcount).items()
    return tuple(
        level
        for level, ratio in found
        if headcount[level] >= LEAST_SHARE * total and not low <= ratio <= high
    )
