"""The staff of Anyshire: who they are, what each would answer in every wave, and who answers.

``population()`` is everybody. ``draw()`` is who answers: a simple random choice within each area of
work or, for the twin, a choice that people make themselves, so that those who feel confident answer
more often. ``areas.csv`` holds the areas, their response rates and how far each kind of question
leans there; ``targets.csv`` the shares that agree; ``makeup.toml`` the other answers.

Nothing depends on the clock or the machine: each column has a stream of its own, named after it, and
only uniform numbers are drawn.
"""

from __future__ import annotations

import csv
import math
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
WAVES = ("2021", "2023", "2025")
ASKED_LIKE = {"2021": "2023"}
"""Waves without a questionnaire of their own, and the wave whose routing they shared."""
OUTSIDE, NOT_ASKED = -1, -2
AGREE = 3
"""Answers run from 0, strongly disagree, to 4, strongly agree; from here on they are agreement."""
SELF_SELECTION = 0.5
"""How much likelier the confident are to answer in the twin: log odds for one unit of confidence."""

Toml = Mapping[str, Any]
Value = str | int | tuple[str, ...] | None


@dataclass(frozen=True)
class Area:
    """One area of work: its people, the share who answer each wave, its lean by kind of question."""

    code: str
    label: str
    staff: int
    rates: Mapping[str, float]
    lean: Mapping[str, float]


@dataclass(frozen=True)
class Target:
    """What is true of one agreement item: the share that agrees in each wave that asks it."""

    item: str
    profile: str
    not_my_role: float
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Population:
    """Everybody. ``area`` is a position in ``areas()``; all arrays are in one order of people.

    ``said[wave, item]`` holds 0 to 4, ``OUTSIDE`` ("not part of my role") or ``NOT_ASKED`` (routed
    past). ``facts[wave, item]`` holds the answers to every other question.
    """

    area: NDArray[np.int16]
    confidence: NDArray[np.float64]
    said: Mapping[tuple[str, str], NDArray[np.int8]]
    facts: Mapping[tuple[str, str], Sequence[Value]]

    @property
    def staff(self) -> int:
        return len(self.area)


def uniform(name: str, size: int) -> NDArray[np.float64]:
    """The stream called ``name``: numbers above 0 and below 1, the same on every machine."""
    generator = np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))
    return np.clip(generator.random(size), 1e-12, 1 - 1e-12)


def logit(share: NDArray[np.float64] | float) -> NDArray[np.float64]:
    share = np.asarray(share)
    return np.asarray(np.log(share / (1 - share)))


@cache
def areas() -> tuple[Area, ...]:
    return tuple(_area(row) for row in rows("areas.csv"))


def _area(row: Mapping[str, str]) -> Area:
    leans = [name for name in row if name not in ("area", "label", "staff", *WAVES)]
    return Area(
        code=row["area"],
        label=row["label"],
        staff=int(row["staff"]),
        rates={wave: float(row[wave]) for wave in WAVES},
        lean={name: float(row[name]) for name in leans},
    )


@cache
def targets() -> tuple[Target, ...]:
    return tuple(
        Target(
            item=row["item"],
            profile=row["profile"],
            not_my_role=float(row["not_my_role"]),
            shares={wave: float(row[wave]) for wave in WAVES if row[wave]},
        )
        for row in rows("targets.csv")
    )


@cache
def questionnaire(wave: str) -> Toml:
    """The questionnaire of ``wave`` as TOML reads it (2021 is lost: that of 2023 stands in)."""
    return _toml(f"questionnaire-{ASKED_LIKE.get(wave, wave)}.toml")


def questions(wave: str) -> Iterator[tuple[Toml, list[Toml]]]:
    """Each question in order, with the conditions under which it is shown."""
    for section in questionnaire(wave)["sections"]:
        for question in section["questions"]:
            yield question, [part["show_if"] for part in (section, question) if "show_if" in part]


