"""Which columns of a sheet are which: by what they are called, from a table (columns.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.grid import Grid
from goldenthread.ground.lists.names import fold
from goldenthread.ground.refused import Refused


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    names: tuple[str, ...]


@cache
def labels() -> Mapping[str, str]:
    """What each column is called, by our name of it."""
    return {ours: row.label for ours, row in _table().items()}


def find_columns(grid: Grid) -> Mapping[str, int]:
    """Where each column we know stands. Raises Refused where people could not be told from one another."""
    names = {fold(name): ours for ours, row in _table().items() for name in row.names}
    found: dict[str, int] = {}
    for index, heading in enumerate(grid.headings):
        ours = names.get(fold(heading))
        if ours and ours in found:
            twice = listed([quoted(grid.headings[found[ours]]), quoted(heading)])
            raise Refused(f"{grid.file}: {twice} are both read as {labels()[ours]}; leave one out.")
        if ours:
            found[ours] = index
    _check(grid.file, found)
    return found


def not_kept(grid: Grid, found: Mapping[str, int]) -> tuple[Problem, ...]:
    """A note for each column that is not looked at, so that nobody thinks it was taken in."""
    known = set(found.values())
    others = [
        heading for index, heading in enumerate(grid.headings) if index not in known and heading.strip()
    ]
    message = "the column is not one we keep; nothing of it was read."
    return tuple(Problem(grid.file, message, (1,), heading, lost=False) for heading in others)


def _check(file: str, found: Mapping[str, int]) -> None:
    if not found.keys() & {"reference", "email"}:
        raise Refused(
            f"{file} has neither a column “Staff reference” nor a column “Work e-mail”: "
            "people cannot be told from one another by name alone."
        )
    if "name" not in found and not found.keys() >= {"first", "last"}:
        raise Refused(f"{file} has no column “Name”, nor “First name” and “Last name”.")
    if not found.keys() & {"role", "staff_group"}:
        raise Refused(f"{file} has neither a column “Staff group” nor a column “Role”.")


@cache
def _table() -> Mapping[str, _Column]:
    table = tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    return {ours: _Column(row["label"], tuple(row["names"])) for ours, row in table.items()}
