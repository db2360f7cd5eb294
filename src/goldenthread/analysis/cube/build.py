"""The cube of one wave of a study, from its typed answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.cube.coding import Coding, codings, grouping_variables
from goldenthread.analysis.cube.engine import DuckEngine
from goldenthread.analysis.cube.layout import Counted, Grouped, Layout
from goldenthread.analysis.cube.make import make_cube
from goldenthread.analysis.cube.model import OUTSIDE, Cube
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.study import Combining, Study, Wave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import BLANK, NOT_SHOWN, Codes, Responses

Column = NDArray[Any]

_WEIGHT, _STRATUM = "weight", "stratum"


@dataclass(frozen=True, slots=True)
class _Built:
    """One column made ready to count, with its values."""

    counted: Counted
    values: Column


def build_cube(study: Study, wave: Wave, responses: Responses) -> Cube:
    """Count every item of ``study`` that ``wave`` asked, by everybody and by each grouping.

    A mean of items becomes one derived column; a pooled item is the sum of its parts' cells. Raises
    Refusal where an item's column is missing or a weight is not a number above 0.
    """
    built = [b for coding in codings(study, wave).values() for b in _built(coding, responses)]
    groups = grouping_variables(study, wave)
    grouped = tuple(
        Grouped(f"group:{item}", item, tuple(a.code for a in variable.answers))
        for item, variable in groups.items()
    )
    table = {b.counted.column: b.values for b in built}
    table |= {f"group:{item}": _codes(variable, responses) for item, variable in groups.items()}
    strata, of_strata = _strata(responses)
    table |= of_strata | _weights(wave, responses)
    layout = Layout(
        wave=wave.id,
        counted=tuple(b.counted for b in built),
        grouped=grouped,
        stratum=_STRATUM if _STRATUM in table else None,
        strata=strata,
        weight=_WEIGHT if _WEIGHT in table else None,
    )
    return make_cube(DuckEngine(table or {"": np.zeros(responses.people, np.int16)}), layout)


def _built(coding: Coding, responses: Responses) -> Iterator[_Built]:
    if coding.combining is Combining.MEAN:
        yield _mean(coding, responses)
        return
    positions = {a.code: place for place, a in enumerate(coding.answers)}
    outside = _places(coding)
    for part, variable in enumerate(coding.variables):
        counted = Counted(f"item:{coding.item}:{part}", coding.item, len(positions), outside, part)
        yield _Built(counted, _recoded(variable, positions, responses))


def _places(coding: Coding) -> frozenset[int]:
    return frozenset(place for place, a in enumerate(coding.answers) if a.outside)


def _mean(coding: Coding, responses: Responses) -> _Built:
    """One number a person: the parts' positions as digits, where every part has a substantive answer."""
    positions = {a.code: place for place, a in enumerate(coding.answers)}
    parts = np.array([_recoded(v, positions, responses) for v in coding.variables], dtype=np.int64)
    size = len(positions)
    digits = (parts * size ** np.arange(len(parts))[:, None]).sum(axis=0)
    beyond = np.isin(parts, sorted(_places(coding))).any(axis=0)
    values = np.select(
        [beyond, (parts == NOT_SHOWN).any(axis=0), (parts == BLANK).any(axis=0)],
        [OUTSIDE, NOT_SHOWN, BLANK],
        digits,
    )
    return _Built(Counted(f"item:{coding.item}:0", coding.item, size ** len(parts)), values)


def _recoded(variable: Variable, positions: dict[str, int], responses: Responses) -> Codes:
    """The column's positions, as positions among the item's answers."""
    codes = _codes(variable, responses)
    table = np.array([positions[a.code] for a in variable.answers] + [NOT_SHOWN, BLANK], dtype=np.int16)
    return table[codes]


def _codes(variable: Variable, responses: Responses) -> Codes:
    if variable.id not in responses.codes:
        raise Refusal(f"The responses of wave {responses.wave} have no answers to “{variable.id}”.")
    return responses.codes[variable.id]


def _strata(responses: Responses) -> tuple[tuple[str, ...], dict[str, Column]]:
    if responses.stratum is None:
        return (), {}
    names = tuple(sorted(set(responses.stratum)))
    places = {name: place for place, name in enumerate(names)}
    return names, {_STRATUM: np.array([places[s] for s in responses.stratum], dtype=np.int16)}


def _weights(wave: Wave, responses: Responses) -> dict[str, Column]:
    if responses.weight is None:
        return {}
    wrong = np.flatnonzero(~(np.isfinite(responses.weight) & (responses.weight > 0)))
    if wrong.size:
        raise Refusal(
            f"Wave {wave.label}: weight “{wave.weight}” of answer {_first(wrong)} is not a number above 0."
        )
    return {_WEIGHT: responses.weight}


def _first(places: Iterable[np.intp]) -> int:
    return int(min(places)) + 1
