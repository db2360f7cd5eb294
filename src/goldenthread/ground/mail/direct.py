"""Sending a mail now, without writing it down: for what must be stored nowhere, such as a code.

Only the moment it left is kept, for a minute, so that these mails and letters together keep the pace.
Whoever sends so keeps its own list of who is still to be written to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from goldenthread.ground.mail.models import Left
from goldenthread.ground.mail.wire import MINUTE, Fault, hand_over, has_room, open_line, written

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one address. ``message`` is its random name, ``answers`` that of the mail it stands under."""

    to: str
    subject: str
    body: str
    message: str
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An open line to the mail server."""

    connection: BaseEmailBackend
    clock: Clock

    def ready(self) -> Fault | None:
        """Whether the server can be used at all."""
        return open_line(self.connection)

    def has_room(self) -> bool:
        """Whether another mail may leave in this minute."""
        return has_room(self.clock())

    def send(self, mail: Mail) -> Fault | None:
        """Hand a mail over now; what went wrong."""
        now = self.clock()
        Left.objects.filter(at__lte=now - MINUTE).delete()
        Left.objects.create(at=now)
        subject = " ".join(mail.subject.split())
        return hand_over(self.connection, written(mail.to, subject, mail.body, mail.message, mail.answers))


@contextmanager
def line(clock: Clock) -> Iterator[Line]:
    """A line, closed at the end."""
    connection = get_connection()
    try:
        yield Line(connection, clock)
    finally:
        connection.close()
