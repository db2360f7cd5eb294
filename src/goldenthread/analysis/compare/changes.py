"""Two waves side by side: every item's change, with its family and its verdict (methods 5 to 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from goldenthread.analysis.compare.crosswalk import not_comparable
from goldenthread.analysis.compare.family import adjusted
from goldenthread.analysis.compare.family import line as family_line
from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.compare.newcombe import Difference, Proportion, detectable
from goldenthread.analysis.compare.pair import EVERYBODY, Pair, Where, pair, shared_levels, side
from goldenthread.analysis.compare.reading import Side, farthest, least_evidence
from goldenthread.analysis.compare.same_mix import add_mix
from goldenthread.analysis.compare.verdict import Range, Rule, because, verdict
from goldenthread.analysis.definition.study import Combining, Item, Study
from goldenthread.analysis.estimate.model import WaveMeasures


@dataclass(frozen=True, slots=True)
class _Draft:
    """A change before its family is known; ``p`` None where it will get no verdict."""

    change: Change
    p: float | None = None
    widest: tuple[Range, ...] = ()


def compare_pair(study: Study, earlier: WaveMeasures, later: WaveMeasures) -> tuple[Change, ...]:
    """Every change between two waves, in the study's order of items.

    One row for each item with a headline that either wave asked: its headline net for everybody,
    then for each level of each grouping both waves can be broken down by. Other nets and single
    answers get no row: they are not tested (method 6). A part of a combined item gets a row
    without a verdict where the combined item is itself tested and stands for it. Where a base is too
    small there are points and a range but no p and no verdict. Points, range and p of a published
    figure are those of its nearest reading (method 8).
    """
    found = pair(study, earlier, later)
    parts = _stood_for(found)
    drafts = [
        _draft(found, item, where, parts)
        for item in study.items
        if item.headline is not None and {earlier.wave, later.wave} & item.sources.keys()
        for where in _places(found, item, parts)
    ]
    judged: dict[tuple[str, Where], Change] = {}
    for name, family in _families(drafts):
        judged |= _judge(found, name, family)
    changes = (judged.get(_key(draft.change), draft.change) for draft in drafts)
    inexact = earlier.rounded | later.rounded
    return tuple(_rounded(change) if change.item in inexact else change for change in changes)


def _stood_for(found: Pair) -> dict[str, str]:
    """The label of the combined item that stands for each part, where that item itself is tested."""
    combined = (item for item in found.study.items if item.parts and item.headline is not None)
    tested = [item for item in combined if _draft(found, item, EVERYBODY, {}).p is not None]
    return {part: item.label for item in tested for part in item.parts if part != item.id}


def _rounded(change: Change) -> Change:
    """Points to one decimal and p-values to three, as the shares of either wave are shown rounded."""
    points = ("points", "low", "high", "detectable", "mix_points", "mix_low", "mix_high")
    places = dict.fromkeys(points, 1) | {"p": 3, "p_adjusted": 3}
    known = {name: getattr(change, name) for name in places}
    return replace(change, **{name: round(n, places[name]) for name, n in known.items() if n is not None})


def _places(found: Pair, item: Item, parts: Mapping[str, str]) -> Iterator[Where]:
    yield EVERYBODY
    if item.id in parts or not_comparable(found.study, item, found.earlier.wave.id, found.later.wave.id):
        return
    for grouping in found.study.groupings:
        if grouping.item != item.id:
            for level in shared_levels(found, item.id, grouping.item):
                yield grouping.item, level


def _draft(found: Pair, item: Item, where: Where, parts: Mapping[str, str]) -> _Draft:
    empty = _blank(found, item, where)
    reason = not_comparable(found.study, item, empty.from_wave, empty.to_wave)
    if reason:
        return _Draft(replace(empty, because=reason))
    one, two = side(found.earlier, item, where), side(found.later, item, where)
    if isinstance(one, str) or isinstance(two, str):
        return _Draft(replace(empty, because=next(s for s in (one, two) if isinstance(s, str))))
    change = least_evidence(one, two)
    filled = _filled(empty, change)
    reason = _too_small(found, item, one, two) or _within(parts, item)
    if reason:
        return _Draft(replace(filled, because=reason))
    return _Draft(replace(filled, p=change.p, detectable=_detectable(one, two)), change.p, farthest(one, two))


def _blank(found: Pair, item: Item, where: Where) -> Change:
    return Change(
        item=item.id,
        answer=item.headline or "",
        group=where[0],
        level=where[1],
        from_wave=found.earlier.wave.id,
        to_wave=found.later.wave.id,
        points=None,
        low=None,
        high=None,
        p=None,
        p_adjusted=None,
        family=None,
        verdict=None,
        because="",
        from_published=found.earlier.wave.published or found.later.wave.published,
    )


def _filled(empty: Change, change: Difference) -> Change:
    return replace(empty, points=100 * change.d, low=100 * change.low, high=100 * change.high)


def _too_small(found: Pair, item: Item, one: Side, two: Side) -> str:
    smallest = found.study.thresholds.smallest_base
    what = "answers" if item.combining is Combining.POOLED else "people"
    for half, known in zip(found.halves, (one, two), strict=True):
        if known.base < smallest:
            return f"fewer than {smallest} {what} in {half.wave.label}"
    return ""


def _within(parts: Mapping[str, str], item: Item) -> str:
    return f"compared as part of “{parts[item.id]}”" if item.id in parts else ""


def _detectable(one: Side, two: Side) -> float | None:
    earlier, later = (Proportion((known.low + known.high) / 2, known.n) for known in (one, two))
    seen = detectable(earlier, later)
    return None if seen is None else 100 * seen


def _key(change: Change) -> tuple[str, Where]:
    return change.item, (change.group, change.level)


def _families(drafts: list[_Draft]) -> Iterator[tuple[str, list[_Draft]]]:
    """F1 holds everybody's changes; F2 those of one grouping (method 6)."""
    tested = sorted((d for d in drafts if d.p is not None), key=lambda d: d.change.group or "")
    for group, family in groupby(tested, key=lambda d: d.change.group):
        yield "F1" if group is None else f"F2:{group}", list(family)


def _judge(found: Pair, name: str, family: list[_Draft]) -> Mapping[tuple[str, Where], Change]:
    ps = [draft.p for draft in family if draft.p is not None]
    lines = found.study.thresholds
    rule = Rule(lines.margin, lines.q, len(ps))
    changes = [_decided(d, name, fitted, rule) for d, fitted in zip(family, adjusted(ps), strict=True)]
    if name == "F1":
        reach = family_line(ps, rule.q)
        changes = [add_mix(found, change, reach, rule) for change in changes]
    return {_key(change): change for change in changes}


def _decided(draft: _Draft, name: str, p_adjusted: float, rule: Rule) -> Change:
    evidence = (draft.change.low or 0.0, draft.change.high or 0.0)
    said = verdict(evidence, p_adjusted, rule, draft.widest)
    return replace(
        draft.change,
        p_adjusted=p_adjusted,
        family=name,
        verdict=said,
        because=because(said, evidence, rule),
    )
