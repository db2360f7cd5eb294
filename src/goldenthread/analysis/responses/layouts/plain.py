"""A plain table: one heading a column, one person a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.layouts.limesurvey import LimeSurveyCodes, LimeSurveyTexts
from goldenthread.analysis.responses.layouts.microsoft_forms import MicrosoftForms
from goldenthread.analysis.responses.layouts.own import GoldenThread

OTHERS = (GoldenThread(), LimeSurveyCodes(), LimeSurveyTexts(), MicrosoftForms())


@dataclass(frozen=True, slots=True)
class Plain:
    """What every table is that is nothing else."""

    name: str = "plain table"

    def recognise(self, headings: Sequence[str]) -> bool:
        """No other layout knows these headings."""
        return not any(layout.recognise(headings) for layout in OTHERS)

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """Each heading as it is."""
        return tuple(Column(index, heading, (heading,)) for index, heading in enumerate(headings))

    def finished(self, headings: Sequence[str]) -> int | None:  # noqa: ARG002 - a plain table does not say
        """Not known."""
        return None
