"""An area's colour as a style sheet: it can be seen on paper and in the dark, or it is made so."""

from __future__ import annotations

import re

LIGHT, DARK, INK = "fcfbf8", "11181e", "16212b"
"""Paper by day and by night, and ink, as the tokens have them."""
SEEN = 3.0
"""The contrast WCAG 2.2 (1.4.11) asks of a graphic."""
_SIX = re.compile(r"#?([0-9a-fA-F]{6})")


def colour_code(colour: str) -> str:
    """``0a5a61`` of ``#0A5A61``; nothing of what is no colour."""
    found = _SIX.fullmatch(colour.strip())
    return found[1].lower() if found else ""


def style_sheet(code: str) -> str:
    """The colour by day and by night, each with what is drawn on it."""
    day, night = until_seen(code, LIGHT, "000000"), until_seen(code, DARK, "ffffff")
    return (
        f":root{{--area-colour:#{day};--on-area:#{on(day)}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"])'
        f"{{--area-colour:#{night};--on-area:#{on(night)}}}}}"
    )


def until_seen(code: str, ground: str, towards: str) -> str:
    """``code``, moved towards black or white until it can be seen on ``ground``."""
    mixed = code
    for step in range(1, 21):
        if contrast(mixed, ground) >= SEEN:
            break
        mixed = mix(code, towards, step / 20)
    return mixed


def on(code: str) -> str:
    """White or ink, whichever can be seen better on ``code``."""
    return max("ffffff", INK, key=lambda line: contrast(line, code))


def mix(code: str, other: str, share: float) -> str:
    """``code`` with a share of ``other`` in it."""
    pairs = zip(_channels(code), _channels(other), strict=True)
    return "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(code: str, other: str) -> float:
    """Contrast by WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(code), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(code: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(code))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(code: str) -> tuple[int, int, int]:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
