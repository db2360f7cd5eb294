"""Changing surveys: bringing waves in, saying how they are read, and linking their items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from goldenthread.analysis.check.model import Truth
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.words import quoted
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.analysis.responses.propose.model import Choice
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.store import forget, kept_apart, plain_name, settle
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asked import asked, read_text, relinked
from goldenthread.thread.survey.codes import wave_code
from goldenthread.thread.survey.editing.draft import read_draft
from goldenthread.thread.survey.keeping import CHECKED
from goldenthread.thread.survey.lines import with_lines
from goldenthread.thread.survey.locked import (
    CHANGED,
    same_version,
    save,
    survey_locked,
    survey_named,
    wave_locked,
)
from goldenthread.thread.survey.models import Link, Survey, Wave
from goldenthread.thread.survey.plans import choice_from_plain, choice_to_plain, chosen
from goldenthread.thread.survey.printed import rows_from
from goldenthread.thread.survey.queries import Decision, Place, crosswalk
from goldenthread.thread.survey.tasks import check, look_at

LONGEST_CODE = 20


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
    questionnaire_name: str = ""
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
    _code(survey_named(by.area, survey), news)
    check_text(news.questionnaire, news.questionnaire_name)
    with kept_apart(
        by=by, now=now, area=by.area, name=file_name, stream=stream, purpose="survey.wave"
    ) as kept:
        return _bring_in(by, now, survey, news, (kept, plain_name(file_name)))


@transaction.atomic
def _bring_in(by: Actor, now: datetime, survey: str, news: WaveNews, file: tuple[str, str]) -> str:
    into = survey_locked(by.area, survey)
    code = _code(into, news)
    settle(by.area, file[0])
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
        questionnaire_name=news.questionnaire_name[:200],
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
    *,
    by: Actor,
    now: datetime,
    survey: str,
    wave: str,
    version: int,
    choices: Sequence[Choice],
    looked: Collection[str] | None = None,
) -> int:
    """Say how each question of a wave's file is read; the worker then reads every answer so.

    ``looked`` names the questions that somebody has looked at, of many that are too many for one page;
    without it, all. Returns how many still want an eye: while there are any, the choices are kept and no
    answer is read. Raises NotAllowed, Conflict where somebody decided meanwhile, or Refused for choices
    that make no questionnaire.
    """
    require(by, "survey.change", area=by.area)
    found = wave_locked(by.area, survey, wave, version)
    if found.state not in ("mapping", "checking", "ready"):
        raise Refused(f"{found.label} is not ready for this: {found.said or found.state}.")
    plain = _as_plain(found, choices, looked)
    _check_questionnaire(found, plain)
    left = sum(not each["sure"] for each in plain)
    save(found, {"choices": plain, "state": "mapping" if left else "checking", "said": ""})
    if not left:
        check.enqueue(found.pk)
    record(
        by=by,
        now=now,
        what="survey.wave.decided",
        about=f"wave:{survey}/{wave}",
        words=f"decided how {'some' if left else 'the'} columns of {found.label} are read",
    )
    return left


@transaction.atomic
def accept(*, by: Actor, now: datetime, survey: str, wave: str, version: int) -> None:
    """Accept what could not be read of a wave; it takes part in builds from then on."""
    require(by, "survey.change", area=by.area)
    found = wave_locked(by.area, survey, wave, version)
    if found.state != "checking" or found.said != CHECKED:
        raise Refused(f"{found.label} is still being read.")
    lost = sum(found.problems.filter(lost=True).values_list("times", flat=True))
    save(found, {"state": "ready"})
    record(
        by=by,
        now=now,
        what="survey.wave.accepted",
        about=f"wave:{survey}/{wave}",
        words=_accepted(found, lost),
    )


def _accepted(wave: Wave, lost: int) -> str:
    if wave.published:
        wrong = sum(row.verdict != Truth.POSSIBLE.value for row in rows_from(wave.printed))
        return f"accepted the printed figures of {wave.label}, {wrong:,} of which cannot be true as printed"
    return f"accepted {wave.label}: {wave.people or 0:,} people, {lost:,} answers or rows left out"


@transaction.atomic
def drop_wave(*, by: Actor, now: datetime, survey: str, wave: str) -> None:
    """Take a wave out of its survey, with all that was read from it or judged of it. Builds made before keep
    their figures.

    Raises NotAllowed, or Refused while people are answering it.
    """
    require(by, "survey.change", area=by.area)
    found = wave_locked(by.area, survey, wave, None)
    if getattr(getattr(found, "asking", None), "state", "") == "open":
        raise Refused(f"{found.label} is open: people are answering it. Close it first.")
    label, title = found.label, str(found.survey)
    for kept in filter(None, (found.file, found.incoming)):
        forget(by.area, kept)
    found.survey.links.filter(Q(earlier=found.code) | Q(later=found.code)).delete()
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
    found = survey_locked(by.area, survey)
    same_version(found.version, version)
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
def link(*, by: Actor, now: datetime, survey: str, place: Place, was: str, item: str) -> None:
    """Say which item a question (or one statement of a matrix) of a wave asks about.

    ``was`` is the item it had when the person decided. Raises NotAllowed, Conflict where somebody linked
    that question meanwhile, or Refused where the wave has no such question or another of it has that item.
    """
    require(by, "survey.change", area=by.area)
    found = wave_locked(by.area, survey, place.wave, None)
    about = item_at(found, place)
    if not about:
        raise Refused(f"{found.label} has no such question.")
    if about != was:
        raise Conflict(CHANGED)
    words = _wording(by.area, survey, place)
    done = f"{words} of {found.label} "
    if any(row.item == item for row in crosswalk(by.area, survey)):
        done = f"linked {done}to {_called(by.area, survey, item)}"
    else:
        done = f"parted {done}from {_called(by.area, survey, was)}"
    save(found, _relinked(found, place, item))
    _relink_draft(found, place, item)
    record(
        by=by,
        now=now,
        what="survey.item.linked",
        about=f"wave:{survey}/{place.wave}",
        words=done,
    )


@transaction.atomic
def judge_link(
    *, by: Actor, now: datetime, survey: str, decision: Decision, was: Decision | None = None
) -> None:
    """Record whether an item may be compared between two waves, and why.

    ``was`` is the decision that stood when the person decided. Raises NotAllowed, Conflict where somebody
    decided otherwise meanwhile, or Refused.
    """
    require(by, "survey.change", area=by.area)
    found = survey_locked(by.area, survey)
    stands = found.links.filter(item=decision.item, earlier=decision.earlier, later=decision.later).first()
    if stands and (stands.comparable, stands.because) != (was and (was.comparable, was.because)):
        raise Conflict(CHANGED)
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
    named, waves = _called(by.area, survey, decision.item), {w.code: w.label for w in found.waves.all()}
    both = f"{waves[decision.earlier]} and {waves[decision.later]}"
    record(
        by=by,
        now=now,
        what="survey.item.judged",
        about=f"survey:{survey}",
        words=f"decided that {named} {'can' if decision.comparable else 'cannot'} be compared: {both}",
    )


def _called(area: int, survey: str, item: str) -> str:
    """An item as people know it: by its words, or by its code where no wave of answers asks it."""
    labels = {row.item: row.label for row in crosswalk(area, survey)}
    return quoted(labels.get(item, item))


def _wording(area: int, survey: str, place: Place) -> str:
    """A question as one wave asks it, or by its number where that is not known."""
    found = (each for row in crosswalk(area, survey) for each in row.places)
    at = (place.wave, place.question, place.row)
    texts = (each.text for each in found if (each.wave, each.question, each.row) == at)
    return quoted(next(texts, f"{place.question} {place.row}".strip()))


def _relinked(wave: Wave, place: Place, item: str) -> Mapping[str, object]:
    """The wave's fields with one question asking about ``item``."""
    if wave.questionnaire:
        whole = relinked(read_text(wave.questionnaire, "questionnaire.toml"), place.question, place.row, item)
        text = questionnaire_text(whole)
        check_text(text)
        return {"questionnaire": text}
    choices = [choice_from_plain(plain) for plain in wave.choices]
    plain = _as_plain(wave, [_linked(wave, choice, place, item) for choice in choices], looked=())
    _check_questionnaire(wave, plain)
    return {"choices": plain}


