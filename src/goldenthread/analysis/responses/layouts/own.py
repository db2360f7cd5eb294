"""The table in which this software itself keeps a wave that was answered here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.analysis.responses.layouts.column import Column

MARK = "goldenthread-response"
"""The first heading. The cells under it are filled, so that somebody who left all blank is a row too."""


@dataclass(frozen=True, slots=True)
class GoldenThread:
    """A mark, then a column for each field by the id of its question."""

    name: str = "Golden Thread"

    def recognise(self, headings: Sequence[str]) -> bool:
        """The mark stands first."""
        return headings[0] == MARK

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """Each heading as it is; the mark is not read."""
        return tuple(
            Column(index, heading, (heading,) if index else ()) for index, heading in enumerate(headings)
        )

    def finished(self, headings: Sequence[str]) -> int | None:  # noqa: ARG002 - only what was sent is kept
        """Nobody who did not finish is in the file."""
        return None
