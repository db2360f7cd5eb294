"""Types of need of pupils, as a school census counts them, and the line of low incidence: packaged data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class NeedType:
    """One primary type of need, recorded from ``valid_from`` to ``valid_until`` (None: it still is).

    ``census`` is its code in the census, ``aliases`` are other names it has. ``catch_all`` marks what
    is no one type of need ("another", "not yet assessed"): it is never low incidence.
    """

    code: str
    label: str
    valid_from: date
    source: str
    census: str = ""
    aliases: tuple[str, ...] = ()
    catch_all: bool = False
    valid_until: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every word a file may call it by."""
        return tuple(name for name in (self.code, self.census, self.label, *self.aliases) if name)


@dataclass(frozen=True, slots=True)
class LowIncidence:
    """The line: ``under`` is a per cent of the pupils recorded with SEN."""

    under: float
    source: str
    dated: date


@dataclass(frozen=True, slots=True)
class Census:
    """Pupils recorded with SEN on one day, by the code of their primary type of need.

    ``total`` counts them all, those of no recorded type too. ``published`` is true where the counts
    are public already, and need no hiding (rule D9).
    """

    dated: date
    pupils: Mapping[str, int]
    total: int
    sources: tuple[str, ...]
    published: bool = False


def usual_needs() -> tuple[NeedType, ...]:
    """The types a study has that names none of its own."""
    return _packaged()[1]


def usual_line() -> LowIncidence:
    """The line a study has that draws none of its own."""
    return _packaged()[0]


@cache
def _packaged() -> tuple[LowIncidence, tuple[NeedType, ...]]:
    text = files(__package__).joinpath("need_types.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    return LowIncidence(**held["low_incidence"]), tuple(_type(*each) for each in held["types"].items())


def _type(code: str, fields: Mapping[str, Any]) -> NeedType:
    return NeedType(code, **{**fields, "aliases": tuple(fields.get("aliases", ()))})