def _relink_draft(wave: Wave, place: Place, item: str) -> None:
    """Where the wave is asked here, its draft says the same: the next change is made to that."""
    asking = getattr(wave, "asking", None)
    if asking is not None and asking.draft:
        whole = read_draft(asking.draft, title=str(wave.survey), name=wave.code).whole
        asking.draft = questionnaire_text(relinked(whole, place.question, place.row, item))
        asking.version += 1
        asking.save(update_fields=["draft", "version"])


def check_text(text: str, name: str = "") -> None:
    """Raises Refused, naming every fault, where ``text`` is no questionnaire; nothing where it is empty."""
    if not text:
        return
    try:
        read_text(text, name or "questionnaire.toml")
    except Refusal as refusal:
        raise Refused(with_lines(str(refusal), text), field="questionnaire") from refusal


def item_at(wave: Wave, place: Place) -> str:
    """The item that a question of the wave, or one statement of it, is about now; empty where it is gone."""
    whole = asked(wave)
    question = next((q for q in whole.questions if q.id == place.question), None) if whole else None
    if question is None or not place.row:
        return question.item if question else ""
    return next((row.item for row in question.rows if row.id == place.row), "")


def _linked(wave: Wave, choice: Choice, place: Place, item: str) -> Choice:
    if choice.id != place.question:
        return choice
    if not place.row:
        return replace(choice, item=item)
    parts = next(each["parts"] for each in wave.seen if each["id"] == place.question)
    own = zip(parts, choice.row_items, strict=True)
    return replace(choice, row_items=tuple(item if code == place.row else old for (code, _), old in own))


