"""One study, from its files to everything a report may show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.findings import classify
from goldenthread.analysis.compare.limits import correction
from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.compare.published import measure_published
from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.cube.model import Cube
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.measure import besides, measure_wave
from goldenthread.analysis.estimate.model import WaveMeasures
from goldenthread.analysis.estimate.needs import need_table
from goldenthread.analysis.estimate.uncomputed import uncomputed
from goldenthread.analysis.estimate.who import published_who_tables, wave_facts, who_tables
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.responses.read import read_wave
from goldenthread.analysis.results import Besides, Results, WaveFacts, WhoTable

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Measured:
    """One wave, measured: what may be shown, and what later steps need."""

    measures: WaveMeasures
    facts: WaveFacts
    who: tuple[WhoTable, ...]
    besides: tuple[Besides, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[tuple[str, int], ...] = ()


def analyse(study: Study, *, cubes: Path | None = None, tell: Tell = lambda _: None) -> Results:
    """Read, count, protect and compare every wave of ``study``.

    ``cubes`` keeps each wave's cube there as Parquet (unprotected counts: keep it private). ``tell``
    hears one line as each step begins. Raises Refusal where a file cannot be used at all.
    """
    return _results(study, tuple(_measure(study, wave, cubes, tell) for wave in study.waves), tell)


def analyse_kept(study: Study, cubes: Path) -> Results:
    """The same results from the cubes that ``analyse`` kept, without the answers.

    What only the answers could tell is not there: problems, and how many people wrote a comment.
    Raises Refusal where a wave's cube is missing.
    """
    return _results(study, tuple(_measure_kept(study, wave, cubes) for wave in study.waves), lambda _: None)


def _results(study: Study, waves: tuple[_Measured, ...], tell: Tell) -> Results:
    measures = tuple(wave.measures for wave in waves)
    if len(waves) > 1:
        tell("Comparing the waves")
    changes = _changes(study, measures)
    return Results(
        study=study,
        waves=tuple(wave.facts for wave in waves),
        who=tuple(table for wave in waves for table in wave.who),
        estimates=tuple(estimate for m in measures for estimate in m.estimates),
        changes=changes,
        findings=classify(study, measures, changes),
        besides=tuple(row for wave in waves for row in wave.besides),
        limits=_limits(study, measures),
        problems=tuple(problem for wave in waves for problem in wave.problems),
        comments=dict(pair for wave in waves for pair in wave.comments),
        needs=need_table(study),
    )


def _measure(study: Study, wave: Wave, cubes: Path | None, tell: Tell) -> _Measured:
    tell(f"Reading {wave.label}")
    if wave.published:
        return _measure_published(study, wave)
    return _measure_responses(study, wave, cubes)


def _measure_kept(study: Study, wave: Wave, cubes: Path) -> _Measured:
    if wave.published:
        return _measure_published(study, wave)
    return _from_cube(study, wave, Cube.load(cubes / f"{wave.id}.parquet"))


def _measure_published(study: Study, wave: Wave) -> _Measured:
    measures = measure_published(study, wave)
    return _Measured(
        measures=measures,
        facts=wave_facts(study, wave, None, measures),
        who=published_who_tables(study, wave, measures),
        problems=(*measures.problems, *uncomputed(study, wave, measures)),
    )


def _measure_responses(study: Study, wave: Wave, cubes: Path | None) -> _Measured:
    if wave.responses is None:
        raise Refusal(f"Wave {wave.label} names neither a file of responses nor a file of figures.")
    responses = read_wave(wave, study.off_route)
    cube = build_cube(study, wave, responses)
    if cubes is not None:
        cube.save(cubes / f"{wave.id}.parquet")
    measured = _from_cube(study, wave, cube)
    problems = (*responses.problems, *measured.problems)
    return replace(measured, problems=problems, comments=_comments(wave, responses))


def _from_cube(study: Study, wave: Wave, cube: Cube) -> _Measured:
    measures = measure_wave(study, wave, cube)
    return _Measured(
        measures=measures,
        facts=wave_facts(study, wave, cube, measures),
        who=who_tables(study, wave, cube),
        besides=besides(study, wave, measures),
        problems=uncomputed(study, wave, measures),
    )


def _changes(study: Study, measures: tuple[WaveMeasures, ...]) -> tuple[Change, ...]:
    by_wave = {m.wave: m for m in measures}
    return tuple(
        change
        for earlier, later in study.pairs
        for change in compare_pair(study, by_wave[earlier], by_wave[later])
    )


def _comments(wave: Wave, responses: Responses) -> tuple[tuple[str, int], ...]:
    """How many people wrote something, by "wave:question"; never the words themselves."""
    counts = ((question, sum(1 for text in texts if text)) for question, texts in responses.texts.items())
    return tuple((f"{wave.id}:{question}", count) for question, count in counts if count)


def _limits(study: Study, measures: tuple[WaveMeasures, ...]) -> tuple[str, ...]:
    """What a reader must know, each sentence once: of the waves in their order, then of comparing them."""
    said = [*study.limits, *(limit for m in measures for limit in m.limits), *correction(study)]
    return tuple(dict.fromkeys(said))
