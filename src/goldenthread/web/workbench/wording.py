"""Two wordings of one question, the words that changed marked in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from goldenthread.analysis.definition.words import fold_text

Mark = Literal["", "del", "ins"]


@dataclass(frozen=True, slots=True)
class Bit:
    """Some words of a wording: as they were, taken out since, or put in."""

    words: str
    mark: Mark = ""


Wording = tuple[Bit, ...]


def compared(before: str, after: str) -> tuple[Wording, Wording]:
    """Both wordings; words of the first that the second has not are ``del``, new ones in the second ``ins``.

    Case, spaces and punctuation are no change, as where waves are compared.
    """
    old, new = before.split(), after.split()
    match = SequenceMatcher(None, _folded(old), _folded(new), autojunk=False)
    first: list[Bit] = []
    second: list[Bit] = []
    for tag, a, b, c, d in match.get_opcodes():
        same = tag == "equal"
        first += _bit(old[a:b], "" if same else "del")
        second += _bit(new[c:d], "" if same else "ins")
    return tuple(first), tuple(second)


def as_it_is(text: str) -> Wording:
    """A wording with nothing marked."""
    return (Bit(text),) if text else ()


def _folded(words: Sequence[str]) -> list[str]:
    return [fold_text(word) for word in words]


def _bit(words: Sequence[str], mark: Mark) -> Iterator[Bit]:
    if words:
        yield Bit(" ".join(words), mark if any(map(fold_text, words)) else "")
