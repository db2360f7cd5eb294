"""The [[waves]] of a study file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.no_figures import check_no_figures, read_no_figures
from goldenthread.analysis.definition.printed import Printed, printed_in
from goldenthread.analysis.definition.read import load_questionnaire
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.study import Wave
from goldenthread.analysis.definition.words import listed, quoted, repeated
from goldenthread.analysis.problem import Refusal

T = TypeVar("T")

_KEYS = (
    *("id", "label", "opens", "closes", "questionnaire", "responses", "figures", "answered"),
    *("source", "weight", "stratum", "not_reported", "no_figures"),
)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where files named in a study are looked for: questionnaires and figures of our own beside the
    study, answers and figures first in the data folder. With ``gone`` the files of answers need not be
    there any more."""

    study: Path
    data: Path | None = None
    gone: bool = False

    def find(self, name: str, *, data: bool = False) -> Path | None:
        """The file called ``name``, or None."""
        found = (folder / name for folder in self.searched(data=data))
        return next((path for path in found if _is_file(path)), None)

    def searched(self, *, data: bool) -> tuple[Path, ...]:
        """The folders a file is looked for in, first one first."""
        return (self.data, self.study) if data and self.data else (self.study,)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for any file
        return False


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of a study, what each published one printed, and the numbers each leaves out."""

    waves: tuple[Wave, ...]
    printed: Mapping[str, Printed] = field(default_factory=dict)
    not_reported: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_waves(top: Table, folders: Folders) -> Waves:
    """Every wave, faults noted: order, dates, files, and the faults of the questionnaires."""
    tables = tuple(top.tables("waves", "wave"))
    waves = tuple(_wave(table, folders) for table in tables)
    left_out = tuple(table.names("not_reported") for table in tables)
    if not waves:
        top.fault("there is no wave: add [[waves]]")
    for wave_id in repeated([wave.id for wave in waves if wave.id]):
        top.fault(f"two waves have the id {quoted(wave_id)}")
    _check_order(top, waves)
    printed = _all_printed(top, waves)
    for wave, numbers in zip(waves, left_out, strict=True):
        check_no_figures(top.at(f"wave {quoted(wave.id)}"), wave, numbers, printed.get(wave.id, Printed()))
    without = {wave.id: numbers for wave, numbers in zip(waves, left_out, strict=True) if numbers}
    return Waves(waves, printed, without)


def _wave(table: Table, folders: Folders) -> Wave:
    table, wave_id = table.called("wave")
    table.only(*_KEYS)
    files = _files(table, folders)
    wave = Wave(
        id=wave_id,
        label=table.name("label", wave_id) or wave_id,
        opens=table.day("opens"),
        closes=table.day("closes"),
        questionnaire=_questionnaire(table, folders),
        responses=files[0] if files else None,
        figures=_file(table, "figures", folders, data=True),
        answered=table.whole("answered"),
        source=table.text("source", ""),
        weight=table.name("weight", "") or None,
        stratum=table.name("stratum", "") or None,
        versions=files if len(files) > 1 else (),
        no_figures=read_no_figures(table),
    )
    _check_wave(table, wave)
    return wave


def _questionnaire(table: Table, folders: Folders) -> Questionnaire | None:
    path = _file(table, "questionnaire", folders)
    loaded = attempt(table, partial(load_questionnaire, path)) if path else None
    if loaded is None:
        return None
    questionnaire, faults = loaded
    faults.file = table.values["questionnaire"] if isinstance(table.values["questionnaire"], str) else ""
    table.faults.adopt(faults)
    return questionnaire


def attempt(table: Table, read: Callable[[], T]) -> T | None:
    """What ``read`` returns; a refusal becomes a fault of ``table``."""
    try:
        return read()
    except Refusal as refusal:
        table.fault(str(refusal))
        return None


def _files(table: Table, folders: Folders) -> tuple[Path, ...]:
    """The files of answers: one path, or a list with the file of each version."""
    if not isinstance(table.values.get("responses"), list):
        path = _file(table, "responses", folders, data=True)
        return () if path is None else (path,)
    names = table.paths("responses")
    paths = [_found(table, "responses", name, folders, data=True) for name in names]
    for name in _twice(names, paths):
        table.fault(f"“responses”: {quoted(name)} is listed twice")
    return tuple(path for path in paths if path is not None)


def _twice(names: Sequence[str], paths: Sequence[Path | None]) -> Iterator[str]:
    """The names of files that were listed before, however their paths are written."""
    seen: set[Path] = set()
    for name, path in zip(names, paths, strict=True):
        if path is None:
            continue
        if path.resolve() in seen:
            yield name
        seen.add(path.resolve())


def _file(table: Table, key: str, folders: Folders, *, data: bool = False) -> Path | None:
    name = table.text(key, "")
    return _found(table, key, name, folders, data=data) if name else None


def _found(table: Table, key: str, name: str, folders: Folders, *, data: bool) -> Path | None:
    path = folders.find(name, data=data)
    if path is None and folders.gone and key == "responses":
        return folders.study / name
    if path is None:
        places = listed((_named(folder) for folder in folders.searched(data=data)), "or")
        table.fault(f"{quoted(key)}: there is no file {quoted(name)} in {places}")
    return path


def _named(folder: Path) -> str:
    return "this folder" if folder == Path() else str(folder)


def find_file(table: Table, key: str, folders: Folders) -> Path | None:
    """The file a key names, looked for among the data and beside the study; faults noted."""
    return _file(table, key, folders, data=True)


def _check_wave(table: Table, wave: Wave) -> None:
    has_answers, has_figures = "responses" in table.values, "figures" in table.values
    if has_answers == has_figures:
        both = (
            "both “responses” and “figures”; give one" if has_answers else "neither “responses” nor “figures”"
        )
        table.fault(f"has {both}")
    elif has_answers and "questionnaire" not in table.values:
        table.fault("has “responses”, so it needs a “questionnaire” to read them by")
    for key in ("weight", "stratum"):
        if has_figures and key in table.values:
            table.fault(f"{quoted(key)} names a column of answers, but this wave has figures only")
    if has_answers and "answered" in table.values:
        table.fault("“answered” is for a wave of figures; here the answers are counted")
    if wave.opens and wave.closes and wave.closes < wave.opens:
        table.fault(f"closes on {wave.closes}, before it opens on {wave.opens}")


def _check_order(top: Table, waves: tuple[Wave, ...]) -> None:
    dated = [wave for wave in waves if wave.opens or wave.closes]
    for earlier, later in pairwise(dated):
        first, second = earlier.opens or earlier.closes, later.opens or later.closes
        if first and second and second <= first:
            top.faults.add(
                f"wave {quoted(later.id)}",
                f"is dated {second}, not after wave {quoted(earlier.id)} ({first}); list waves oldest first",
            )


def _all_printed(top: Table, waves: tuple[Wave, ...]) -> dict[str, Printed]:
    found = {}
    for wave in waves:
        if wave.figures is not None:
            found[wave.id] = attempt(top, partial(printed_in, wave.figures, wave.id)) or Printed()
    return found
