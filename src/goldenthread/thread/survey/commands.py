"""Changing surveys: bringing waves in, saying how they are read, and linking their items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.utils.text import slugify

from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.analysis.responses.propose.model import Choice
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import forget, keep
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asked import read_text, relinked
from goldenthread.thread.survey.models import Link, Survey, Wave
from goldenthread.thread.survey.plans import choice_from_plain, choice_to_plain, chosen
from goldenthread.thread.survey.queries import Decision, Place
from goldenthread.thread.survey.reading import CHECKED
from goldenthread.thread.survey.tasks import check, look_at


@dataclass(frozen=True, slots=True)
class WaveNews:
    """What is said of a wave when it is brought in. Without a ``code`` its short name is the label's."""

    label: str
    opens: date | None = None
    closes: date | None = None
    source: str = ""
    published: bool = False
    answered: int | None = None
    questionnaire: str = ""
    code: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SurveyNews:
    """What is said of a survey when it is made. ``more`` is what else a study file may say,
    ``tables`` the text of the small tables it names, by file name."""

    title: str
    people: str = "staff"
    preset_name: str = "staff-survey"
    because: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_survey(*, by: Actor, now: datetime, news: SurveyNews) -> str:
    """A new survey; its slug. Raises NotAllowed or Refused."""
    require(by, "survey.change", area=by.area)
    title = " ".join(news.title.split())
    if not title:
        raise Refused("Give the survey a title.")
    _check_preset(news.preset_name, news.because)
    slug = _free_slug(by.area, slugify(title)[:50] or "survey")
    Survey.objects.create(
        area_id=by.area,
        slug=slug,
        title=title[:160],
        people=news.people.strip()[:60] or "staff",
        preset=news.preset_name,
        preset_because=news.because[:300],
        more=dict(news.more),
        tables=dict(news.tables),
        created=now,
    )
    record(by=by, now=now, what="survey.made", about=f"survey:{slug}", words=f"made the survey “{title}”")
    return slug


def bring_in(
    *, by: Actor, now: datetime, survey: str, news: WaveNews, stream: IO[bytes], file_name: str
) -> str:
    """Take in a wave's file; its code. The worker reads it from there.

    The file is kept first, outside the transaction, so that a large one holds up nobody. Raises
    NotAllowed, or Refused for a label or dates that cannot be, or a file that cannot be kept.
    """
    require(by, "survey.change", area=by.area)
    _code(_named(by.area, survey), news)
    _check_text(news.questionnaire)
    kept = keep(by=by, now=now, area=by.area, name=file_name, stream=stream, purpose="survey.wave")
    return _bring_in(by, now, survey, news, (kept, file_name))


@transaction.atomic
def _bring_in(by: Actor, now: datetime, survey: str, news: WaveNews, file: tuple[str, str]) -> str:
    into = _locked(by.area, survey)
    code = _code(into, news)
    made = Wave.objects.create(
        survey=into,
        code=code,
        label=news.label.strip()[:60],
        opens=news.opens,
        closes=news.closes,
        source=news.source[:200],
        published=news.published,
        answered=news.answered,
        questionnaire=news.questionnaire,
        more=dict(news.more),
        file=file[0],
        file_name=file[1][:200],
        created=now,
    )
    look_at.enqueue(made.pk)
    record(
        by=by,
        now=now,
        what="survey.wave.brought-in",
        about=f"wave:{survey}/{code}",
        words=f"brought the file “{file[1]}” in as {news.label} of “{into.title}”",
    )
    return code


@transaction.atomic
def decide(
    *, by: Actor, now: datetime, survey: str, wave: str, version: int, choices: Sequence[Choice]
) -> None:
    """Say how each question of a wave's file is read; the worker then reads every answer so.

    Raises NotAllowed, Conflict where somebody decided meanwhile, or Refused for choices that make
    no questionnaire.
    """
    require(by, "survey.change", area=by.area)
    found = _wave(by.area, survey, wave, version)
    if found.state not in ("mapping", "checking", "ready"):
        raise Refused(f"{found.label} is not ready for this: {found.said or found.state}.")
    plain = _as_plain(found, choices)
    _check_questionnaire(found, plain)
    _save(found, {"choices": plain, "state": "checking", "said": ""})
    check.enqueue(found.pk)
    record(
        by=by,
        now=now,
        what="survey.wave.decided",
        about=f"wave:{survey}/{wave}",
        words=f"decided how the columns of {found.label} are read",
    )


