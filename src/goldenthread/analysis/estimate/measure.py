"""Every figure of one wave, with its range, protected (methods 2, 3, 4 and 10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from goldenthread.analysis.cube.coding import Coding, codings, grouping_variables
from goldenthread.analysis.cube.model import Cell, Cube
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate import disclosure, finite
from goldenthread.analysis.estimate.beside import besides
from goldenthread.analysis.estimate.bounded import covers
from goldenthread.analysis.estimate.counts import small_counts
from goldenthread.analysis.estimate.design import Designs, designs
from goldenthread.analysis.estimate.model import Estimate, Tally, TallyKey, WaveMeasures
from goldenthread.analysis.estimate.parts import beyond
from goldenthread.analysis.estimate.protect import cover, hide, rounded
from goldenthread.analysis.estimate.share import count_of, people_in, share_of
from goldenthread.analysis.estimate.tally import Design, tally

__all__ = ["besides", "measure_wave"]

ALMOST_EVERYONE = "almost everyone answered; ranges show no chance error"


@dataclass(frozen=True, slots=True)
class _Wave:
    """What measuring one wave needs to hand."""

    study: Study
    wave: Wave
    cube: Cube
    designs: Designs
    levels: Mapping[str, tuple[str, ...]]
    rules: disclosure.Protection
    groupings: Mapping[str, Variable]
    codings: Mapping[str, Coding]

    def by(self, coding: Coding) -> tuple[str, ...]:
        """The groupings an item is broken down by: a grouping's own item by none, or two would cross (D2)."""
        own = disclosure.groupings_in(coding, self.groupings)
        if own and self.rules.preset.smallest:
            return ()
        return tuple(grouping for grouping in self.levels if grouping not in own)

    def rounds(self, hidden: Collection[TallyKey]) -> bool:
        """Whether an item's shares are rounded: weights or strata, and some group hidden."""
        designed = self.cube.weighted or self.cube.stratified
        return designed and any(group is not None for _, group, _ in hidden)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One item as this wave asked it: its tallies, and the levels that may not be shown."""

    coding: Coding
    tallies: Mapping[TallyKey, Tally]
    hidden: frozenset[TallyKey]


def measure_wave(study: Study, wave: Wave, cube: Cube) -> WaveMeasures:
    """Estimate every answer and net of every item, for everybody and each level of each grouping.

    Level "" holds those who did not say. A level that nobody in the base belongs to has no estimates;
    everybody's base of 0 has estimates without a percent. Estimates are already protected by the
    study's preset; ``tallies`` are not, and their variances use no headcount unless the study corrects
    changes. Raises Refusal where more people answered than a headcount says there are.
    """
    finite.check_headcounts(study, wave, cube)
    rules = disclosure.protection(cube, preset(study.preset), wave.earlier)
    ready = _Wave(
        *(study, wave, cube, designs(study, wave, cube), _levels(study, wave, cube), rules),
        groupings=grouping_variables(study, wave),
        codings=codings(study, wave),
    )
    asked = [_asked(ready, coding) for coding in ready.codings.values()]
    inexact = frozenset(one.coding.item for one in asked if ready.rounds(one.hidden))
    estimates = tuple(estimate for one in asked for estimate in _estimates(ready, one))
    return WaveMeasures(
        wave=wave.id,
        answered=cube.people,
        estimates=estimates,
        tallies={key: found for one in asked for key, found in _for_changes(ready, one).items()},
        mix={grouping: dict(finite.answered(cube, grouping)) for grouping in cube.groupings},
        hidden=frozenset(key for one in asked for key in one.hidden),
        limits=(*_limits(study, wave, estimates), *_not_proven(wave, inexact)),
        who_hidden=rules.who,
        rounded=inexact,
    )


def _levels(study: Study, wave: Wave, cube: Cube) -> dict[str, tuple[str, ...]]:
    """Each grouping's levels in the questionnaire's order, then "" where somebody did not say."""
    found = {}
    for grouping, variable in grouping_variables(study, wave).items():
        unsaid = ("",) if finite.answered(cube, grouping).get("") else ()
        found[grouping] = tuple(answer.code for answer in variable.answers) + unsaid
    return found


def _asked(ready: _Wave, coding: Coding) -> _Asked:
    tallies = dict(_tallies(ready, coding, ready.designs.everybody, ready.designs.group))
    beside = beyond(ready.cube, coding, ready.codings.values())
    hidden = frozenset((coding.item, *level) for level in ready.rules.item(ready.cube, coding, beside))
    by = (None, *ready.by(coding))
    return _Asked(coding, tallies, frozenset(key for key in hidden if key[1] in by))


def _tallies(
    ready: _Wave, coding: Coding, everybody: Design, group: Design
) -> Iterator[tuple[TallyKey, Tally]]:
    yield (coding.item, None, None), tally(coding, ready.cube.of(coding.item), everybody)
    for grouping in ready.by(coding):
        cells = _by_level(ready.cube.of(coding.item, grouping))
        for level in ready.levels[grouping]:
            yield (coding.item, grouping, level), tally(coding, cells.get(level, []), group)


def _by_level(cells: Iterable[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.level, []).append(cell)
    return found


def _for_changes(ready: _Wave, one: _Asked) -> Mapping[TallyKey, Tally]:
    """The tallies changes stand on: headcounts are left out of them by default (method 4)."""
    plain = ready.designs.uncorrected
    if ready.study.correct_changes or plain.strata is None:
        return one.tallies
    return dict(_tallies(ready, one.coding, plain, plain))


def _estimates(ready: _Wave, one: _Asked) -> Iterator[Estimate]:
    rules = ready.rules.preset
    small = small_counts(one.tallies, one.coding, one.hidden, rules.smallest_count)
    own = disclosure.groupings_in(one.coding, ready.groupings)
    undoing = disclosure.hidden_answers(one.coding, own, ready.rules.who)
    rounds = ready.rounds(one.hidden)
    for key, found in one.tallies.items():
        _, grouping, level = key
        people = _headcount(ready, found, grouping, level)
        bound = rules.bound if grouping is not None else 0
        covered = covers(found, one.coding, bound)
        for name, codes in one.coding.members.items():
            exact = _estimate(ready, key, name, found, codes, people)
            estimate = rounded(exact) if rounds else exact
            if key in one.hidden or name in small[key] or (grouping is None and name in undoing):
                yield hide(estimate)
            elif found.base or grouping is None:
                yield cover(estimate, covered[name], bound) if name in covered else estimate


def _headcount(ready: _Wave, found: Tally, grouping: str | None, level: str | None) -> int | None:
    """N for the correction; none where some of the group were not asked, for N counts them too."""
    if found.not_shown or level == "":
        return None
    return finite.population(ready.study, ready.wave.id, grouping, level)


def _estimate(
    ready: _Wave, key: TallyKey, name: str, found: Tally, codes: tuple[str, ...], people: int | None
) -> Estimate:
    item, group, level = key
    if not found.base:
        return Estimate(item, ready.wave.id, group, level, name, 0.0, 0, None, None, None)
    share = share_of(found, name, codes, people)
    return Estimate(
        item=item,
        wave=ready.wave.id,
        group=group,
        level=level,
        answer=name,
        count=count_of(found, codes),
        base=found.base,
        percent=100 * share.p,
        low=None if share.low is None else 100 * share.low,
        high=None if share.high is None else 100 * share.high,
        weighted_base=found.weighted_base,
        effective_base=found.effective_base if ready.cube.weighted else None,
        weighted=ready.cube.weighted,
        method=share.method,
        flag="u" if people_in(found) < ready.study.thresholds.smallest_base else None,
    )


def _limits(study: Study, wave: Wave, estimates: Iterable[Estimate]) -> Iterator[str]:
    """What a reader must know about this wave's ranges, in sentences."""
    methods = {(e.method, e.group is None) for e in estimates}
    if any(method == "wilson-fpc" for method, _ in methods):
        yield f"{wave.label}: ranges take in how many of the headcount answered (method 4)."
    if ("almost-everyone", True) in methods:
        yield f"{wave.label}: {ALMOST_EVERYONE}."
    elif ("almost-everyone", False) in methods:
        yield f"{wave.label}: in some groups {ALMOST_EVERYONE}."
    if any("linearised" in method for method, _ in methods):
        yield f"{wave.label}: ranges take in weights or strata (Taylor linearisation)."
    if not preset(study.preset).smallest:
        yield f"{wave.label}: nothing is hidden for small numbers. {study.preset_because}".strip()


def _not_proven(wave: Wave, inexact: Collection[str]) -> Iterator[str]:
    if inexact:
        yield (
            f"{wave.label}: some groups are hidden and answers are weighted or stratified; it is not"
            " proven that the hidden groups cannot be worked out. Publish such a wave without groups."
        )
