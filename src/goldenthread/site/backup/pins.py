"""Kept files, builds and keys as they are at one moment, held fast by a second name on the same disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldenthread.ground.files.queries import every_file
from goldenthread.thread.finding.queries import every_folder
from goldenthread.thread.survey.asking.epochs import every_key

KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Pin:
    """A file by its place in the home, where its bytes are held, and their SHA-256 where a row has it."""

    path: str
    held: Path
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """Every file that rows name; ``missing`` are the places where there is none."""

    pins: tuple[Pin, ...]
    missing: tuple[str, ...]


def pin(home: Path, folder: Path) -> Pinned:
    """Give every file that a row names a second name in ``folder``.

    To be called while no row can change. A second name takes no room, and the bytes stay under it
    when somebody deletes the first; where the disk has no second names, the bytes are copied. So are
    keys at any rate: whoever destroys a key writes over its bytes, whatever names they have.
    """
    pins, missing = [], []
    for number, (place, digest) in enumerate(_named()):
        path = place.relative_to(home).as_posix()
        held = _held(place, folder / str(number), copied=place.parent.name == KEYS)
        if held is None:
            missing.append(path)
        else:
            pins.append(Pin(path, held, digest))
    return Pinned(tuple(pins), tuple(missing))


def _named() -> Iterator[tuple[Path, str | None]]:
    yield from every_file()
    for build in every_folder():
        inside = [each for each in sorted(build.rglob("*")) if each.is_file()]
        yield from ((each, None) for each in inside or [build])
    yield from ((each, None) for each in every_key())


def _held(place: Path, name: Path, *, copied: bool) -> Path | None:
    if not place.is_file():
        return None
    if copied or not _linked(place, name):
        shutil.copyfile(place, name)
    return name


def _linked(place: Path, name: Path) -> bool:
    try:
        os.link(place, name)
    except OSError:
        return False
    return True
