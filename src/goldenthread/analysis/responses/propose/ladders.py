"""Answers put in the order of their steps, where words or numbers tell it (ladders.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.analysis.responses.fold import heavy

_NUMBERED = re.compile(r"(?P<first>-?\d+(?:\.\d+)?)(?:[\s.:)\]=–—-].*)?|.+[(\[](?P<last>\d+)[)\]]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Answers lowest first, how that is known in words, and whether more is usually good news.

    ``steps`` where they go up one by one, as marks do and bands ("1 to 5 years") do not.
    """

    order: tuple[str, ...]
    because: str
    positive: bool | None = None
    steps: bool = True


def ladder(labels: Iterable[str]) -> Ladder | None:
    """The answers in the order of their steps; None where nothing tells it, or two share a step."""
    known = list(labels)
    if not known:
        return None
    return _by_number(known) or next(filter(None, (_by_words(known, each) for each in _ladders())), None)


def _by_number(labels: Sequence[str]) -> Ladder | None:
    found = {label: match for label in labels if (match := _NUMBERED.fullmatch(label.strip()))}
    numbers = {label: float(match["first"] or match["last"]) for label, match in found.items()}
    if len(found) < len(labels) or len(set(numbers.values())) < len(labels):
        return None
    order = sorted(numbers.values())
    even = order[0] in (0, 1) and order == [order[0] + place for place in range(len(order))]
    return Ladder(tuple(sorted(labels, key=numbers.__getitem__)), "by the number of each", steps=even)


def _by_words(labels: Sequence[str], known: tuple[Mapping[str, int], bool | None]) -> Ladder | None:
    places, positive = known
    steps = {label: places[heavy(label)] for label in labels if heavy(label) in places}
    if len(steps) < len(labels) or len(set(steps.values())) < len(labels):
        return None
    return Ladder(tuple(sorted(labels, key=steps.__getitem__)), "by their words", positive)


@cache
def _ladders() -> tuple[tuple[Mapping[str, int], bool | None], ...]:
    text = files(__package__).joinpath("ladders.toml").read_text(encoding="utf-8")
    return tuple(
        (
            {heavy(word): place for place, step in enumerate(row["steps"]) for word in step},
            row.get("positive"),
        )
        for row in tomllib.loads(text)["ladders"]
    )
