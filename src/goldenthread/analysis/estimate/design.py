"""How a wave's people stand for others: weights, strata and headcounts of strata."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from goldenthread.analysis.cube.model import EVERYONE, Cube
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.estimate.finite import population
from goldenthread.analysis.estimate.tally import Design
from goldenthread.analysis.estimate.variance import Strata
from goldenthread.analysis.problem import Refusal


@dataclass(frozen=True, slots=True)
class Designs:
    """The design for levels of everybody, and for groups; and both without any headcount.

    They differ where there are weights but no strata: then the only headcount is everybody's, and it
    is never used on a group (method 4).
    """

    everybody: Design
    group: Design
    uncorrected: Design

    def of(self, grouping: str | None) -> Design:
        """The design a figure is given its range by."""
        return self.everybody if grouping is None else self.group


def designs(study: Study, wave: Wave, cube: Cube) -> Designs:
    """The designs of one wave. Raises Refusal where more answered in a stratum than it holds."""
    if not (cube.weighted or cube.stratified):
        plain = Design()
        return Designs(plain, plain, plain)
    names, sampled = _strata(cube)
    known = [_population(study, wave, cube, name) for name in names]
    for name, n, people in zip(names, sampled, known, strict=True):
        if n > people:
            raise Refusal(
                f"Wave {wave.label}: more people answered in stratum “{_named(wave, name)}” than its"
                " headcount says there are; put the headcount right, or leave it out."
            )
    corrected = Strata(names, np.array(sampled, dtype=np.float64), np.array(known, dtype=np.float64))
    plain_strata = Strata(names, corrected.sampled, np.full(len(names), inf))
    everybody = Design(cube.weighted, corrected if corrected.finite else plain_strata)
    uncorrected = Design(cube.weighted, plain_strata)
    return Designs(everybody, everybody if cube.stratified else uncorrected, uncorrected)


def _named(wave: Wave, stratum: str) -> str:
    """A stratum by its name, where it is an answer; else as the file has it."""
    known = variables(wave.questionnaire) if wave.questionnaire else ()
    column = next((each for each in known if each.id == wave.stratum), None)
    names = {answer.code: answer.label for answer in column.answers} if column else {}
    return names.get(stratum, stratum)


def _strata(cube: Cube) -> tuple[tuple[str, ...], list[int]]:
    sizes: dict[str, int] = {}
    for cell in cube.of(EVERYONE):
        sizes[cell.stratum] = sizes.get(cell.stratum, 0) + cell.n
    names = tuple(sorted(sizes))
    return names, [sizes[name] for name in names]


def _population(study: Study, wave: Wave, cube: Cube, stratum: str) -> float:
    """The stratum's headcount, from the headcount rows of the variable it is named after."""
    place = (wave.stratum, stratum) if cube.stratified else (None, None)
    people = population(study, wave.id, *place)
    return inf if people is None else people
