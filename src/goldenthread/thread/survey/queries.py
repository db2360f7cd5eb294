"""Reading surveys and waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, F, OrderBy, Prefetch, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from goldenthread.analysis.definition.model import Kind, Question
from goldenthread.analysis.definition.variables import variables
from goldenthread.thread.survey.asked import REPORTED, asked
from goldenthread.thread.survey.keeping import PASSING
from goldenthread.thread.survey.models import Link, Survey, Wave, WaveProblem


@dataclass(frozen=True, slots=True)
class Replaced:
    """What changed when a wave's file was last replaced, columns by their words; ``refused`` says why a new
    file was not used. ``before`` and ``after`` count people; ``doubtful`` columns hold something new."""

    file: str
    refused: str = ""
    before: int | None = None
    after: int | None = None
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """A wave as pages list it. ``mapped`` where its columns were read by choice, not by a questionnaire.

    ``lost`` counts answers that could not be read, ``notes`` the rest. ``step`` and ``percent`` say how far
    the worker is; ``incoming`` names a corrected file that is being read; ``questionnaire`` the file that
    says what it asked; ``asked`` is true where people answered it here.
    """

    id: int
    code: str
    label: str
    opens: date | None
    closes: date | None
    published: bool
    state: str
    said: str
    people: int | None
    file_name: str
    layout: str
    source: str
    version: int
    mapped: bool = False
    lost: int = 0
    notes: int = 0
    step: str = ""
    percent: int | None = None
    incoming: str = ""
    replaced: Replaced | None = None
    questionnaire: str = ""
    asked: bool = False

    @property
    def again(self) -> bool:
        """Whether reading it failed in a way that may go well another time."""
        return self.state == "failed" and self.said in PASSING

    @property
    def busy(self) -> bool:
        """Whether the worker has something to do with it."""
        waiting = self.state == "reading" or (self.state == "checking" and not self.said)
        return waiting or bool(self.incoming)


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """A survey with its waves, oldest first. ``groupings`` are (item, label)."""

    id: int
    slug: str
    title: str
    people: str
    preset: str
    mix: str
    groupings: tuple[tuple[str, str], ...]
    version: int
    waves: tuple[WaveFacts, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a wave's file holds and how it is to be read, as kept."""

    wave: WaveFacts
    survey: str
    seen: tuple[Mapping[str, Any], ...]
    choices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about comparing an item between two waves."""

    item: str
    earlier: str
    later: str
    comparable: bool
    because: str


@dataclass(frozen=True, slots=True)
class Place:
    """An item as one wave asks it; ``row`` is the statement's code in a matrix, else empty.

    ``number`` is the question's as people saw it, ``section`` the heading it stood under.
    """

    wave: str
    question: str
    row: str
    text: str
    number: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One item with its wording in each wave that asks it, and the decisions about it."""

    item: str
    label: str
    places: tuple[Place, ...]
    decisions: tuple[Decision, ...] = field(default=())


def surveys(area: int) -> tuple[SurveyFacts, ...]:
    """Every survey of the area, newest first."""
    return _surveys(Survey.objects.filter(area_id=area).order_by("-created"))


def survey(area: int, slug: str) -> SurveyFacts | None:
    """The area's survey at ``slug``."""
    return next(iter(_surveys(Survey.objects.filter(area_id=area, slug=slug))), None)


def answered_so_far(area: int, slug: str = "") -> int | None:
    """How many people answered the newest ready wave of the survey at ``slug``; where that has none, of the
    newest survey that has. None where the area has no survey, 0 where no wave is ready.
    """
    ready = Wave.objects.filter(survey__area_id=area, state="ready")
    this_first = Case(When(survey__slug=slug, then=0), default=1)
    newest_first = F("survey__created").desc(), *_backwards()
    people = ready.order_by(this_first, *newest_first).values_list("people", flat=True).first()
    if people is None and not Survey.objects.filter(area_id=area).exists():
        return None
    return people or 0


def _backwards() -> tuple[OrderBy, OrderBy]:
    """Waves, newest first: the other way round from how they stand."""
    return Coalesce("closes", "opens").desc(nulls_last=True), F("code").desc()


def reading(area: int, slug: str, code: str) -> Reading | None:
    """What a wave's file holds and how it is to be read."""
    wave = _waves(area, slug).filter(code=code).select_related("asking").first()
    if wave is None:
        return None
    return Reading(_wave(wave, _met([wave])), slug, tuple(wave.seen), tuple(wave.choices))


def groupable(area: int, slug: str) -> tuple[tuple[str, str], ...]:
    """(item, label) of every question that results can be broken down by, the newest wave's words."""
    found: dict[str, str] = {}
    for wave in _waves(area, slug):
        questions = getattr(asked(wave), "questions", ())
        found |= {q.item: q.label or q.text for q in questions if q.kind is Kind.SINGLE}
    return tuple(found.items())


