"""Beginning, opening, prolonging and closing a wave that is asked here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.problem import Refusal
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asked import read_text
from goldenthread.thread.survey.asking import epochs
from goldenthread.thread.survey.asking.codes import random_text
from goldenthread.thread.survey.asking.locks import keep_out, locked
from goldenthread.thread.survey.asking.models import MODES, Asking, Channel, EarlierDraft
from goldenthread.thread.survey.asking.queries import last
from goldenthread.thread.survey.asking.rate import count
from goldenthread.thread.survey.asking.tasks import finish
from goldenthread.thread.survey.codes import wave_code
from goldenthread.thread.survey.editing.compare import continued
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.locked import same_version, survey_locked
from goldenthread.thread.survey.models import Wave

LINK_LENGTH = 10
EVERYBODY = "Everybody"
Change = Callable[[Questionnaire], Questionnaire]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said of a wave before it is asked: its name, its days (both belong to it) and its mode."""

    label: str
    opens: date
    closes: date
    mode: str = "open-link"


@transaction.atomic
def begin(*, by: Actor, now: datetime, survey: str, plan: Plan, questionnaire: str = "") -> str:
    """A wave to be asked here, with its questionnaire as far as it is written; the wave's code.

    Raises NotAllowed, or Refused for a name or dates that cannot be.
    """
    require(by, "survey.change", area=by.area)
    into = survey_locked(by.area, survey)
    wave = Wave.objects.create(
        survey=into,
        code=wave_code(into, plan.label, plan.opens, plan.closes),
        label=plan.label.strip()[:60],
        opens=plan.opens,
        closes=plan.closes,
        state="asking",
        created=now,
    )
    asking = Asking.objects.create(wave=wave, mode=_mode(plan.mode))
    _keep_draft(asking, questionnaire)
    Channel.objects.create(asking=asking, code=random_text(LINK_LENGTH), label=EVERYBODY, made=now)
    record(
        by=by,
        now=now,
        what="survey.wave.begun",
        about=f"wave:{survey}/{wave.code}",
        words=f"began {wave.label} of “{into.title}”, to be asked here",
    )
    return wave.code


@dataclass(frozen=True, slots=True)
class Place:
    """Which wave is meant, and at which version it was looked at."""

    survey: str
    wave: str
    version: int


@transaction.atomic
def edit(*, by: Actor, now: datetime, place: Place, change: Change, words: str) -> None:
    """Change the questionnaire; ``words`` say what was done, as the list of changes tells it.

    What is asked anew in the very words of the last wave is known as the same item from then on.

    Raises NotAllowed, Conflict where somebody changed it meanwhile, Refused once the wave is open, or
    what ``change`` refuses.
    """
    asking = _in_draft(by, place)
    was = _whole(asking)
    before = last(by.area, place.survey, place.wave)
    made = change(was)
    _write(asking, Draft(continued(made, was, before.sheet) if before else made, ()).text, words)
    _record_edit(by, now, place, words)


@transaction.atomic
def replace_draft(*, by: Actor, now: datetime, place: Place, text: str, words: str) -> None:
    """Put a whole questionnaire file in place of the draft. Raises as ``edit`` does."""
    asking = _in_draft(by, place)
    _write(asking, text, words)
    _record_edit(by, now, place, words)


@transaction.atomic
def undo(*, by: Actor, now: datetime, place: Place) -> str:
    """Take the last change back; the words of what was undone. Raises Refused where there is none."""
    asking = _in_draft(by, place)
    last = asking.earlier.first()
    if last is None:
        raise Refused("There is nothing to undo.")
    asking.version += 1
    _keep_draft(asking, last.text)
    last.delete()
    _record_edit(by, now, place, f"took back: {last.words}")
    return last.words


@transaction.atomic
def open_wave(*, by: Actor, now: datetime, survey: str, wave: str, version: int) -> None:
    """Open a wave: from its first day on its links take answers, and its questions stand.

    Raises NotAllowed, Conflict, or Refused with the first thing that must be mended before.
    """
    require(by, "survey.change", area=by.area)
    asking = _asking(by.area, survey, wave, version)
    if asking.state != "draft":
        raise Refused(f"{asking.wave.label} is already {asking.state}.")
    _keep_whole(asking)
    epochs.begin(asking)
    _set_state(asking, "open")
    record(
        by=by,
        now=now,
        what="survey.wave.opened",
        about=f"wave:{survey}/{wave}",
        words=f"opened {asking.wave.label}, from {_day(asking.wave.opens)} to {_day(asking.wave.closes)}",
    )


@transaction.atomic
def set_last_day(*, by: Actor, now: datetime, survey: str, wave: str, version: int, closes: date) -> None:
    """Move the last day of an open wave; the trace says from when to when."""
    require(by, "survey.change", area=by.area)
    asking = _asking(by.area, survey, wave, version)
    found = asking.wave
    if asking.state != "open":
        raise Refused(f"{found.label} is not open.")
    if closes < now.date():
        raise Refused("That day has passed. To end it today, close the wave.")
    was, found.closes = found.closes, closes
    found.save(update_fields=["closes"])
    _set_state(asking, "open")
    record(
        by=by,
        now=now,
        what="survey.wave.last-day",
        about=f"wave:{survey}/{wave}",
        words=f"moved the last day of {found.label} from {_day(was)} to {_day(closes)}",
    )


