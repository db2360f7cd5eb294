"""What a backup says of itself: what is in it, of what version, and as of when."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

FORMAT = 1
UNREADABLE = "its manifest cannot be read"
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_NAME = r"(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f]{1,255}"
_PLACES = re.compile(
    rf"database/[a-z0-9_]{{1,63}}\.(?:sqlite3|copy)|files/\d+/[0-9a-f]{{2}}/[0-9a-f]{{32}}"
    rf"|builds/\d+-\d+(?:/{_NAME})+|keys/\d+-[0-9a-f]{{32}}"
)
_WORD = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class NotOurs(Exception):  # noqa: N818 - an answer about a file
    """The manifest is not one of ours, or not of this version. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: where it belongs, its bytes, and their SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of PostgreSQL as it was copied: its columns in order, and where its numbering stood."""

    columns: tuple[str, ...]
    counters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Everything acknowledged before ``as_of`` is in it. ``migrations`` are those its database has had,
    as ``app.name``; ``missing`` the kept files that were gone already when it was taken.
    """

    version: str
    kind: str
    as_of: datetime
    migrations: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes the parts are together."""
        return sum(part.size for part in self.parts)


def written(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    plain = {"golden_thread_backup": FORMAT, **asdict(manifest), "as_of": manifest.as_of.isoformat()}
    return json.dumps(plain, indent=1).encode()


def read(text: bytes) -> Manifest:
    """The manifest. Raises NotOurs for anything else."""
    try:
        plain = json.loads(text)
        if plain["golden_thread_backup"] != FORMAT:
            raise NotOurs(f"it is written in format {plain['golden_thread_backup']}, of a newer version")
        return _manifest(plain)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise NotOurs(UNREADABLE) from fault


def _manifest(plain: Mapping[str, Any]) -> Manifest:
    manifest = Manifest(
        version=str(plain["version"])[:40],
        kind=_one(plain["kind"], KINDS),
        as_of=datetime.fromisoformat(plain["as_of"]),
        migrations=tuple(map(str, plain["migrations"])),
        parts=tuple(_part(each) for each in plain["parts"]),
        missing=tuple(map(str, plain["missing"])),
        tables={_word(name): _table(each) for name, each in plain["tables"].items()},
    )
    if manifest.as_of.tzinfo is None:
        raise NotOurs("its moment has no time zone")
    if len({part.path for part in manifest.parts}) != len(manifest.parts):
        raise NotOurs("it names a file twice")
    return manifest


def _part(plain: Mapping[str, Any]) -> Part:
    path, size, digest = str(plain["path"]), plain["size"], str(plain["sha256"])
    if not _PLACES.fullmatch(path):
        raise NotOurs(f"it names a file where none of ours belongs ({path[:80]!r})")
    if type(size) is not int or size < 0 or not re.fullmatch("[0-9a-f]{64}", digest):
        raise NotOurs(UNREADABLE)
    return Part(path, size, digest)


def _table(plain: Mapping[str, Any]) -> Table:
    counters = {_word(name): int(value) for name, value in plain["counters"].items()}
    return Table(tuple(map(_word, plain["columns"])), counters)


def _word(name: Any) -> str:  # noqa: ANN401 - whatever the file holds
    if not isinstance(name, str) or not _WORD.fullmatch(name):
        raise NotOurs("it names a table or column that cannot be ours")
    return name


def _one(value: Any, known: Mapping[str, str]) -> str:  # noqa: ANN401 - whatever the file holds
    if value not in known:
        raise NotOurs("it is of a kind of database we do not know")
    return str(value)
