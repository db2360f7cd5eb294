"""What we carry of other people's is exactly what they published, with its licence beside it."""

import hashlib
import re
from pathlib import Path

CARRIED = {".woff2", ".woff", ".ttf", ".otf"}


def hashes(note: Path) -> dict[str, str]:
    """File name to SHA-256, from each line of a VENDOR note that holds both."""
    found = {}
    for line in note.read_text().splitlines():
        digest = re.search(r"\b[0-9a-f]{64}\b", line)
        names = [word.strip("`\"'*,:=|") for word in line.split()]
        for name in names:
            if digest and (note.parent / name).is_file():
                found[name] = digest[0]
    return found


def notes(root: Path) -> list[Path]:
    return sorted((root / "src").rglob("VENDOR*"))


def test_every_carried_file_is_what_its_note_says(root: Path) -> None:
    changed = []
    for note in notes(root):
        assert hashes(note), f"{note.name} names no file beside it with its SHA-256"
        for name, digest in hashes(note).items():
            if hashlib.sha256((note.parent / name).read_bytes()).hexdigest() != digest:
                changed.append(name)
    assert changed == []


def test_every_carried_file_has_a_note_and_a_licence(root: Path) -> None:
    noted = {note.parent / name for note in notes(root) for name in hashes(note)}
    carried = {path for path in (root / "src").rglob("*") if path.suffix in CARRIED}
    assert carried
    assert sorted(path.name for path in carried - noted) == []
    assert sorted(path.name for path in carried if not list(path.parent.glob("LICENSE*"))) == []
