"""What files are kept for: read once from a table (purposes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose, who may fetch its files, and how long they are kept; None goes with their thing."""

    code: str
    name: str
    may: str
    kept: timedelta | None
    why: str


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose by its code."""
    table = tomllib.loads(files(__package__).joinpath("purposes.toml").read_text(encoding="utf-8"))
    return {
        code: Purpose(
            code=code,
            name=row["name"],
            may=row["may"],
            kept=timedelta(days=row["days"]) if "days" in row else None,
            why=row["why"],
        )
        for code, row in table.items()
    }
