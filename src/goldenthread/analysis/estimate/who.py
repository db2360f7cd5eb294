"""Who answered, beside the headcount (methods 1 and 10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from goldenthread.analysis.cube.coding import grouping_variables
from goldenthread.analysis.cube.model import Cube
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.disclosure import protection
from goldenthread.analysis.estimate.facts import NOT_SHOWN, WaveFacts, WhoRow, WhoTable
from goldenthread.analysis.estimate.finite import answered, check_headcounts, headcount_row, upper
from goldenthread.analysis.estimate.match import lower_ends, outside, ratios, register
from goldenthread.analysis.estimate.model import WaveMeasures

DID_NOT_SAY = "Did not say"


@dataclass(frozen=True, slots=True)
class _By:
    """One wave's people by one grouping: names and counts by level, and the levels not to show."""

    grouping: str
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    hidden: frozenset[str] = frozenset()


def who_tables(study: Study, wave: Wave, cube: Cube) -> tuple[WhoTable, ...]:
    """One table for each grouping the wave asked, protected by the study's preset; zero rows kept.

    Raises Refusal where more people answered than a headcount says there are.
    """
    check_headcounts(study, wave, cube)
    hidden = protection(cube, preset(study.preset), wave.earlier).who
    return tuple(_table(study, wave, by, cube.people) for by in _groupings(study, wave, cube, hidden))


def published_who_tables(study: Study, wave: Wave, measures: WaveMeasures) -> tuple[WhoTable, ...]:
    """The same for a wave known only as published: its printed mix, already public (D9)."""
    tables = []
    for grouping in study.groupings:
        counts = measures.mix.get(grouping.item, {})
        item = next((i for i in study.items if i.id == grouping.item), None)
        named = {a.code: a.label for a in item.answers} if item else {}
        labels = {level: named.get(level, level) for level in [*named, *counts] if level in counts}
        if counts:
            people = measures.answered or sum(counts.values())
            tables.append(_table(study, wave, _By(grouping.item, labels, counts), people))
    return tuple(tables)


def wave_facts(study: Study, wave: Wave, cube: Cube | None, published: WaveMeasures | None) -> WaveFacts:
    """One wave's totals: answers, headcount and rate, and what it matches the workforce by.

    ``does_not_match`` names, by grouping, the levels outside method 1's limits. A headcount's upper end
    is used for the rate. Raises Refusal where more people answered than the headcount.
    """
    if cube is not None:
        check_headcounts(study, wave, cube)
    people = cube.people if cube is not None else wave.answered or (published.answered if published else None)
    row = headcount_row(study, wave.id, None, None)
    invited = upper(row) if row else None
    share = people / invited if people is not None and invited else None
    beyond = _beyond(study, wave, cube)
    return WaveFacts(
        id=wave.id,
        label=wave.label,
        published=wave.published,
        answered=people,
        invited=row.number if row else None,
        invited_high=row.number_high if row else None,
        rate=None if share is None else 100 * share,
        shift_if_others_differ_by_10=None if share is None else (1 - share) * 10,
        matches=tuple(grouping for grouping, levels in beyond.items() if not levels),
        does_not_match={grouping: levels for grouping, levels in beyond.items() if levels},
    )


def _groupings(study: Study, wave: Wave, cube: Cube, hidden: Collection[tuple[str, str]]) -> list[_By]:
    found = []
    for grouping, variable in grouping_variables(study, wave).items():
        counts = answered(cube, grouping)
        labels = {answer.code: answer.label for answer in variable.answers}
        labels |= {"": DID_NOT_SAY} if counts.get("") else {}
        found.append(
            _By(grouping, labels, counts, frozenset(level for of, level in hidden if of == grouping))
        )
    return found


def _beyond(study: Study, wave: Wave, cube: Cube | None) -> dict[str, tuple[str, ...]]:
    """For each grouping with a headcount of every level somebody is in, the levels that do not match.

    A level hidden in the who-answered table is not judged. Where one holds 5 % or more of the register
    and no shown level is outside, nothing is said: that all match would speak for it too (method 1).
    """
    if cube is None:
        return {}
    found = {}
    hidden = protection(cube, preset(study.preset), wave.earlier).who
    for by in _groupings(study, wave, cube, hidden):
        headcount = register(study, wave.id, by.grouping)
        said = {level: n for level, n in by.counts.items() if n and level}
        if said.keys() - by.hidden and headcount.keys() >= said.keys():
            beyond = outside(said, _said(by, cube.people), headcount)
            named = tuple(level for level in beyond if level not in by.hidden)
            if named or not _large(headcount, by.hidden):
                found[by.grouping] = named
    return found


def _large(headcount: Mapping[str, int], levels: Collection[str]) -> bool:
    """Whether any of ``levels`` is at least 5 % of the register."""
    return any(20 * headcount.get(level, 0) >= sum(headcount.values()) for level in levels)


def _table(study: Study, wave: Wave, by: _By, people: int) -> WhoTable:
    label = next((g.label for g in study.groupings if g.item == by.grouping), by.grouping)
    headcount = register(study, wave.id, by.grouping)
    share = ratios(by.counts, _said(by, people), headcount)
    smallest = preset(study.preset).smallest
    rows = (_row(by, level, people, (headcount.get(level), share.get(level))) for level in by.labels)
    lows = lower_ends(study, wave.id, by.grouping)
    spread = tuple(replace(row, headcount_low=lows.get(row.level)) for row in rows)
    return WhoTable(wave.id, by.grouping, label, people, spread, _note(by, people, smallest))


def _said(by: _By, people: int) -> int:
    """Those whose level is known; everybody, where the number who did not say must not be worked out."""
    return people if "" in by.hidden else people - by.counts.get("", 0)


def _row(by: _By, level: str, people: int, register_of: tuple[int | None, Fraction | None]) -> WhoRow:
    number, share = register_of
    n = by.counts.get(level, 0)
    if level in by.hidden:
        return WhoRow(level, by.labels[level], None, None, number, shown_as=NOT_SHOWN)
    return WhoRow(
        level=level,
        label=by.labels[level],
        count=n,
        percent=100 * n / people if people else None,
        headcount=number,
        rate=100 * n / number if number else None,
        share_ratio=None if share is None else float(share),
    )


def _note(by: _By, people: int, smallest: int) -> str:
    total = sum(by.counts.values())
    if total != people:
        return f"The rows add to {total:,}, not {people:,}."
    if by.hidden:
        return (
            f"A group of fewer than {smallest} is not shown, nor the next smallest, so that it cannot be"
            " worked out."
        )
    return ""
