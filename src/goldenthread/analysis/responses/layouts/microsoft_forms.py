"""Microsoft Forms: the workbook it gives for a form's answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.analysis.responses.fold import heavy
from goldenthread.analysis.responses.layouts.column import Column

_FIRST = ("id", "start time", "completion time")
_OWN = frozenset(("email", "name", "last modified time", "total points", "quiz feedback", *_FIRST))
_ASIDE = ("points ", "feedback ")
_REPEAT = re.compile(r"(?P<name>.*\S)\s*\d+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MicrosoftForms:
    """Id, start and completion time, e-mail and name; then a column for each question or statement."""

    name: str = "Microsoft Forms"

    def recognise(self, headings: Sequence[str]) -> bool:
        """The three columns every such workbook opens with."""
        return tuple(heavy(heading) for heading in headings[:3]) == _FIRST

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """Questions by their text; the form's own columns and its quiz marks are not read."""
        folded = [heavy(heading) for heading in headings]
        questions = frozenset(folded) - _OWN
        return tuple(_column(index, heading, folded, questions) for index, heading in enumerate(headings))

    def finished(self, headings: Sequence[str]) -> int | None:  # noqa: ARG002 - the form only keeps finished answers
        """Nobody who did not finish is in the file."""
        return None


def _column(index: int, heading: str, folded: list[str], questions: frozenset[str]) -> Column:
    name = folded[index]
    if name in _OWN or _is_aside(name, questions):
        return Column(index, heading, ())
    return Column(index, heading, (heading,), _turn(heading, folded))


def _is_aside(name: str, questions: frozenset[str]) -> bool:
    return any(name.startswith(aside) and name.removeprefix(aside) in questions for aside in _ASIDE)


def _turn(heading: str, folded: list[str]) -> str:
    match = _REPEAT.fullmatch(heading)
    return match["name"] if match and heavy(match["name"]) in folded else ""
