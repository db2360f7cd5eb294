"""How each item of a study was asked in one wave: its columns, answers and nets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.analysis.cube.model import decode
from goldenthread.analysis.definition.model import Answer, Variable
from goldenthread.analysis.definition.study import Combining, Grouping, Item, Study, Wave
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.problem import Refusal


@dataclass(frozen=True, slots=True)
class Coding:
    """One item in one wave.

    ``variables`` are its columns; ``answers`` those of the first, and ``nets`` the answer codes that
    each net sums, as this wave asked it. ``combining`` is None where one column is all there is.
    """

    item: str
    variables: tuple[Variable, ...]
    nets: Mapping[str, tuple[str, ...]]
    combining: Combining | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        return self.variables[0].answers

    @property
    def codes(self) -> tuple[str, ...]:
        """The substantive answers, in order."""
        return tuple(a.code for a in self.answers if not a.outside)

    @property
    def outside(self) -> tuple[str, ...]:
        """The answers that never enter the base."""
        return tuple(a.code for a in self.answers if a.outside)

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """What each answer and each net is made of, answers first."""
        return {code: (code,) for code in self.codes} | dict(self.nets)

    def shares(self, answer: int) -> list[float] | None:
        """The share of each substantive answer in a cell's ``answer``; None where it is not in the base."""
        if answer < 0:
            return None
        mean = self.combining is Combining.MEAN
        places = decode(answer, len(self.answers), len(self.variables)) if mean else (answer,)
        given = [self.answers[place] for place in places]
        if any(one.outside for one in given):
            return None
        return [sum(one.code == code for one in given) / len(given) for code in self.codes]


def codings(study: Study, wave: Wave) -> dict[str, Coding]:
    """How ``wave`` asked each item of ``study``; items it did not ask are absent.

    Raises Refusal where an item stands on a column that is not there, or on several that cannot be
    combined.
    """
    found = _variables(wave)
    asked = ((item, item.sources.get(wave.id, ())) for item in study.items)
    return {item.id: _coding(item, [_find(v, found, item, wave) for v in ids]) for item, ids in asked if ids}


def grouping_variables(study: Study, wave: Wave) -> dict[str, Variable]:
    """The column behind each of the study's groupings that ``wave`` asked."""
    found = {g.item: _grouping_variable(study, wave, g) for g in study.groupings}
    return {item: variable for item, variable in found.items() if variable is not None}


def _variables(wave: Wave) -> dict[str, Variable]:
    return {v.id: v for v in variables(wave.questionnaire)} if wave.questionnaire else {}


def _grouping_variable(study: Study, wave: Wave, grouping: Grouping) -> Variable | None:
    found = _variables(wave)
    sources = next((i.sources.get(wave.id, ()) for i in study.items if i.id == grouping.item), ())
    if len(sources) == 1:
        return found.get(sources[0])
    return next((v for v in found.values() if v.item == grouping.item and v.part is None), None)


def _find(name: str, found: Mapping[str, Variable], item: Item, wave: Wave) -> Variable:
    if name not in found:
        raise Refusal(f"Item “{item.id}” stands on “{name}”, which wave {wave.label} does not ask.")
    return found[name]


def _coding(item: Item, columns: list[Variable]) -> Coding:
    combining = item.combining if len(columns) > 1 else None
    if len(columns) > 1 and combining is None:
        raise Refusal(
            f"Item “{item.id}” stands on several questions; say whether to take their mean or pool them."
        )
    for column in columns[1:]:
        if {a.code for a in column.answers} != {a.code for a in columns[0].answers}:
            raise Refusal(
                f"Item “{item.id}” combines “{columns[0].id}” and “{column.id}”, whose answers differ."
            )
    return Coding(item.id, tuple(columns), _nets(item, columns[0]), combining)


def _nets(item: Item, column: Variable) -> dict[str, tuple[str, ...]]:
    """The wave's own nets, and those of the item whose answers this wave offered too."""
    inside = [a for a in column.answers if not a.outside]
    own = {net.id: _codes(a for a in inside if a.net == net.id) for net in column.nets}
    offered = {a.code for a in inside}
    later = {net.id: item.net_codes(net.id) for net in item.nets if net.id not in own}
    later = {net: codes for net, codes in later.items() if codes and offered.issuperset(codes)}
    return {net: codes for net, codes in own.items() if codes} | later


def _codes(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(answer.code for answer in answers)
