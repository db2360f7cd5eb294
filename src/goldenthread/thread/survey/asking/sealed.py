"""Answers on their way between two sections: sealed into the page itself, kept nowhere else.

AES-256 in Galois/Counter mode (NIST SP 800-38D) under a key of its own (HKDF, RFC 5869), bound to the
wave, so that a field can be neither read on a shared computer, nor changed, nor taken to another survey.
Its version is left out: a last day moved while somebody answers must not cost them their answers.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import zlib
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goldenthread.thread.survey.answering.model import Answers

NONCE = 12
LARGEST = 1 << 20
"""Bytes a sealed page may unfold to."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page carries: its own random ``key``, the ``code`` typed where one is asked for, the
    section it shows and the answers so far."""

    key: str
    section: str = ""
    code: str = ""
    answers: Answers = field(default_factory=dict)


def new_key() -> str:
    """The random name of one person's page, by which sending it twice counts once."""
    return secrets.token_urlsafe(16)


def seal(carried: Carried, *, wave: str, secret: str) -> str:
    """What is carried, as text for a hidden field; ``wave`` names the wave."""
    plain = json.dumps(
        [carried.key, carried.section, carried.code, carried.answers],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    nonce = os.urandom(NONCE)
    box = _box(secret).encrypt(nonce, zlib.compress(plain.encode(), 6), wave.encode())
    return base64.urlsafe_b64encode(nonce + box).decode()


def unseal(text: str, *, wave: str, secret: str) -> Carried | None:
    """What a field carries; None where it is not ours, was changed, or is of another wave."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
        packed = _box(secret).decrypt(raw[:NONCE], raw[NONCE:], wave.encode())
    except (ValueError, binascii.Error, InvalidTag):
        return None
    key, section, code, answers = json.loads(zlib.decompressobj().decompress(packed, LARGEST))
    return Carried(
        key, section, code, {name: tuple(v) if isinstance(v, list) else v for name, v in answers.items()}
    )


@lru_cache(maxsize=4)
def _box(secret: str) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"goldenthread answers between sections")
    return AESGCM(derived.derive(secret.encode()))
