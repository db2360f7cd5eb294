"""Reading waves that are asked here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.thread.survey.asked import asked, read_text
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.models import Amendment, Link, Wave

STEP = 5
"""Counts of answers by link are told rounded down to this."""


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a link leads to. ``standing`` is ``soon``, ``open`` or ``over``.

    A preview has no link: ``draft`` is then the text of its questionnaire, as it is being written.
    """

    code: str
    asking: int
    version: int
    mode: str
    standing: str
    survey: str
    wave: str
    area: str
    opens: date | None
    closes: date | None
    draft: str = ""

    @property
    def is_preview(self) -> bool:
        """Whether nobody answers here: it is only looked at."""
        return bool(self.draft)

    @property
    def named(self) -> str:
        """The survey's title, and the wave's label unless the title has it already."""
        there = re.search(rf"(?<!\w){re.escape(self.wave)}(?!\w)", self.survey, re.IGNORECASE)
        return self.survey if there else f"{self.survey}: {self.wave}"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A link and how many answers came by it, rounded down: with the wave's total known, the exact numbers
    of all links but one would give away the last, however small (D5)."""

    code: str
    label: str
    came: int


@dataclass(frozen=True, slots=True)
class AskingFacts:
    """A wave asked here, as its page shows it. ``undoes`` are the words of the last change, ``answered``
    how many people did, once it is ready."""

    survey: str
    title: str
    wave: str
    label: str
    mode: str
    state: str
    opens: date | None
    closes: date | None
    version: int
    draft: str
    undoes: str
    answered: int | None
    channels: tuple[ChannelFacts, ...]
    amendments: tuple[AmendmentFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """Words that were corrected after opening: when, by whom, from what to what, and what that does."""

    made: datetime
    by: str
    before: str
    after: str
    comparable: bool
    because: str


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """A wave that people are answering. ``came`` is the answers by all its links, each rounded down."""

    survey: str
    title: str
    wave: str
    label: str
    closes: date
    came: int


@dataclass(frozen=True, slots=True)
class Written:
    """A wave whose questions are known, as the text of its questionnaire."""

    wave: str
    label: str
    text: str


def link(code: str, *, today: date) -> LinkFacts | None:
    """What the link ``code`` leads to on a day; None where there is no such link or nothing to show."""
    found = (
        Channel.objects.select_related("asking__wave__survey__area")
        .defer("asking__draft", "asking__wave__questionnaire", "asking__wave__survey__tables")
        .filter(code=code)
        .exclude(asking__state="draft")
        .first()
    )
    return None if found is None else _link(found, today)


def preview(area: int, survey: str, wave: str) -> LinkFacts | None:
    """A wave as its link will lead to it, by the questions as they are written now; None for no such wave."""
    found = (
        Asking.objects.select_related("wave__survey__area")
        .filter(wave__survey__area_id=area, wave__survey__slug=survey, wave__code=wave)
        .first()
    )
    if found is None:
        return None
    text = found.draft or Draft(Questionnaire(wave, found.wave.survey.title, ()), ()).text
    return replace(_facts_of_link(found, "preview", "open"), draft=text)


@lru_cache(maxsize=16)
def written(text: str) -> Questionnaire:
    """A questionnaire as far as it is written, faults and all."""
    return read_draft(text, title="", name="").whole


def asking(area: int, survey: str, wave: str) -> AskingFacts | None:
    """A wave that is asked here, with its links."""
    found = (
        Asking.objects.select_related("wave__survey")
        .prefetch_related("channels")
        .filter(wave__survey__area_id=area, wave__survey__slug=survey, wave__code=wave)
        .first()
    )
    return None if found is None else _facts(found)


def open_waves(area: int, *, today: date) -> tuple[OpenFacts, ...]:
    """The waves of an area that people can answer on a day, the one that closes first before the others."""
    found = (
        Asking.objects.select_related("wave__survey")
        .defer("draft", "wave__questionnaire", "wave__survey__tables")
        .prefetch_related("channels")
        .filter(wave__survey__area_id=area, state="open", wave__opens__lte=today, wave__closes__gte=today)
        .order_by("wave__closes", "pk")
    )
    return tuple(_open(each) for each in found)


def questionnaires(area: int, survey: str) -> tuple[Written, ...]:
    """The waves of a survey whose questions are known, the newest first."""
    found = Wave.objects.filter(survey__area_id=area, survey__slug=survey).select_related("survey")
    sheets = ((wave, asked(wave)) for wave in reversed(found))
    return tuple(Written(wave.code, wave.label, questionnaire_text(sheet)) for wave, sheet in sheets if sheet)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier wave, what it asked, and what was decided of items between it and a later one: may they
    be compared, and why."""

    wave: str
    label: str
    sheet: Questionnaire
    decided: Mapping[str, tuple[bool, str]]


