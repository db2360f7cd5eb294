"""Counts of people, never people."""

from __future__ import annotations

from django.db import models


class Count(models.Model):
    """How many people worked in an area of work and a kind of organisation on a day.

    ``work`` and ``kind`` are codes of lists; "" is all of them. ``number_high`` is the upper end
    where only a range is known.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    work = models.SlugField(max_length=60, blank=True)
    kind = models.SlugField(max_length=60, blank=True)
    number = models.PositiveIntegerField()
    number_high = models.PositiveIntegerField(null=True, blank=True)
    dated = models.DateField()
    source = models.CharField(max_length=300)
    all_invited = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One number for each cell and day."""

        db_table = "headcount"
        ordering = ["-dated", "work", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "work", "kind", "dated"], name="headcount_cell_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(number_high__isnull=True) | models.Q(number_high__gte=models.F("number")),
                name="headcount_range_rises",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work or 'everybody'} {self.kind}".strip()
