"""Reading who is invited to a wave, and how far its mailings are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from goldenthread.thread.survey.asking.models import (
    CLAIMED,
    FAILED,
    SENT,
    WAITING,
    WITHDRAWN,
    Asking,
    Invitee,
    Mailing,
)
from goldenthread.thread.survey.asking.queries import STEP
from goldenthread.thread.survey.asking.rate import LIMIT, count, may_send_again

A_PAGE = 50
WORDS = {
    WAITING: "Waits for a code",
    CLAIMED: "Waits for a code",
    SENT: "Was sent a code",
    FAILED: "Could not be reached",
    WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """Who is invited to a wave, counted. ``sent`` is rounded down to five while codes go out.

    ``doubles`` is how many answers could at most be second ones, ``may_again`` whether a lost code can still
    be sent again. ``reminders`` have been begun; ``sending`` and ``reminding`` say that a mailing is under
    way, ``fault`` why it stands still.
    """

    total: int = 0
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    withdrawn: int = 0
    invited: int = 0
    doubles: int = 0
    may_again: bool = True
    sending: bool = False
    reminders: int = 0
    reminding: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class InviteeFacts:
    """Somebody who is invited. Nothing here says whether they answered, or asked for another code."""

    address: str
    name: str
    state: str
    fault: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the invited out of ``pages``, and how many there are of them all."""

    rows: tuple[InviteeFacts, ...]
    total: int
    number: int


def invited(area: int, survey: str, wave: str) -> PeopleFacts | None:
    """The invited of a wave; None where it is answered by a link. Addresses go some days after it closed."""
    found = _asking(area, survey, wave)
    if found is None:
        return None
    if found.state == "closed":
        return PeopleFacts(invited=found.invited or 0, doubles=found.doubles or 0)
    states = Counter(map(_state, found.invitees.only("state", "codes")))
    under_way = {each.number > 0: each for each in found.mailings.filter(ended__isnull=True)}
    held, doubles = count(found.pk)
    return PeopleFacts(
        total=sum(states.values()),
        waiting=states[WAITING],
        sent=_counted(states[SENT], under_way.get(False)),
        failed=states[FAILED],
        withdrawn=states[WITHDRAWN],
        invited=held,
        doubles=doubles,
        may_again=held == 0 or may_send_again(found.pk),
        sending=False in under_way,
        reminders=found.mailings.filter(number__gt=0).count(),
        reminding=True in under_way,
        fault=next((each.fault for each in under_way.values() if each.fault), ""),
    )


def people(area: int, survey: str, wave: str, *, text: str = "", page: int = 1) -> PeoplePage | None:
    """A page of the invited by address; a page that is not there is the nearest one."""
    asking = _asking(area, survey, wave)
    if asking is None:
        return None
    found = _called(asking.invitees.all(), text)
    total = found.count()
    number = min(max(1, page), max(1, -(-total // A_PAGE)))
    rows = found[(number - 1) * A_PAGE : number * A_PAGE]
    return PeoplePage(tuple(map(_facts, rows)), total, number)


def may_hold_two(invited: int) -> int:
    """How many codes can be sent again before no more are."""
    return int(LIMIT * invited)


def _asking(area: int, survey: str, wave: str) -> Asking | None:
    found = Asking.objects.filter(
        wave__survey__area_id=area, wave__survey__slug=survey, wave__code=wave, mode="personal-code"
    )
    return found.first()


def _called(found: QuerySet[Invitee], text: str) -> QuerySet[Invitee]:
    for word in text.split():
        found = found.filter(address__icontains=word) | found.filter(name__icontains=word)
    return found


def _state(each: Invitee) -> str:
    """Whoever waits for another code is as one who was sent theirs: it is for nobody to see who asked."""
    return SENT if each.codes and each.state in (WAITING, CLAIMED) else _plain(each.state)


def _plain(state: str) -> str:
    return WAITING if state == CLAIMED else state


def _counted(sent: int, mailing: Mailing | None) -> int:
    return sent - sent % STEP if mailing else sent


def _facts(each: Invitee) -> InviteeFacts:
    state = _state(each)
    return InviteeFacts(each.address, each.name, WORDS[state], each.fault if state == FAILED else "")
