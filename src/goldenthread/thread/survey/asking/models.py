"""Waves asked here, and the tables an answer passes through.

``Ballot``, ``Sent``, ``Intake`` and ``Answered`` are made by the migration in plain SQL: a table that
keeps no order of its own (SQLite's WITHOUT ROWID) and has no number that counts up, no time and no
person in it. Nothing in them can be put in the order in which it came.
"""

from __future__ import annotations

from django.db import models

STATES = ("draft", "open", "closed")
MODES = ("open-link", "personal-code", "confidential")
WAITING, CLAIMED, SENT, FAILED, WITHDRAWN = "waiting", "claimed", "sent", "failed", "withdrawn"


class Asking(models.Model):
    """How one wave is asked here: in which mode, and how far it has come.

    ``draft`` is the questionnaire as it is being written, faults and all; what the wave itself holds
    is the last that could stand, and from opening on the one that is asked. ``least`` is how many
    answers must have come before any are mixed in, ``mixed`` when that last was. ``epoch`` names the key
    under which answers wait at present (epochs.py). ``closed`` is when it closed; where people had codes,
    ``invited`` is then how many were sent one, ``doubles`` how many of their answers could be second ones.
    """

    wave = models.OneToOneField("survey.Wave", on_delete=models.CASCADE, related_name="asking")
    mode = models.CharField(max_length=20, default="open-link", choices=[(m, m) for m in MODES])
    state = models.CharField(max_length=10, default="draft", choices=[(s, s) for s in STATES])
    draft = models.TextField(blank=True)
    least = models.PositiveSmallIntegerField(default=20)
    mixed = models.DateTimeField(null=True, blank=True)
    epoch = models.CharField(max_length=32, blank=True, default="")
    closed = models.DateTimeField(null=True, blank=True)
    invited = models.PositiveIntegerField(null=True, blank=True)
    doubles = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One for each wave asked here."""

        db_table = "asking"

    def __str__(self) -> str:
        return f"{self.wave}: {self.state}"


class EarlierDraft(models.Model):
    """A questionnaire as it was before a change, so that the change can be taken back."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    words = models.CharField(max_length=300)

    class Meta:
        """The newest first; of one version there is one."""

        db_table = "earlier_draft"
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["asking", "version"], name="earlier_draft_once")]

    def __str__(self) -> str:
        return f"before: {self.words}"


class Channel(models.Model):
    """One partner's mailing of a wave, with a link of its own. ``came`` is how many answers came by it,
    counted when they are mixed in and never one by one."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="channels")
    code = models.CharField(max_length=16, unique=True)
    label = models.CharField(max_length=80)
    came = models.PositiveIntegerField(default=0)
    made = models.DateTimeField()

    class Meta:
        """In the order they were made."""

        db_table = "channel"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asking", "label"], name="channel_label_in_asking")]

    def __str__(self) -> str:
        return self.label


class Ballot(models.Model):
    """The right to answer once: the hash of a code that only its holder has."""

    hash = models.CharField(max_length=64, primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Made by the migration."""

        db_table = "ballot"


class Sent(models.Model):
    """The hash of a page that was sent, so that the same page sent again is counted once."""

    hash = models.CharField(max_length=64, primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Made by the migration."""

        db_table = "sent"


class Intake(models.Model):
    """Answers that came and wait to be mixed with others, sealed under the key of their ``epoch``."""

    id = models.CharField(max_length=32, primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    answers = models.TextField()
    epoch = models.CharField(max_length=32, default="")

    class Meta:
        """Made by the migration."""

        db_table = "intake"


class Answered(models.Model):
    """Answers mixed with others: under a new random name, and by no channel."""

    id = models.CharField(max_length=32, primary_key=True)
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="+")
    answers = models.TextField()

    class Meta:
        """Made by the migration."""

        db_table = "answered"


class Invitee(models.Model):
    """Somebody who is sent a code. Which code, and whether it was used, is written down nowhere.

    ``codes`` is how many they may hold: one more each time one was handed to the mail server for them and
    not surely refused. ``message`` names the mail of the last. ``claimed`` is when a worker last took them
    up, ``due`` when they may be tried again, ``reminded`` the last reminder sent to them, ``asked`` that
    they asked for another code, which goes out with the next round.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="invitees")
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default=WAITING)
    message = models.CharField(max_length=32, unique=True)
    codes = models.PositiveSmallIntegerField(default=0)
    claimed = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reminded = models.PositiveSmallIntegerField(default=0)
    asked = models.BooleanField(default=False)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        """By address; of one address there is one."""

        db_table = "invitee"
        ordering = ["address"]
        indexes = [models.Index(fields=["asking", "state"], name="invitee_by_state")]
        constraints = [models.UniqueConstraint(fields=["asking", "address"], name="invitee_once_in_asking")]

    def __str__(self) -> str:
        return self.state


class Mailing(models.Model):
    """One going out of mail to the invitees of a wave: their codes (``number`` 0), or a reminder.

    ``beat`` is the last sign of life of the worker that does it, ``fault`` why it could not go on.
    """

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="mailings")
    number = models.PositiveSmallIntegerField(default=0)
    link = models.CharField(max_length=300)
    begun = models.DateTimeField()
    beat = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        """In the order they were begun."""

        db_table = "mailing"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.asking}: {self.number}"
