"""Codes and reminders on their way: one mail at a time, at the pace of all mail, and taken up again.

Codes are made for all who wait before the first mail, and live in the memory of the worker alone. A worker
that is killed takes them with it. Whoever still waited is then given another; whoever was claimed and not
noted as sent may have had theirs already, holds two for all we know, and is counted so (``codes``). A code
that nobody was sent stays among the hashes and does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from django.db.models import F, Q, QuerySet

from goldenthread.ground.audit.record import record
from goldenthread.ground.mail.direct import Line, Mail, line
from goldenthread.ground.mail.wire import Fault
from goldenthread.thread.survey.asking.letters import invitation, reminder
from goldenthread.thread.survey.asking.minting import mint
from goldenthread.thread.survey.asking.mixing import sweep
from goldenthread.thread.survey.asking.models import CLAIMED, FAILED, SENT, WAITING, Invitee, Mailing

STALE = timedelta(minutes=10)
"""A claim is held to be a dead worker's after this."""

QUIET = timedelta(minutes=1)
"""A mailing whose worker has given no sign of life for this long is taken up by another."""

LASTING = timedelta(minutes=5)
"""A run ends after this, so that other work has its turn; another goes on."""

WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720))
PAUSE = 1.0
Clock = Callable[[], datetime]
Wait = Callable[[float], None]
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class _Run:
    mailing: Mailing
    line: Line
    clock: Clock
    wait: Wait
    until: datetime

    def goes_on(self) -> bool:
        """Wait until another mail may leave; False once this run has lasted long enough."""
        while self._beat() <= self.until:
            if self.line.has_room():
                return True
            self.wait(PAUSE)
        return False

    def _beat(self) -> datetime:
        now = self.clock()
        Mailing.objects.filter(pk=self.mailing.pk).update(beat=now)
        return now


def send(mailing: int, *, clock: Clock, wait: Wait) -> bool:
    """Send what is due of a mailing; whether there is more to be sent at once.

    It ends early where the mail server cannot be used, which the mailing then says, and where the wave
    closes meanwhile.
    """
    found = Mailing.objects.select_related("asking__wave__survey__area").filter(pk=mailing).first()
    if found is None or found.ended or found.asking.state != "open":
        return False
    let_go(found.asking_id, clock())
    with line(clock) as opened:
        run = _Run(found, opened, clock, wait, clock() + LASTING)
        fault = (opened.ready() or _all(run)) if due(found, clock()).exists() else None
    return _rest(found, fault, clock())


def due(mailing: Mailing, now: datetime) -> QuerySet[Invitee]:
    """Those a mailing can be sent to now."""
    timely = Q(due__isnull=True) | Q(due__lte=now)
    unclaimed = Q(claimed__isnull=True) | Q(claimed__lt=now - STALE)
    return _left(mailing).filter(timely, unclaimed).exclude(state=CLAIMED)


def let_go(asking: int, now: datetime) -> None:
    """Take those whom a dead worker had claimed back among those who wait."""
    dead = Invitee.objects.filter(asking_id=asking, state=CLAIMED, claimed__lt=now - STALE)
    dead.update(state=WAITING, claimed=None)


def take_up(now: datetime) -> tuple[int, ...]:
    """The mailings whose worker is silent while something is due, taken up by whoever asks."""
    silent = Mailing.objects.filter(ended__isnull=True, asking__state="open", beat__lte=now - QUIET)
    found = []
    for mailing in silent:
        let_go(mailing.asking_id, now)
        if not _left(mailing).exists() or due(mailing, now).exists():
            mine = Mailing.objects.filter(pk=mailing.pk, beat=mailing.beat, ended__isnull=True)
            found += [mailing.pk] * mine.update(beat=now)
    return tuple(found)


def stop_every_mailing(now: datetime) -> int:
    """End all that is under way, in all areas; how many there were. Whoever waited may have had a code."""
    found = Mailing.objects.filter(ended__isnull=True)
    waves = list(found.filter(number=0).values_list("asking_id", flat=True))
    Invitee.objects.filter(asking_id__in=waves, state__in=(WAITING, CLAIMED), codes=0).update(codes=1)
    Invitee.objects.filter(asking_id__in=waves, state=CLAIMED).update(state=WAITING, claimed=None)
    return found.update(ended=now)


