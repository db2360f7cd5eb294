"""Numbers of pupils, never pupils."""

from __future__ import annotations

from django.db import models


class PupilCount(models.Model):
    """How many pupils with SEN had each type of need on a day, as their main need.

    ``pupils`` is by the code of the list of types; a type not in it was not counted. ``total`` is all
    pupils with SEN, those of no recorded type too; None where nobody says. ``published`` numbers are
    public already.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    dated = models.DateField()
    source = models.CharField(max_length=300)
    pupils = models.JSONField(default=dict)
    total = models.PositiveIntegerField(null=True, blank=True)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One count a day."""

        db_table = "pupil_count"
        ordering = ["-dated"]
        constraints = [models.UniqueConstraint(fields=["area", "dated"], name="pupils_counted_once_a_day")]

    def __str__(self) -> str:
        return f"pupils on {self.dated}"