def parts(question: Toml) -> Iterable[Toml]:
    """The statements of a matrix, or the question itself."""
    rows: Iterable[Toml] = question.get("rows", [question])
    return rows


def holds(condition: Toml, given: Mapping[str, Value]) -> bool:
    """Whether a routing condition is true of one person's answers, by question id."""
    if "not" in condition:
        return not holds(condition["not"], given)
    if "all" in condition:
        return all(holds(each, given) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, given) for each in condition["any"])
    return _true_of(condition, given.get(condition["question"]))


def _true_of(condition: Toml, value: Value) -> bool:
    if value is None or value == ():
        return False
    if "is" in condition:
        chosen = value if isinstance(value, tuple) else (value,)
        return any(code in condition["is"] for code in chosen)
    number = value if isinstance(value, int) else 0
    least, most = condition.get("at_least", -math.inf), condition.get("at_most", math.inf)
    return bool(least <= number <= most)


@cache
def population() -> Population:
    """Everybody in Anyshire, with every answer they would give; always the same."""
    area = np.repeat(np.arange(len(areas()), dtype=np.int16), [each.staff for each in areas()])
    confidence = logit(uniform("confidence", len(area)))
    facts = {key: values for wave in WAVES for key, values in _facts(wave, area)}
    said = {
        (wave, target.item): _said(target, wave, area, confidence, _asked(target.item, wave, facts))
        for target in targets()
        for wave in target.shares
    }
    return Population(area, confidence, said, facts)


def _facts(wave: str, area: NDArray[np.int16]) -> Iterator[tuple[tuple[str, str], Sequence[Value]]]:
    makeup = _toml("makeup.toml")
    for name in ("role", "ages", "setting", "direct", "wrote", "help-most", "joint-training"):
        drawn = uniform(f"{name}:{wave}" if name in ("help-most", "wrote") else name, len(area))
        values = _one_of(makeup[name], area, drawn)
        yield (wave, name), _only_schools(values, area) if name == "setting" else values
    for name in ("needs", "training-interest"):
        yield (wave, name), _several_of(f"{name}:{wave}", makeup[name], len(area))
    codes = [each.code for each in areas()]
    yield (wave, "area"), [codes[position] for position in area]
    yield (wave, "years"), [int(-6.5 * math.log(each)) for each in uniform("years", len(area))]
    drawn = uniform(f"plans-count:{wave}", len(area))
    yield (wave, "plans-count"), [1 + int(-9 * math.log(each)) for each in drawn]
    yield (wave, "last-training"), [_day(each) for each in uniform("last-training", len(area))]


def _one_of(makeup: Toml, area: NDArray[np.int16], drawn: NDArray[np.float64]) -> list[Value]:
    """One answer a person, by the shares of their area."""
    shares = [makeup.get(each.code, makeup["else"]) for each in areas()]
    chosen: list[Value] = []
    for position, number in zip(area, drawn, strict=True):
        here = shares[position]
        steps = np.cumsum(list(here.values()))
        chosen.append(list(here)[min(int(np.searchsorted(steps, number)), len(here) - 1)])
    return chosen


def _several_of(name: str, makeup: Toml, size: int) -> list[Value]:
    """Every option a person ticks; "none" where they tick no other and the question has it."""
    ticks = {code: uniform(f"{name}:{code}", size) < share for code, share in makeup.items()}
    chosen = (tuple(code for code in makeup if ticks[code][person]) for person in range(size))
    alone = ("none",) if "none" in makeup else ()
    return [each or alone for each in chosen]


def _only_schools(values: Sequence[Value], area: NDArray[np.int16]) -> list[Value]:
    school = [each.code for each in areas()].index("schools")
    return [value if position == school else None for value, position in zip(values, area, strict=True)]


def _day(number: float) -> str:
    """A day in the two years before June 2023."""
    return str(np.datetime64("2021-06-01") + int(number * 730))


