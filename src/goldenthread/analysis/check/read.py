"""Figures files: the columns of ``goldenthread check``, which a published wave uses too."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from goldenthread.analysis.check import cells
from goldenthread.analysis.check.model import Figure, FigureKind
from goldenthread.analysis.check.row import Row
from goldenthread.analysis.definition.csv_rows import read_table
from goldenthread.analysis.definition.words import meant
from goldenthread.analysis.problem import Problem, Refusal

COLUMNS = (
    "id",
    "group",
    "kind",
    "of",
    "part",
    "label",
    "percent",
    "numerator",
    "base",
    "rounded_parts",
    "wave",
    "item",
    "answer",
    "base_low",
    "base_high",
)

WIDEST_RANGE = 10_000
_NOT_HERE = "names a figure that is not in this file, or could not be read"


def read_figures(path: Path) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    """The figures that could be read, in the file's order, and a problem for each that could not.

    A row without an id is called after its place ("row 5"). A blank percent is allowed where a
    numerator and a base are given. A column we do not know is noted and left alone. Raises Refusal
    where the file itself cannot be read.
    """
    table = read_table(path, "figures")
    if "percent" not in table.headings:
        raise Refusal(f"{path.name}: there is no column called “percent”.")
    rows = [Row(path.name, line) for line in table.rows]
    figures = [figure for row in rows if (figure := _figure(row))]
    kept, faults = _whole_file(path.name, figures, [row for row in rows if row.problems])
    unread = [problem for row in rows for problem in row.problems]
    return kept, (*table.problems, *_unknown(path.name, table.headings), *unread, *faults)


def _unknown(file: str, headings: tuple[str, ...]) -> list[Problem]:
    strange = [name for name in headings if name and name not in COLUMNS]
    return [
        Problem(file, f"not a column we use; left alone{meant(name, COLUMNS)}", (), name, lost=False)
        for name in strange
    ]


def _figure(row: Row) -> Figure | None:
    """The figure in a row; None where the row has a problem."""
    if row.problems:
        return None
    figure = _read(row)
    if not row.problems:
        _agree(row, figure)
    return None if row.problems else figure


def _read(row: Row) -> Figure:
    unread: tuple[Fraction | None, int] = (None, 0)
    percent, decimals = row.take("percent", cells.percent, unread)
    low, high = _bases(row)
    return Figure(
        id=row.text("id") or f"row {row.line.number}",
        percent=percent,
        decimals=decimals,
        group=row.text("group"),
        kind=row.take("kind", cells.kind, FigureKind.SHARE),
        of=row.take("of", cells.ids, ()),
        part=row.take("part", cells.truth, blank=False),
        label=row.text("label"),
        numerator=row.take("numerator", cells.count, None),
        base_low=low,
        base_high=high,
        rounded_parts=row.take("rounded_parts", cells.size, 1),
        wave=row.text("wave"),
        item=row.text("item"),
        answer=row.text("answer"),
        row=row.line.number,
    )


def _bases(row: Row) -> tuple[int | None, int | None]:
    base = row.take("base", cells.size, None)
    if base is not None:
        return base, base
    return row.take("base_low", cells.size, None), row.take("base_high", cells.size, None)


def _agree(row: Row, figure: Figure) -> None:
    """Faults between the cells of one row."""
    low, high = figure.base_low, figure.base_high
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        row.fault("a base range needs a low and a high end, the low one first", "base_low")
    if low is not None and high is not None and high - low > WIDEST_RANGE:
        row.fault(f"a base range wider than {WIDEST_RANGE:,} says nothing", "base_low")
    if figure.numerator is not None and high is not None and figure.numerator > high:
        row.fault("is more people than the base", "numerator")
    if figure.percent is None and (figure.numerator is None or figure.base is None):
        row.fault("there is no percentage, nor a numerator and base to stand for it", "percent")
    if figure.part and not figure.group:
        row.fault("a part of a whole needs a group to be part of", "group")


def _whole_file(
    file: str, figures: list[Figure], unread: list[Row]
) -> tuple[tuple[Figure, ...], list[Problem]]:
    kept, problems = _one_each(file, figures)
    kept, faults = _known_parts(file, kept)
    broken = {(row.text("group"), row.text("wave")) for row in unread if row.text("group")}
    lost = {row for fault in problems + faults for row in fault.rows}
    broken |= {(figure.group, figure.wave) for figure in figures if figure.row in lost and figure.part}
    whole, notes = _wholes(file, kept, broken)
    return tuple(whole), problems + faults + notes


def _one_each(file: str, figures: list[Figure]) -> tuple[list[Figure], list[Problem]]:
    """The first figure of each id; a problem for each later one."""
    seen: set[str] = set()
    kept, problems = [], []
    for figure in figures:
        if figure.id in seen:
            problems.append(_problem(file, figure, "id", figure.id, "this id is used further up"))
        else:
            kept.append(figure)
        seen.add(figure.id)
    return kept, problems


def _known_parts(file: str, figures: list[Figure]) -> tuple[list[Figure], list[Problem]]:
    """Figures whose parts are all there; the rest fall, and whatever rests on them, one by one."""
    problems: list[Problem] = []
    while True:
        known = {figure.id for figure in figures}
        bad = {figure.id: _bad_part(figure, known) for figure in figures}
        if not any(bad.values()):
            return _acyclic(file, figures, problems)
        problems += [_problem(file, f, "of", bad[f.id], _NOT_HERE) for f in figures if bad[f.id]]
        figures = [figure for figure in figures if not bad[figure.id]]


def _problem(file: str, figure: Figure, column: str, value: str, message: str) -> Problem:
    return Problem(file, message, (figure.row,) if figure.row else (), column, value)


def _bad_part(figure: Figure, known: set[str]) -> str:
    return next((part for part in figure.of if part not in known), "")


def _acyclic(file: str, figures: list[Figure], problems: list[Problem]) -> tuple[list[Figure], list[Problem]]:
    """Drop figures that stand, in the end, on themselves."""
    settled: set[str] = set()
    while ready := {f.id for f in figures if f.id not in settled and settled.issuperset(f.of)}:
        settled |= ready
    circular = [figure for figure in figures if figure.id not in settled]
    problems += [
        _problem(file, f, "of", " ".join(f.of), "these parts lead back to the figure itself")
        for f in circular
    ]
    return [figure for figure in figures if figure.id in settled], problems


def _wholes(
    file: str, figures: list[Figure], broken: set[tuple[str, str]]
) -> tuple[list[Figure], list[Problem]]:
    """Parts of a whole that lost a row are judged one by one: without it, their sum proves nothing."""
    loose = Counter(f.group for f in figures if f.part and (f.group, f.wave) in broken)
    message = "has a row that could not be read, so its parts are not tested as a whole"
    notes = [Problem(file, message, (), "group", group, lost=False) for group in loose]
    return [replace(f, part=f.part and (f.group, f.wave) not in broken) for f in figures], notes
