"""The printed figures of a published wave: read as typed, tied to items, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldenthread.analysis.check.counts import as_printed
from goldenthread.analysis.check.forgive import Forgiven, Line, forgiven
from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Figure, Judgement, Truth
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.definition.words import fold_text
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.models import Wave


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure as it was printed, what it is of, and whether it can be true.

    ``item`` and ``answer`` are empty where no other wave has them; ``nearest`` is the nearest percentage
    that could have been printed.
    """

    row: int
    question: str
    words: str
    percent: str
    base: str
    item: str
    label: str
    answer: str
    verdict: str
    because: str
    nearest: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of a wave, what could not be read of them, and questions said by hand to be an item."""

    rows: tuple[Printed, ...]
    problems: tuple[Problem, ...]
    chosen: Mapping[str, str]

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"rows": [asdict(row) for row in self.rows], "items": dict(self.chosen)}


def rows_from(plain: Mapping[str, Any]) -> tuple[Printed, ...]:
    """The figures, from JSON."""
    return tuple(Printed(**row) for row in plain.get("rows", ()))


def figures(wave: Wave, path: Path) -> Figures:
    """The figures in ``path`` as judged. Raises Refusal where none can be read."""
    known, chosen = asked_elsewhere(wave), dict(wave.printed.get("items", {}))
    typed = forgiven(path, known, chosen)
    read, problems = _read(path, typed)
    if not read:
        raise Refusal(f"{path.name} holds no figure that can be read.")
    lines = {line.number: line for line in typed.lines}
    labels = {each.item: each.label for each in reversed(known)}
    rows = (
        _row(figure, judgement, lines[figure.row or 0], labels)
        for figure, judgement in zip(read, judge(read), strict=True)
    )
    return Figures(tuple(rows), problems, chosen)


def as_ours(wave: Wave, path: Path) -> None:
    """Write the figures in ``path`` over it, in the columns that a study's figures have."""
    typed = forgiven(path, asked_elsewhere(wave), wave.printed.get("items", {}))
    path.unlink()
    path.write_text(typed.text(), encoding="utf-8")


def asked_elsewhere(wave: Wave) -> list[Variable]:
    """What the other waves of the survey ask, the newest first."""
    others = wave.survey.waves.exclude(pk=wave.pk).exclude(published=True)
    sheets = [asked(other) for other in reversed(others)]
    return [variable for sheet in sheets if sheet for variable in variables(sheet)]


def faults(wave: Wave) -> tuple[str, ...]:
    """A sentence for each figure that was accepted though it cannot be true, for a report's limits.

    Those that fit no whole number of people are told by the analysis itself.
    """
    rows = [row for row in rows_from(wave.printed) if row.item and row.verdict in _TOLD]
    return tuple(_fault(wave.label, row) for row in rows)


def _fault(wave: str, row: Printed) -> str:
    nearest = f" (nearest {row.nearest} %)" if row.nearest else ""
    return (
        f"{wave}: “{row.words or row.answer}” of “{row.label or row.question}” is printed as {row.percent}, "
        f"but {row.because}{nearest}. It was taken as printed."
    )


_TOLD = (Truth.WRONG.value, Truth.SUM_IMPOSSIBLE.value)


def folded(question: str) -> str:
    """The words by which a question is said to be an item."""
    return fold_text(question)


def _read(path: Path, typed: Forgiven) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    ours = path.with_name(f"ours-{path.name}")
    ours.write_text(typed.text(), encoding="utf-8")
    read, problems = read_figures(ours)
    return read, tuple(_named(problem, path.name) for problem in problems)


def _named(problem: Problem, name: str) -> Problem:
    return Problem(name, problem.message, problem.rows, problem.column, problem.value, problem.lost)


def _row(figure: Figure, judgement: Judgement, line: Line, labels: Mapping[str, str]) -> Printed:
    percent = "" if figure.percent is None else f"{as_printed(figure.percent, figure.decimals)} %"
    low, high = figure.base_low, figure.base_high
    base = "" if low is None else f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return Printed(
        row=line.number,
        question=line.question or figure.group or figure.item,
        words=figure.label,
        percent=percent or f"{figure.numerator:,}",
        base=base,
        item=figure.item if figure.item in labels else "",
        label=labels.get(figure.item, ""),
        answer=figure.answer,
        verdict=judgement.verdict.value,
        because=judgement.because,
        nearest=judgement.nearest or "",
    )
