"""The change for the same mix of respondents (method 9).

Raw changes move when the groups that answer change. Here each group counts the same in both
waves: direct standardisation on one declared variable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from math import erfc, sqrt

from goldenthread.analysis.compare.model import MOVED, Verdict
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.compare.reading import Side
from goldenthread.analysis.compare.verdict import Range, Rule, verdict
from goldenthread.analysis.estimate.wilson import Z

SMALLEST_CELL = 10
GROUPS_TOO_SMALL = "groups too small"
OTHER = "all other"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the variable: its weight, and its answers in each wave.

    ``earlier`` is None in a comparison with a wave of which only the mix was printed. A ``hidden``
    level is one whose figures may not be shown in one of the waves. ``parent`` names what it is merged
    under; empty where the study gives it none.
    """

    name: str
    weight: float
    later: Proportion
    earlier: Proportion | None = None
    hidden: bool = False
    parent: str = ""

    @property
    def fewest(self) -> float:
        """The smaller of its bases."""
        return self.later.n if self.earlier is None else min(self.later.n, self.earlier.n)

    @property
    def people(self) -> float:
        return self.later.n + (0 if self.earlier is None else self.earlier.n)


@dataclass(frozen=True, slots=True)
class MixChange:
    """A change at equal mix, in points, over ``cells`` groups; ``p`` is two-sided.

    ``widest`` are the ranges of a printed figure's farthest readings, which rule 1 must survive.
    """

    points: float
    low: float
    high: float
    p: float
    cells: int
    widest: tuple[Range, ...] = ()


def weights(earlier: Mapping[str, int], later: Mapping[str, int]) -> dict[str, float]:
    """Each level's share of everybody who answered, both waves pooled; the same for all items."""
    total = sum(earlier.values()) + sum(later.values())
    levels = [*earlier, *(level for level in later if level not in earlier)]
    return {level: (earlier.get(level, 0) + later.get(level, 0)) / total for level in levels if total}


def merge(levels: Sequence[Level]) -> tuple[Level, ...]:
    """Merge until every level has ten in the base of both waves: under its parent, else in "all other".

    A parent with a level that is too small becomes one level. Of what is left the smallest joins the
    next smallest, and so on; size is the smaller of the two bases, then both together, then the name,
    so the order of the levels given changes nothing. Hidden levels go first, whatever their size:
    standing alone beside the shown ones, a level's figure could be worked out from the result
    (method 10). Levels with nobody and no weight are left out.
    """
    live = _families(levels)
    live.sort(key=_place)
    other: Level | None = None
    while live and (live[0].hidden or _short(live[0]) or _short(other)):
        other = live.pop(0) if other is None else _join(OTHER, other, live.pop(0))
    merged = [*live, other] if other else live
    return tuple(level for level in merged if not _short(level))


def _families(levels: Sequence[Level]) -> list[Level]:
    """The levels, those of each parent that has one too small as one.

    All hidden levels must end in one cell, which is then everybody less the levels shown. In two, the
    change and everybody would be two known sums of two unknown figures. So a parent takes in hidden
    levels only where it has all there are; else they are left for "all other". What counts is that a
    level is hidden, which a reader sees, and never its size.
    """
    hidden = {level.parent for level in levels if level.hidden}
    home = hidden.pop() if len(hidden) == 1 else ""
    kin: dict[str, list[Level]] = defaultdict(list)
    for level in sorted((level for level in levels if level.people or level.weight), key=_place):
        kin["" if level.hidden and level.parent != home else level.parent].append(level)
    apart = kin.pop("", [])
    return [*apart, *(level for parent, own in kin.items() for level in _family(parent, own))]


def _family(parent: str, own: list[Level]) -> list[Level]:
    if not any(level.hidden or _short(level) for level in own):
        return own
    return [replace(reduce(partial(_join, parent), own), name=parent, hidden=False)]


def _place(level: Level) -> tuple[bool, float, float, str]:
    return not level.hidden, level.fewest, level.people, level.name


def _short(level: Level | None) -> bool:
    return level is not None and level.fewest < SMALLEST_CELL


def _join(name: str, one: Level, two: Level) -> Level:
    earlier = None
    if one.earlier is not None and two.earlier is not None:
        earlier = _pool(one.earlier, two.earlier)
    return Level(name, one.weight + two.weight, _pool(one.later, two.later), earlier)


def _pool(one: Proportion, two: Proportion) -> Proportion:
    n = one.n + two.n
    return Proportion((one.p * one.n + two.p * two.n) / n if n else 0.0, n)


def two_sided(levels: Sequence[Level]) -> MixChange | None:
    """Both waves broken down: None where fewer than two groups are large enough.

    Shown levels with nobody in them are left out; hidden ones never, or their weight would tell.
    """
    cells = merge([level for level in levels if level.people or level.hidden])
    if len(cells) < 2:
        return None
    pairs = [(cell.weight, cell.earlier, cell.later) for cell in cells if cell.earlier is not None]
    total = sum(weight for weight, _, _ in pairs)
    d = sum(weight * (later.p - earlier.p) for weight, earlier, later in pairs) / total
    variance = sum(w**2 * (_variance(later) + _variance(earlier)) for w, earlier, later in pairs)
    return _change(d, variance / total**2, len(cells))


def one_sided(levels: Sequence[Level], earlier: Side) -> MixChange | None:
    """The older wave known only as a figure and a printed mix: the newer wave is re-weighted to it.

    The older figure is read as in the raw change (method 8): the share nearest the re-weighted one
    gives points, range and p; the farthest ones give ``widest``. Shown levels with nobody in the older
    wave weigh nothing and are left out. Hidden ones are merged first, whatever they weigh: the cell
    that holds them is then everybody less the levels shown, and tells no more.
    """
    merged = merge([level for level in levels if level.weight or level.hidden])
    cells = [cell for cell in merged if cell.weight]
    if len(cells) < 2:
        return None
    total = sum(cell.weight for cell in cells)
    share = sum(cell.weight / total * cell.later.p for cell in cells)
    variance = sum((cell.weight / total) ** 2 * _variance(cell.later) for cell in cells)

    def since(p: float) -> MixChange:
        return _change(share - p, variance + _variance(Proportion(p, earlier.n)), len(cells))

    nearest = since(min(max(share, earlier.low), earlier.high))
    if earlier.low == earlier.high:
        return nearest
    ends = map(since, (earlier.low, earlier.high))
    return replace(nearest, widest=tuple((end.low, end.high) for end in ends))


def _variance(share: Proportion) -> float:
    """With one answer of each kind added, so that nought and everybody still vary."""
    p = (share.p * share.n + 1) / (share.n + 2)
    return p * (1 - p) / share.n


def _change(d: float, variance: float, cells: int) -> MixChange:
    error = sqrt(variance)
    low, high = 100 * (d - Z * error), 100 * (d + Z * error)
    return MixChange(100 * d, low, high, erfc(abs(d) / error / sqrt(2)), cells)


def mix_verdict(change: MixChange, line: float, rule: Rule) -> Verdict:
    """The same rules as a raw change. It adds no test, so it is held to the family's own line."""
    inherited = rule.q if change.p <= line else 1.0
    return verdict((change.low, change.high), inherited, rule, change.widest)


def conflict(raw: Verdict | None, points: float, at_mix: Verdict, mix_points: float, margin: float) -> bool:
    """Opposite verdicts; a raw change that is about the same at equal mix; or far apart in size."""
    opposite = {raw, at_mix} == MOVED
    gone = raw in MOVED and at_mix is Verdict.SAME
    return opposite or gone or abs(mix_points - points) > margin
