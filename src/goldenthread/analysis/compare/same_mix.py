"""Same-mix changes for two waves' measures: what is known of each wave decides how (method 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from goldenthread.analysis.compare.mix import (
    GROUPS_TOO_SMALL,
    Level,
    MixChange,
    conflict,
    mix_verdict,
    one_sided,
    two_sided,
    weights,
)
from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.compare.pair import Half, Pair, side, tally_side
from goldenthread.analysis.compare.reading import Side
from goldenthread.analysis.compare.verdict import Rule
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.estimate.model import Tally

UNKNOWN = "cannot be separated from who answered"
HIDDEN_TOGETHER = "the groups hidden to protect people cannot be kept apart"
NOBODY = Proportion(0.0, 0.0)


def add_mix(found: Pair, change: Change, line: float, rule: Rule) -> Change:
    """``change`` with the change at equal mix beside it, or with the reason there is none."""
    by = found.study.mix
    item = next(item for item in found.study.items if item.id == change.item)
    if by is None or by == item.id:
        return change
    mixed = _mix_change(found, item, by)
    if isinstance(mixed, str):
        return replace(change, mix_by=by, mix_because=mixed)
    said = mix_verdict(mixed, line, rule)
    return replace(
        change,
        mix_by=by,
        mix_cells=mixed.cells,
        mix_points=mixed.points,
        mix_low=mixed.low,
        mix_high=mixed.high,
        mix_verdict=said,
        conflict=conflict(change.verdict, change.points or 0.0, said, mixed.points, rule.margin),
    )


def _mix_change(found: Pair, item: Item, by: str) -> MixChange | str:
    before, after = (_shares(half, item, by) for half in found.halves)
    if not after:
        return UNKNOWN
    if any(_tells(half, item, by) for half in found.halves):
        return HIDDEN_TOGETHER
    if not before:
        return _against_printed_mix(found, item, by, after)
    weight = weights(_people(found.earlier, by), _people(found.later, by))
    return two_sided(_levels(found, item, by, weight, after, before)) or GROUPS_TOO_SMALL


def _against_printed_mix(
    found: Pair, item: Item, by: str, after: Mapping[str, Proportion]
) -> MixChange | str:
    mix = found.earlier.measures.mix.get(by, {})
    earlier = side(found.earlier, item)
    if not sum(mix.values()) or not isinstance(earlier, Side):
        return UNKNOWN
    return one_sided(_levels(found, item, by, weights(mix, {}), after), earlier) or GROUPS_TOO_SMALL


def _levels(
    found: Pair,
    item: Item,
    by: str,
    weight: Mapping[str, float],
    after: Mapping[str, Proportion],
    before: Mapping[str, Proportion] | None = None,
) -> list[Level]:
    """Every level of ``by`` that weighs something, that anybody answered in, or that is hidden."""
    parents = next((g.parents for g in found.study.groupings if g.item == by), {})
    known = (level for half in found.halves for level in half.levels.get((item.id, by), ()))
    return [
        Level(
            name,
            weight.get(name, 0.0),
            after.get(name, NOBODY),
            None if before is None else before.get(name, NOBODY),
            hidden=any(_hidden(half, item, by, name) for half in found.halves),
            parent=parents.get(name, ""),
        )
        for name in sorted({*weight, *known})
    ]


def _hidden(half: Half, item: Item, by: str, level: str) -> bool:
    """Whether the headline is not shown as a figure there: for too few people, or as a bound (D3)."""
    return (item.id, by, level) in half.hidden


def _tells(half: Half, item: Item, by: str) -> bool:
    """Whether "all other" might be told from everybody less the levels shown (method 10).

    By a few people in the base who are in no level; or by weights, which are not shown.
    """
    smallest = preset(half.study.preset).smallest
    whole = half.measures.tallies.get((item.id, None, None))
    if whole is None or not smallest:
        return False
    if whole.weighted_base is not None and item.id in half.measures.rounded:
        return True
    apart = whole.base - sum(tally.base for tally in _tallies(half, item, by).values())
    return 0 < abs(apart) < smallest


def _tallies(half: Half, item: Item, by: str) -> Mapping[str, Tally]:
    keys = {level: (item.id, by, level) for level in half.levels.get((item.id, by), ())}
    found = {level: half.measures.tallies.get(key) for level, key in keys.items()}
    return {level: tally for level, tally in found.items() if tally is not None and tally.base}


def _shares(half: Half, item: Item, by: str) -> Mapping[str, Proportion]:
    """The headline's share at each level, on the people who answered: the mix does the weighting.

    Answers pooled from several questions count at every level as many people as they do for
    everybody. By each level's own smallest part, the hidden ones' parts could be worked out.
    """
    people = _people_an_answer(half, item)
    return {
        level: Proportion(tally_side(tally, item).low, tally.base * people)
        for level, tally in _tallies(half, item, by).items()
    }


def _people_an_answer(half: Half, item: Item) -> float:
    """1, but for pooled answers: everybody's in the smallest part, to all of everybody's answers."""
    whole = half.measures.tallies.get((item.id, None, None))
    if whole is None or not whole.base:
        return 1.0
    return tally_side(whole, item).base / whole.base


def _people(half: Half, by: str) -> Mapping[str, int]:
    """Who answered the wave, by level: as measured, else the most any item saw of each level."""
    if half.measures.mix.get(by):
        return half.measures.mix[by]
    people: dict[str, int] = {}
    for (_, group, level), tally in half.measures.tallies.items():
        if group == by:
            seen = tally.base + sum(tally.outside.values()) + tally.blank + tally.not_shown
            people[level or ""] = max(people.get(level or "", 0), seen)
    return people
