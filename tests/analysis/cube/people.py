"""A handful of people answering a small questionnaire, built by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

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
from goldenthread.analysis.responses.model import BLANK, NOT_SHOWN, Responses

AGREE = Scale(
    "agree",
    (
        Answer("no", "No", net="low"),
        Answer("so-so", "So-so"),
        Answer("yes", "Yes", net="high"),
        Answer("na", "Not part of my role", outside=True),
    ),
    (Net("low", "No", Side.LOW), Net("high", "Yes", Side.HIGH)),
    "high",
)
AREAS = ("school", "health", "council")
SIGNS = {"n": 0, "s": 1, "y": 2, "x": 3, ".": BLANK, "-": NOT_SHOWN}
"""n no, s so-so, y yes, x not part of my role, . blank, - not shown."""


def scale_question(name: str) -> Question:
    return Question(name, Kind.SCALE, f"I can {name}.", name, scale=AGREE)


def choice(name: str, codes: Sequence[str]) -> Question:
    scale = Scale(name, tuple(Answer(code, code.title()) for code in codes))
    return Question(name, Kind.SINGLE, name.title(), name, scale=scale)


def item(name: str, sources: Sequence[str], combining: Combining | None = None) -> Item:
    asked = {"2025": tuple(sources)}
    parts = tuple(sources) if combining else ()
    return Item(name, name, AGREE.answers, AGREE.nets, "high", asked, combining=combining, parts=parts)


def study(
    questions: Sequence[Question],
    items: Sequence[Item],
    *,
    wave: Wave = Wave("2025", "Summer 2025"),  # noqa: B008 - frozen
    groupings: tuple[Grouping, ...] = (Grouping("area", "Area of work"),),
    headcount: tuple[HeadcountRow, ...] = (),
    preset: str = "staff-survey",
) -> Study:
    """One wave, 2025, whose questionnaire asks the area and ``questions``."""
    paper = Questionnaire("paper", "Paper", (Section("all", "All", (choice("area", AREAS), *questions)),))
    return Study(
        *("s", "S", "Anyshire"),
        waves=(replace(wave, questionnaire=paper),),
        items=tuple(items),
        groupings=groupings,
        headcount=headcount,
        preset=preset,
    )


def responses(area: str, /, **answers: str) -> Responses:
    """One sign a person: s, h or c for the area (. blank), and ``SIGNS`` for each question."""
    letters = {name[0]: place for place, name in enumerate(AREAS)} | {".": BLANK}
    codes = {"area": np.array([letters[sign] for sign in area], dtype=np.int16)}
    codes |= {name: np.array([SIGNS[s] for s in signs], dtype=np.int16) for name, signs in answers.items()}
    return Responses("2025", len(area), codes)
