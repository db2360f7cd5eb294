"""Typed answers of one wave, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.problem import Problem

NOT_SHOWN = -2
BLANK = -1

Codes = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Responses:
    """One wave's answers; every array has ``people`` rows in the file's order.

    ``codes`` maps a variable id to positions in that variable's answers, or ``BLANK`` (shown, no
    answer) or ``NOT_SHOWN`` (routed past). ``numbers`` and ``texts`` are keyed by question id; a
    date is a text in ISO form. ``format`` names the layout that was recognised.
    """

    wave: str
    people: int
    codes: Mapping[str, Codes]
    numbers: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    weight: NDArray[np.float64] | None = None
    stratum: tuple[str, ...] | None = None
    format: str = ""
    problems: tuple[Problem, ...] = ()
