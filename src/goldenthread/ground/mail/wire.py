"""The line to the mail server: opening it, handing one mail over, and judging what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from goldenthread.ground.mail.models import Left, Letter

MINUTE = timedelta(minutes=1)
REFUSED = range(500, 600)
NOT_THE_ADDRESS = frozenset((530, 534, 535, 538, 554))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a mail was not handed over. ``final``: trying again cannot help; ``ours``: no mail would go;
    ``unsure``: the line broke, so it may have been taken all the same."""

    words: str
    final: bool = False
    ours: bool = False
    unsure: bool = False


def has_room(now: datetime) -> bool:
    """Whether another mail may leave in this minute (``MAIL_A_MINUTE``)."""
    since = now - MINUTE
    left = Letter.objects.filter(claimed__gt=since).count() + Left.objects.filter(at__gt=since).count()
    return bool(left < settings.MAIL_A_MINUTE)


def open_line(connection: BaseEmailBackend) -> Fault | None:
    """Open the line, if it is not open already."""
    try:
        connection.open()
    except (SMTPException, OSError) as fault:
        return Fault(f"The mail server could not be used ({type(fault).__name__}).", ours=True)
    return None


def hand_over(connection: BaseEmailBackend, mail: EmailMessage) -> Fault | None:
    """Hand one mail to the server; what went wrong."""
    closed = open_line(connection)
    if closed:
        return closed
    try:
        connection.send_messages([mail])
    except (SMTPException, OSError, ValueError) as fault:
        connection.close()
        return _judged(fault)
    return None


def written(to: str, subject: str, body: str, message: str, answers: str = "") -> EmailMessage:
    """A mail under a Message-ID of its own; ``answers`` is that of the mail it belongs under."""
    headers = {"Message-ID": _id(message), "Auto-Submitted": "auto-generated"}
    if answers:
        headers |= {"In-Reply-To": _id(answers), "References": _id(answers)}
    return EmailMessage(subject, body, to=[to], headers=headers)


def _id(message: str) -> str:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    return f"<{message}@{host}>"


def _judged(fault: Exception) -> Fault:
    """Whether trying again can help, and whether it is this mail that is refused or we are."""
    if isinstance(fault, SMTPSenderRefused):
        return Fault(f"The mail server does not take mail from us ({fault.smtp_code}).", ours=True)
    if isinstance(fault, SMTPRecipientsRefused):
        codes = {code for code, _ in fault.recipients.values()}
        final = all(code in REFUSED and code not in NOT_THE_ADDRESS for code in codes)
        return Fault(f"The mail server refused this address ({_listed(codes)}).", final)
    if isinstance(fault, SMTPResponseException):
        return Fault(f"The mail server did not take this letter ({fault.smtp_code}).")
    if isinstance(fault, SMTPException | OSError):
        words = f"The connection to the mail server was lost ({type(fault).__name__})."
        return Fault(words, unsure=True)
    return Fault("This letter cannot be written as a mail.", final=True)


def _listed(codes: set[int]) -> str:
    return ", ".join(map(str, sorted(codes)))
