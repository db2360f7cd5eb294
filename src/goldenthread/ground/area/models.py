"""A local area and what it may set for itself."""

from __future__ import annotations

from django.db import models


class Area(models.Model):
    """A council with its schools, nurseries, colleges, health trusts, voluntary bodies and forum."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=7, blank=True)
    senco = models.CharField(max_length=12, default="SENCO")
    mfa_roles = models.JSONField(default=list)

    class Meta:
        """One row for each area on this deployment."""

        db_table = "area"

    def __str__(self) -> str:
        return self.name
