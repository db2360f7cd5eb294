"""Running the application: its tables, its static files, its web server and its worker."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from types import FrameType

import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.server import Server

from goldenthread.analysis.problem import Refusal

TRIES = 20
BESIDE = ("worker", "tick")
Say = Callable[[str], None]


def prepare() -> None:
    """Bring the database and the static files to this version."""
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(host: str, port: int, say: Say) -> None:
    """Serve until interrupted, with a worker and a tick of its own. Raises Refusal where no port is free."""
    chosen = _free(host, port)
    beside = [_beside(name) for name in BESIDE]
    signal.signal(signal.SIGTERM, _interrupt)
    say(f"Golden Thread is at http://{host}:{chosen}/  (Ctrl+C stops it)")
    try:
        Server(
            "goldenthread.site.wsgi:application",
            address=host,
            port=chosen,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            log_enabled=False,
        ).serve()
    finally:
        for child in beside:
            child.terminate()
        for child in beside:
            child.wait(timeout=20)


def _beside(name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", f"goldenthread.site.{name}"])  # noqa: S603 - our own


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _free(host: str, port: int) -> int:
    """The first free port from ``port`` on."""
    for candidate in range(port, port + TRIES) if port else (0,):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise Refusal(f"No port from {port} to {port + TRIES - 1} is free. Choose another with --port.")
