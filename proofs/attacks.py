"""Ways somebody once got at hidden groups from a report, tried on random studies (the disclosure proof).

Each returns how often it works. They read only what a report publishes, but for who is in which group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isclose
from pathlib import Path

from against import shown
from facts import BESIDE, Cell, Fact

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.mix import Level, one_sided
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.compare.reading import Side
from goldenthread.analysis.definition.study import Combining, Study, Wave
from goldenthread.analysis.estimate.model import Estimate, PublishedFigure, WaveMeasures
from goldenthread.analysis.results import Results

SMALLEST = 10
BEFORE = "before"
"""The id of an older wave, of which a figure for everybody and the mix were printed."""
PARENTS: Sequence[Mapping[str, str]] = (
    {},
    {f"l{n}": f"pair {n // 2}" for n in range(9)},
    {f"l{n}": "most" for n in range(9) if n != 1},
)
"""What levels may be merged under."""

Place = tuple[str, str]


def told_by_own_item(facts: Sequence[Fact]) -> int:
    """Sizes hidden in a who-answered table, and tables of two groupings, from a grouping's own item."""
    hidden = hidden_sizes(facts)
    groupings = {grouping for grouping, _ in hidden}
    unsaid = {grouping for grouping, level in hidden if not level}
    of = {fact.cell[2] for fact in facts if fact.kind == "answered"} - {""}
    own = [(kind, cell) for kind, cell in shown(facts) if cell[0] in of]
    return (
        sum(bool(cell[2]) and kind not in BESIDE for kind, cell in own)
        + sum((cell[0], cell[4]) in hidden for _, cell in own)
        + sum(kind == "base" and cell[0] in unsaid for kind, cell in own)
        + sum(kind in BESIDE and cell[0] in groupings for kind, cell in own)
    )


def hidden_sizes(facts: Sequence[Fact]) -> frozenset[Place]:
    """The levels a who-answered table lists and gives no number of."""
    told = {cell for kind, cell in shown(facts) if kind == "answered"}
    listed = {fact.cell for fact in facts if fact.kind == "answered"}
    return frozenset((cell[2], cell[3]) for cell in listed - told)


def added_up(facts: Sequence[Fact], study: Study) -> list[Fact]:
    """Bases, and numbers who answered, that are hidden and can be worked out: a base and all those left
    out of it are those who answered (but for pooled items, which count answers).

    A level of which no base is given, nor said to be hidden, has nobody in the base.
    """
    numbers, pooled = shown(facts), {i.id for i in study.items if i.combining is Combining.POOLED}
    untold = {f.cell for f in facts if f.kind == "base" and ("base", f.cell) not in numbers}
    cells = {cell for kind, cell in numbers if kind in BESIDE and cell[0] not in pooled}
    found = []
    for cell in cells:
        people: Cell = ("", cell[1], cell[2], cell[3], "")
        base, answered = numbers.get(("base", cell), 0), numbers.get(("answered", people))
        counts = [numbers.get((kind, cell)) for kind in BESIDE]
        if None not in counts and (cell in untold) != (answered is None):
            left_out = sum(n or 0 for n in counts)
            more = Fact("answered", people, base + left_out)
            found.append(more if answered is None else Fact("base", cell, answered - left_out))
    return [fact for fact in found if fact.value]


def small_counts(facts: Sequence[Fact]) -> int:
    """Counts of 1 to 9 people, which a preset may hide wherever they stand."""
    kinds = {"count", "base", "answered", *BESIDE}
    return sum(kind in kinds and 0 < n < SMALLEST for (kind, _), n in shown(facts).items())


def told_by_the_match(results: Results, facts: Sequence[Fact]) -> int:
    """Groupings of which the report says that a hidden level does, or does not, match its headcount."""
    hidden, found = hidden_sizes(facts), 0
    rows = results.study.headcount
    for wave in results.waves:
        found += sum((g, level) in hidden for g, levels in wave.does_not_match.items() for level in levels)
        for grouping in wave.matches:
            register = {row.level: row.number for row in rows if row.grouping == grouping}
            large = {level for level, n in register.items() if 20 * n >= sum(register.values())}
            found += any((grouping, level) in hidden for level in large)
    return found


def told_beside(facts: Sequence[Fact]) -> int:
    """Outside and blank counts of 1 to 9 in a group that stand there, or are everybody's less the rest.

    Where the rest have none of either, everybody's are the group's whatever is hidden (D4).
    """
    numbers, found = shown(facts), 0
    cells = {fact.cell for fact in facts if fact.kind in BESIDE}
    for item, grouping in {(cell[0], cell[2]) for cell in cells if cell[2]}:
        levels = [cell for cell in cells if (cell[0], cell[2]) == (item, grouping)]
        whole = next(cell for cell in cells if cell[0] == item and not cell[2])
        counts = {kind: [numbers.get((kind, cell)) for cell in levels] for kind in BESIDE[:2]}
        found += sum(_few(each) for each in counts.values())
        if _one_is_left(counts):
            found += sum(_few([_left(numbers.get((kind, whole)), counts[kind])]) for kind in counts)
    return found