def _asked(
    item: str, wave: str, facts: Mapping[tuple[str, str], Sequence[Value]]
) -> NDArray[np.bool_] | None:
    """Who is shown the item; None where everybody is."""
    for question, conditions in questions(wave):
        if any(part["item"] == item for part in parts(question)):
            return _shown(wave, conditions, facts) if conditions else None
    raise KeyError(item)


def _shown(
    wave: str, conditions: Sequence[Toml], facts: Mapping[tuple[str, str], Sequence[Value]]
) -> NDArray[np.bool_]:
    known = {q["id"]: facts[wave, q["item"]] for q, _ in questions(wave) if (wave, q["item"]) in facts}
    people = (dict(zip(known, values, strict=True)) for values in zip(*known.values(), strict=True))
    return np.array([all(holds(each, given) for each in conditions) for given in people])


def _said(
    target: Target,
    wave: str,
    area: NDArray[np.int16],
    confidence: NDArray[np.float64],
    asked: NDArray[np.bool_] | None,
) -> NDArray[np.int8]:
    """Answers that hit the target share of every area exactly, as near as whole people allow."""
    shown = np.ones(len(area), bool) if asked is None else asked
    inside = shown & (uniform(f"{target.item}:role", len(area)) >= target.not_my_role)
    score = 0.5 * confidence + logit(uniform(f"{target.item}:{wave}", len(area)))
    said = np.where(shown, OUTSIDE, NOT_ASKED).astype(np.int8)
    for position, each in enumerate(areas()):
        here = np.flatnonzero(inside & (area == position))
        lean = logit(target.shares[wave]) + each.lean[target.profile]
        said[here[np.argsort(score[here])]] = _ladder(len(here), float(1 / (1 + np.exp(-lean))))
    return said


def _ladder(people: int, share: float) -> NDArray[np.int8]:
    """Answers of ``people`` in order of confidence, ``share`` of them agreeing."""
    agree = half_up(share * people)
    strongly = half_up(agree * (0.15 + 0.45 * share))
    neither = half_up((people - agree) * 0.45)
    disagree = half_up((people - agree - neither) * 0.75)
    least = people - agree - neither - disagree
    counts = [least, disagree, neither, agree - strongly, strongly]
    return np.repeat(np.arange(5, dtype=np.int8), counts)


def half_up(number: float) -> int:
    return math.floor(number + 0.5)


def draw(seed: int, *, wave: str = "2025", self_selected: bool = False) -> NDArray[np.intp]:
    """Positions of the people who answer: the same number in each area of work for every seed.

    Within an area everybody is as likely as anybody else or, when ``self_selected``, the confident
    are likelier (successive draws with chances in proportion to exp(``SELF_SELECTION`` x confidence)).
    """
    everybody = population()
    wait = -np.log(uniform(f"draw:{wave}:{seed}", everybody.staff))
    if self_selected:
        wait = wait / np.exp(SELF_SELECTION * everybody.confidence)
    chosen = []
    for position, each in enumerate(areas()):
        here = np.flatnonzero(everybody.area == position)
        size = half_up(each.rates[wave] * each.staff)
        chosen.append(here[np.argsort(wait[here], kind="stable")[:size]])
    return np.sort(np.concatenate(chosen))


def truth() -> Iterator[dict[str, str | int]]:
    """The true share of each item's headline among all staff, by wave and area of work.

    ``area`` is empty for everybody; ``base`` counts the staff whom the item concerns.
    """
    everybody = population()
    for (wave, item), said in everybody.said.items():
        yield _share(wave, item, "", said)
        for position, each in enumerate(areas()):
            yield _share(wave, item, each.code, said[everybody.area == position])


def _share(wave: str, item: str, area: str, said: NDArray[np.int8]) -> dict[str, str | int]:
    base, count = int((said >= 0).sum()), int((said >= AGREE).sum())
    percent = f"{100 * count / base:.4f}" if base else ""
    return {"item": item, "wave": wave, "area": area, "count": count, "base": base, "percent": percent}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _toml(name: str) -> Toml:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
