"""Whether an installation holds together, seen from outside: by the database's own reader, and on disk."""

# ruff: noqa: S608 - every question asked here is written here

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.served.installation import Installation

LOOSE = """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] WHERE c.contype = 'f'"""


def torn(there: Installation) -> int:
    """How many rows name rows that are not there, or pages are not as they must be."""
    if not there.server:
        wrong = [row for row in there.ask("PRAGMA integrity_check") if row != ("ok",)]
        return len(wrong) + len(there.ask("PRAGMA foreign_key_check"))
    return sum(
        there.ask(
            f"SELECT count(*) FROM {table} x LEFT JOIN {to} y ON x.{column} = y.{key} "
            f"WHERE x.{column} IS NOT NULL AND y.{key} IS NULL"
        )[0][0]
        for table, column, to, key in there.ask(LOOSE)
    )


def files(there: Installation) -> tuple[int, int]:
    """How many files rows name; and how many of them are not there with their bytes, or too many."""
    folder = there.home / "files"
    rows = there.ask("SELECT area_id, id, sha256 FROM kept_file")
    places = {folder / str(area) / name[:2] / name: digest for area, name, digest in rows}
    wrong = sum(_digest(place) != digest for place, digest in places.items())
    found = {each for each in folder.rglob("*") if each.is_file()}
    named = {name for _, name, _ in rows}
    lost = [each for (each,) in there.ask("SELECT file FROM wave") if each not in named]
    return len(places), wrong + len(found - set(places)) + len(lost)


def builds(there: Installation) -> tuple[int, int]:
    """How many builds are done; and how many of them have no figures."""
    folders = [name for (name,) in there.ask("SELECT folder FROM build WHERE state = 'done'")]
    figures = [there.home / "builds" / name / "report" / "figures.json" for name in folders]
    return len(folders), sum(not each.is_file() for each in figures)


def _digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
