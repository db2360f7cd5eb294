"""An installation of its own for a journey: a home folder, the web server and the worker, as served."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "a-long-walk-by-the-river"  # noqa: S105 - of a test
FOUND = """
from goldenthread.site import run
run.prepare()
from datetime import datetime, UTC
from goldenthread.ground.people.setup import found_area
found_area(slug="anyshire", name="Anyshire", password={password!r}, now=datetime(2026, 9, 1, tzinfo=UTC))
"""


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of an installation with the area of Anyshire and a person for each role."""
    settings = {"GOLDENTHREAD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "goldenthread.site.settings"}
    environment = {**os.environ, **settings, "DATABASE_URL": f"sqlite:///{home}/journey.sqlite3"}
    subprocess.run([sys.executable, "-c", FOUND.format(password=PASSWORD)], env=environment, check=True)
    command = [sys.executable, "-m", "goldenthread.site", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        found = re.search(r"http://\S+(?=/)", line)
        if found:
            return found[0]
    raise AssertionError("The server ended without an address.")
