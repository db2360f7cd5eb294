"""A code that was lost: asked for by address, sent with the next round, and counted.

Whether an address is on the list is told to nobody. A new code is not made at the moment it is asked for:
those who asked wait together for the next round, so that no hash can be set beside a person by its hour.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from goldenthread.ground.audit.record import record
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking.inviting import message_name
from goldenthread.thread.survey.asking.locks import held
from goldenthread.thread.survey.asking.models import SENT, WAITING, Asking, Channel, Invitee, Mailing
from goldenthread.thread.survey.asking.rate import may_send_again
from goldenthread.thread.survey.asking.submit import is_in_time

MOST_CODES = 3
"""So many may one person have been sent: nobody fills another's mailbox, or the count of possible doubles."""


@transaction.atomic
def ask_again(*, channel: str, address: str, today: date) -> None:
    """Note that somebody asks for another code. Asking twice is as asking once.

    Nothing is noted where the address was not invited, where it has been sent too many, or where more of the
    wave's codes were sent again than may be; who asks is told neither, for the last would tell the first.
    Raises Refused for what is no address.
    """
    given = _address(address)
    number = Channel.objects.filter(code=channel).values_list("asking_id", flat=True).first()
    asking = held(number) if number else None
    if asking and asking.mode == "personal-code" and _is_open(asking, today) and may_send_again(asking.pk):
        asking.invitees.filter(address=given, state=SENT, codes__lt=MOST_CODES).update(asked=True)


@transaction.atomic
def send_again(asking: int, *, now: datetime) -> int | None:
    """Put those who asked among those who wait for a code; the mailing to be sent, None where nobody asked.

    The mail has a name of its own: under that of the first it could be taken for the first, come twice.
    """
    found = held(asking)
    waiting = list(found.invitees.filter(asked=True, state=SENT))
    first = found.mailings.filter(number=0).order_by("pk").first()
    if found.state != "open" or not waiting or first is None:
        return None
    for each in waiting:
        each.state, each.message, each.asked, each.due, each.attempts = (
            WAITING,
            message_name(),
            False,
            None,
            0,
        )
    Invitee.objects.bulk_update(waiting, ["state", "message", "asked", "due", "attempts"])
    mailing = found.mailings.filter(number=0, ended__isnull=True).first() or Mailing.objects.create(
        asking=found, number=0, link=first.link, begun=now, beat=now
    )
    wave = found.wave
    record(
        by=None,
        now=now,
        area=wave.survey.area_id,
        what="survey.codes.again",
        about=f"wave:{wave.survey.slug}/{wave.code}",
        words=f"sent other codes for {wave.label} to those who had asked",
    )
    return mailing.pk


def _is_open(asking: Asking, today: date) -> bool:
    return asking.state == "open" and is_in_time(asking, today)


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise Refused(
            "Enter the address your invitation came to, like name@example.org.", field="address"
        ) from fault
    return address
