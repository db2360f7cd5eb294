"""Kept files: what is known of each. Its bytes are on the disk, under its area and id."""

from __future__ import annotations

from django.db import models


class KeptFile(models.Model):
    """A file somebody brought in, or a job made, for one purpose.

    ``delete_after`` is empty where the thing it belongs to decides: it goes when that goes.
    """

    id = models.CharField(primary_key=True, max_length=32)
    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    purpose = models.CharField(max_length=40)
    by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    delete_after = models.DateTimeField(null=True, db_index=True)

    class Meta:
        """Newest first."""

        db_table = "kept_file"
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return self.name
