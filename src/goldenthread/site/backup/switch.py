"""Putting the new in the place of the old, all of it or none; and plainly unfinished where it is cut off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from goldenthread.site.hold import AGAIN, UNFINISHED

Moves = Mapping[Path, Path | None]
"""For each place the new thing that takes it; None where what is there only goes."""


def switch(home: Path, moves: Moves, old: Path, then: Callable[[], None]) -> None:
    """Move what is there into ``old`` and the new in, then do ``then``, which is whole or nothing by itself.

    Where anything fails, what was moved is moved back. Between the first move and the end, a file in
    the home says that it is unfinished; a kill leaves it there, and nothing starts until it is gone.
    """
    old.mkdir()
    with _marked(home):
        done: list[tuple[Path, Path]] = []
        try:
            for number, (place, new) in enumerate(moves.items()):
                _move(place, old / str(number), done)
                if new is not None:
                    _move(new, place, done)
            for folder in {place.parent for place in moves}:
                _settle(folder)
            then()
        except BaseException:
            for source, target in reversed(done):
                target.rename(source)
            raise


def _move(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    if source.exists():
        source.rename(target)
        done.append((source, target))


@contextmanager
def _marked(home: Path) -> Iterator[None]:
    mark = home / UNFINISHED
    before = mark.exists()
    mark.write_text(AGAIN.format(home) + "\n", encoding="utf-8")
    _settle(home)
    try:
        yield
    except BaseException:
        if not before:
            mark.unlink()
        raise
    mark.unlink()
    _settle(home)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
