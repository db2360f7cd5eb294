"""The worker: reads uploads, makes builds, sends mail. Started by ``serve``, or alone by this module."""

from __future__ import annotations

import logging
import os

import django
from django.core.management import call_command

from goldenthread.site.logs import OURS

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.site.settings")
    django.setup()
    # the command sets how much it logs by itself, whatever the settings say
    call_command("db_worker", verbosity=int(logging.getLogger(OURS).isEnabledFor(logging.INFO)), interval=1)
