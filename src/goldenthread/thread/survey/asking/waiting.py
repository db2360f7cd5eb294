"""What waits in the intake, sealed under the key of its stretch of time (epochs.py).

Length tells too: a row as long as one person's answers would lead to them after mixing as well as a name. So
what is sealed is packed and filled up to one of a few sizes; nearly everybody's answers are of the first.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Mapping
from itertools import accumulate, repeat

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
LENGTH = 4
SMALLEST, TIMES = 4096, 4
"""Bytes of the first size, and how many times the one before it each further size is."""


class Unopened(Exception):  # noqa: N818 - an answer about a row
    """The row cannot be opened with this key."""


def text_of(answers: Mapping[str, object]) -> str:
    """The answers as JSON in an order that says nothing of the order they were given in."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(text: str, *, key: bytes, asking: int, channel: int) -> str:
    """The text under ``key``, bound to its wave and link, as text of one of a few lengths."""
    nonce = os.urandom(NONCE)
    box = AESGCM(key).encrypt(nonce, _filled(zlib.compress(text.encode(), 6)), _bound(asking, channel))
    return base64.b85encode(nonce + box).decode("ascii")


def unseal(box: str, *, key: bytes, asking: int, channel: int) -> str:
    """The text again. Raises Unopened."""
    try:
        raw = base64.b85decode(box)
        filled = AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], _bound(asking, channel))
    except (ValueError, InvalidTag) as fault:
        raise Unopened from fault
    length = int.from_bytes(filled[:LENGTH], "big")
    return zlib.decompress(filled[LENGTH : LENGTH + length]).decode()


def _filled(packed: bytes) -> bytes:
    sizes = accumulate(repeat(TIMES), lambda size, times: size * times, initial=SMALLEST)
    size = next(each for each in sizes if each >= len(packed) + LENGTH)
    return (len(packed).to_bytes(LENGTH, "big") + packed).ljust(size, b"\0")


def _bound(asking: int, channel: int) -> bytes:
    return f"{asking}:{channel}".encode()
