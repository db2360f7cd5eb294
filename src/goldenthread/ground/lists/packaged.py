"""The lists we ship, from the TOML files in ``packaged``: dated, with their sources, in our own words."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.ground.lists.fields import Value
from goldenthread.ground.lists.models import Entry, List

HEADER = ("name", "purpose", "source", "dated", "fields")
CONTENT = ("label", "aliases", "parent", "heading", "valid_until", "position", "source", "data")


@dataclass(frozen=True, slots=True)
class ShippedEntry:
    """One entry as we ship it; named as the columns it is kept in."""

    code: str
    label: str
    aliases: tuple[str, ...]
    parent: str
    heading: bool
    valid_from: date | None
    valid_until: date | None
    position: int
    source: str
    data: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ShippedList:
    """One list as we ship it. ``fields`` is what it is stored as: a list of plain tables."""

    code: str
    name: str
    purpose: str
    source: str
    dated: date
    fields: tuple[Mapping[str, object], ...]
    entries: tuple[ShippedEntry, ...]


@cache
def shipped_lists() -> tuple[ShippedList, ...]:
    """Every list we ship, by the names of their files."""
    folder = files(__package__).joinpath("packaged")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_list(tomllib.loads(each.read_text(encoding="utf-8"))) for each in found)


def header(of: ShippedList | List) -> dict[str, object]:
    """What a list says of itself, as columns."""
    columns = {name: getattr(of, name) for name in HEADER}
    return columns | {"fields": [dict(field) for field in of.fields]}


def content(of: ShippedEntry | Entry) -> dict[str, object]:
    """What an entry says, as columns: all but its code and the day it starts."""
    columns = {name: getattr(of, name) for name in CONTENT}
    return columns | {"aliases": list(of.aliases), "data": dict(of.data)}


def fingerprint(columns: Mapping[str, object]) -> str:
    """A short name for exactly these columns."""
    text = json.dumps(columns, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _list(table: dict[str, object]) -> ShippedList:
    fields = _tables(table.get("fields"))
    rows = _tables(table["entries"])
    return ShippedList(
        code=str(table["code"]),
        name=str(table["name"]),
        purpose=str(table["purpose"]),
        source=str(table["source"]),
        dated=date.fromisoformat(str(table["dated"])),
        fields=fields,
        entries=tuple(_entry(row, position, fields) for position, row in enumerate(rows, start=1)),
    )


def _tables(found: object) -> tuple[dict[str, object], ...]:
    return tuple(dict(each) for each in found) if isinstance(found, list) else ()


def _entry(row: dict[str, object], position: int, fields: tuple[Mapping[str, object], ...]) -> ShippedEntry:
    aliases = row.get("aliases", [])
    return ShippedEntry(
        code=str(row["code"]),
        label=str(row["label"]),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        parent=str(row.get("under", "")),
        heading=bool(row.get("heading", False)),
        valid_from=_day(row.get("from")),
        valid_until=_day(row.get("until")),
        position=10 * position,
        source=str(row.get("source", "")),
        data={str(field["code"]): _value(row.get(str(field["code"]))) for field in fields},
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _value(value: object) -> Value:
    return value if isinstance(value, str | int | float | bool) else None


def columns_of(of: ShippedEntry) -> dict[str, object]:
    """An entry we ship as the columns of its row."""
    return asdict(of) | {"aliases": list(of.aliases), "data": dict(of.data)}
