"""Who has a home: many may use it at once, but a restore has it alone, and one left unfinished is said."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread.analysis.problem import Refusal

LOCK, UNFINISHED = ".lock", "restore-unfinished"
RUNNING = "The application is running in {}: stop it, its worker and its timer, then restore."
RESTORING = "A restore into {} is under way: wait until it is done."
AGAIN = (
    "A restore into {} was not finished, so nothing in it can be relied on: run goldenthread restore again."
)


@contextmanager
def using(home: Path) -> Iterator[None]:
    """Use the home beside others. Raises Refusal where a restore has it, or one was left unfinished."""
    with _locked(home, fcntl.LOCK_SH, RESTORING):
        if unfinished(home):
            raise Refusal(AGAIN.format(home))
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have the home alone. Raises Refusal where anybody uses it."""
    with _locked(home, fcntl.LOCK_EX, RUNNING):
        yield


def unfinished(home: Path) -> bool:
    """Whether a restore was cut off between putting the old away and having the new in place."""
    return (home / UNFINISHED).exists()


@contextmanager
def _locked(home: Path, how: int, words: str) -> Iterator[None]:
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Refusal(words.format(home)) from held
        yield
    finally:
        os.close(handle)
