"""Judgements in words for a terminal, and as plain data for a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from goldenthread.analysis.check.counts import as_printed
from goldenthread.analysis.check.model import Figure, Judgement, Truth
from goldenthread.analysis.definition.words import counted

HEADINGS = {
    Truth.WRONG: (
        "does not match the count and base printed beside it",
        "do not match the count and base printed beside them",
    ),
    Truth.IMPOSSIBLE: ("cannot come from any whole number of people",) * 2,
    Truth.SUM_IMPOSSIBLE: (
        "belongs to a whole whose parts cannot add up",
        "belong to a whole whose parts cannot add up",
    ),
}
"""What is said of one figure, and of several."""


def as_lines(figures: tuple[Figure, ...], judgements: tuple[Judgement, ...]) -> tuple[str, ...]:
    """Plain text: a line for each faulty figure under a heading for its fault, then the tally."""
    by_id = {figure.id: figure for figure in figures}
    lines: list[str] = []
    for truth, heading in HEADINGS.items():
        held = [judgement for judgement in judgements if judgement.verdict is truth]
        if held:
            lines += [f"{counted(len(held), *heading)} ({truth.value}):"]
            lines += [f"  {_line(by_id[judgement.id], judgement)}" for judgement in held]
            lines += [""]
    return (*lines, _tally(by_id, judgements))


def as_json(judgements: tuple[Judgement, ...]) -> list[dict[str, str | float | None]]:
    """What ``check --json`` prints: ``id``, ``verdict``, ``because``, ``nearest`` (per cent)."""
    return [
        {
            "id": judgement.id,
            "verdict": judgement.verdict.value,
            "because": judgement.because,
            "nearest": None if judgement.nearest is None else float(judgement.nearest),
        }
        for judgement in judgements
    ]


def _line(figure: Figure, judgement: Judgement) -> str:
    name = f"{figure.id}, {figure.label}" if figure.label else figure.id
    nearest = "" if judgement.nearest is None else f"; nearest that could be printed: {judgement.nearest} %"
    return f"{name}: {_printed(figure)}: {judgement.because}{nearest}"


def _printed(figure: Figure) -> str:
    percent = "" if figure.percent is None else f"{as_printed(figure.percent, figure.decimals)} %"
    if figure.numerator is None or figure.base is None:
        return percent
    fraction = f"{figure.numerator}/{figure.base}"
    return f"{percent} ({fraction})" if percent else fraction


def _tally(by_id: Mapping[str, Figure], judgements: tuple[Judgement, ...]) -> str:
    """A whole that cannot add up condemns no one part of it, so wholes are counted apart."""
    if not judgements:
        return "No figures to check."
    every = _figures(len(judgements))
    alone = sum(judgement.verdict in {Truth.WRONG, Truth.IMPOSSIBLE} for judgement in judgements)
    held = [by_id[j.id] for j in judgements if j.verdict is Truth.SUM_IMPOSSIBLE]
    if not alone and not held:
        return f"{'The' if len(judgements) == 1 else 'All'} {every} could be true."
    parts = [f"{alone:,} of {every} cannot be true as printed"] if alone else []
    parts += [f"{_wholes(held)} cannot all be true together"] if held else []
    parts += ["the rest could be"] if alone + len(held) < len(judgements) else []
    return f"{'; '.join(parts)}."


def _wholes(held: list[Figure]) -> str:
    sizes = Counter((figure.group, figure.wave) for figure in held)
    if len(sizes) == 1:
        return f"1 group of {_figures(len(held))}"
    return f"in each of {len(sizes):,} groups ({_figures(len(held))}) the parts"


def _figures(number: int) -> str:
    return counted(number, "figure", "figures")
