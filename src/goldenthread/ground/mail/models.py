"""Letters: one row for each mail to one address."""

from __future__ import annotations

from django.db import models

WAITING, SENT, WITHDRAWN, FAILED = "waiting", "sent", "withdrawn", "failed"


class Letter(models.Model):
    """A mail to one address, from the moment it is written until retention takes it away.

    ``due`` is the next moment it may be tried, ``claimed`` the last moment a worker took it up.
    ``body`` is empty once nothing is left to send.
    """

    area = models.ForeignKey("area.Area", null=True, on_delete=models.CASCADE, related_name="+")
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    message = models.CharField(max_length=64, unique=True)
    written = models.DateTimeField()
    due = models.DateTimeField()
    claimed = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, default=WAITING)
    ended = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        """What is due is found by its state and moment."""

        db_table = "mail_letter"
        indexes = [models.Index(fields=["state", "due"], name="mail_letter_due")]

    def __str__(self) -> str:
        return f"{self.state} {self.about}"


class Left(models.Model):
    """A moment at which a mail left that was written down nowhere; kept for a minute, to keep the pace."""

    at = models.DateTimeField(db_index=True)

    class Meta:
        """No order matters."""

        db_table = "mail_left"

    def __str__(self) -> str:
        return str(self.at)
