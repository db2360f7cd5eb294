"""Which layout a file has."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.analysis.responses.layouts.column import Layout
from goldenthread.analysis.responses.layouts.plain import OTHERS, Plain

LAYOUTS: tuple[Layout, ...] = (*OTHERS, Plain())


def recognise(headings: Sequence[str]) -> Layout:
    """The one layout whose headings these are; a plain table where no other fits."""
    return next(layout for layout in LAYOUTS if layout.recognise(headings))
