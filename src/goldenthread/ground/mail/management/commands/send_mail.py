"""Send the letters that are due."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from goldenthread.ground.mail.deliver import deliver


class Command(BaseCommand):
    """``django-admin send_mail``: one run, for a tick or a person."""

    help = "Send the letters that are due, once."
    requires_system_checks = ()  # it needs no page, so none is loaded

    def handle(self, *args: object, **options: object) -> None:
        """Send, and say how many. Raises CommandError where the mail server could not be used."""
        del args, options
        done = deliver(clock=timezone.now)
        self.stdout.write(f"{done.sent} sent, {done.put_off} put off, {done.failed} failed")
        if done.fault:
            raise CommandError(done.fault)
