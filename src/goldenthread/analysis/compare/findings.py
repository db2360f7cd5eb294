"""What each item says: one kind each, by the first rule that holds (method 11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from goldenthread.analysis.compare.crosswalk import not_comparable
from goldenthread.analysis.compare.model import MOVED, Change, Finding, FindingKind, Verdict
from goldenthread.analysis.definition.model import Polarity, Side
from goldenthread.analysis.definition.study import Item, Study
from goldenthread.analysis.estimate.model import Estimate, WaveMeasures

Said = tuple[FindingKind, str]


@dataclass(frozen=True, slots=True)
class _Case:
    """What the rules look at for one item. ``before`` is true where an earlier wave has a figure
    that may be compared."""

    study: Study
    item: Item
    level: Estimate | None
    change: Change | None
    before: bool

    @property
    def percent(self) -> int | None:
        return None if self.level is None else as_printed_whole(self.level)

    @property
    def why(self) -> str:
        return "" if self.change is None else self.change.because

    def holds(self, verdict: Verdict) -> bool:
        """True where the change earned ``verdict`` and the same mix of people does not deny it."""
        return self.change is not None and self.change.verdict is verdict and not self.change.conflict


def classify(
    study: Study, measures: tuple[WaveMeasures, ...], changes: tuple[Change, ...]
) -> tuple[Finding, ...]:
    """Exactly one finding for each item with a headline, in the study's order.

    ``measures`` are in wave order; findings are of the newest. The change that counts is the one
    from the latest earlier wave that earned a verdict, else the latest there is. Strength, low but
    improving and gap judge a level as good or bad, so only items with positive polarity can be
    any of them.
    """
    cases = (_case(study, item, measures, changes) for item in study.items if item.headline is not None)
    return tuple(_finding(case) for case in cases)


def is_good(item: Item, answer: str, direction: Verdict | None) -> bool | None:
    """Whether ``answer`` moving so is good news; None where it did not move or cannot be judged.

    Polarity is that of the headline. A net on the other side of the line reads the other way
    round (disagreement that fell is good); one astride it is neither.
    """
    if direction not in MOVED or item.polarity is Polarity.NONE:
        return None
    facing = _facing(item, answer)
    if facing == 0:
        return None
    up = 1 if direction is Verdict.ROSE else -1
    wanted = 1 if item.polarity is Polarity.POSITIVE else -1
    return up * wanted * facing > 0


def _facing(item: Item, answer: str) -> int:
    """1 where ``answer`` is on the headline's side, -1 on the other, 0 on neither."""
    if answer == item.headline:
        return 1
    sides = {net.id: net.side for net in item.nets}
    net_of = {a.code: a.net for a in item.answers}
    own, head = (sides.get(net_of.get(name) or name) for name in (answer, item.headline or ""))
    if own is None or head is None or Side.MIDDLE in (own, head):
        return 0
    return 1 if own is head else -1


def is_strong(study: Study, item: Item, level: Estimate | None) -> bool:
    """Whether a headline is at the line for strengths or above, as printed, where more is better."""
    percent = None if level is None else as_printed_whole(level)
    return percent is not None and judged(item) and percent >= study.thresholds.celebrate


def is_low(study: Study, item: Item, level: Estimate | None) -> bool:
    """Whether a headline's whole range is under the line for gaps, where more is better."""
    high = None if level is None else _upper(level)
    return high is not None and judged(item) and high < study.thresholds.gap


def judged(item: Item) -> bool:
    """True where more of the headline is better: only then is a level good or bad news."""
    return item.polarity is Polarity.POSITIVE


def as_printed_whole(estimate: Estimate) -> int | None:
    """The percentage as a report prints it: whole, rounded half up."""
    return None if estimate.percent is None else floor(round(estimate.percent, 9) + 0.5)


def _case(study: Study, item: Item, measures: tuple[WaveMeasures, ...], changes: Sequence[Change]) -> _Case:
    level = _headline(item, measures[-1]) if measures else None
    before = any(
        _headline(item, earlier) and not not_comparable(study, item, earlier.wave, measures[-1].wave)
        for earlier in measures[:-1]
    )
    return _Case(study, item, level, _change(study, item, measures, changes), before)


def _headline(item: Item, measures: WaveMeasures) -> Estimate | None:
    wanted = (item.id, None, None, item.headline)
    return next((e for e in measures.estimates if (e.item, e.group, e.level, e.answer) == wanted), None)


def _change(
    study: Study, item: Item, measures: tuple[WaveMeasures, ...], changes: Sequence[Change]
) -> Change | None:
    order = {wave.id: place for place, wave in enumerate(study.waves)}
    newest = measures[-1].wave if measures else None
    own = [
        change
        for change in changes
        if (change.item, change.answer, change.group) == (item.id, item.headline, None)
        and change.to_wave == newest
    ]
    return max(own, key=lambda c: (c.verdict is not None, order[c.from_wave]), default=None)


def _finding(case: _Case) -> Finding:
    kind, because = next(said for rule in RULES if (said := rule(case)) is not None)
    direction = case.change.verdict if case.change else None
    item = case.item
    return Finding(item.id, kind, direction, is_good(item, item.headline or "", direction), because)


def _fell(case: _Case) -> Said | None:
    return (FindingKind.FELL, case.why) if case.holds(Verdict.FELL) else None


def _strength(case: _Case) -> Said | None:
    if not is_strong(case.study, case.item, case.level):
        return None
    return FindingKind.STRENGTH, f"{case.percent} % is {case.study.thresholds.celebrate} % or more"


def _low_but_improving(case: _Case) -> Said | None:
    line = case.study.thresholds.low
    if case.percent is None or not judged(case.item) or case.percent >= line:
        return None
    if not case.holds(Verdict.ROSE):
        return None
    return FindingKind.LOW_BUT_IMPROVING, f"{case.percent} % is under {line} %, and it rose: {case.why}"


def _rose(case: _Case) -> Said | None:
    return (FindingKind.ROSE, case.why) if case.holds(Verdict.ROSE) else None


def _mixed(case: _Case) -> Said | None:
    change = case.change
    if change is None or change.verdict not in MOVED or not change.conflict:
        return None
    return FindingKind.MIXED, "the change looks different for the same mix of people"


def _gap(case: _Case) -> Said | None:
    level = case.level
    high = None if level is None else _upper(level)
    if level is None or high is None or not is_low(case.study, case.item, level):
        return None
    said = f"the upper end of its range, {high:.1f} %,"
    if level.high is None:
        said = f"almost everyone answered, and {high:.1f} %"
    return FindingKind.GAP, f"{said} is under {case.study.thresholds.gap} %"


def _upper(level: Estimate) -> float | None:
    """The upper end of a level's range; the level itself where almost everyone answered (method 4)."""
    return level.percent if level.high is None and level.method == "almost-everyone" else level.high


def _steady(case: _Case) -> Said | None:
    if case.change is None or case.change.verdict is not Verdict.SAME:
        return None
    return FindingKind.STEADY, case.why


def _new(case: _Case) -> Said | None:
    if case.before or case.level is None:
        return None
    return FindingKind.NEW, case.why or "there is no earlier wave to compare with"


def _too_few(case: _Case) -> Said:
    if case.level is None:
        return FindingKind.TOO_FEW, "there is no figure for the newest wave"
    return FindingKind.TOO_FEW, case.why or "too few answers to say more"


RULES: tuple[Callable[[_Case], Said | None], ...] = (
    _fell,
    _strength,
    _low_but_improving,
    _rose,
    _mixed,
    _gap,
    _steady,
    _new,
    _too_few,
)
