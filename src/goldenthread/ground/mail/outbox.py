"""Writing letters and taking them back, inside the transaction of the command that calls."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from goldenthread.ground.mail.models import WAITING, WITHDRAWN, Letter

LONGEST_SUBJECT = 200


def put(*, now: datetime, area: int | None, to: str, subject: str, body: str, about: str = "") -> int:
    """Write a letter to one address; its id.

    It is sent only once the calling transaction stands. ``about`` names the thing it tells of
    ("invitation:7"). Raises RuntimeError outside a transaction, where a letter could go out about
    a change that never came.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A letter is written in the transaction of the change it tells of.")
    return Letter.objects.create(
        area_id=area,
        to=to,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body,
        about=about,
        message=secrets.token_hex(16),
        written=now,
        due=now,
    ).pk


def withdraw(*, now: datetime, area: int, about: str) -> int:
    """Take back every letter about a thing that has not been sent; how many there were."""
    waiting = Letter.objects.filter(area_id=area, about=about, state=WAITING)
    return waiting.update(state=WITHDRAWN, ended=now, body="")


def withdraw_all(*, now: datetime, because: str) -> int:
    """Take back every letter that waits, of all areas, and say why by each; how many there were."""
    waiting = Letter.objects.filter(state=WAITING)
    return waiting.update(state=WITHDRAWN, ended=now, body="", fault=because)
