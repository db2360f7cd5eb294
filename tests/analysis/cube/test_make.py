"""A cube from a Parquet file is the same as one from memory, and as counting by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest

from goldenthread.analysis.cube.engine import DuckEngine
from goldenthread.analysis.cube.layout import Counted, Grouped, Layout
from goldenthread.analysis.cube.make import make_cube
from goldenthread.analysis.problem import Refusal

ITEMS = tuple(f'q{number} "plain"' for number in range(7))
LAYOUT = Layout(
    "w",
    tuple(Counted(item, item, 5) for item in ITEMS),
    (Grouped("g", "area", ("a", "b", "c")),),
)


def columns(people: int = 500) -> dict[str, np.ndarray]:
    random = np.random.default_rng(3)
    found = {item: random.integers(-2, 5, people).astype(np.int8) for item in ITEMS}
    return found | {"g": random.integers(-2, 3, people).astype(np.int8)}


def test_from_parquet_as_from_memory(tmp_path: Path) -> None:
    table = columns()
    path = tmp_path / "people's answers.parquet"
    with duckdb.connect() as connection:
        connection.register("people", table)
        connection.view("people").write_parquet(str(path))
    assert make_cube(DuckEngine(path), LAYOUT) == make_cube(DuckEngine(table), LAYOUT)


def test_items_counted_together_come_apart_as_counted_alone() -> None:
    table = columns()
    cube = make_cube(DuckEngine(table), LAYOUT)
    for item in ITEMS:
        levels = [("a", "b", "c")[place] if place >= 0 else "" for place in table["g"].tolist()]
        by_hand = Counter(zip(levels, table[item].tolist(), strict=True))
        assert {(c.level, c.answer): c.n for c in cube.of(item, "area")} == by_hand


def test_a_null_is_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    with duckdb.connect() as connection:
        rows = (
            connection.values([0, 1]).union(connection.values([None, 1])).union(connection.values([0, None]))
        )
        rows.project("col0 AS q, col1 AS g").write_parquet(str(path))
    cube = make_cube(DuckEngine(path), Layout("w", (Counted("q", "q", 2),), (Grouped("g", "g", ("a", "b")),)))
    assert {(c.level, c.answer): c.n for c in cube.of("q", "g")} == {("", 0): 1, ("b", -1): 1, ("b", 0): 1}


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no such file"):
        DuckEngine(tmp_path / "none.parquet")


def test_nobody_is_a_cube_too() -> None:
    empty = {name: column[:0] for name, column in columns().items()}
    cube = make_cube(DuckEngine(empty), LAYOUT)
    assert cube.people == 0
    assert cube.of(ITEMS[0]) == ()
