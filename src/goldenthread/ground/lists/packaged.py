"""The lists we ship, from the TOML files in ``packaged``: dated, with their sources, in our own words."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.analysis.definition.needs import NeedType, usual_needs
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
    rows = tuple(_with_needs(_tables(table["entries"])))
    return ShippedList(
        code=str(table["code"]),
        name=str(table["name"]),
        purpose=str(table["purpose"]),
        source=str(table["source"]),
        dated=date.fromisoformat(str(table["dated"])),
        fields=fields,
        entries=tuple(_entry(row, position, fields) for position, row in enumerate(rows, start=1)),
    )


def _with_needs(rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Each row, and after it the types of need it ``holds``, from the one list that studies read too."""
    known = {need.code: need for need in usual_needs()}
    for row in rows:
        yield row
        held = row.get("holds", [])
        for code in held if isinstance(held, list) else ():
            yield _need(known[code], str(row["code"]))


def _need(need: NeedType, under: str) -> dict[str, object]:
    """A type of need as a row; people know it by its code in the census too."""
    row: dict[str, object] = {
        "code": need.code,
        "label": need.label,
        "aliases": [*need.aliases, need.census],
        "census": need.census,
        "from": need.valid_from,
        "source": need.source,
        "under": under,
    }
    return row | ({"until": need.valid_until} if need.valid_until else {}) | {"catch_all": need.catch_all}


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
