"""The file itself: a zip of parts and a manifest, ending in the SHA-256 of all that stands before.

Any tool opens it; its last 64 signs, in the zip's own comment, show whether one byte of it is not as
it was written. That shows damage, not forgery: whoever can write a backup can sign it so.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from goldenthread.analysis.problem import Refusal
from goldenthread.site.backup.manifest import Manifest, NotOurs, Part, read, written

PIECE = 1 << 20
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 << 20
ENDING = b"Golden Thread backup. SHA-256 of everything before: "
HEX = 64
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class Writing:
    """A backup being written; ``add`` each part, then ``end`` with the manifest."""

    def __init__(self, path: Path, moment: datetime) -> None:
        self.path, self.moment = path, moment
        self.file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        self.zip.comment = ENDING + b"0" * HEX

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, *fault: object) -> None:
        """Close the file; where something failed, what was still to be written is wanted no more."""
        self.zip.fp = None
        with suppress(OSError) if fault[0] else nullcontext():
            self.file.close()

    def add(self, path: str, source: Path) -> Part:
        """The bytes at ``source`` under ``path``."""
        size, digest = 0, hashlib.sha256()
        with source.open("rb") as file, self.zip.open(self._entry(path), "w", force_zip64=True) as entry:
            while piece := file.read(PIECE):
                size += len(piece)
                digest.update(piece)
                entry.write(piece)
        return Part(path, size, digest.hexdigest())

    def end(self, manifest: Manifest) -> None:
        """The manifest, the ending, and all of it safe on the disk."""
        self.zip.writestr(self._entry(MANIFEST), written(manifest))
        self.zip.close()
        self.file.seek(0)
        digest = _digest(self.file, self.path.stat().st_size - HEX)
        self.file.write(digest)
        self.file.flush()
        os.fsync(self.file.fileno())

    def _entry(self, path: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(path, self.moment.timetuple()[:6])
        info.external_attr, info.compress_type = (stat.S_IFREG | 0o600) << 16, zipfile.ZIP_DEFLATED
        return info


class Archive:
    """A backup that holds what its manifest says, but for the parts' own bytes: ``extract`` checks those."""

    def __init__(self, path: Path, zipped: zipfile.ZipFile) -> None:
        self.path, self._zip = path, zipped
        self._entries = _entries(path, zipped)
        self.manifest = self._manifest()
        if self._entries.keys() != {MANIFEST, *(part.path for part in self.manifest.parts)}:
            raise damaged(path, "it does not hold the files its manifest names")

    def part(self, path: str) -> Part:
        """The part that belongs at ``path``. Raises Refusal where there is none."""
        found = next((each for each in self.manifest.parts if each.path == path), None)
        if found is None:
            raise damaged(self.path, f"it holds no {path}")
        return found

    def extract(self, part: Part, to: Path) -> Path:
        """One part's bytes as a new file. Raises Refusal where they are not those of the manifest."""
        to.parent.mkdir(parents=True, exist_ok=True)
        size, digest = 0, hashlib.sha256()
        with _said(self.path), to.open("xb") as file, self._zip.open(self._entries[part.path]) as entry:
            while (piece := entry.read(PIECE)) and size <= part.size:
                size += len(piece)
                digest.update(piece)
                file.write(piece)
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise damaged(self.path, f"{part.path} is not what its manifest says")
        return to

    def _manifest(self) -> Manifest:
        entry = self._entries.get(MANIFEST)
        if entry is None or entry.file_size > LARGEST_MANIFEST:
            raise damaged(self.path, "it has no manifest that can be read")
        with _said(self.path), self._zip.open(entry) as file:
            text = file.read(LARGEST_MANIFEST)
        try:
            return read(text)
        except NotOurs as fault:
            raise damaged(self.path, str(fault)) from fault


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup, whole and as it was written. Raises Refusal for any other file."""
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    with path.open("rb") as file:
        _check_ending(path, file)
        with _said(path):
            zipped = zipfile.ZipFile(file)
        with zipped:
            yield Archive(path, zipped)


def damaged(path: Path, why: str) -> Refusal:
    """The sentence for a file that cannot be restored from."""
    return Refusal(f"{path} cannot be restored: {why}.")


def _check_ending(path: Path, file: IO[bytes]) -> None:
    size = os.fstat(file.fileno()).st_size - HEX
    file.seek(max(0, size - len(ENDING)))
    if size < len(ENDING) or file.read(len(ENDING)) != ENDING:
        raise damaged(path, "it is not a Golden Thread backup, or its end is missing")
    file.seek(0)
    if _digest(file, size) != file.read(HEX):
        raise damaged(path, "it is damaged; some of it is not as it was written")


def _digest(file: IO[bytes], size: int) -> bytes:
    """The SHA-256 of the next ``size`` bytes, in hexadecimal; the file then stands after them."""
    digest = hashlib.sha256()
    while size > 0 and (piece := file.read(min(PIECE, size))):
        size -= len(piece)
        digest.update(piece)
    return digest.hexdigest().encode()


def _entries(path: Path, zipped: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    found = {info.filename: info for info in zipped.infolist()}
    if len(found) != len(zipped.infolist()) or not all(map(_plain, found.values())):
        raise damaged(path, "it holds something that no backup of ours holds")
    return found


def _plain(info: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file, packed in the way we pack: no link, no folder, no password."""
    packed = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return packed and stat.S_ISREG(info.external_attr >> 16) and not info.flag_bits & 1


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as fault:
        raise damaged(path, "it is damaged, and cannot be unpacked") from fault
