"""All that one study's analysis found, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goldenthread.analysis.compare.model import Change, Finding
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.estimate.facts import Besides, NeedRow, NeedTable, WaveFacts, WhoRow, WhoTable
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.problem import Problem

__all__ = ["Besides", "NeedRow", "NeedTable", "Results", "WaveFacts", "WhoRow", "WhoTable"]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a report may show. Holds no raw tally: only figures already protected."""

    study: Study
    waves: tuple[WaveFacts, ...]
    who: tuple[WhoTable, ...]
    estimates: tuple[Estimate, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    besides: tuple[Besides, ...] = ()
    limits: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: Mapping[str, int] = field(default_factory=dict)
    needs: NeedTable | None = None
