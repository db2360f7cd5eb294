"""A small survey with groups that must not be seen, taken all the way in; and who is in which of them."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.thread.made import NOW, answers, brought_in, ready

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.survey.commands import SurveyNews, drop_wave, make_survey, set_groups
from goldenthread.thread.survey.models import Survey

HEADINGS = ("Where do you work?", "Whom do you work with?", "I can use signs", "I can write plans")
WHERE, WHOM = "where-do-you-work", "whom-do-you-work-with"
ITEMS = {"i-can-use-signs": 2, "i-can-write-plans": 3}
"""Each item and its place in a row."""

RELINKED = "signing"
COLUMNS = {**ITEMS, RELINKED: 2}
"""As ``ITEMS``, with what the first is called where it was linked to another item."""

GROUPINGS = {WHERE: 0, WHOM: 1}
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
OUTSIDE, UNSAID = "Not part of my role", "Did not say"
SIZES = {"School": 48, "Nursery": 26, "Clinic": 14, "Council": 6, "Hostel": 3, "": 4}
WITH = {"Young children": 0.4, "Teenagers": 0.52, "Adults": 0.08}

Person = tuple[str, ...]
People = int
"""A set of people, as the bits of a number."""


def people(seed: int, sizes: Mapping[str, int] = SIZES) -> list[Person]:
    """Who answered what: a nursery that all agrees; and, here and there, no part of the role."""
    drawn = random.Random(seed)  # noqa: S311 - invented people
    rows = []
    for place, size in sizes.items():
        for _ in range(size):
            with_whom = drawn.choices([*WITH, ""], [*WITH.values(), 0.05])[0]
            first = "Agree" if place == "Nursery" else drawn.choice([*AGREE, OUTSIDE])
            rows.append((place, with_whom, first, drawn.choice([*AGREE, "Agree", "Strongly agree", OUTSIDE])))
    return rows


def late(place: str, count: int) -> list[Person]:
    """A few who answered late."""
    return [(place, "Teenagers", "Disagree", "Agree")] * count


def sheet(rows: Sequence[Person]) -> io.BytesIO:
    return answers(HEADINGS, rows)


@dataclass(frozen=True)
class Known:
    """What an attacker knows of one wave: who belongs to which group, and who is in which base."""

    rows: Sequence[Person]

    def members(self, item: str) -> dict[tuple[str, str], People]:
        """Those in an item's base: everybody (``"", ""``), and by (grouping, level's name)."""
        within = [n for n, row in enumerate(self.rows) if not item or row[COLUMNS[item]] in AGREE]
        found: dict[tuple[str, str], People] = {("", ""): sum(1 << n for n in within)}
        for grouping, column in GROUPINGS.items():
            for n in within:
                place = (grouping, self.rows[n][column] or UNSAID)
                found[place] = found.get(place, 0) | 1 << n
        return found


def bring_in(by: Actor, waves: Mapping[int, Sequence[Person]], preset: str = "staff-survey") -> str:
    """The survey with its waves ready and its groups chosen; its slug."""
    because = "To see that the attack finds what is not hidden." if preset == "open-data" else ""
    survey = make_survey(by=by, now=NOW, news=SurveyNews("Staff survey", "staff", preset, because))
    for year, rows in waves.items():
        ready(by, survey, brought_in(by, survey, str(year), sheet(rows), year))
    version = Survey.objects.get(slug=survey).version
    groups = [(WHERE, "Place of work"), (WHOM, "People worked with")]
    set_groups(by=by, now=NOW, survey=survey, version=version, groups=groups, mix=WHERE)
    return survey


def again(
    by: Actor, survey: str, year: int, rows: Sequence[Person], *, label: str = "", item: str = ""
) -> None:
    """A wave taken out and brought in again with other answers: as ``label``, its first about ``item``."""
    drop_wave(by=by, now=NOW, survey=survey, wave=str(year))
    items = {HEADINGS[2]: item} if item else {}
    ready(by, survey, brought_in(by, survey, label or str(year), sheet(rows), year), items)


def built(by: Actor, survey: str) -> int:
    """A build, made; its number."""
    number = ask_for_build(by=by, now=NOW, survey=survey)
    build.make_numbered(by.area, survey, number, lambda: NOW)
    return number
