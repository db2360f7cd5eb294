"""A page rendered once and filled in many times.

Rendering sixty questions by template takes a tenth of a second; filling in one person's answers takes
a thousandth of that. So a section is rendered once for each version and each set of questions shown,
with a mark wherever a person's own words or choices go.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

Fill = Callable[[str, str, str], str]
"""(kind, field, code) -> HTML."""


@dataclass(frozen=True, slots=True)
class Slots:
    """A page cut at its marks: text, slot, text, slot, ... text."""

    texts: tuple[str, ...]
    slots: tuple[tuple[str, str, str], ...]

    def filled(self, fill: Fill) -> str:
        """The page with every slot filled."""
        made = [self.texts[0]]
        for slot, text in zip(self.slots, self.texts[1:], strict=True):
            made += (fill(*slot), text)
        return "".join(made)


def new_mark() -> str:
    """A mark nobody can have written into a questionnaire: it is thrown anew for each rendering."""
    return secrets.token_hex(16)


def marked(mark: str, kind: str, field: str = "", code: str = "") -> str:
    """A mark for one slot. A code may be any words: a questionnaire from elsewhere brings its own."""
    return f"{mark}:{kind}:{field}:{quote(code, safe='')};"


def cut(html: str, mark: str) -> Slots:
    """The page that was rendered with ``mark``."""
    pieces = re.split(f"{mark}:([^:;]*):([^:;]*):([^:;]*);", html)
    codes = map(unquote, pieces[3::4])
    return Slots(tuple(pieces[::4]), tuple(zip(pieces[1::4], pieces[2::4], codes, strict=True)))
