"""Builds of a survey's figures."""

from __future__ import annotations

from django.db import models

STATES = ("waiting", "running", "done", "failed")


class Build(models.Model):
    """One numbered run of the analysis. ``said`` is the step it is at, or why it failed."""

    survey = models.ForeignKey("survey.Survey", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="waiting", choices=[(s, s) for s in STATES])
    said = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    folder = models.CharField(max_length=80)
    waves = models.JSONField(default=list)
    headline = models.JSONField(default=dict)

    class Meta:
        """Numbered within a survey, newest first."""

        db_table = "build"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="build_numbered")]

    def __str__(self) -> str:
        return f"build {self.number}"
