"""The application as a person starts and stops it: served, with its worker and its tick, and gone again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``goldenthread serve`` in a home of its own, and its address."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/served.sqlite3"}
    command = [
        sys.executable,
        "-m",
        "goldenthread.site",
        "serve",
        "--port",
        "0",
        "--home",
        str(tmp_path / "home"),
    ]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
            assert found
            yield server, found[0]
        finally:
            server.kill()
            signal.signal(signal.SIGINT, before)


def opened(address: str) -> str:
    """The page at ``address``, once the server answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=20) as page:  # noqa: S310 - our own server
                return str(page.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nothing answered")


def children(server: subprocess.Popen[str]) -> list[int]:
    """The processes it started that are still there."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_leaves_nothing_running(
    serving: tuple[subprocess.Popen[str], str], number: signal.Signals
) -> None:
    server, address = serving
    assert "Sign in" in opened(address)
    started = children(server)
    assert len(started) >= 3, "the web server, the worker and the tick"
    server.send_signal(number)
    told = server.communicate(timeout=60)[1]
    assert "Traceback" not in told
    assert server.returncode in (0, 128 + number)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAIL_URL", "post://there", "MAIL_URL must read scheme://host:port"),
        ("DATABASE_URL", "shelf://there", "DATABASE_URL must begin with postgres:// or sqlite:///."),
        (
            "DATABASE_URL",
            "postgres://nobody@127.0.0.1:1/x",
            "The database that DATABASE_URL names cannot be used",
        ),
        ("LARGEST_UPLOAD_MB", "many", "LARGEST_UPLOAD_MB must be a whole number above 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is “loud”"),
    ],
)
def test_a_setting_that_means_nothing_is_said_in_one_sentence(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    command = [
        sys.executable,
        "-m",
        "goldenthread.site",
        "serve",
        "--port",
        "0",
        "--home",
        str(tmp_path / "home"),
    ]
    environment = {**os.environ, "DATABASE_URL": "", name: value}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) <= 2
