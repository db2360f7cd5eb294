"""The whole command line: the science's own commands, and those that run the application."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.analysis.cli import app, main, say

Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder for the database and files.", envvar="GOLDENTHREAD_HOME"),
]
Port = Annotated[int, typer.Option("--port", help="Where to serve.", min=0, max=65535)]
Host = Annotated[str, typer.Option("--host", help="The address to listen on; others can then reach it.")]

__all__ = ["main"]


@app.command()
def demo(port: Port = 8000, host: Host = "127.0.0.1", home: Home = None) -> None:
    """Serve the application with Anyshire, an invented local area, and a sign-in for each role."""
    _settle(home or Path(".dev") / "demo")
    from goldenthread.site import run  # noqa: PLC0415 - only once the home is named

    run.prepare()
    from goldenthread.site import demonstration  # noqa: PLC0415 - only once Django is set up

    for line in demonstration.load(say):
        say(line)
    run.serve(host, port, say)


@app.command()
def serve(port: Port = 8000, host: Host = "127.0.0.1", home: Home = None) -> None:
    """Serve the application, with its worker, until stopped."""
    _settle(home)
    from goldenthread.site import run  # noqa: PLC0415

    run.prepare()
    run.serve(host, port, say)


@app.command()
def tick(home: Home = None) -> None:
    """Do once what has to happen by itself: send letters, delete what is due, take up what was left."""
    _settle(home)
    import django  # noqa: PLC0415 - only once the home is named

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from goldenthread.site import tick as ticking  # noqa: PLC0415

    ticking.tick(timezone.now)


def _settle(home: Path | None) -> None:
    """Name the home before the settings are read."""
    if home is not None:
        os.environ["GOLDENTHREAD_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.site.settings")
