"""What went wrong, where, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure of ours
    """The work could not be done. The message is one clear sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in a file that a person should know.

    ``row`` counts lines of the file from 1 (the heading is row 1); ``column`` is the heading as
    written. ``lost`` is true where an answer or a row was left out; a recoded label is a note.
    ``count`` is how many answers or rows the line stands for, so that lost ones can be added up.
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    lost: bool = True
    count: int = 1

    def sentence(self) -> str:
        """The place and the message in one line."""
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column “{self.column}”")
        shown = "" if self.value is None else f" “{_short(self.value)}”:"
        return f"{', '.join(place)}:{shown} {self.message}"


def _short(value: str, length: int = 60) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
