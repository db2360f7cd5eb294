"""The data map: read from a table beside each room's models (data_map.toml), and held against them.

A model's entry says ``about``, and the four words ``basis``, ``retention``, ``sensitivity`` and
``request`` that hold for its fields; under ``fields`` each field says its purpose, and where its
words differ, which. ``retention/words.toml`` and ``retention/terms.toml`` have the words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.apps import AppConfig, apps
from django.db.models import Field, Model
from django.db.models.options import Options

OURS = "goldenthread."
FILE = "data_map.toml"
OTHERS = "others"
WORDS = ("basis", "retention", "sensitivity", "request")
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept. Without ``days``, as long as the thing itself."""

    code: str
    words: str
    days: int | None
    start: str
    reason: str
    since: date


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field, why it is held, and the words for its basis, term, sensitivity and what is given of it."""

    name: str
    purpose: str
    basis: str
    retention: str
    sensitivity: str
    request: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table and its fields. ``name`` is ours for it, or the table's own where it is not ours."""

    room: str
    name: str
    about: str
    fields: tuple[FieldEntry, ...]


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What each word a map may use means, by the kind of word."""
    return _toml(__package__ or "", "words.toml")


@cache
def terms() -> Mapping[str, Term]:
    """Every term by its code."""
    return {
        code: Term(code, row["words"], row.get("days"), row.get("from", ""), row["reason"], row["since"])
        for code, row in _toml(__package__ or "", "terms.toml").items()
    }


@cache
def maps() -> Mapping[str, Table]:
    """What is written, by room; under ``OTHERS`` what is of tables that are not ours."""
    rooms = {_room_name(each): _toml(each.name, FILE) for each in _rooms()}
    return {**rooms, OTHERS: _toml(__package__ or "", "others.toml")}


def data_map() -> tuple[TableEntry, ...]:
    """Every table as it is mapped, ours first; what is not mapped is not in it (see ``faults``)."""
    found = [(model, _written(model, maps())) for model in models()]
    entries = [_entry(model, said) for model, said in found if said is not None]
    return tuple(sorted(entries, key=lambda each: each.room == OTHERS))


def faults(changed: Mapping[str, Table] | None = None) -> tuple[str, ...]:
    """What the maps lack, have too much or say in words that are not there; each as one line.

    ``changed`` are maps to take in place of those written, by room.
    """
    written = {**maps(), **(changed or {})}
    found = [(model, _written(model, written)) for model in models()]
    missing = [f"{_place(model)} is missing" for model, said in found if said is None]
    wrong = [line for model, said in found if said is not None for line in _faults(model, said)]
    return (*missing, *_stale(written), *wrong)


def models() -> tuple[type[Model], ...]:
    """Every model with a table, those that Django makes by itself too."""
    return tuple(each for each in apps.get_models(include_auto_created=True) if _meta(each).managed)


def columns(model: type[Model]) -> tuple[str, ...]:
    """The names of the fields a table has columns for."""
    return tuple(each.name for each in _meta(model).get_fields() if isinstance(each, Field) and each.column)


def _written(model: type[Model], written: Mapping[str, Table]) -> Table | None:
    """What the maps say of a model."""
    found: Table | None = written.get(_room(model), {}).get(_called(model))
    return found


def _entry(model: type[Model], said: Table) -> TableEntry:
    fields = tuple(_fields(said, columns(model)))
    return TableEntry(_room(model), _called(model), str(said.get("about", "")), fields)


def _fields(said: Table, held: tuple[str, ...]) -> Iterator[FieldEntry]:
    known = said.get("fields", {})
    for name in held if known else ():
        own = known.get(name, "")
        found = {"purpose": own} if isinstance(own, str) else own
        yield FieldEntry(name, **{key: str(found.get(key, said.get(key, ""))) for key in ("purpose", *WORDS)})
    if not known:
        shared = {key: str(said.get(key, "")) for key in WORDS}
        yield FieldEntry("every field", purpose=str(said.get("about", "")), **shared)


def _stale(written: Mapping[str, Table]) -> Iterator[str]:
    known = {(_room(model), _called(model)) for model in models()}
    for room, tables in written.items():
        for name in tables:
            if (room, name) not in known:
                yield f"{_file(room)}: [{name}] is no table of this room"


def _faults(model: type[Model], said: Table) -> Iterator[str]:
    place, held = _place(model), columns(model)
    if not said.get("about"):
        yield f"{place} says nothing under “about”"
    known = said.get("fields", {})
    if known or _room(model) != OTHERS:
        yield from (f"{place} lacks the field {name}" for name in held if name not in known)
        yield from (f"{place} has the field {name}, which is gone" for name in known if name not in held)
    for entry in _fields(said, held):
        yield from (f"{place} {entry.name}: {line}" for line in _field_faults(entry))


def _field_faults(entry: FieldEntry) -> Iterator[str]:
    if not entry.purpose:
        yield "no purpose"
    known = {**words(), "retention": terms()}
    for kind in WORDS:
        word = getattr(entry, kind)
        if word not in known[kind]:
            yield f"“{word}” is no word for {kind}"


def _rooms() -> tuple[AppConfig, ...]:
    return tuple(each for each in apps.get_app_configs() if each.name.startswith(OURS))


def _room(model: type[Model]) -> str:
    return _room_name(apps.get_app_config(_meta(model).app_label))


def _room_name(config: AppConfig) -> str:
    ours = config.name.startswith(OURS)
    return config.name.removeprefix(OURS).replace(".", "/") if ours else OTHERS


def _called(model: type[Model]) -> str:
    return model.__name__ if _room(model) != OTHERS else _meta(model).db_table


def _place(model: type[Model]) -> str:
    return f"{_file(_room(model))}: [{_called(model)}]"


def _file(room: str) -> str:
    return "ground/retention/others.toml" if room == OTHERS else f"{room}/{FILE}"


def _meta(model: type[Model]) -> Options[Model]:
    return model._meta  # noqa: SLF001 - the public way to a model's own facts, for all its name


@cache
def _toml(package: str, name: str) -> Table:
    path = files(package).joinpath(name)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
