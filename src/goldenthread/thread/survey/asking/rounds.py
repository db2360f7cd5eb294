"""What happens to open waves by itself: answers are mixed, mailings that stand still are taken up, and a wave
closes after its last day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db.models import Q

from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking import epochs
from goldenthread.thread.survey.asking.commands import close
from goldenthread.thread.survey.asking.lost import send_again
from goldenthread.thread.survey.asking.mailing import take_up
from goldenthread.thread.survey.asking.mixing import mix
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.asking.tasks import send

EVERY = timedelta(hours=1)
"""Answers are mixed no more often than this, so that a batch tells little of when it came."""


def go_round(*, now: datetime, today: date) -> None:
    """Mix what has come to open waves where there is enough, and close those whose last day is over."""
    for asking in Asking.objects.filter(state="open", wave__closes__lt=today).select_related("wave__survey"):
        survey = asking.wave.survey
        with suppress(Refused):  # somebody closed it this moment
            close(by=None, now=now, survey=survey.slug, wave=asking.wave.code, area=survey.area_id)
    due = Q(mixed__isnull=True) | Q(mixed__lte=now - EVERY)
    for number, least in Asking.objects.filter(due, state="open").values_list("pk", "least"):
        mix(asking=number, now=now, least=least)
    epochs.tidy()
    for mailing in (*_asked_again(now), *take_up(now)):
        send.enqueue(mailing)


def _asked_again(now: datetime) -> Iterator[int]:
    """The mailings by which those who lost a code are sent another."""
    for number in (
        Asking.objects.filter(state="open", invitees__asked=True).values_list("pk", flat=True).distinct()
    ):
        mailing = send_again(number, now=now)
        if mailing is not None:
            yield mailing
