"""Surveys and their waves."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

STATES = ("reading", "mapping", "checking", "ready", "failed")


class Survey(models.Model):
    """A series of waves that ask the same people much the same things.

    ``more`` holds what else a study file may say (its question, limits, thresholds, combined items),
    ``tables`` the small tables it names (headcount, census), by file name.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    people = models.CharField(max_length=60, default="staff")
    preset = models.CharField(max_length=40, default="staff-survey")
    preset_because = models.CharField(max_length=300, blank=True)
    mix = models.CharField(max_length=80, blank=True)
    groupings = models.JSONField(default=list)
    more = models.JSONField(default=dict)
    tables = models.JSONField(default=dict)
    created = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Addresses are by slug."""

        db_table = "survey"
        constraints = [models.UniqueConstraint(fields=["area", "slug"], name="survey_slug_in_area")]

    def __str__(self) -> str:
        return self.title


class Wave(models.Model):
    """One running of a survey.

    ``questionnaire`` is the file that says what it asked; without one, ``seen`` and ``choices`` say
    what its answers' file holds and how each column is read. ``recodes`` say what stray values mean,
    ``printed`` what the figures of a published wave are of and which cannot be true. ``incoming`` is a
    corrected file that is being read: the file that stands is kept until that can take its place, and
    ``replaced`` says what came of it. ``step`` and ``percent`` say how far the worker is.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    code = models.SlugField(max_length=20)
    label = models.CharField(max_length=60)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    published = models.BooleanField(default=False)
    answered = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    file = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    layout = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default="reading", choices=[(s, s) for s in STATES])
    said = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    questionnaire = models.TextField(blank=True)
    questionnaire_name = models.CharField(max_length=200, blank=True)
    recodes = models.JSONField(default=list)
    printed = models.JSONField(default=dict)
    incoming = models.CharField(max_length=40, blank=True)
    incoming_name = models.CharField(max_length=200, blank=True)
    replaced = models.JSONField(default=dict)
    step = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    seen = models.JSONField(default=list)
    choices = models.JSONField(default=list)
    more = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField()

    class Meta:
        """Waves stand in the order they were run; those nobody dated come first, in every database."""

        db_table = "wave"
        ordering = [Coalesce("closes", "opens").asc(nulls_first=True), "code"]
        constraints = [models.UniqueConstraint(fields=["survey", "code"], name="wave_code_in_survey")]

    def __str__(self) -> str:
        return self.label

    @property
    def last_day(self) -> date:
        """The day whose lists and rules hold for it: its last, else its first, else the day it came here."""
        return self.closes or self.opens or localtime(self.created).date()


class WaveProblem(models.Model):
    """One thing found while reading a wave's answers, with the first rows it was found in.

    ``every`` names all of its rows as spans ("2-40,43"), as far as a wave's problems have room for them.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="problems")
    rows = models.JSONField(default=list)
    column = models.CharField(max_length=200, blank=True)
    question = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=400)
    lost = models.BooleanField()
    times = models.PositiveIntegerField(default=1)
    every = models.TextField(blank=True)

    class Meta:
        """In the order they were found."""

        db_table = "wave_problem"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.message


class Link(models.Model):
    """What somebody decided about comparing one item between two waves."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    item = models.CharField(max_length=80)
    earlier = models.CharField(max_length=20)
    later = models.CharField(max_length=20)
    comparable = models.BooleanField()
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        """One decision for each item and pair."""

        db_table = "item_link"
        constraints = [
            models.UniqueConstraint(fields=["survey", "item", "earlier", "later"], name="item_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.earlier} to {self.later}"


class Amendment(models.Model):
    """Words that were corrected after a wave opened; ``comparable`` is whether it can still be compared
    with earlier waves, as somebody judged, and ``because`` why."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="amendments")
    made = models.DateTimeField()
    by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    question = models.CharField(max_length=80)
    before = models.TextField()
    after = models.TextField()
    comparable = models.BooleanField()
    because = models.CharField(max_length=300)

    class Meta:
        """In the order they were made."""

        db_table = "amendment"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before}: {self.after}"
