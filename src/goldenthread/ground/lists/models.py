"""Lists and their entries, each row of one area."""

from __future__ import annotations

from django.db import models


class List(models.Model):
    """A list of an area. ``shipped`` is the fingerprint of what we last put in; "" where we never did."""

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=300, blank=True)
    dated = models.DateField(null=True, blank=True)
    fields = models.JSONField(default=list)
    shipped = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One list of a code in each area."""

        db_table = "list"
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="list_code_once_in_area")]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """What one code of a list meant over one span of days; both ends are days it holds on.

    A code whose meaning changes from a day on has another row. ``parent`` is a code of the same
    list, and ``data`` holds the fields that the list declares.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    in_list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="entries")
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    aliases = models.JSONField(default=list)
    parent = models.SlugField(max_length=60, blank=True)
    heading = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    shipped = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A code starts once on a day; the commands see to it that its spans do not overlap."""

        db_table = "list_entry"
        ordering = ["position", "label", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["in_list", "code", "valid_from"],
                condition=models.Q(valid_from__isnull=False),
                name="list_entry_starts_once_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["in_list", "code"],
                condition=models.Q(valid_from__isnull=True),
                name="list_entry_starts_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="list_entry_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.label
