"""People left out of an item's base, shown beside it (method 2).

In a group, "not part of my role" counts of 1 to 9 are not shown, with a second group's so that the first
is not everybody's less the rest (rule D5's way). Base, outside, blank and not shown add up to a group's
row of the who-answered table; so where outside is not shown, blank is not either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.facts import Besides
from goldenthread.analysis.estimate.groups import Bases, hidden_levels
from goldenthread.analysis.estimate.model import Tally, TallyKey, WaveMeasures


def besides(study: Study, wave: Wave, measures: WaveMeasures) -> tuple[Besides, ...]:
    """One row for each item and group of ``measures`` (everybody first); None where hidden."""
    rules = preset(study.preset)
    quiet = _quiet(measures, rules.smallest)
    small = {key for key, found in measures.tallies.items() if _small(found, rules.smallest_count)}
    hidden = measures.hidden | small
    return tuple(_row(wave.id, key, found, hidden, quiet) for key, found in measures.tallies.items())


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
    """The groups whose outside count is not shown."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for (item, grouping, level), found in measures.tallies.items():
        if grouping is not None and level is not None:
            counts.setdefault((item, grouping), {})[level] = _outside(found)
    return frozenset(
        (item, grouping, level)
        for (item, grouping), levels in counts.items()
        for level in _quiet_levels(measures, (item, grouping), levels, smallest)
    )


def _quiet_levels(
    measures: WaveMeasures, of: tuple[str, str], levels: dict[str, int], smallest: int
) -> Iterator[str]:
    item, grouping = of
    start = [(grouping, level) for level in levels if (item, grouping, level) in measures.hidden]
    bases = Bases(sum(levels.values()), {grouping: levels})
    yield from (level for _, level in hidden_levels([bases], smallest, start))
