"""Events: one row for each command that changed something."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing somebody did. ``words`` is the whole of it, as a sentence without its subject."""

    area = models.ForeignKey("area.Area", null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=80)
    about = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=400)

    class Meta:
        """Newest first."""

        db_table = "audit_event"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["area", "-at"], name="audit_event_of_area")]

    def __str__(self) -> str:
        return f"{self.what} {self.about}"
