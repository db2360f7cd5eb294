"""Writing the audit trail."""

from __future__ import annotations

from datetime import datetime

from goldenthread.ground.audit.models import Event
from goldenthread.ground.people.actor import Actor

LONGEST = 400


def record(
    *, by: Actor | None, now: datetime, what: str, words: str, about: str = "", area: int | None = None
) -> None:
    """Write one event in the transaction of the command that calls.

    ``what`` is a dotted name ("survey.wave.brought-in"); ``words`` is what happened, without its
    subject ("brought in 412 answers to Staff survey 2025"), and never holds an answer or a secret.
    ``about`` names the thing ("wave:7"). ``by`` None is the system itself; then ``area`` says where.
    """
    Event.objects.create(
        area_id=by.area if by else area,
        by_id=by.account if by else None,
        at=now,
        what=what,
        about=about,
        words=words if len(words) <= LONGEST else words[: LONGEST - 1] + "…",
    )
