"""Codes people hold and type: sixteen readable signs, in groups of four."""

from __future__ import annotations

import hashlib
import re
import secrets

from goldenthread.ground.refused import Refused

LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""Letters and figures that nobody takes for one another, and that spell no words."""

LENGTH, GROUP = 16, 4
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−.]+")
_BROKEN = f"A code has {LENGTH} letters and figures, like bcdf-2345-ghjk-6789. Please look at it again."
_STRANGE = "“{}” is in no code: a code has no a, e, i, l, o, u or y, and no 0 or 1."


def random_text(length: int) -> str:
    """Random signs of the alphabet; sixteen of them are 76 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def new_code() -> str:
    """A code, as it is kept in memory and put into a link."""
    return random_text(LENGTH)


def shown(code: str) -> str:
    """A code as people read it."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """The code somebody typed, in any case, with or without what stands between groups. Raises Refused."""
    code = _BETWEEN.sub("", text).lower()
    if not code:
        raise Refused("Type the code from your invitation.", field="code")
    strange = next((sign for sign in code if sign not in LETTERS), "")
    if strange:
        raise Refused(_STRANGE.format(strange), field="code")
    if len(code) != LENGTH:
        raise Refused(_BROKEN, field="code")
    return code


def hash_of(secret: str) -> str:
    """What is kept of a code or a page's key. Each is random and longer than anybody can try: no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def ballot_of(asking: int, code: str) -> str:
    """What is kept of a code: its hash, which is of one wave alone."""
    return hash_of(f"{asking}:{code}")
