"""Random small studies with groups that nest, overlap and leave gaps: what the disclosure proof tries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.definition.model import (
    Answer,
    Kind,
    Net,
    Question,
    Questionnaire,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.definition.study import Combining, Grouping, HeadcountRow, Item, Study, Wave
from goldenthread.analysis.responses.model import Responses

ANSWERS = (
    Answer("no", "No", net="low"),
    Answer("so-so", "So-so"),
    Answer("yes", "Yes", net="high"),
    Answer("very", "Very much", net="high"),
    Answer("na", "Not part of my role", outside=True),
)
NETS = (Net("low", "Rather no", Side.LOW), Net("high", "Rather yes", Side.HIGH))
ITEMS = ("x", "y")
GROUPINGS = {"g0": "Kale", "g1": "Lark", "g2": "Moss"}
"""Groupings by name. No two names in a study are alike, and no name holds a figure, so that a file of it
is read in one way only."""

Codes = NDArray[np.int16]
Random = np.random.Generator


def random_study(seed: int) -> tuple[Study, Wave, Responses]:
    """One to three groupings of 20 to 160 people, items too; two items, their mean and their pool.

    One study in three knows how many could have answered; one in seven hides every small count.
    """
    random = np.random.default_rng(seed)
    people = int(random.integers(20, 161))
    groups = _groupings(random, people)
    codes = {f"g{place}": column for place, column in enumerate(groups)}
    codes |= {item: _answers(random, groups) for item in ITEMS}
    scales = {g: Scale(g, _levels(g)) for g in codes if g not in ITEMS}
    scales |= {item: Scale(item, ANSWERS, NETS, "high") for item in ITEMS}
    questions = tuple(Question(name, Kind.SINGLE, name, name, scale=scale) for name, scale in scales.items())
    paper = Questionnaire("p", "P", (Section("s", "S", questions),))
    wave = Wave("w", "W", questionnaire=paper)
    study = Study(
        *("s", "S", "Anyshire"),
        waves=(wave,),
        items=(
            *map(_single, ITEMS),
            _combined("mean", Combining.MEAN),
            _combined("pool", Combining.POOLED),
            *(_grouping(g, scales[g].answers) for g in codes if g not in ITEMS),
        ),
        groupings=tuple(Grouping(g, GROUPINGS[g]) for g in codes if g not in ITEMS),
        headcount=tuple(_headcount(random, codes)) if seed % 3 == 0 else (),
        preset="tre10" if seed % 7 == 3 else "staff-survey",
        preset_because="A research environment asks for it." if seed % 7 == 3 else "",
    )
    return study, wave, Responses("w", people, codes)


def _headcount(random: Random, codes: Mapping[str, Codes]) -> Iterator[HeadcountRow]:
    """How many could have answered, in all and by the first grouping: one to four times as many."""
    first = next(iter(codes.values()))
    for code, n in zip(*np.unique(first[first >= 0], return_counts=True), strict=True):
        yield HeadcountRow("w", "g0", f"l{code}", int(n * random.uniform(1, 4)))
    yield HeadcountRow("w", None, None, int(len(first) * random.uniform(1, 4)))


def _levels(grouping: str) -> tuple[Answer, ...]:
    """``Kale A`` to ``Kale I``."""
    return tuple(Answer(f"l{n}", f"{GROUPINGS[grouping]} {letter}") for n, letter in enumerate("ABCDEFGHI"))


def _single(item: str) -> Item:
    return Item(item, item, ANSWERS, NETS, "high", {"w": (item,)})


def _grouping(name: str, answers: tuple[Answer, ...]) -> Item:
    return Item(name, GROUPINGS[name], answers, (), None, {"w": (name,)})


def _combined(name: str, combining: Combining) -> Item:
    return Item(name, name, ANSWERS, NETS, "high", {"w": ITEMS}, combining=combining, parts=ITEMS)


def _groupings(random: Random, people: int) -> list[Codes]:
    groups = [_spread(random, people)]
    for _ in range(int(random.integers(0, 3))):
        make = (_nested, _asked_of_some, _spread)[int(random.integers(0, 3))]
        groups.append(_spread(random, people) if make is _spread else make(random, groups[0]))
    return groups


def _spread(random: Random, people: int) -> Codes:
    """Levels of uneven size; sometimes a few who did not say."""
    levels = int(random.integers(2, 6))
    shares = random.dirichlet(np.full(levels, 1.5))
    drawn = random.choice(levels, people, p=shares).astype(np.int16)
    return _blanked(random, drawn, float(random.choice([0, 0, 0.05, 0.1])))


def _nested(random: Random, parent: Codes) -> Codes:
    """Two parent levels in one, and a few people who moved: nearly the parent, coarser."""
    merged = (parent // 2).astype(np.int16)
    moved = random.random(len(parent)) < float(random.choice([0, 0.03, 0.1]))
    return np.where(moved, random.integers(0, 3, len(parent)), merged).astype(np.int16)


def _asked_of_some(random: Random, parent: Codes) -> Codes:
    """Asked of the people of one parent level only: everybody else did not say."""
    asked = parent == random.integers(0, 3)
    return np.where(asked, _spread(random, len(parent)), -1).astype(np.int16)


def _blanked(random: Random, codes: Codes, share: float) -> Codes:
    return np.where(random.random(len(codes)) < share, -1, codes).astype(np.int16)


def _answers(random: Random, groups: list[Codes]) -> Codes:
    """Answers that lean, some outside or blank; now and then asked of some groups only."""
    people = len(groups[0])
    drawn = random.choice(len(ANSWERS), people, p=random.dirichlet([1, 1, 2, 1.5, 0.4])).astype(np.int16)
    drawn = _blanked(random, drawn, float(random.choice([0, 0.05, 0.3])))
    if random.random() < 0.3:
        drawn = np.where(groups[-1] == 0, -2, drawn).astype(np.int16)
    return drawn
