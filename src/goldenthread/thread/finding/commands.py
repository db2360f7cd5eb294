"""Asking for builds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding.models import Build
from goldenthread.thread.finding.tasks import make
from goldenthread.thread.survey.models import Survey


@transaction.atomic
def ask_for_build(*, by: Actor, now: datetime, survey: str) -> int:
    """Ask the worker for a new build of a survey; its number. Raises NotAllowed or Refused."""
    require(by, "results.build", area=by.area)
    found = Survey.objects.select_for_update().filter(area_id=by.area, slug=survey).first()
    if found is None:
        raise Refused("There is no such survey.")
    if not found.waves.filter(state="ready").exists():
        raise Refused("No wave is ready yet: bring one in, and accept what could not be read of it.")
    if Build.objects.filter(survey=found, state__in=("waiting", "running")).exists():
        raise Refused("A build of this survey is being made. Wait until it is done.")
    number = (Build.objects.filter(survey=found).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Build.objects.create(
        survey=found, number=number, by_id=by.account, asked=now, folder=f"{found.pk}-{number}"
    )
    make.enqueue(made.pk)
    record(
        by=by,
        now=now,
        what="finding.build.asked",
        about=f"build:{survey}/{number}",
        words=f"asked for build {number} of “{found.title}”",
    )
    return number
