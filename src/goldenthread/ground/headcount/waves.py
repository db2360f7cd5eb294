"""The headcount of a wave, as the science takes it: everybody, and each level of a grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.study import HeadcountRow, Item
from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.ground.headcount.given import KINDS, WORKS
from goldenthread.ground.headcount.queries import Counted, added, workforce
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.queries import labels, names


@dataclass(frozen=True, slots=True)
class ForWave:
    """The headcount rows of a wave, and in one sentence each what is missing or does not match."""

    rows: tuple[HeadcountRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """An answer of a grouping, and the codes of the list that it stands for."""

    code: str
    label: str
    stands_for: frozenset[str]


def headcount_for(area: int, wave: str, *, on: date, groupings: Sequence[Item] = ()) -> ForWave:
    """The rows for ``wave`` (its id), from what was counted nearest to ``on``.

    A grouping takes part where its answers are areas of work, or kinds of organisation, by any of
    their names. An answer that stands for several is their sum; one nobody counted has no row. With
    no row there is no response rate, and none is to be offered.
    """
    known = workforce(area, on=on)
    rows = [] if known.everybody is None else [_row(wave, None, None, known.everybody)]
    notes = list(known.notes)
    for item in groupings:
        code = list_of(area, item, on=on)
        if code is not None:
            counted = known.works if code == WORKS else known.kinds
            levels = _levels(area, item, code, on)
            rows += _rows(wave, item, levels, counted)
            notes += _notes(item, levels, counted, labels(area, code, on=on))
    return ForWave(tuple(rows), tuple(notes))


def list_of(area: int, item: Item, *, on: date) -> str | None:
    """The list that most answers of ``item`` are on, two at least: areas of work, or kinds."""
    for code in (WORKS, KINDS):
        found = sum(bool(level.stands_for) for level in _levels(area, item, code, on))
        if found >= 2 and 2 * found > len(item.answers):
            return code
    return None


def _levels(area: int, item: Item, code: str, on: date) -> tuple[_Level, ...]:
    """Each answer with the entries it names; an entry goes to the first answer that names it."""
    known = names(area, code, on=on)
    used: set[str] = set()
    levels = []
    for answer in item.answers:
        found = {known[name].code for name in _names(answer) if name in known} - used
        used |= found
        levels.append(_Level(answer.code, answer.label, frozenset(found)))
    return tuple(levels)


def _names(answer: Answer) -> tuple[str, ...]:
    return tuple(fold(name) for name in (answer.code, answer.label, *answer.aliases))


def _rows(
    wave: str, item: Item, levels: Iterable[_Level], counted: Mapping[str, Counted]
) -> Iterable[HeadcountRow]:
    for level in levels:
        codes = sorted(level.stands_for & counted.keys())
        if codes:
            yield _row(wave, item.id, level.code, added(counted[code] for code in codes))


def _notes(
    item: Item, levels: Sequence[_Level], counted: Mapping[str, Counted], words: Mapping[str, str]
) -> Iterable[str]:
    """Whom nobody counted, and who was counted and is no answer; nothing where none were counted."""
    if not counted:
        return
    without = [level.label for level in levels if not level.stands_for & counted.keys()]
    if without:
        yield f"{item.label}: nobody is counted for {listed(map(quoted, without))}."
    asked = frozenset[str]().union(*(level.stands_for for level in levels))
    unasked = [words.get(code, code) for code in counted if code not in asked]
    if unasked:
        yield f"{item.label}: {listed(map(quoted, unasked))} is counted and is not an answer."


def _row(wave: str, grouping: str | None, level: str | None, counted: Counted) -> HeadcountRow:
    return HeadcountRow(
        wave=wave,
        grouping=grouping,
        level=level,
        number=counted.number,
        number_high=counted.number_high,
        dated=counted.dated,
        source=counted.source,
        all_invited=counted.all_invited,
    )