@transaction.atomic
def accept(*, by: Actor, now: datetime, survey: str, wave: str, version: int) -> None:
    """Accept what could not be read of a wave; it takes part in builds from then on."""
    require(by, "survey.change", area=by.area)
    found = _wave(by.area, survey, wave, version)
    if found.state != "checking" or found.said != CHECKED:
        raise Refused(f"{found.label} is still being read.")
    lost = sum(found.problems.filter(lost=True).values_list("times", flat=True))
    _save(found, {"state": "ready"})
    record(
        by=by,
        now=now,
        what="survey.wave.accepted",
        about=f"wave:{survey}/{wave}",
        words=f"accepted {found.label}: {found.people:,} people, {lost:,} answers or rows left out",
    )


@transaction.atomic
def drop_wave(*, by: Actor, now: datetime, survey: str, wave: str) -> None:
    """Take a wave out of its survey, with everything read from it. Builds made before keep their figures."""
    require(by, "survey.change", area=by.area)
    found = _wave(by.area, survey, wave, None)
    label, title = found.label, str(found.survey)
    forget(by.area, found.file)
    found.delete()
    record(
        by=by,
        now=now,
        what="survey.wave.dropped",
        about=f"wave:{survey}/{wave}",
        words=f"took {label} out of “{title}”",
    )


@transaction.atomic
def set_groups(
    *, by: Actor, now: datetime, survey: str, version: int, groups: Iterable[tuple[str, str]], mix: str = ""
) -> None:
    """Choose the items results are broken down by, and the one a fair mix is worked out by."""
    require(by, "survey.change", area=by.area)
    found = _locked(by.area, survey)
    _same_version(found.version, version)
    wanted = [{"item": item, "label": label} for item, label in groups]
    if mix and mix not in {each["item"] for each in wanted}:
        raise Refused("The variable for the same mix must be one of the groups.")
    found.groupings, found.mix, found.version = wanted, mix, found.version + 1
    found.save(update_fields=["groupings", "mix", "version"])
    labels = ", ".join(each["label"] for each in wanted) or "nothing"
    record(
        by=by,
        now=now,
        what="survey.groups.set",
        about=f"survey:{survey}",
        words=f"set the groups of “{found.title}” to {labels}",
    )


@transaction.atomic
def link(*, by: Actor, now: datetime, survey: str, place: Place, version: int, item: str) -> None:
    """Say which item a question (or one statement of a matrix) of a wave asks about.

    Raises NotAllowed, Conflict, or Refused where another question of the wave has that item.
    """
    require(by, "survey.change", area=by.area)
    found = _wave(by.area, survey, place.wave, version)
    _save(found, _relinked(found, place, item))
    asked = f"{place.question} {place.row}".strip()
    record(
        by=by,
        now=now,
        what="survey.item.linked",
        about=f"wave:{survey}/{place.wave}",
        words=f"linked {asked} of {found.label} to the item “{item}”",
    )


@transaction.atomic
def judge_link(*, by: Actor, now: datetime, survey: str, decision: Decision) -> None:
    """Record whether an item may be compared between two waves, and why."""
    require(by, "survey.change", area=by.area)
    found = _locked(by.area, survey)
    codes = set(found.waves.values_list("code", flat=True))
    if not {decision.earlier, decision.later} <= codes or decision.earlier == decision.later:
        raise Refused("Name two different waves of this survey.")
    if not decision.comparable and not decision.because.strip():
        raise Refused("Say why the two cannot be compared.")
    Link.objects.update_or_create(
        survey=found,
        item=decision.item,
        earlier=decision.earlier,
        later=decision.later,
        defaults={"comparable": decision.comparable, "because": decision.because.strip()[:300]},
    )
    word = "can" if decision.comparable else "cannot"
    record(
        by=by,
        now=now,
        what="survey.item.judged",
        about=f"survey:{survey}",
        words=f"decided that “{decision.item}” {word} be compared: {decision.earlier} and {decision.later}",
    )


