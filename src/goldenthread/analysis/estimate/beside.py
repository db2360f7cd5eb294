"""People left out of an item's base, shown beside it (method 2).

In a group, "not part of my role" and blank stand together or not at all: each must be 0 or at least the
smallest group, for base, outside, blank and not shown add up to its row of the who-answered table. Where
they are not shown, neither are a second group's, so that the first is not everybody's less the rest
(rule D5's way). An item that is itself a grouping, of which the who-answered table hides a level, has
nothing beside it: its blanks are those who did not say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from goldenthread.analysis.cube.coding import codings, grouping_variables
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.disclosure import groupings_in, with_second
from goldenthread.analysis.estimate.facts import Besides
from goldenthread.analysis.estimate.groups import Bases, hidden_levels
from goldenthread.analysis.estimate.model import Tally, TallyKey, WaveMeasures


def besides(study: Study, wave: Wave, measures: WaveMeasures) -> tuple[Besides, ...]:
    """One row for each item and group of ``measures`` (everybody first); None where hidden."""
    rules = preset(study.preset)
    quiet = _quiet(measures, rules.smallest)
    small = {key for key, found in measures.tallies.items() if _small(found, rules.smallest_count)}
    own = _undoing(study, wave, measures)
    hidden = measures.hidden | small | {key for key in measures.tallies if key[0] in own}
    return tuple(_row(wave.id, key, found, hidden, quiet) for key, found in measures.tallies.items())


def _undoing(study: Study, wave: Wave, measures: WaveMeasures) -> frozenset[str]:
    """The items that are a grouping with a hidden level."""
    hidden = {grouping for grouping, _ in measures.who_hidden}
    groupings = grouping_variables(study, wave)
    return frozenset(
        item for item, coding in codings(study, wave).items() if groupings_in(coding, groupings) & hidden
    )


def _small(found: Tally, smallest: int) -> bool:
    """Whether a preset that hides every small count hides one of these."""
    return any(0 < n < smallest for n in (_outside(found), found.blank, found.not_shown))


def _row(
    wave: str, key: TallyKey, found: Tally, hidden: Collection[TallyKey], quiet: Collection[TallyKey]
) -> Besides:
    if key in hidden:
        return Besides(key[0], wave, key[1], key[2], None, None, None)
    if key in quiet:
        return Besides(key[0], wave, key[1], key[2], None, None, found.not_shown)
    return Besides(key[0], wave, key[1], key[2], _outside(found), found.blank, found.not_shown)


def _outside(found: Tally) -> int:
    return sum(found.outside.values())


def _quiet(measures: WaveMeasures, smallest: int) -> frozenset[TallyKey]:
    """The groups whose outside and blank counts are not shown."""
    groups: dict[tuple[str, str], dict[str, Tally]] = {}
    for (item, grouping, level), found in measures.tallies.items():
        if grouping is not None and level is not None:
            groups.setdefault((item, grouping), {})[level] = found
    return frozenset(
        (item, grouping, level)
        for (item, grouping), levels in groups.items()
        for level in _quiet_levels(measures, (item, grouping), levels, smallest)
    )


def _quiet_levels(
    measures: WaveMeasures, of: tuple[str, str], levels: Mapping[str, Tally], smallest: int
) -> Iterator[str]:
    item, grouping = of
    start = [(grouping, level) for level in levels if (item, grouping, level) in measures.hidden]
    outside = {level: _outside(found) for level, found in levels.items()}
    blank = {level: found.blank for level, found in levels.items()}
    bases = [Bases(sum(counts.values()), {grouping: counts}) for counts in (outside, blank)]
    both = {grouping: {level: outside[level] + blank[level] for level in levels}}
    few = [base for base in bases if 0 < base.everybody < smallest]
    start += [level for base in few for level in with_second(base.levels, both)]
    yield from (level for _, level in hidden_levels([b for b in bases if b not in few], smallest, start))
