"""What became of the things a format could not carry, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.analysis.definition.words import listed, quoted


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is not as it was, and what became of it.

    ``about`` is its code (empty for the whole file) and ``noun`` what has that code. ``lost`` is true
    where something was left out; else it is a note.
    """

    message: str
    about: str = ""
    noun: str = "question"
    lost: bool = False


def told_lines(told: Iterable[Told]) -> tuple[str, ...]:
    """A line for each message with every code it is about: what was left out first, then notes."""
    alike: dict[tuple[bool, str, str], dict[str, None]] = {}
    for each in sorted(told, key=lambda each: not each.lost):
        alike.setdefault((not each.lost, each.message, each.noun), {})[each.about] = None
    return tuple(_line(message, noun, [*about]) for (_, message, noun), about in alike.items())


def anything_lost(told: Iterable[Told]) -> bool:
    """Whether anything was left out."""
    return any(each.lost for each in told)


def _line(message: str, noun: str, about: list[str]) -> str:
    codes = [code for code in about if code]
    if not codes:
        return message[:1].upper() + message[1:]
    return f"{noun}{'s' if len(codes) > 1 else ''} {listed(map(quoted, codes))}: {message}"