def _left(mailing: Mailing) -> QuerySet[Invitee]:
    """Everybody a mailing is still to reach."""
    all_of = Invitee.objects.filter(asking_id=mailing.asking_id, asking__state="open")
    if mailing.number:
        return all_of.filter(state=SENT, reminded__lt=mailing.number)
    return all_of.filter(state__in=(WAITING, CLAIMED))


def _all(run: _Run) -> Fault | None:
    for number, write in _mails(run):
        if not run.goes_on():
            break
        fault = _one(run, number, write)
        if fault and fault.ours:
            return fault
    return None


Write = Callable[[Invitee], Mail]


def _mails(run: _Run) -> Iterator[tuple[int, Write]]:
    """Whom to write to, in no order, and how each mail is written once they are claimed."""
    numbers = list(due(run.mailing, run.clock()).values_list("pk", flat=True))
    _random.shuffle(numbers)
    if run.mailing.number:
        yield from ((number, lambda to: reminder(run.mailing, to)) for number in numbers)
        return
    codes = mint(run.mailing.asking_id, len(numbers))
    sweep()
    for number, code in zip(numbers, codes, strict=True):
        yield number, lambda to, code=code: invitation(run.mailing, to, code)  # type: ignore[misc]


def _one(run: _Run, number: int, write: Write) -> Fault | None:
    """Claim somebody, write to them, and note what became of it."""
    now = run.clock()
    claim: dict[str, object] = {"claimed": now, "attempts": F("attempts") + 1}
    if not run.mailing.number:
        claim |= {"state": CLAIMED, "codes": F("codes") + 1}
    if not due(run.mailing, now).filter(pk=number).update(**claim):
        return None
    to = Invitee.objects.get(pk=number)
    mail = write(to)
    fault = run.line.send(mail)
    if fault and fault.unsure:  # once more, the very same: it may have arrived, and then counts once
        fault = run.line.send(mail)
    mine = Invitee.objects.filter(pk=number, claimed=to.claimed, state=to.state)
    mine.update(**_became(run, to, fault))
    return fault


def _became(run: _Run, to: Invitee, fault: Fault | None) -> dict[str, object]:
    told: dict[str, object] = {"claimed": None, "fault": fault.words if fault else ""}
    if fault is None:
        return told | {"state": SENT, "attempts": 0, "due": None, "reminded": _reminded(run, to)}
    if fault.ours:
        return told | _not_sent(run, fault, WAITING) | {"attempts": F("attempts") - 1}
    if fault.final or to.attempts > len(WAITS):
        return told | _not_sent(run, fault, FAILED) | {"attempts": 0}
    return told | _not_sent(run, fault, WAITING) | {"due": run.clock() + WAITS[to.attempts - 1]}


def _not_sent(run: _Run, fault: Fault, state: str) -> dict[str, object]:
    """Whoever was sent their code keeps it, whatever becomes of a reminder; one given up is given up."""
    if run.mailing.number:
        return {"reminded": run.mailing.number} if state == FAILED else {}
    return {"state": state} if fault.unsure else {"state": state, "codes": F("codes") - 1}


def _reminded(run: _Run, to: Invitee) -> int:
    """A reminder is not sent on the heels of a code."""
    if run.mailing.number:
        return run.mailing.number
    sent = Mailing.objects.filter(asking_id=run.mailing.asking_id).order_by("-number").first()
    return max(to.reminded, sent.number if sent else 0)


def _rest(mailing: Mailing, fault: Fault | None, now: datetime) -> bool:
    """Note how far a mailing has come; whether more of it can be sent at once."""
    Mailing.objects.filter(pk=mailing.pk).update(beat=now, fault=fault.words if fault else "")
    if _left(mailing).exists():
        return fault is None and due(mailing, now).exists()
    if Mailing.objects.filter(pk=mailing.pk, ended__isnull=True).update(ended=now):
        wave = mailing.asking.wave
        what = f"reminder {mailing.number} to" if mailing.number else "the codes of"
        record(
            by=None,
            now=now,
            area=wave.survey.area_id,
            what="survey.mailing.ended",
            about=f"wave:{wave.survey.slug}/{wave.code}",
            words=f"sent {what} {wave.label}",
        )
    return False
