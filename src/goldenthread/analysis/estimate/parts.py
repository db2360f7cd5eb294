"""People who answered one part of a mean of items, and not the other.

They are not in the mean, but in the parts' own figures: the parts' counts less the mean's are their
answers. So they are protected as the people in a base are (rule D2 for those sets). For everybody the
figures stand whatever the number (D4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TypeVar

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.cube.model import Cube
from goldenthread.analysis.definition.study import Combining
from goldenthread.analysis.estimate.disclosure import bases_of
from goldenthread.analysis.estimate.groups import Bases, Level

Key = TypeVar("Key")


def beyond(cube: Cube, coding: Coding, asked: Iterable[Coding]) -> list[Bases]:
    """Those beyond the mean ``coding``: of two parts together, of more each by itself.

    Nobody where ``asked`` (every item of the wave) does not show each part: then nothing can be taken away.
    """
    if coding.combining is not Combining.MEAN:
        return []
    places = _places(asked)
    if not all(variable.id in places for variable in coding.variables):
        return []
    mean = bases_of(cube, coding.item, 0, coding)
    parts = (places[variable.id] for variable in coding.variables)
    found = [_less(bases_of(cube, one.item, part, one), mean) for one, part in parts]
    return [reduce(_and, found)] if len(found) == 2 else found


def _places(asked: Iterable[Coding]) -> dict[str, tuple[Coding, int]]:
    """By column: an item that counts it, and as which part; an item of its own before a pooled one."""
    counted = sorted((c for c in asked if c.combining is not Combining.MEAN), key=lambda c: -len(c.variables))
    return {variable.id: (c, part) for c in counted for part, variable in enumerate(c.variables)}


def _less(part: Bases, mean: Bases) -> Bases:
    return _and(part, mean, sign=-1)


def _and(one: Bases, two: Bases, sign: int = 1) -> Bases:
    return Bases(
        one.everybody + sign * two.everybody,
        {g: _added(one.levels[g], two.levels.get(g, {}), sign) for g in one.levels},
        list(_added(_counts(one.profiles), _counts(two.profiles), sign).items()),
    )


def _counts(profiles: Sequence[tuple[Sequence[Level], int]]) -> dict[tuple[Level, ...], int]:
    return {tuple(levels): n for levels, n in profiles}


def _added(one: Mapping[Key, int], two: Mapping[Key, int], sign: int) -> dict[Key, int]:
    found = Counter(one)
    for key, n in two.items():
        found[key] += sign * n
    return {key: n for key, n in found.items() if n}
