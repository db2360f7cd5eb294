"""A private folder to work in, beside the place where the work will stand.

It goes when the work ends, however it ends. Only a kill leaves it; whoever works beside the same
place next, or the next tick, then takes it away, for what is in it may since have been deleted.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".goldenthread-aside-"
YOUNG = 60
"""Seconds in which a folder may have been made and not yet locked."""


@contextmanager
def aside(place: Path) -> Iterator[Path]:
    """An empty folder in ``place`` that nobody else may read; those left there by a kill go first."""
    clear(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def clear(place: Path) -> int:
    """Take away what was left in ``place`` by work that was killed; how many folders there were."""
    left = [each for each in place.glob(f"{PREFIX}*") if _nobodys(each)]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)
    return len(left)


def _nobodys(folder: Path) -> bool:
    """Whether a folder was left by a process that is there no more, as far as we may know."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # gone meanwhile, or another user's
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(handle).st_mtime < time.time() - YOUNG
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