def earlier(area: int, survey: str, wave: str) -> tuple[Before, ...]:
    """The waves before one whose questions are known, the last first."""
    return tuple(_before(area, survey, wave))


def last(area: int, survey: str, wave: str) -> Before | None:
    """The last wave before one whose questions are known; None where there is none."""
    return next(_before(area, survey, wave), None)


def has_earlier(area: int, survey: str, wave: str) -> bool:
    """Whether there is a wave of answers before one."""
    waves = Wave.objects.filter(survey__area_id=area, survey__slug=survey)
    codes = [code for code, printed in waves.values_list("code", "published") if not printed]
    return wave in codes[1:]


def _before(area: int, survey: str, wave: str) -> Iterator[Before]:
    waves = list(Wave.objects.filter(survey__area_id=area, survey__slug=survey).select_related("survey"))
    codes = [each.code for each in waves]
    links = Link.objects.filter(survey__area_id=area, survey__slug=survey, later=wave)
    for each in reversed(waves[: codes.index(wave)]) if wave in codes else ():
        found = asked(each)
        if found:
            yield Before(each.code, each.label, found, _decided(links, each.code))


def _decided(links: Iterable[Link], wave: str) -> dict[str, tuple[bool, str]]:
    return {link.item: (link.comparable, link.because) for link in links if link.earlier == wave}


@lru_cache(maxsize=64)
def sheet(code: str, version: int) -> Questionnaire:
    """What the wave behind a link asks. It stands from opening on; ``version`` is what it stood at."""
    del version
    text = Channel.objects.values_list("asking__wave__questionnaire", flat=True).get(code=code)
    return read_text(text, "questionnaire.toml")


def _link(found: Channel, today: date) -> LinkFacts:
    return _facts_of_link(found.asking, found.code, _standing(found.asking, today))


def _facts_of_link(asking: Asking, code: str, standing: str) -> LinkFacts:
    wave = asking.wave
    return LinkFacts(
        code=code,
        asking=asking.pk,
        version=asking.version,
        mode=asking.mode,
        standing=standing,
        survey=wave.survey.title,
        wave=wave.label,
        area=wave.survey.area.name,
        opens=wave.opens,
        closes=wave.closes,
    )


def _standing(found: Asking, today: date) -> str:
    if found.state == "closed" or (found.wave.closes and today > found.wave.closes):
        return "over"
    return "soon" if found.wave.opens and today < found.wave.opens else "open"


def _facts(found: Asking) -> AskingFacts:
    wave = found.wave
    return AskingFacts(
        survey=wave.survey.slug,
        title=wave.survey.title,
        wave=wave.code,
        label=wave.label,
        mode=found.mode,
        state=found.state,
        opens=wave.opens,
        closes=wave.closes,
        version=found.version,
        draft=found.draft,
        undoes=next((each.words for each in found.earlier.all()[:1]), ""),
        answered=wave.people if wave.state == "ready" else None,
        channels=tuple(_channel(each) for each in found.channels.all()),
        amendments=tuple(_amendment(each) for each in wave.amendments.select_related("by")),
    )


def _amendment(each: Amendment) -> AmendmentFacts:
    name = each.by.name if each.by else ""
    return AmendmentFacts(each.made, name, each.before, each.after, each.comparable, each.because)


def _open(found: Asking) -> OpenFacts:
    wave = found.wave
    came = sum(_channel(each).came for each in found.channels.all())
    closes = wave.closes or date.max
    return OpenFacts(wave.survey.slug, wave.survey.title, wave.code, wave.label, closes, came)


def _channel(each: Channel) -> ChannelFacts:
    return ChannelFacts(each.code, each.label, each.came - each.came % STEP)
