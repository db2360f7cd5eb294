"""``goldenthread convert``: one file of a questionnaire into another, all of it or none."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.definition.formats.take import LARGEST, Format, Given, format_of, give, take
from goldenthread.analysis.definition.formats.told import Told, anything_lost, told_lines
from goldenthread.analysis.problem import Refusal


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a file: a line for each thing left out or otherwise than it was, and what is still
    to be mended in it."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]
    lost: bool


def convert(source: Path, target: Path) -> Converted:
    """Write the questionnaire in ``source`` to ``target``, each in the format its suffix names.

    A .lss file written as .lss is checked and stays as it is, byte by byte, with all that no questionnaire
    of ours holds. Raises Refusal; ``target`` is then as it was.
    """
    kind = format_of(str(target))
    _refuse_places(source, target)
    data = _read(source)
    taken = take(str(source), data)
    same = kind is Format.LSS and format_of(str(source)) is kind
    given = Given(data) if same else give(taken.whole, kind)
    _write(target, given.data)
    told: tuple[Told, ...] = () if same else (*taken.told, *given.told)
    return Converted(told_lines(told), () if same else taken.faults, anything_lost(told))


def _refuse_places(source: Path, target: Path) -> None:
    if target.exists() and not target.is_file():
        raise Refusal(f"{target} is not a file: name a file for the questionnaire.")
    if source.exists() and target.exists() and source.samefile(target):
        raise Refusal(f"{target} is the file to be read: name another one to write.")
    if not target.parent.is_dir():
        raise Refusal(f"There is no folder {target.parent} to write {target.name} to.")


def _read(source: Path) -> bytes:
    if source.exists() and not source.is_file():
        raise Refusal(f"{source} is not a file that can be read.")
    try:
        with source.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refusal(f"{source} cannot be read: there is no such file.") from None
    except OSError as error:
        raise Refusal(f"{source} cannot be read: {error.strerror or error}.") from error


def _write(target: Path, data: bytes) -> None:
    """Written and stored beside its place, then moved there."""
    place = Path(os.path.realpath(target))
    try:
        with tempfile.TemporaryDirectory(prefix=f".{place.name[:40]}-", dir=place.parent) as folder:
            ready = Path(folder) / "questionnaire"
            with ready.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            ready.replace(place)
    except OSError as error:
        raise Refusal(f"{target} could not be written: {error.strerror or error}.") from error
