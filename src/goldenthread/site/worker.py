"""The worker: reads uploads, makes builds, sends mail. Started by ``serve``, or alone by this module."""

from __future__ import annotations

import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.site.settings")
    django.setup()
    call_command("db_worker", verbosity=0, interval=1)