def _one_is_left(counts: Mapping[str, Sequence[float | None]]) -> bool:
    """Whether all levels but one show their counts, and those of any are not 0."""
    known = [pair for pair in zip(*counts.values(), strict=True) if pair[0] is not None]
    return len(known) == len(next(iter(counts.values()))) - 1 and any(map(any, known))


def _few(counts: Sequence[float | None]) -> int:
    return sum(n is not None and 0 < n < SMALLEST for n in counts)


def _left(everybody: float | None, rest: Sequence[float | None]) -> float | None:
    return None if everybody is None else everybody - sum(n or 0 for n in rest)


def told_by_same_mix(study: Study, wave: Wave, measures: WaveMeasures, by: str) -> int:
    """Same-mix changes that are not what anybody works out from everybody less the levels shown.

    An older wave printed its mix, without those who did not say. Levels have parents, or none.
    """
    return sum(_told_under(parents, study, wave, measures, by) for parents in PARENTS)


def _told_under(parents: Mapping[str, str], study: Study, wave: Wave, measures: WaveMeasures, by: str) -> int:
    printed = {level: n for level, n in measures.mix[by].items() if level}
    asked = tuple(
        replace(i, sources={**i.sources, BEFORE: i.sources[wave.id]}) for i in study.items if i.headline
    )
    groupings = tuple(replace(g, parents=parents) for g in study.groupings)
    waves = (Wave(BEFORE, BEFORE, figures=Path("printed.csv")), wave)
    both = replace(study, waves=waves, items=asked, groupings=groupings, mix=by)
    figures = {(i.id, "high"): PublishedFigure(i.id, "high", Fraction(50), 0, 100, 100) for i in asked}
    before = WaveMeasures(BEFORE, sum(printed.values()), (), figures=figures, mix={by: printed})
    found = 0
    for change in compare_pair(both, before, measures):
        if change.mix_points is not None and change.group is None:
            whole = measures.tallies[change.item, None, None]
            people = (whole.effective_base or whole.base) / whole.base
            headline = [e for e in measures.estimates if (e.item, e.answer) == (change.item, "high")]
            expected = _worked_out(headline, by, printed, parents, people)
            found += expected is None or not isclose(change.mix_points, expected, abs_tol=1e-9)
    return found


def _worked_out(
    headline: Sequence[Estimate],
    by: str,
    printed: Mapping[str, int],
    parents: Mapping[str, str],
    people: float,
) -> float | None:
    """The change from shown figures alone: levels whose headline stands there, and one for all hidden.

    ``people`` are everybody's for each answer, as everybody's range tells of pooled answers.
    """
    whole = next(e for e in headline if e.group is None)
    at = {e.level or "": e for e in headline if e.group == by}
    shown = {level: e for level, e in at.items() if e.count is not None}
    total = sum(printed.values())
    known = {level: _share(e.count, e.base, people) for level, e in shown.items()}
    known |= dict.fromkeys(printed.keys() - at.keys(), Proportion(0.0, 0))
    levels = [
        Level(n, printed.get(n, 0) / total, p, parent=parents.get(n, "")) for n, p in sorted(known.items())
    ]
    if hidden := at.keys() - shown.keys():
        count = (whole.count or 0) - sum(e.count or 0 for e in shown.values())
        base = (whole.base or 0) - sum(e.base or 0 for e in shown.values())
        weight = sum(printed.get(level, 0) for level in hidden) / total
        homes = {parents.get(level, "") for level in hidden}
        home = homes.pop() if len(homes) == 1 else ""
        levels.append(Level("hidden", weight, _share(count, base, people), hidden=True, parent=home))
    change = one_sided(levels, Side(0.5, 0.5, 100, 100))
    return None if change is None else change.points


def _share(count: float | None, base: int | None, people: float) -> Proportion:
    return Proportion((count or 0) / base, base * people) if base else Proportion(0.0, 0)


def beyond_the_mean(
    places: Mapping[Place, int], x: int, y: int, groups: Mapping[Place, float]
) -> Iterator[tuple[Mapping[Place, int], Mapping[Place, float]]]:
    """Those who answered one part of the mean and not the other, by the groups whose mean is shown.

    Sets of people are the bits of a number. Where they are few altogether, everybody's is no secret
    (D4): then only the groups are tried.
    """
    within = {place: people & (x ^ y) for place, people in places.items()}
    if within["", ""].bit_count() >= SMALLEST:
        yield within, groups
        return
    for place in groups:
        if place != ("", ""):
            yield within, {place: groups[place]}