def _relinked(wave: Wave, place: Place, item: str) -> Mapping[str, object]:
    """The wave's fields with one question asking about ``item``."""
    if wave.questionnaire:
        whole = relinked(read_text(wave.questionnaire, "questionnaire.toml"), place.question, place.row, item)
        text = questionnaire_text(whole)
        _check_text(text)
        return {"questionnaire": text}
    choices = [choice_from_plain(plain) for plain in wave.choices]
    plain = _as_plain(wave, [_linked(wave, choice, place, item) for choice in choices])
    _check_questionnaire(wave, plain)
    return {"choices": plain}


def _check_text(text: str) -> None:
    """Raises Refused, naming every fault, where ``text`` is no questionnaire; nothing where it is empty."""
    if not text:
        return
    try:
        read_text(text, "questionnaire.toml")
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _linked(wave: Wave, choice: Choice, place: Place, item: str) -> Choice:
    if choice.id != place.question:
        return choice
    if not place.row:
        return replace(choice, item=item)
    parts = next(each["parts"] for each in wave.seen if each["id"] == place.question)
    own = zip(parts, choice.row_items, strict=True)
    return replace(choice, row_items=tuple(item if code == place.row else old for (code, _), old in own))


def _check_questionnaire(wave: Wave, choices: Sequence[Mapping[str, Any]]) -> None:
    try:
        questionnaire(wave.code, str(wave.survey), chosen(wave.seen, choices))
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _as_plain(wave: Wave, choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """The choices in the file's order with what is remembered of their proposals."""
    old: Mapping[str, Mapping[str, Any]] = {plain["id"]: plain for plain in wave.choices}
    given = {choice.id: choice for choice in choices}
    if old.keys() != given.keys():
        raise Refused("The list of questions has changed: load the page again.")
    return [
        choice_to_plain(given[name], sure=bool(plain["sure"]), because=str(plain["because"]))
        for name, plain in old.items()
    ]


def _save(wave: Wave, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(wave, name, value)
    wave.version += 1
    wave.save(update_fields=[*fields, "version"])


def _named(area: int, slug: str, *, lock: bool = False) -> Survey:
    surveys = Survey.objects.select_for_update() if lock else Survey.objects.all()
    found = surveys.filter(area_id=area, slug=slug).first()
    if found is None:
        raise Refused("There is no such survey.")
    return found


def _locked(area: int, slug: str) -> Survey:
    return _named(area, slug, lock=True)


def _wave(area: int, survey: str, code: str, version: int | None) -> Wave:
    found = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("survey")
        .filter(survey__area_id=area, survey__slug=survey, code=code)
        .first()
    )
    if found is None:
        raise Refused("There is no such wave.")
    if version is not None:
        _same_version(found.version, version)
    return found


def _same_version(stands: int, given: int) -> None:
    if stands != given:
        raise Conflict("Somebody changed this while you were looking at it. Nothing of yours was saved yet.")


def _check_preset(name: str, because: str) -> None:
    try:
        rules = preset(name)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    if rules.needs_reason and not because.strip():
        raise Refused(f"Say why nothing needs hiding: the rules “{rules.label}” ask for a reason.")


def _free_slug(area: int, wanted: str) -> str:
    taken = set(Survey.objects.filter(area_id=area, slug__startswith=wanted).values_list("slug", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _code(survey: Survey, news: WaveNews) -> str:
    code = slugify(news.code or news.label)[:20]
    if not code:
        raise Refused("Give the wave a name, such as 2025.")
    if news.opens and news.closes and news.closes < news.opens:
        raise Refused("The wave closes before it opens: look at the two dates.")
    if survey.waves.filter(code=code).exists():
        raise Refused(f"“{survey.title}” already has a wave called {news.label}: take that one out first.")
    return code
