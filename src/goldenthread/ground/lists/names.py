"""Names compared as a reader would, and SENCO spelt as an area spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify

from goldenthread.analysis.definition.words import fold_label

SPELLINGS = ("SENCO", "SENCo", "SENDCO", "SENDCo")
"""The first is how we store it; an area's own spelling is put in wherever a label is shown."""

_SENCO = re.compile(r"\bSEND?CO(s?)\b", re.IGNORECASE)
_SEND = re.compile(r"sendco")
_APART = re.compile(r"[\s-]+")


def fold(name: str) -> str:
    """``name`` with case, spaces and dashes made alike: "Post 16", "post-16" and "Post–16" are one."""
    return _SEND.sub("senco", _APART.sub("", fold_label(name)))


def spelt(text: str, spelling: str) -> str:
    """``text`` with SENCO written as ``spelling``."""
    return _SENCO.sub(lambda found: spelling + found[1].lower(), text)


def stored(text: str) -> str:
    """``text`` on one line with SENCO in the spelling we store."""
    return spelt(" ".join(text.split()), SPELLINGS[0])


def new_code(label: str, taken: Iterable[str], longest: int = 60) -> str:
    """A code for ``label`` that is not taken: "deaf-awareness", then "deaf-awareness-2"."""
    base, taken = slugify(label)[: longest - 4].strip("-") or "entry", set(taken)
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(code for code in numbered if code not in taken)
