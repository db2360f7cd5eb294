"""Inviting people to a wave with personal codes: who, when their codes go out, and reminders."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from goldenthread.analysis.definition.words import counted
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.people.staff import addresses
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking.listed import Invited, read_list, texts
from goldenthread.thread.survey.asking.locks import locked
from goldenthread.thread.survey.asking.models import (
    FAILED,
    SENT,
    WAITING,
    WITHDRAWN,
    Asking,
    Invitee,
    Mailing,
)
from goldenthread.thread.survey.asking.tasks import send

MAY = "survey.change"
REMINDERS = 3
"""More than this and people answer to be left in peace, or never again."""

TO_FILES = "django.core.mail.backends.filebased.EmailBackend"
INTO_FILES = (
    "Mail is written to files here, where others could read a code. Set MAIL_URL to a mail server first."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which wave is meant."""

    survey: str
    wave: str


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list: how many were added, how many were invited already, and what was wrong."""

    added: int
    known: int
    problems: tuple[str, ...]


@transaction.atomic
def add_people(*, by: Actor, now: datetime, place: Place, data: bytes, name: str) -> Added:
    """Add the people of a list, pasted or from a file. Raises NotAllowed or Refused."""
    asking = _asking(by, place)
    listed = read_list(data, name)
    return _add(by, now, asking, listed.people, tuple(texts(listed.problems)))


@transaction.atomic
def add_staff(*, by: Actor, now: datetime, place: Place) -> Added:
    """Add everybody of the staff registers who has a post today and an address there.

    Raises NotAllowed, or Refused, also to those who may not change registers.
    """
    asking = _asking(by, place)
    if not by.may("people.change"):
        raise Refused("Staff registers are not yours to use: ask the workforce lead, or bring a list.")
    people = [Invited(address.lower(), name[:120]) for address, name in addresses(by.area, on=now.date())]
    if not people:
        raise Refused("No staff register here holds the address of anybody in post today.")
    return _add(by, now, asking, {each.address: each for each in people}.values(), ())


@transaction.atomic
def withdraw(*, by: Actor, now: datetime, place: Place, address: str) -> None:
    """Send somebody nothing more. A code they have already cannot be told from others', and stays good.

    Raises NotAllowed, or Refused for somebody who is not invited.
    """
    asking = _asking(by, place)
    found = asking.invitees.exclude(state=WITHDRAWN).filter(address=address.strip().lower())
    if not found.update(state=WITHDRAWN, asked=False):
        raise Refused("Nobody with that address is invited.", field="address")
    _record(by, now, asking, "survey.invitee.withdrawn", f"withdrew an invitation to {asking.wave.label}")


@transaction.atomic
def send_codes(*, by: Actor, now: datetime, place: Place, link: str) -> None:
    """Begin to send everybody who waits their code; ``link`` is the address of the survey's first page.

    Raises NotAllowed, or Refused where the wave is not open, mail goes nowhere or nobody waits.
    """
    asking = _asking(by, place)
    _check_sending(asking, now)
    waiting = asking.invitees.filter(state=WAITING).count()
    if not waiting:
        raise Refused("Nobody waits for a code: add people first.")
    if asking.mailings.filter(number=0, ended__isnull=True).exists():
        raise Refused("The codes are being sent already.")
    words = f"began to send {counted(waiting, 'code', 'codes')} for {asking.wave.label}"
    _begin(asking, now, link, number=0)
    _record(by, now, asking, "survey.codes.sent", words)


@transaction.atomic
def remind(*, by: Actor, now: datetime, place: Place, link: str) -> None:
    """Begin to remind everybody who was sent a code: nobody knows who has answered.

    Raises NotAllowed, or Refused as ``send_codes``, and after the last reminder there may be.
    """
    asking = _asking(by, place)
    _check_sending(asking, now)
    if not asking.invitees.filter(state=SENT).exists():
        raise Refused("Nobody has been sent a code yet.")
    if asking.mailings.filter(number__gt=0, ended__isnull=True).exists():
        raise Refused("A reminder is being sent already.")
    number = asking.mailings.filter(number__gt=0).count() + 1
    if number > REMINDERS:
        raise Refused(f"{REMINDERS} reminders have gone out, and that is the most.")
    _begin(asking, now, link, number)
    words = f"began to send reminder {number} to everybody invited to {asking.wave.label}"
    _record(by, now, asking, "survey.reminder.sent", words)


def message_name() -> str:
    """A random name for a mail."""
    return secrets.token_hex(16)


def _asking(by: Actor, place: Place) -> Asking:
    require(by, MAY, area=by.area)
    asking = locked(by.area, place.survey, place.wave)
    if asking.mode != "personal-code":
        raise Refused(f"{asking.wave.label} is answered by a link: nobody is invited by name.")
    if asking.state == "closed":
        raise Refused(f"{asking.wave.label} is closed.")
    return asking


def _add(
    by: Actor, now: datetime, asking: Asking, people: Iterable[Invited], problems: tuple[str, ...]
) -> Added:
    people = list(people)
    standing = {each.address: each for each in asking.invitees.all()}
    new = [each for each in people if each.address not in standing]
    again = [standing[each.address] for each in people if _may_return(standing.get(each.address))]
    Invitee.objects.bulk_create(
        Invitee(
            area_id=by.area,
            asking=asking,
            address=each.address,
            name=each.name,
            message=message_name(),
        )
        for each in new
    )
    Invitee.objects.filter(pk__in=[each.pk for each in again]).update(state=WAITING, due=None, attempts=0)
    added = len(new) + len(again)
    if added:
        words = f"invited {counted(added, 'person', 'people')} to {asking.wave.label}"
        _record(by, now, asking, "survey.invitees.added", words)
    return Added(added, len(people) - added, problems)


def _may_return(found: Invitee | None) -> bool:
    """Somebody withdrawn before they had a code, or whose address was refused, is added anew."""
    return found is not None and found.state in (WITHDRAWN, FAILED) and not found.codes


def _check_sending(asking: Asking, now: datetime) -> None:
    if asking.state != "open":
        raise Refused("Open the wave first.")
    if asking.wave.opens and now.date() < asking.wave.opens:
        raise Refused("Its first day is still to come: a code sent now would lead to a closed door.")
    if settings.EMAIL_BACKEND == TO_FILES:
        raise Refused(INTO_FILES)


def _begin(asking: Asking, now: datetime, link: str, number: int) -> None:
    made = Mailing.objects.create(asking=asking, number=number, link=link, begun=now, beat=now)
    send.enqueue(made.pk)


def _record(by: Actor, now: datetime, asking: Asking, what: str, words: str) -> None:
    about = f"wave:{asking.wave.survey.slug}/{asking.wave.code}"
    record(by=by, now=now, what=what, about=about, words=words)
