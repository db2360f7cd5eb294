"""A study: waves, groups, combined items and the rules a report follows, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from goldenthread.analysis.definition.model import Answer, Net, Polarity, Questionnaire
from goldenthread.analysis.definition.needs import Census, NeedType, usual_line, usual_needs


class Combining(StrEnum):
    """How several items become one figure."""

    MEAN = "mean"
    POOLED = "pooled"


class AnswerOffRoute(StrEnum):
    """What to do with an answer to a question this person should not have been shown."""

    LEAVE_OUT = "leave-out"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lines a report sorts by, in per cent (margin in points, q a share). Defaults: method 6, 7, 11.

    ``low_incidence`` is a per cent of the pupils recorded with SEN.
    """

    celebrate: int = 90
    low: int = 65
    gap: int = 60
    margin: float = 5.0
    q: float = 0.10
    smallest_base: int = 30
    low_incidence: float = field(default_factory=lambda: usual_line().under)


@dataclass(frozen=True, slots=True)
class NoFigure:
    """Questions of a wave of figures that no figure was printed of, and what was printed instead.

    ``numbers`` are as on the form; ``own_words`` is true where people answered in their own words.
    """

    numbers: tuple[str, ...]
    because: str
    label: str = ""
    own_words: bool = False


Place = tuple[str | None, str | None]
"""(grouping, level), both None for everybody."""


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """The bases an earlier build of a wave showed: of each item by place, and of all who answered."""

    items: Mapping[str, Mapping[Place, int]]
    who: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class Wave:
    """One running of the survey: answers in a file, or only the figures once published.

    ``versions`` are the files of a survey family: one questionnaire sent out in several versions, a
    file each. ``responses`` is then the first of them; with one file, ``versions`` is empty. ``earlier``
    is what earlier builds showed of this wave: this one may not differ from it by a few people (D6).
    """

    id: str
    label: str
    opens: date | None = None
    closes: date | None = None
    questionnaire: Questionnaire | None = None
    responses: Path | None = None
    figures: Path | None = None
    answered: int | None = None
    source: str = ""
    weight: str | None = None
    stratum: str | None = None
    versions: tuple[Path, ...] = ()
    no_figures: tuple[NoFigure, ...] = ()
    earlier: tuple[ShownBefore, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file of answers; none where only printed percentages are known."""
        return self.versions or ((self.responses,) if self.responses else ())

    @property
    def published(self) -> bool:
        """True where only printed percentages are known."""
        return self.figures is not None


@dataclass(frozen=True, slots=True)
class Grouping:
    """A variable to break results down by. ``item`` names a single question.

    ``parents`` maps a level's code to the name of what it is merged under where one of those levels is
    too small to be compared for the same mix of people (method 9).
    """

    item: str
    label: str
    parents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadcountRow:
    """How many people could have answered: for everybody (``grouping`` None) or one level."""

    wave: str
    grouping: str | None
    level: str | None
    number: int
    number_high: int | None = None
    dated: date | None = None
    source: str = ""
    all_invited: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Whether an item may be compared between two waves, and what a person decided about it."""

    item: str
    earlier: str
    later: str
    comparable: bool = True
    because: str = ""
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class PrintedClass:
    """How a published report itself classed an item: held beside ours, never instead (method 11)."""

    wave: str
    arrow: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question's identity across waves.

    ``sources`` maps a wave to the variable ids (or published figure groups) it stands on: one, or
    several for a combined item. ``answers`` and ``nets`` are those of the newest wave that asked.
    ``stem`` is the question a matrix row or an option stands under; ``text`` its own words. ``need``
    is the type of need of pupils it is about.
    """

    id: str
    label: str
    answers: tuple[Answer, ...]
    nets: tuple[Net, ...]
    headline: str | None
    sources: Mapping[str, tuple[str, ...]]
    topic: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    text: str = ""
    stem: str = ""
    combining: Combining | None = None
    parts: tuple[str, ...] = ()
    need: str | None = None
    printed: tuple[PrintedClass, ...] = ()

    def net_codes(self, net: str) -> tuple[str, ...]:
        """The answer codes that ``net`` sums; an answer's own code stands for that answer alone."""
        summed = tuple(a.code for a in self.answers if a.net == net and not a.outside)
        return summed or tuple(a.code for a in self.answers if a.code == net and not a.outside)


@dataclass(frozen=True, slots=True)
class Study:
    """Everything ``goldenthread report`` needs to know, read from one study file."""

    id: str
    title: str
    area: str
    waves: tuple[Wave, ...]
    items: tuple[Item, ...]
    groupings: tuple[Grouping, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    headcount: tuple[HeadcountRow, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)
    preset: str = "staff-survey"
    preset_because: str = ""
    mix: str | None = None
    off_route: AnswerOffRoute = AnswerOffRoute.LEAVE_OUT
    correct_changes: bool = False
    purpose: str = ""
    question: str = ""
    people: str = "people"
    attribution: str = ""
    limits: tuple[str, ...] = ()
    not_reported: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[NeedType, ...] = field(default_factory=usual_needs)
    census: Census | None = None

    def wave(self, wave_id: str) -> Wave:
        """The wave called ``wave_id``. Raises KeyError where there is none."""
        return {wave.id: wave for wave in self.waves}[wave_id]
