"""Running the application: its tables, its static files, its web server and its worker."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from types import FrameType

import django
from dj_database_url import UnknownSchemeError
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError
from granian.constants import Interfaces
from granian.server import Server

from goldenthread.analysis.problem import Refusal

TRIES = 20
BESIDE = ("worker", "tick")
Say = Callable[[str], None]


def prepare() -> None:
    """Bring the database and the static files to this version. Raises Refusal as ``set_up`` does, or
    where the database does not answer."""
    set_up()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        said = str(error).splitlines()[0]
        raise Refusal(f"The database that DATABASE_URL names cannot be used: {said}") from error
    call_command("collectstatic", verbosity=0, interactive=False)


def set_up() -> None:
    """Read the settings. Raises Refusal, one sentence, for one that means nothing."""
    try:
        django.setup()
    except UnknownSchemeError as error:
        raise Refusal("DATABASE_URL must begin with postgres:// or sqlite:///.") from error
    except ValueError as error:
        raise Refusal(str(error)) from error
    except ImproperlyConfigured as error:
        said = str(error).splitlines()[0]
        raise Refusal(f"The database that DATABASE_URL names cannot be used: {said}") from error


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