@transaction.atomic
def add_channel(*, by: Actor, now: datetime, survey: str, wave: str, label: str) -> str:
    """A link of its own for one partner's mailing; its code. Raises NotAllowed or Refused."""
    require(by, "survey.change", area=by.area)
    asking = _asking(by.area, survey, wave, None)
    name = " ".join(label.split())[:80]
    if not name:
        raise Refused("Say whose mailing it is.")
    if asking.state == "closed":
        raise Refused(f"{asking.wave.label} is closed.")
    if asking.channels.filter(label=name).exists():
        raise Refused(f"There is a link for {name} already.")
    made = Channel.objects.create(asking=asking, code=random_text(LINK_LENGTH), label=name, made=now)
    record(
        by=by,
        now=now,
        what="survey.channel.made",
        about=f"wave:{survey}/{wave}",
        words=f"made a link to {asking.wave.label} for {name}",
    )
    return made.code


@transaction.atomic
def close(*, by: Actor | None, now: datetime, survey: str, wave: str, area: int | None = None) -> None:
    """Close a wave: nothing is taken from here on, and the worker makes its answers ready.

    ``by`` None is the system itself on the day after the last, in ``area``. What is being sent at this
    moment is waited for. Raises NotAllowed or Refused.
    """
    if by is not None:
        require(by, "survey.change", area=by.area)
    where = by.area if by else area
    asking = _asking(where or 0, survey, wave, None)
    if asking.state != "open":
        raise Refused(f"{asking.wave.label} is not open.")
    keep_out(asking.pk)
    _end(asking, now)
    finish.enqueue(asking.pk)
    early = asking.wave.closes and now.date() <= asking.wave.closes
    record(
        by=by,
        now=now,
        area=where,
        what="survey.wave.closed",
        about=f"wave:{survey}/{wave}",
        words=f"closed {asking.wave.label}"
        + (f", before its last day {_day(asking.wave.closes)}" if early else ""),
    )


def _in_draft(by: Actor, place: Place) -> Asking:
    require(by, "survey.change", area=by.area)
    asking = _asking(by.area, place.survey, place.wave, place.version)
    if asking.state != "draft":
        raise Refused(f"{asking.wave.label} is {asking.state}: its questions stand as they are.")
    return asking


def _whole(asking: Asking) -> Questionnaire:
    try:
        return read_draft(asking.draft, title=str(asking.wave.survey), name=asking.wave.code).whole
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _write(asking: Asking, text: str, words: str) -> None:
    EarlierDraft.objects.create(asking=asking, version=asking.version, text=asking.draft, words=words[:300])
    asking.version += 1
    _keep_draft(asking, text)


def _record_edit(by: Actor, now: datetime, place: Place, words: str) -> None:
    about = f"wave:{place.survey}/{place.wave}"
    record(by=by, now=now, what="survey.questionnaire.changed", about=about, words=words)


def _keep_draft(asking: Asking, text: str) -> None:
    """Keep a draft, and with it the last questionnaire that could stand, for all who compare waves."""
    asking.draft = text
    asking.save(update_fields=["draft", "version"])
    if text and not _fault(text):
        Wave.objects.filter(pk=asking.wave_id).update(questionnaire=text)


def _keep_whole(asking: Asking) -> None:
    fault = _fault(asking.draft) if asking.draft else "There is no question yet."
    if fault:
        raise Refused(fault)
    if asking.wave.closes is None or asking.wave.opens is None:
        raise Refused("Give the wave a first and a last day.")
    Wave.objects.filter(pk=asking.wave_id).update(questionnaire=asking.draft)


def _fault(text: str) -> str:
    try:
        read_text(text, "questionnaire.toml")
    except Refusal as refusal:
        return str(refusal)
    return ""


def _end(asking: Asking, now: datetime) -> None:
    """What is known of the invited stands from here on, and no more mail goes out to them."""
    asking.closed = now
    if asking.mode == "personal-code":
        asking.invited, asking.doubles = count(asking.pk)
    asking.mailings.filter(ended__isnull=True).update(ended=now)
    asking.save(update_fields=["closed", "invited", "doubles"])
    _set_state(asking, "closed")


def _set_state(asking: Asking, state: str) -> None:
    asking.state, asking.version = state, asking.version + 1
    asking.save(update_fields=["state", "version"])


def _asking(area: int, survey: str, wave: str, version: int | None) -> Asking:
    found = locked(area, survey, wave)
    if version is not None:
        same_version(found.version, version)
    return found


def _mode(mode: str) -> str:
    if mode not in MODES:
        raise Refused("Choose how people answer: by an open link, by a personal code, or in confidence.")
    return mode


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no day"
