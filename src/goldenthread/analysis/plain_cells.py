"""Tables as CSV whose cells a spreadsheet shows and never runs.

As OWASP advises (CSV Injection): a cell that begins as a formula, be it after spaces or quotation marks that
spreadsheets pass over, begins with an apostrophe instead; and so does what follows a semicolon, a tab or a
line's end inside a cell, for a program may cut it there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS = "[ '\"\u00a0\u200b\ufeff]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(_BEGINS)
_CUT = re.compile(rf"([;\t\r\n|])(?={_BEGINS})")
_UNCUT = re.compile(rf"([;\t\r\n|])'(?={_BEGINS})")
_POINTS = re.compile(r"[+-]\d[\d,.]*")
"""A number is no formula."""


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """``rows`` as CSV, every cell guarded."""
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def guarded(text: str) -> str:
    """``text`` so that no spreadsheet takes any of it for a formula; almost always as it stands."""
    if _POINTS.fullmatch(text):
        return text
    apart = _CUT.sub(r"\1'", text)
    return f"'{apart}" if _FORMULA.match(text) else apart


def unguarded(text: str) -> str:
    """What ``guarded`` was given, where ``text`` is what it gave."""
    bare = text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
    return _UNCUT.sub(r"\1", bare)
