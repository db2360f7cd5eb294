"""What two waves say of one item, for everybody or a group: sides of a comparison, or why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.analysis.compare.reading import Side, base_too_wide, read_figure
from goldenthread.analysis.definition.study import Item, Study, Wave
from goldenthread.analysis.estimate.finite import population
from goldenthread.analysis.estimate.model import Tally, TallyKey, WaveMeasures
from goldenthread.analysis.estimate.share import people_in, share_of

Where = tuple[str | None, str | None]
"""(grouping, level), both None for everybody."""

EVERYBODY: Where = (None, None)
HIDDEN = "hidden, so that nobody's answers can be worked out"


@dataclass(frozen=True, slots=True)
class Half:
    """One wave of a pair. ``hidden`` holds the cells whose headline may not be shown, so that no
    change gives it away; ``levels`` the levels each item can be broken down by."""

    study: Study
    wave: Wave
    measures: WaveMeasures
    hidden: frozenset[TallyKey]
    levels: Mapping[tuple[str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two waves of a study, side by side."""

    study: Study
    earlier: Half
    later: Half

    @property
    def halves(self) -> tuple[Half, Half]:
        return self.earlier, self.later


def pair(study: Study, earlier: WaveMeasures, later: WaveMeasures) -> Pair:
    """The two waves with their cells sorted for quick asking."""
    return Pair(study, _half(study, earlier), _half(study, later))


def _half(study: Study, measures: WaveMeasures) -> Half:
    headlines = {(item.id, item.headline) for item in study.items}
    unshown = {
        (e.item, e.group, e.level)
        for e in measures.estimates
        if (e.flag == "c" or e.bound is not None) and (e.item, e.answer) in headlines
    }
    levels: dict[tuple[str, str], set[str]] = defaultdict(set)
    people = {key for key, tally in measures.tallies.items() if tally.base}
    for item, group, level in people | measures.hidden:
        if group is not None:
            levels[item, group].add(level or "")
    return Half(
        study,
        study.wave(measures.wave),
        measures,
        measures.hidden | unshown,
        {key: frozenset(found) for key, found in levels.items()},
    )


def side(half: Half, item: Item, where: Where = EVERYBODY) -> Side | str:
    """The item's headline in one wave; a sentence where it cannot be compared."""
    if half.wave.published:
        return _published_side(half, item)
    if (item.id, *where) in half.hidden:
        return HIDDEN
    tally = half.measures.tallies.get((item.id, *where))
    if tally is None or not tally.base:
        return f"no answers in {half.wave.label}"
    return tally_side(tally, item, _people(half, tally, where))


def _published_side(half: Half, item: Item) -> Side | str:
    label = half.wave.label
    figure = half.measures.figures.get((item.id, item.headline or ""))
    if figure is None:
        return f"no figure printed for {label}"
    if not figure.base_low:
        return f"printed without its base in {label}"
    if base_too_wide(figure):
        return f"the base in {label} is known only as between {figure.base_low} and {figure.base_high}"
    return read_figure(figure).side


def tally_side(tally: Tally, item: Item, people: int | None = None) -> Side:
    """The headline's share of a tally with a base above 0, and what its range stands on (method 3).

    ``people`` is the headcount, only where changes are corrected for it. A pooled item's base is
    that of its smallest part: the tally's own counts answers, not people.
    """
    headline = item.headline or ""
    share = share_of(tally, headline, item.net_codes(headline) or (headline,), people)
    return Side(share.p, share.p, share.n, people_in(tally))


def _people(half: Half, tally: Tally, where: Where) -> int | None:
    """The headcount a study may ask changes to be corrected for (method 4)."""
    if not half.study.correct_changes or tally.not_shown or where[1] == "":
        return None
    return population(half.study, half.wave.id, *where)


def shared_levels(found: Pair, item: str, grouping: str) -> tuple[str, ...]:
    """The levels either wave knows of this item, in the order the grouping offers them.

    None where a wave cannot be broken down at all.
    """
    known = [half.levels.get((item, grouping), frozenset()) for half in found.halves]
    if not all(known):
        return ()
    offered = [answer.code for i in found.study.items if i.id == grouping for answer in i.answers]
    place = {code: position for position, code in enumerate(offered)}
    return tuple(sorted(known[0] | known[1], key=lambda level: (place.get(level, len(place)), level)))
