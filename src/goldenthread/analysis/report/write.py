"""All of a study's files at once, or none of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.docx.file import docx
from goldenthread.analysis.report.docx.pack import EARLIEST
from goldenthread.analysis.report.figures import figures, figures_text, without_hidden
from goldenthread.analysis.report.html.page import html
from goldenthread.analysis.report.xlsx.file import xlsx
from goldenthread.analysis.results import Results

FILES = ("report.html", "report.docx", "tables.xlsx", "figures.json")


def write_report(results: Results, out: Path) -> tuple[Path, ...]:
    """Write report.html, report.docx, tables.xlsx and figures.json into the folder ``out``.

    Everything is made and stored beside ``out`` first, then moved in: a new folder at once, files of
    an older report one by one. Where one cannot be moved, or Ctrl+C comes between, the older files
    are put back; only a kill or a power cut between two moves can leave some old and some new, each
    of them whole. Other files in ``out`` are never touched. Raises Refusal where ``out`` is a file or
    cannot be written.
    """
    refuse_what_is_in_the_way(out)
    made = rendered(results)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
            new = Path(folder) / "new"
            _store(made, new)
            _move_in(new, out)
    except OSError as error:
        raise Refusal(_told(out, error)) from error
    return tuple(out / name for name in FILES)


def rendered(results: Results) -> Mapping[str, bytes]:
    """The bytes of each file by name."""
    results = without_hidden(results)
    report, day = compose(results), made_on(results)
    return {
        "report.html": html(report).encode(),
        "figures.json": figures_text(figures(results, report.caveat)).encode(),
        "tables.xlsx": xlsx(report, results, day),
        "report.docx": docx(report, day),
    }


def made_on(results: Results) -> date:
    """The day a file's properties give: the last day any wave is known to have been open."""
    days = [day for wave in results.study.waves for day in (wave.opens, wave.closes) if day is not None]
    return max(days, default=EARLIEST)


def refuse_what_is_in_the_way(out: Path) -> None:
    """Raises Refusal where ``out``, or one of the report's files in it, is not what it must be."""
    if out.exists() and not out.is_dir():
        raise Refusal(f"{out} is a file. Name a folder for the report.")
    for name in FILES:
        if (out / name).is_dir():
            raise Refusal(f"{out / name} is a folder, where the report needs a file of that name.")


def _store(made: Mapping[str, bytes], folder: Path) -> None:
    """Write every file and wait until the disk holds it."""
    folder.mkdir()
    for name, data in made.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _move_in(folder: Path, out: Path) -> None:
    if not out.exists():
        folder.rename(out)
    else:
        _replace(folder, out, _kept(out, folder.parent / "old"))
    _settle(out)


def _kept(out: Path, aside: Path) -> Path:
    """A folder with a copy of each file of the report that is there already."""
    aside.mkdir()
    for name in FILES:
        if os.path.lexists(out / name):
            shutil.copy2(out / name, aside / name, follow_symlinks=False)
    return aside


def _replace(new: Path, out: Path, old: Path) -> None:
    """Every file of ``new`` moved into ``out``, or none: then those of ``old`` are back in their places."""
    with ExitStack() as undo:
        for name in FILES:
            undo.callback(_undo, new / name, out / name, old / name)
            (new / name).replace(out / name)
        undo.pop_all()


def _undo(new: Path, place: Path, old: Path) -> None:
    """Take back the move of one file, if it was made. Raises Refusal where that is impossible."""
    if new.exists():
        return
    try:
        if os.path.lexists(old):
            old.replace(place)
        else:
            place.unlink()
    except OSError as error:
        why = f"the new {place.name} could not be taken back: {error.strerror or error}"
        raise Refusal(f"Only a part of the report was written to {place.parent}, and {why}.") from error


def _settle(folder: Path) -> None:
    """Ask the disk to remember the folder's names; some systems cannot, and lose nothing by it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _told(out: Path, error: OSError) -> str:
    return f"The report could not be written to {out}: {error.strerror or error}."
