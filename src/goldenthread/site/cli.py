"""The whole command line: the science's own commands, and those that run the application."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from goldenthread.analysis.cli import DONE, DONE_WITH_LOSSES, app, complain, main, say
from goldenthread.analysis.problem import Refusal
from goldenthread.site.hold import using

Home = Annotated[
    Path | None,
    typer.Option("--home", help="The folder for the database and files.", envvar="GOLDENTHREAD_HOME"),
]
Port = Annotated[int, typer.Option("--port", help="Where to serve.", min=0, max=65535)]
Host = Annotated[str, typer.Option("--host", help="The address to listen on; others can then reach it.")]
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]
Replace = Annotated[bool, typer.Option("--replace", help="Take the place of a file of that name.")]
GiveUp = Annotated[bool, typer.Option("--replace", help="Give up what the home and database hold now.")]

__all__ = ["main"]


@app.command()
def demo(port: Port = 8000, host: Host = "127.0.0.1", home: Home = None) -> None:
    """Serve the application with Anyshire, an invented local area, and a sign-in for each role."""
    _settle(home or Path(".dev") / "demo")
    os.environ.setdefault("LOG_LEVEL", "warning")
    from goldenthread.site import run  # noqa: PLC0415 - only once the home is named

    with _home_in_use():
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

    with _home_in_use():
        run.prepare()
        run.serve(host, port, say)


@app.command()
def tick(home: Home = None) -> None:
    """Do once what has to happen by itself: send letters, delete what is due, take up what was left."""
    _settle(home)
    from goldenthread.site import run  # noqa: PLC0415 - only once the home is named

    run.set_up()
    from django.utils import timezone  # noqa: PLC0415

    from goldenthread.site import tick as ticking  # noqa: PLC0415

    with _home_in_use():
        ticking.tick(timezone.now)


@app.command()
def backup(file: BackupFile, replace: Replace = False, home: Home = None) -> None:  # noqa: FBT002
    """Write everything the application holds, as it is at one moment, to one file."""
    _settle(home)
    _refuse_no_home()
    with _home_in_use():
        from django.utils import timezone  # noqa: PLC0415 - only once Django is set up

        from goldenthread.site.backup import take, told  # noqa: PLC0415

        taken = take.take(file, replace=replace, clock=timezone.now)
    say(told.taken(file, taken))
    _end_with(told.losses(taken.manifest, taken.changed))


@app.command()
def restore(file: BackupFile, replace: GiveUp = False, home: Home = None) -> None:  # noqa: FBT002
    """Put what a backup holds in place, and bring it to this version. Stop the application first."""
    from goldenthread.site.backup.archive import opened  # noqa: PLC0415 - knows no settings

    with opened(file) as archive:
        _settle(home)
        from goldenthread.site import run  # noqa: PLC0415 - only once the home is named

        run.set_up()
        from django.utils import timezone  # noqa: PLC0415

        from goldenthread.site.backup import restore as restoring  # noqa: PLC0415
        from goldenthread.site.backup import told  # noqa: PLC0415

        restored = restoring.restore(archive, replace=replace, clock=timezone.now)
    for line in told.restored(restored):
        say(line)
    _end_with(told.losses(restored.manifest, ()))


@contextmanager
def _home_in_use() -> Iterator[None]:
    """Read the settings and hold the home. Raises Refusal where a restore has it, or was cut off."""
    from goldenthread.site import run  # noqa: PLC0415 - only once the home is named

    run.set_up()
    from django.conf import settings  # noqa: PLC0415

    with using(Path(settings.HOME)):
        yield


def _refuse_no_home() -> None:
    folder = Path(os.environ.get("GOLDENTHREAD_HOME") or "goldenthread")
    if not folder.is_dir():
        raise Refusal(f"There is nothing to back up: there is no folder {folder}. Name the home with --home.")


def _end_with(losses: Sequence[str]) -> None:
    """Name each loss on standard error; the status says whether there was one."""
    for line in losses:
        complain(line)
    raise typer.Exit(DONE_WITH_LOSSES if losses else DONE)


def _settle(home: Path | None) -> None:
    """Name the home before the settings are read."""
    if home is not None:
        os.environ["GOLDENTHREAD_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.site.settings")
