"""What must not come back with a backup: sign-ins, links that were sent, letters that may have gone out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from goldenthread.ground.area.queries import every_area
from goldenthread.ground.audit.record import record
from goldenthread.ground.mail.outbox import withdraw_all
from goldenthread.ground.people.invitations import withdraw_every_invitation
from goldenthread.thread.survey.asking.mailing import stop_every_mailing

WHY = "Not sent: it waited in a backup that was restored, and may have gone out before."


@dataclass(frozen=True, slots=True)
class Settled:
    """How many letters, invitations, pieces of work and mailings of waves were found and dealt with."""

    letters: int
    invitations: int
    work: int
    mailings: int = 0


def bring_forward() -> None:
    """Bring the database to this version."""
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)


@transaction.atomic
def settle(*, now: datetime, as_of: datetime) -> Settled:
    """Take out what must not come back, and note in every area's trail that it was restored.

    Sign-ins end. A letter that waited may have gone out since, so none is sent again, and no mailing of a
    wave goes on before somebody says so. A link that
    stood open may have been used since, so none opens any more. Work that waited or was being done
    only reads and builds, and does the same twice: it is done afresh.
    """
    Session.objects.all().delete()
    undone = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    work = undone.update(status="READY", started_at=None, enqueued_at=now)
    mailings = stop_every_mailing(now)
    letters = withdraw_all(now=now, because=WHY)
    settled = Settled(letters, withdraw_every_invitation(now=now), work, mailings)
    words = f"restored everything from a backup, as it was on {timezone.localtime(as_of):%-d %B %Y at %H:%M}"
    for area in every_area():
        record(by=None, now=now, area=area, what="house.restored", words=words)
    return settled
