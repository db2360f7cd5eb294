"""Delete what has been kept for as long as it may be."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from goldenthread.ground.retention.round import purge


class Command(BaseCommand):
    """``django-admin purge``: one round, for a tick or a person."""

    help = "Delete what has been kept for as long as the data map says, once."
    requires_system_checks = ()  # it needs no page, so none is loaded

    def handle(self, *args: object, **options: object) -> None:
        """Delete, and say what."""
        del args, options
        done = purge(now=timezone.now())
        self.stdout.write("\n".join(done.lines) or "nothing was due")
        if not done.scrubbed:
            self.stderr.write("The database file was in use; deleted bytes are taken out of it next time.")
