"""Words of a picture as outlines, in the report's own face.

The painting program finds letters in whatever fonts a machine has, and opens the font's file again for
nearly every letter. As outlines they look the same on every machine, and paint several times faster.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
FACE = "static/vendor/atkinson-hyperlegible-next/letters.json"
START = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the typeface: each letter's advance and outline, in units of the em."""

    per_em: int
    letters: dict[str, tuple[int, str]]

    def holds(self, text: str) -> bool:
        return all(letter in self.letters for letter in text)

    def advances(self, text: str) -> Iterable[tuple[int, str]]:
        """Where each letter starts, and its outline."""
        at = 0
        for letter in text:
            advance, outline = self.letters[letter]
            yield at, outline
            at += advance

    def width(self, text: str) -> int:
        return sum(self.letters[letter][0] for letter in text)


def outlined(picture: str) -> str:
    """The SVG with its words as outlines; words with a letter the face lacks stay words."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(picture)  # noqa: S314 - drawn by us a moment ago
    for word in list(root.iter(f"{{{SVG}}}text")):
        face = _faces()["bold" if word.get("font-weight") else "regular"]
        if word.text and face.holds(word.text):
            _outline(word, word.text, face)
    return ET.tostring(root, encoding="unicode")


def _outline(word: ET.Element, text: str, face: Face) -> None:
    """Turn one text element into a group of paths at the same place."""
    size, fill = float(word.get("font-size", "13")) / face.per_em, word.get("fill", "")
    left = float(word.get("x", "0")) - START[word.get("text-anchor", "start")] * face.width(text) * size
    baseline = word.get("y", "0")
    word.clear()
    word.tag = f"{{{SVG}}}g"
    word.attrib = {
        "transform": f"translate({left:.2f} {baseline}) scale({size:.5f} {-size:.5f})",
        "fill": fill,
    }
    for at, outline in face.advances(text):
        if outline:
            ET.SubElement(word, f"{{{SVG}}}path", {"transform": f"translate({at})", "d": outline})


@cache
def _faces() -> dict[str, Face]:
    held = json.loads(files("goldenthread.analysis.report").joinpath(FACE).read_text(encoding="ascii"))
    return {
        name: Face(
            held["unitsPerEm"], {letter: (advance, outline) for letter, (advance, outline) in face.items()}
        )
        for name, face in held["faces"].items()
    }
