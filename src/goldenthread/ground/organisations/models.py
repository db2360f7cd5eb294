"""Organisations of an area, and files of the national register waiting to be taken in."""

from __future__ import annotations

from django.db import models

WAITING, TAKEN, DISCARDED = "waiting", "taken in", "discarded"
"""What may have become of an upload."""


class Organisation(models.Model):
    """A setting, service or body of the area; its kind, phase, type, region and basis are codes of lists.

    ``own`` names the columns somebody here typed over what the register says; an import leaves them.
    No column holds a person: heads and proprietors are not kept.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.SlugField(max_length=60)
    urn = models.CharField(max_length=8, blank=True)
    laestab = models.CharField(max_length=7, blank=True)
    la = models.CharField(max_length=3, blank=True)
    phase = models.SlugField(max_length=60, blank=True)
    school_type = models.SlugField(max_length=60, blank=True)
    region = models.SlugField(max_length=60, blank=True)
    status = models.CharField(max_length=10, default="open")
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    trust = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    own = models.JSONField(default=list)
    basis = models.SlugField(max_length=60, blank=True)
    basis_note = models.CharField(max_length=300, blank=True)
    basis_by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    basis_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One organisation for each URN in an area."""

        db_table = "organisation"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["area", "name"], name="organisation_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "urn"], condition=~models.Q(urn=""), name="organisation_urn_once_in_area"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file of the register: the columns we keep of the rows of our own authority, and what became of it.

    ``cells`` is emptied when the file is taken in or discarded. ``lines`` then says what was done.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    authorities = models.JSONField(default=list)
    elsewhere = models.PositiveIntegerField(default=0)
    cells = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=WAITING)
    settled = models.DateTimeField(null=True, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        """Newest first."""

        db_table = "organisation_upload"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
