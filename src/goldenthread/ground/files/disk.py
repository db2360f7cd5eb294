"""Files on the disk: written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings

from goldenthread.ground.refused import Refused

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
PIECE = 1 << 20
NO_ROOM = "There is no room left on the disk, so nothing was kept. Ask whoever runs this site to make room."


class Written(NamedTuple):
    """What reached the disk: bytes, and their SHA-256 in hexadecimal."""

    size: int
    digest: str


def home() -> Path:
    """The folder of all kept files."""
    return Path(settings.HOME) / "files"


def place(area: int, name: str) -> Path:
    """Where a kept file's bytes are."""
    return home() / str(area) / name[:2] / name


def write(path: Path, stream: IO[bytes], *, shown: str) -> Written:
    """The stream's bytes at ``path``, there only once they are all safe on the disk.

    Raises Refused, naming the file as ``shown``, where it holds nothing, is larger than
    ``LARGEST_UPLOAD`` bytes, or the disk is full; then nothing is left behind.
    """
    part = path.with_suffix(".part")
    with _said_plainly():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            written = _copied(part, stream, shown)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _settle(path.parent)
    return written


def sweep(before: datetime, known: frozenset[str]) -> int:
    """Remove what no row knows of and nobody has written to since ``before``; how many files there were."""
    since = before.timestamp()
    found = [each for each in home().glob("*/*/*") if each.name not in known]
    found += Path(settings.FILE_UPLOAD_TEMP_DIR or settings.HOME).glob("*.upload*")
    stray = [each for each in found if each.is_file() and each.stat().st_mtime < since]
    for each in stray:
        each.unlink(missing_ok=True)
    return len(stray)


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in FULL:
            raise Refused(NO_ROOM) from fault
        raise


def _copied(part: Path, stream: IO[bytes], shown: str) -> Written:
    size, digest = 0, hashlib.sha256()
    with part.open("xb") as file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > settings.LARGEST_UPLOAD:
                raise Refused(too_large(shown))
            digest.update(piece)
            file.write(piece)
        if not size:
            raise Refused(f"{shown} is empty.")
        file.flush()
        os.fsync(file.fileno())
    return Written(size, digest.hexdigest())


def too_large(shown: str) -> str:
    """The sentence for a file over the limit."""
    return f"{shown} is larger than {settings.LARGEST_UPLOAD // (1 << 20):,} MB, the most that is kept here."


def _settle(folder: Path) -> None:
    """Make the name itself safe on the disk, not only the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
