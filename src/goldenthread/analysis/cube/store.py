"""Rows of a cube in a Parquet file, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.problem import Refusal


class Row(NamedTuple):
    """One line of the file: a cell or, where ``stratum`` is null, a profile (``level`` is then a JSON
    list of levels)."""

    item: str
    grouping: str | None
    part: int
    level: str
    stratum: str | None
    answer: int
    n: int
    w: float
    w2: float


_NUMBERS = {"part": "i2", "answer": "i8", "n": "i8", "w": "f8", "w2": "f8"}


def write_rows(path: Path, rows: Sequence[Row], facts: Mapping[str, str]) -> None:
    """Write ``rows`` and the file's ``facts`` to ``path``, replacing any file there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        _copy(unfinished, rows, facts)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_rows(path: Path, item: str | None = None) -> tuple[list[Row], dict[str, str]]:
    """The rows (or one item's) and facts of a file. Raises Refusal where it is missing or not Parquet."""
    if not path.is_file():
        raise Refusal(f"{path}: there is no such file.")
    with duckdb.connect() as connection:
        try:
            facts = connection.execute(
                "SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]
            ).fetchall()
            rows = connection.read_parquet(str(path))
            found = (rows if item is None else rows.filter(f"item = {_text(item)}")).fetchall()
        except duckdb.Error as fault:
            raise Refusal(f"{path}: this is not a Parquet file we can read.") from fault
    return [Row(*row) for row in found], {key.decode(): value.decode() for key, value in facts}


def _copy(path: Path, rows: Sequence[Row], facts: Mapping[str, str]) -> None:
    columns = dict(zip(Row._fields, zip(*rows, strict=True), strict=True)) if rows else {}
    arrays: dict[str, NDArray[Any]] = {
        name: np.array(columns.get(name, ()), dtype=_NUMBERS.get(name, "O")) for name in Row._fields
    }
    said = ", ".join(f"{key}: {_text(value)}" for key, value in facts.items())
    with duckdb.connect() as connection:
        connection.register("cube_rows", arrays)
        connection.execute(f"COPY cube_rows TO {_text(str(path))} (FORMAT parquet, KV_METADATA {{{said}}})")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
