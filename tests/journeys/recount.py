"""Two waves of answers made at random, and their figures counted again: nothing of the product is used.

A figure is known by the item's words in the later wave, the level ("Everybody" or a team), and what it is:
``count``, ``base`` or ``percent`` with its year after it, or ``change`` in points.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

TEAM = "Where do you work?"
TEAMS = ("Schools", "Nurseries", "Health", "Social care")
LEVELS = ("Everybody", *TEAMS)
SCALE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
AGREE, NET = SCALE[3:], "Agree or strongly agree"
THEN, NOW = "2023", "2025"

Answers = list[dict[str, str]]
Key = tuple[str, str, str]
Figures = dict[Key, Fraction]
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Made:
    """What the same people's work is asked about in two waves: ``reworded`` holds each item's words then and
    now, ``waves`` the answers of each year."""

    reworded: tuple[tuple[str, str], ...]
    waves: Mapping[str, Answers]


def made(seed: int, items: int = 4) -> Made:
    """Two waves of ``items`` items that have no word in common between them but the team's question."""
    chance = random.Random(seed)  # noqa: S311 - invented answers, not secrets
    names = ["".join(chance.choices("bdfgkvz", k=8)) for _ in range(2 * items)]
    reworded = tuple(
        (f"I feel sure about {names[n]}", f"Helping with {names[items + n]} comes easily")
        for n in range(items)
    )
    then, now = zip(*reworded, strict=True)
    return Made(reworded, {THEN: _answers(chance, then), NOW: _answers(chance, now)})


def _answers(chance: random.Random, words: Sequence[str]) -> Answers:
    """One row a person, in any order: a team, then an answer to each statement."""
    people = [row for team in TEAMS for row in _of_team(chance, words, team)]
    return chance.sample(people, len(people))


def _of_team(chance: random.Random, words: Sequence[str], team: str) -> Answers:
    """Each statement leans a way of its own; each answer is given once at least, so that none is hidden."""
    size = chance.randrange(45, 80)
    columns = {}
    for word in words:
        given = [*SCALE, *chance.choices(SCALE, chance.sample(range(1, 6), 5), k=size - len(SCALE))]
        columns[word] = chance.sample(given, size)
    return [{TEAM: team} | {word: columns[word][n] for word in words} for n in range(size)]


def recounted(of: Made) -> Figures:
    """Every figure of every item and level, unrounded."""
    found: Figures = {}
    for then, now in of.reworded:
        for level in LEVELS:
            for year, word in ((THEN, then), (NOW, now)):
                count, base = _counted(of.waves[year], word, level)
                found[now, level, f"count {year}"] = Fraction(count)
                found[now, level, f"base {year}"] = Fraction(base)
                found[now, level, f"percent {year}"] = Fraction(100 * count, base)
            points = found[now, level, f"percent {NOW}"] - found[now, level, f"percent {THEN}"]
            found[now, level, "change"] = points
    return found


def _counted(answers: Answers, word: str, level: str) -> tuple[int, int]:
    asked = [row for row in answers if level in ("Everybody", row[TEAM])]
    return sum(row[word] in AGREE for row in asked), len(asked)


def half_up(value: Fraction) -> int:
    """The whole number people round to: 0.5 becomes 1, -0.5 becomes -1."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value > 0 else -whole


def in_json(figures: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[Key, float]:
    """The figures of a ``figures.json``."""
    labels = {each["item"]: each["label"] for each in figures["items"]}
    levels = {None: "Everybody"} | {team.lower().replace(" ", "-"): team for team in TEAMS}
    found: dict[Key, float] = {}
    for each in figures["estimates"]:
        if each["answer"] == "all-agree":
            for what in ("count", "base", "percent"):
                key = (labels[each["item"]], levels[each["level"]], f"{what} {each['wave']}")
                found[key] = each[what]
    for each in figures["changes"]:
        found[labels[each["item"]], levels[each["level"]], "change"] = each["points"]
    return found


def in_sheets(answers: Rows, changes: Rows) -> dict[Key, float]:
    """The figures of a workbook's sheets of answers and of changes, whose headings are in the fourth row."""
    found: dict[Key, float] = {}
    levels = [str(heading).rpartition(": ")[2] for heading in answers[3][4:]]
    for item, year, row, _, *cells in answers[4:]:
        if item != TEAM and row in ("Base: people", NET):
            for level, cell in zip(levels, cells, strict=True):
                what, times = ("percent", 100) if row == NET else ("base", 1)
                found[item, level, f"{what} {year}"] = times * cell
    for item, _, _, level, _, _, points, *_ in changes[4:]:
        found[item, level, "change"] = points
    return found
