"""Ways somebody once got at hidden groups from a report, tried on random studies (the disclosure proof).

Each returns how often it works. They read only what a report publishes, but for who is in which group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isclose
from pathlib import Path

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.mix import Level, one_sided
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.model import Estimate, PublishedFigure, WaveMeasures
from goldenthread.analysis.results import Besides, Results

SMALLEST = 10
BEFORE = "before"
"""The id of an older wave, of which a figure for everybody and the mix were printed."""

Place = tuple[str, str]


def told_by_own_item(results: Results) -> int:
    """Sizes hidden in a who-answered table, and tables of two groupings, from a grouping's own item."""
    hidden = {(t.grouping, row.level) for t in results.who for row in t.rows if row.count is None}
    groupings = {grouping for grouping, _ in hidden}
    unsaid = {grouping for grouping, level in hidden if not level}
    of = {t.grouping for t in results.who}
    own = [e for e in results.estimates if e.item in of]
    blanks = (b for b in results.besides if b.item in groupings)
    return (
        sum(e.group is not None for e in own)
        + sum(e.count is not None and (e.item, e.answer) in hidden for e in own)
        + sum(e.base is not None and e.item in unsaid for e in own)
        + sum({b.outside, b.blank, b.not_shown} != {None} for b in blanks)
    )


def told_beside(rows: Sequence[Besides]) -> int:
    """Outside and blank counts of 1 to 9 in a group that stand there, or are everybody's less the rest.

    Where the rest have none of either, everybody's are the group's whatever is hidden (D4).
    """
    found = 0
    for whole in (row for row in rows if row.group is None):
        here = [row for row in rows if row.item == whole.item and row.group is not None]
        for grouping in {row.group for row in here}:
            levels = [row for row in here if row.group == grouping]
            found += _few([row.outside for row in levels]) + _few([row.blank for row in levels])
            rest = [row for row in levels if row.outside is not None]
            if len(rest) == len(levels) - 1 and any(row.outside or row.blank for row in rest):
                found += _few([_left(whole.outside, [row.outside for row in rest])])
                found += _few([_left(whole.blank, [row.blank for row in rest])])
    return found


def _few(counts: Sequence[int | None]) -> int:
    return sum(n is not None and 0 < n < SMALLEST for n in counts)


def _left(everybody: int | None, rest: Sequence[int | None]) -> int | None:
    return None if everybody is None else everybody - sum(n or 0 for n in rest)


def told_by_same_mix(study: Study, wave: Wave, measures: WaveMeasures, by: str) -> int:
    """Same-mix changes that are not what anybody works out from everybody less the levels shown.

    An older wave printed its mix, without those who did not say.
    """
    printed = {level: n for level, n in measures.mix[by].items() if level}
    asked = tuple(
        replace(i, sources={**i.sources, BEFORE: i.sources[wave.id]}) for i in study.items if i.headline
    )
    both = replace(
        study, waves=(Wave(BEFORE, BEFORE, figures=Path("printed.csv")), wave), items=asked, mix=by
    )
    figures = {(i.id, "high"): PublishedFigure(i.id, "high", Fraction(50), 0, 100, 100) for i in asked}
    before = WaveMeasures(BEFORE, sum(printed.values()), (), figures=figures, mix={by: printed})
    found = 0
    for change in compare_pair(both, before, measures):
        if change.mix_points is not None and change.group is None:
            whole = measures.tallies[change.item, None, None]
            people = (whole.effective_base or whole.base) / whole.base
            expected = _worked_out(measures.estimates, change.item, printed, by, people)
            found += expected is None or not isclose(change.mix_points, expected, abs_tol=1e-9)
    return found


def _worked_out(
    estimates: Sequence[Estimate], item: str, printed: Mapping[str, int], by: str, people: float
) -> float | None:
    """The change from shown figures alone: levels whose headline stands there, and one for all others.

    ``people`` are everybody's for each answer, as everybody's range tells of pooled answers.
    """
    headline = [e for e in estimates if e.item == item and e.answer == "high"]
    whole = next(e for e in headline if e.group is None)
    shown = {e.level or "": e for e in headline if e.group == by and e.count is not None}
    total = sum(printed.values())
    levels = [
        Level(n, printed.get(n, 0) / total, _share(e.count, e.base, people)) for n, e in sorted(shown.items())
    ]
    count = (whole.count or 0) - sum(e.count or 0 for e in shown.values())
    base = (whole.base or 0) - sum(e.base or 0 for e in shown.values())
    weight = sum(n for level, n in printed.items() if level not in shown) / total
    if base or weight:
        levels.append(Level("all other", weight, _share(count, base, people), hidden=True))
    change = one_sided(levels, Proportion(0.5, 100))
    return None if change is None else change.points


def _share(count: float | None, base: int | None, people: float) -> Proportion:
    return Proportion((count or 0) / base, base * people) if base else Proportion(0.0, 0)


def beyond_the_mean(
    places: Mapping[Place, int], x: int, y: int, shown: Mapping[Place, int]
) -> Iterator[tuple[Mapping[Place, int], Mapping[Place, int]]]:
    """Those who answered one part of the mean and not the other, by the groups whose mean is shown.

    Sets of people are the bits of a number. Where they are few altogether, everybody's is no secret
    (D4): then only the groups are tried.
    """
    within = {place: people & (x ^ y) for place, people in places.items()}
    if within["", ""].bit_count() >= SMALLEST:
        yield within, shown
        return
    for place in shown:
        if place != ("", ""):
            yield within, {place: shown[place]}
