"""What was seen in a file, what each part of it seems to ask, and what a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.analysis.definition.model import Kind


@dataclass(frozen=True, slots=True)
class Value:
    """One thing cells say, and how many of them say it."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One question as a file shows it: a column, or several with one code or stem.

    ``parts`` are (code, words) of each column where there are several. ``values`` are the commonest
    (all of them, up to 60), over all the columns; ``kinds`` counts how many different there are,
    ``filled`` the cells that hold something, ``joined`` those that seem to hold several answers.
    """

    id: str
    text: str
    headings: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]
    kinds: int
    filled: int
    joined: int = 0
    numbers: int = 0
    dates: int = 0
    addresses: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """How a question is to be read. ``kind`` None leaves it out of the survey.

    ``scale`` names a known scale, or is "" for the values met, in the order of ``order``. Then ``sides``
    say of each of those where it stands: "low", "middle", "high" or "" for no net; without them the lower
    half is low and the upper high.
    ``outside`` are the values that leave people out of the base. ``item`` is what is asked about;
    ``row_items`` the same for each statement of a matrix, in order (without them, ``item.code``).
    """

    id: str
    kind: Kind | None
    item: str
    label: str
    scale: str = ""
    order: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    good: bool | None = None
    row_items: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A choice made for a person to look at; ``sure`` where they hardly need to."""

    seen: Seen
    choice: Choice
    sure: bool
    because: str