def _check_questionnaire(wave: Wave, choices: Sequence[Mapping[str, Any]]) -> None:
    """Raises Refused where the choices make no questionnaire that a report could be built on."""
    try:
        made = questionnaire(wave.code, str(wave.survey), chosen(wave.seen, choices))
        read_text(questionnaire_text(made), "questionnaire.toml")
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _as_plain(wave: Wave, choices: Sequence[Choice], looked: Collection[str] | None) -> list[dict[str, Any]]:
    """The choices in the file's order; somebody has looked at each of ``looked`` now, without it at all."""
    old: Mapping[str, Mapping[str, Any]] = {plain["id"]: plain for plain in wave.choices}
    given = {choice.id: choice for choice in choices}
    if old.keys() != given.keys():
        raise Refused("The list of questions has changed: load the page again.")
    return [_decided(given[name], plain, now=looked is None or name in looked) for name, plain in old.items()]


def _decided(choice: Choice, plain: Mapping[str, Any], *, now: bool) -> dict[str, Any]:
    """One choice; ``now`` says that somebody has looked at it now."""
    if plain["sure"] or not now:
        return choice_to_plain(choice, sure=bool(plain["sure"]), because=str(plain["because"]))
    return choice_to_plain(choice, sure=True, because="As decided.")


def _check_preset(name: str, because: str) -> None:
    try:
        rules = preset(name)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    if rules.needs_reason and not because.strip():
        raise Refused(
            f"Say why nothing needs hiding: the rules “{rules.label}” ask for a reason.", field="because"
        )


def _free_slug(area: int, wanted: str) -> str:
    taken = set(Survey.objects.filter(area_id=area, slug__startswith=wanted).values_list("slug", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _code(survey: Survey, news: WaveNews) -> str:
    return wave_code(survey, news.label, news.opens, news.closes, news.code)
