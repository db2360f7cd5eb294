"""What a layout says of one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the names it may answer to, best first.

    ``names`` is empty for what the system adds itself (times, addresses, tokens): never read.
    ``turn`` is the name a heading had before the system numbered it as a repeat, else "".
    """

    index: int
    heading: str
    names: tuple[str, ...]
    turn: str = ""

    @property
    def own(self) -> bool:
        """True for a column the system added itself."""
        return not self.names


class Layout(Protocol):
    """One way of laying out answers."""

    @property
    def name(self) -> str:
        """What a report calls the layout."""
        ...

    def recognise(self, headings: Sequence[str]) -> bool:
        """Whether these are the headings of this layout and no other."""
        ...

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """The columns with the names they may answer to."""
        ...

    def finished(self, headings: Sequence[str]) -> int | None:
        """The column that is blank for people who did not finish, where the layout has one."""
        ...
