"""All of a study's files at once, or none of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
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

    Everything is made and stored beside ``out`` first, then moved in by name: a failure or a kill
    before that leaves ``out`` as it was, and other files in it are never touched. Raises Refusal
    where ``out`` is a file or cannot be written.
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
        for name in FILES:
            (folder / name).replace(out / name)
    _settle(out)


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
