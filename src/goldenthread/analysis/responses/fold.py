"""Folding text so that two spellings of one label meet.

Two strengths. ``light`` forgives what typing and copying change: case, spaces, kinds of dash and
quotation mark, punctuation at the end. ``heavy`` also forgives punctuation inside, but keeps the
signs that change a meaning (+ # < > = % and currencies, and a minus before a number), so that
"C", "C#" and "C++", or "1" and "-1", never meet.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = "‐‑‒–—―−﹣－"
_SINGLE = "‘’‚‛′`´"
_DOUBLE = "“”„‟″«»"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SAME = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_UNSEEN)
)
_AT_END = " .:;,?!*"
_MINUS = re.compile(r"(?<!\S)-(?=\d)")
_DROPPED = re.compile(r"[^\w\s+#<>=%£$€\x00]|_")
_ASIDE = re.compile(r"[\s*]*[(\[]\s*(?:optional|required|mandatory)\s*[)\]]", re.IGNORECASE)


def seen(text: str) -> str:
    """The text as it looks on a page: no unseen signs, and one space where there are several."""
    shown = unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, _UNSEEN))))
    return " ".join(shown.split())


def light(text: str) -> str:
    """Case, spaces, dashes, quotation marks and trailing punctuation made alike."""
    same = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    return " ".join(same.split()).casefold().rstrip(_AT_END)


def heavy(text: str) -> str:
    """As ``light``, with punctuation inside gone and "&" read as "and"."""
    marked = _MINUS.sub("\x00", light(text).replace("'", "").replace("&", " and "))
    return " ".join(_DROPPED.sub(" ", marked).replace("\x00", "-").split())


def heading(text: str) -> str:
    """A heading without its "(optional)" or "(required)"."""
    return _ASIDE.sub("", text).strip()
