"""Where counting happens: one query shape, behind a protocol that any database can meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import BLANK

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_PERFECT_BITS = 16
"""DuckDB counts in a flat array, without hashing, while the keys of one query fit in this many bits."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows of one GROUP BY: an array for each key, people, sum of weights and of their squares."""

    keys: Mapping[str, Ints]
    n: Ints
    w: Floats
    w2: Floats


class Engine(Protocol):
    """Anything that can group a table of small integers by some of its columns."""

    def group(self, keys: Sequence[str], weight: str | None = None) -> Counts:
        """People by every combination of ``keys`` that occurs, in ascending order of the keys.

        Sums must not depend on the order of rows. A null key counts as BLANK. Without ``weight`` each
        person weighs one.
        """
        ...


class DuckEngine:
    """Counts with DuckDB, from a Parquet file or from columns in memory (arrays of one length)."""

    def __init__(self, source: Path | Mapping[str, NDArray[Any]]) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"SET perfect_ht_threshold = {_PERFECT_BITS}")
        self._table = self._open(source)

    def group(self, keys: Sequence[str], weight: str | None = None) -> Counts:
        """See ``Engine.group``. Weights are summed as decimals (15 places): exact, so order-free."""
        names = [quoted(key) for key in keys]
        order = ", ".join(str(place + 1) for place in range(len(keys))) or "1"
        grouped = self._table.aggregate(", ".join(names + _sums(weight)), ", ".join(names))
        rows = grouped.order(order).fetchnumpy()
        n = rows["people"].astype(np.int64)
        w, w2 = (n, n) if weight is None else (rows["weight_sum"], rows["weight_squares"])
        found = {key: np.ma.filled(rows[key], BLANK).astype(np.int64) for key in keys}
        return Counts(found, n, w.astype(np.float64), w2.astype(np.float64))

    def _open(self, source: Path | Mapping[str, NDArray[Any]]) -> duckdb.DuckDBPyRelation:
        if isinstance(source, Path):
            if not source.is_file():
                raise Refusal(f"{source}: there is no such file.")
            return self._connection.read_parquet(str(source))
        self._connection.register("answers", dict(source))
        return self._connection.view("answers")


def quoted(name: str) -> str:
    """A column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _sums(weight: str | None) -> list[str]:
    if weight is None:
        return ["count(*) AS people"]
    name = quoted(weight)
    return [
        "count(*) AS people",
        f"CAST(sum(CAST({name} AS DECIMAL(38, 15))) AS DOUBLE) AS weight_sum",
        f"CAST(sum(CAST({name} * {name} AS DECIMAL(38, 15))) AS DOUBLE) AS weight_squares",
    ]
