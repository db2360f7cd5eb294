"""Questions that an old report asked and printed no figure of: the [[waves.no_figures]] of a study file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.analysis.definition.printed import Printed
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.study import NoFigure, Wave
from goldenthread.analysis.definition.words import quoted, repeated

_KEYS = ("numbers", "because", "label", "own_words")


def read_no_figures(wave: Table) -> tuple[NoFigure, ...]:
    """Every entry of one wave, faults noted."""
    found = tuple(_read(table) for table in wave.tables("no_figures", "no_figures"))
    if found and "responses" in wave.values:
        wave.fault("“no_figures” is for a wave of figures; here answers are read")
    return found


def _read(table: Table) -> NoFigure:
    table.only(*_KEYS)
    numbers = table.names("numbers")
    if not numbers:
        table.fault("“numbers” is missing: which questions are meant")
    label, own_words = table.text("label", ""), table.flag("own_words")
    return NoFigure(numbers, table.text("because"), label, own_words=own_words)


def check_no_figures(place: Table, wave: Wave, left_out: Iterable[str], printed: Printed) -> None:
    """Name each question that is said twice to have no figure, or that has one."""
    named = [number for entry in wave.no_figures for number in entry.numbers]
    if not named:
        return
    for number in repeated([*named, *dict.fromkeys(left_out)]):
        place.fault(f"question {quoted(number)} is listed twice as having no figure")
    known = {number for group in printed.groups for number in numbers_in(group)}
    for number in (number for number in dict.fromkeys(named) if number in known):
        place.fault(f"question {quoted(number)} is under “no_figures”, but a figure is printed for it")


def numbers_in(source: str) -> tuple[str, ...]:
    """The question numbers a printed figure stands on: ``7`` and ``23`` of ``Q7+23``; a name is itself."""
    numbered = re.fullmatch(r"Q?(\d+[a-z]?(?:\+\d+[a-z]?)*)", source, re.IGNORECASE)
    return tuple(numbered[1].split("+")) if numbered else (source,)
