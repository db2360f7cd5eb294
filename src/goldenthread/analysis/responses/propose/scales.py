"""Scales that surveys use again and again, as data (known_scales.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from goldenthread.analysis.definition.model import Answer, Net, Scale, Side
from goldenthread.analysis.responses.fold import heavy

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class KnownScale:
    """A scale with what people call it; ``positive`` where more of its headline is usually good news."""

    label: str
    scale: Scale
    positive: bool


@cache
def known_scales() -> Mapping[str, KnownScale]:
    """Every known scale by its name, in the order they are tried."""
    return {name: _known(name, row) for name, row in _table().items() if name != OUTSIDE}


def outside_answers(labels: Iterable[str]) -> tuple[Answer, ...]:
    """The answers among ``labels`` that are outside every base, such as "not part of my role".

    Each stands under the words that were met.
    """
    known = {_fold(name): answer for answer in _outside() for name in (answer.label, *answer.aliases)}
    met = ((label, known.get(_fold(label))) for label in labels)
    return tuple(replace(answer, label=label, aliases=()) for label, answer in met if answer is not None)


def fitting(labels: Iterable[str]) -> str | None:
    """The known scale that holds every one of ``labels``, the most of them in its own words.

    None where none does, or where two of them would be one answer; in a tie the first.
    """
    wanted = {_fold(label) for label in labels}
    fit = {
        name: known.scale
        for name, known in known_scales().items()
        if wanted <= _names(known.scale) and apart(known, wanted)
    }
    if not wanted or not fit:
        return None
    return max(fit, key=lambda name: sum(_fold(answer.label) in wanted for answer in fit[name].answers))


def fits(known: KnownScale, label: str) -> bool:
    """Whether ``label`` is one of the scale's answers, however it is spelt."""
    return _fold(label) in _names(known.scale)


def apart(known: KnownScale, labels: Iterable[str]) -> bool:
    """Whether no two different labels would be read as one answer of the scale, as "Very often" and
    "Always" would."""
    wanted = {_fold(label) for label in labels}
    met = (wanted & _names_of(answer) for answer in known.scale.answers)
    return all(len(names) < 2 for names in met)


def as_met(scale: Scale, labels: Iterable[str]) -> Scale:
    """The scale with the words that were met in place of its own, its own kept as aliases.

    Of two spellings the first stands: give the commonest first.
    """
    met: dict[str, str] = {}
    for label in labels:
        met.setdefault(_fold(label), label)
    return replace(scale, answers=tuple(_reworded(answer, met) for answer in scale.answers))


def _reworded(answer: Answer, met: Mapping[str, str]) -> Answer:
    names = (answer.label, *answer.aliases)
    label = next((met[_fold(name)] for name in names if _fold(name) in met), answer.label)
    aliases = tuple(name for name in names if _fold(name) != _fold(label))
    return replace(answer, label=label, aliases=aliases)


def _fold(label: str) -> str:
    return heavy(label)


def _names(scale: Scale) -> frozenset[str]:
    return frozenset(name for answer in scale.answers for name in _names_of(answer))


def _names_of(answer: Answer) -> frozenset[str]:
    return frozenset(_fold(name) for name in (answer.label, *answer.aliases))


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    text = files(__package__).joinpath("known_scales.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _outside() -> tuple[Answer, ...]:
    return tuple(replace(_answer(row), outside=True) for row in _rows(_table()[OUTSIDE], "answers"))


def _known(name: str, row: Mapping[str, object]) -> KnownScale:
    nets = tuple(Net(each["id"], each["label"], Side(each["side"])) for each in _rows(row, "nets"))
    answers = tuple(map(_answer, _rows(row, "answers")))
    return KnownScale(
        str(row["label"]), Scale(name, answers, nets, str(row["headline"])), bool(row["positive"])
    )


def _answer(row: Mapping[str, str]) -> Answer:
    return Answer(row["code"], row["label"], tuple(row.get("aliases", ())), row.get("net"))


def _rows(row: Mapping[str, object], key: str) -> list[dict[str, str]]:
    found = row[key]
    return found if isinstance(found, list) else []
