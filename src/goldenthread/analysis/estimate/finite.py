"""When a headcount may narrow a range: the finite population correction (method 4)."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.analysis.cube.coding import grouping_variables
from goldenthread.analysis.cube.model import EVERYONE, Cube
from goldenthread.analysis.definition.study import HeadcountRow, Study, Wave
from goldenthread.analysis.problem import Refusal

ALMOST_EVERYONE = 0.95
"""From this share of the headcount answering, there is no play of chance left to show."""


def headcount_row(study: Study, wave: str, grouping: str | None, level: str | None) -> HeadcountRow | None:
    """The headcount of one group in one wave, or None where there is none."""
    rows = (r for r in study.headcount if r.wave == wave and r.grouping == grouping and r.level == level)
    return next(rows, None)


def upper(row: HeadcountRow) -> int:
    """The headcount, or the upper end of its range."""
    return row.number if row.number_high is None else row.number_high


def population(study: Study, wave: str, grouping: str | None, level: str | None) -> int | None:
    """N for the correction: only from a dated headcount of the same group, all of it invited."""
    row = headcount_row(study, wave, grouping, level)
    if row is None or row.dated is None or not row.all_invited:
        return None
    return upper(row)


def almost_everyone(base: int, people: int | None) -> bool:
    """Whether ``base`` is so much of the headcount that a range would show nothing."""
    return people is not None and base >= ALMOST_EVERYONE * people


def check_headcounts(study: Study, wave: Wave, cube: Cube) -> None:
    """Raises Refusal, naming the row, where more people answered than a headcount says there are."""
    for row in study.headcount:
        if row.wave == wave.id:
            _check(study, wave, row, answered(cube, row.grouping).get(row.level or "", 0))


def answered(cube: Cube, grouping: str | None) -> Mapping[str, int]:
    """People who answered the wave, by level of ``grouping`` ("" did not say; everybody where None)."""
    found: dict[str, int] = {}
    for cell in cube.of(EVERYONE, grouping):
        found[cell.level] = found.get(cell.level, 0) + cell.n
    return found


def _check(study: Study, wave: Wave, row: HeadcountRow, people: int) -> None:
    """The sentence holds no count: a failed build is read by more people than may know a small group's."""
    if people <= upper(row):
        return
    source = f" ({row.source})" if row.source else ""
    raise Refusal(
        f"More people answered in wave {wave.label} than the headcount of {_group(study, wave, row)}{source}"
        " says there are; put the headcount right, or leave it out."
    )


def _group(study: Study, wave: Wave, row: HeadcountRow) -> str:
    """Whom a headcount counts, by the names people gave to grouping and level."""
    if row.grouping is None:
        return "everybody"
    label = next((g.label for g in study.groupings if g.item == row.grouping), row.grouping)
    asked = grouping_variables(study, wave).get(row.grouping)
    names = {answer.code: answer.label for answer in asked.answers} if asked else {}
    return f"{label} “{names.get(row.level or '', row.level)}”"
