"""The roles, and what each may do: read once from a table (roles.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Role:
    """What a role is called, what it is for, and the words for what it may do."""

    code: str
    name: str
    purpose: str
    may: frozenset[str]


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its code, in the table's order."""
    table = tomllib.loads(_text("roles.toml"))
    return {code: Role(code, row["name"], row["for"], frozenset(row["may"])) for code, row in table.items()}


@cache
def words() -> Mapping[str, str]:
    """What each permission lets somebody do, in words that go on after "may"."""
    found: dict[str, str] = tomllib.loads(_text("permissions.toml"))
    return found


def permissions() -> frozenset[str]:
    """Every word some role may do."""
    return frozenset(word for role in roles().values() for word in role.may)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