def item_names(area: int, slug: str) -> tuple[tuple[str, str], ...]:
    """(item, label) of every item of the survey's waves of answers, options of tick lists included."""
    found: dict[str, str] = {}
    for wave in reversed(_waves(area, slug)):
        sheet = asked(wave)
        for variable in variables(sheet) if sheet else ():
            found.setdefault(variable.item, variable.label)
    return tuple(found.items())


def crosswalk(area: int, slug: str) -> tuple[CrosswalkRow, ...]:
    """Every item of a survey's waves of answers, in the newest wave's order, then those it dropped."""
    waves = [wave for wave in _waves(area, slug) if wave.choices or wave.questionnaire]
    decided: dict[str, list[Decision]] = {}
    for link in Link.objects.filter(survey__area_id=area, survey__slug=slug):
        decision = Decision(link.item, link.earlier, link.later, link.comparable, link.because)
        decided.setdefault(link.item, []).append(decision)
    rows: dict[str, tuple[str, list[Place]]] = {}
    for wave in reversed(waves):
        for item, label, place in _places(wave):
            rows.setdefault(item, (label, []))[1].append(place)
    return tuple(
        CrosswalkRow(item, label, tuple(reversed(places)), tuple(decided.get(item, ())))
        for item, (label, places) in rows.items()
    )


def _places(wave: Wave) -> list[tuple[str, str, Place]]:
    whole = asked(wave)
    return [
        spot
        for section in (whole.sections if whole else ())
        for question in section.questions
        if question.kind in REPORTED
        for spot in _spots(wave.code, question, "" if wave.choices else section.title)
    ]


def _spots(code: str, question: Question, section: str) -> list[tuple[str, str, Place]]:
    """(item, label, place) of a question, or of each statement of a matrix."""
    if question.kind is not Kind.MATRIX:
        place = Place(code, question.id, "", question.text, question.number, section)
        return [(question.item, question.label or question.text, place)]
    return [
        (
            row.item,
            row.label or row.text,
            Place(code, question.id, row.id, row.text, question.number, section),
        )
        for row in question.rows
    ]


def _waves(area: int, slug: str) -> QuerySet[Wave]:
    return Wave.objects.filter(survey__area_id=area, survey__slug=slug)


def _surveys(found: QuerySet[Survey]) -> tuple[SurveyFacts, ...]:
    """The surveys with their waves, of which what was seen in their files is left where it is."""
    waves = Wave.objects.select_related("asking").defer("seen", "printed", "more")
    every = list(found.prefetch_related(Prefetch("waves", waves)))
    met = _met([wave for survey in every for wave in survey.waves.all()])
    return tuple(_survey(survey, met) for survey in every)


_Met = Mapping[tuple[int, bool], int]
"""How many answers of a wave could not be read, and how many were noted: by (wave, whether lost)."""


def _met(waves: Sequence[Wave]) -> _Met:
    read = [wave.pk for wave in waves if wave.state in ("checking", "ready")]
    found = WaveProblem.objects.filter(wave__in=read).order_by().values_list("wave", "lost")
    return {(wave, lost): times for wave, lost, times in found.annotate(Sum("times"))}


def _survey(found: Survey, met: _Met) -> SurveyFacts:
    return SurveyFacts(
        id=found.pk,
        slug=found.slug,
        title=found.title,
        people=found.people,
        preset=found.preset,
        mix=found.mix,
        groupings=tuple((each["item"], each["label"]) for each in found.groupings),
        version=found.version,
        waves=tuple(_wave(wave, met) for wave in found.waves.all()),
    )


def _wave(wave: Wave, met: _Met) -> WaveFacts:
    return WaveFacts(
        id=wave.pk,
        code=wave.code,
        label=wave.label,
        opens=wave.opens,
        closes=wave.closes,
        published=wave.published,
        state=wave.state,
        said=wave.said,
        people=wave.people,
        file_name=wave.file_name,
        layout=wave.layout,
        source=wave.source,
        version=wave.version,
        mapped=bool(wave.choices),
        lost=met.get((wave.pk, True), 0),
        notes=met.get((wave.pk, False), 0),
        step=wave.step,
        percent=wave.percent,
        incoming=wave.incoming_name,
        replaced=_replaced(wave.replaced),
        questionnaire=(wave.questionnaire_name or "questionnaire.toml") if wave.questionnaire else "",
        asked=hasattr(wave, "asking"),
    )


def _replaced(plain: Mapping[str, Any]) -> Replaced | None:
    if not plain:
        return None
    fields: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in plain.items()
    }
    return Replaced(**fields)
