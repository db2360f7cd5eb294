"""Wording compared as a reader would: case, spaces and typography do not make a difference."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"'}


def fold_label(text: str) -> str:
    """An answer's label with case, runs of spaces, dashes and quotation marks made alike.

    Other marks stay, because "5" and "5+" are two answers.
    """
    alike = unicodedata.normalize("NFKC", text).translate(_DASHES | _QUOTES)
    return " ".join(alike.casefold().split())


def fold_text(text: str) -> str:
    """A question's wording as letters and digits alone: what must differ for it to be reworded."""
    kept = (c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(kept).split())


def quoted(text: object) -> str:
    """``text`` in quotation marks on one line."""
    return f"“{' '.join(str(text).split())}”"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence says them: "a, b and c"."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """A count with its words: "1 answer was", "2,000 answers were"."""
    return f"{number:,} {one if number == 1 else many}"


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where none is like it."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)), None)


def meant(word: str, known: Iterable[str]) -> str:
    """A hint such as "; did you mean “label”?", or nothing where no known word is near."""
    found = near(word, known)
    return "" if found is None else f"; did you mean {quoted(found)}?"


def repeated(words: Sequence[str]) -> tuple[str, ...]:
    """The words that occur more than once, each once, in order of first occurrence."""
    return tuple(word for word in dict.fromkeys(words) if words.count(word) > 1)
