"""A wave's cube beside plain DuckDB ``GROUP BY``s, and any table from the stored cube.

    python benchmarks/cube.py [--rows 1000000] [--items 60] [--rounds 5]

60 five-point items (a third routed past two people in five, some blank) by 12 groups, in one Parquet
file made in a temporary folder. The peer is what anyone would write: ``SELECT g, q, count(*) ... GROUP
BY`` for each item. Both read the same file, one after the other by turns, with a new connection each
time; the counts must agree. Floors: no slower than the peer; 50 ms for any table.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from goldenthread.analysis.cube.engine import DuckEngine
from goldenthread.analysis.cube.layout import Counted, Grouped, Layout
from goldenthread.analysis.cube.make import make_cube
from goldenthread.analysis.cube.model import Cube
from goldenthread.analysis.estimate.wilson import wilson

GROUPS = tuple(f"g{number}" for number in range(1, 13))
SIZE = 5
Counts = dict[tuple[str, int, int], int]


def main() -> None:
    """Time both, check that they agree, and print the table and one line of JSON."""
    given = _arguments()
    items = tuple(f"q{number}" for number in range(1, given.items + 1))
    with tempfile.TemporaryDirectory() as folder:
        people, stored = Path(folder) / "people.parquet", Path(folder) / "cube.parquet"
        make_people(people, given.rows, items)
        ours, peer = (lambda: our_cube(people, stored, items)), (lambda: plain(people, items))
        same = _counts(ours()) == peer()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times = _by_turns({"cube": ours, "group_by": peer}, given.rounds)
        views = sorted(1000 * _timed(lambda item=item: table(stored, item)) for item in items)
    ratio = statistics.median(times["cube"]) / statistics.median(times["group_by"])
    for name, seconds in times.items():
        print(f"{name:>10}  median {statistics.median(seconds):7.3f} s   {_spread(seconds)}")
    print(
        f"{'table':>10}  median {statistics.median(views):7.1f} ms  slowest {views[-1]:.1f} ms (opened anew)"
    )
    print(f"{'':>10}  {given.rows:,} people, peak memory {memory:,.0f} MB, same counts: {same}")
    shown = {"table_ms": statistics.median(views), "slowest_table_ms": views[-1]}
    figures = {"rows": given.rows, "ratio": ratio, **shown, "same_counts": same}
    print(json.dumps({"benchmark": "cube", **figures, "peak_mb": memory}))


def our_cube(people: Path, stored: Path, items: tuple[str, ...]) -> Cube:
    """Count everything and store it: what a report does when a wave closes."""
    counted = tuple(Counted(item, item, SIZE) for item in items)
    cube = make_cube(DuckEngine(people), Layout("w", counted, (Grouped("g", "g", GROUPS),)))
    cube.save(stored)
    return cube


def plain(people: Path, items: tuple[str, ...]) -> Counts:
    """The peer."""
    found: Counts = {}
    with duckdb.connect() as connection:
        for item in items:
            query = f"SELECT g, {item}, count(*) FROM '{people}' GROUP BY g, {item}"
            found |= {(item, g, answer): n for g, answer, n in connection.execute(query).fetchall()}
    return found


def table(stored: Path, item: str) -> list[tuple[str, int, float, float, float]]:
    """One item's top two by group, with base and range, from the file."""
    rows = []
    cells = Cube.load(stored, item).of(item, "g")
    for group in GROUPS:
        base = sum(c.n for c in cells if c.level == group and c.answer >= 0)
        top = sum(c.n for c in cells if c.level == group and c.answer >= SIZE - 2)
        if base:
            rows.append((group, base, top / base, *wilson(top / base, base)))
    return rows


def make_people(path: Path, rows: int, items: tuple[str, ...]) -> None:
    """Draw the answers, the same for every run."""
    routed = 2 * len(items) // 3
    drawn = ", ".join(
        f"CASE WHEN {number} >= {routed} AND a < 0.4 THEN -2"
        f" WHEN random() < {0.03 + 0.002 * number} THEN -1"
        f" ELSE least(4, floor(5 * sqrt(0.7 * random() + 0.3 * b))) END::TINYINT AS {item}"
        for number, item in enumerate(items)
    )
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1; SELECT setseed(0.42)")
        people = f"SELECT random() a, random() b, floor(12 * random())::UTINYINT g FROM range({rows})"
        connection.execute(
            f"COPY (SELECT g, {drawn} FROM ({people})) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _counts(cube: Cube) -> Counts:
    found: Counts = {}
    for (item, grouping), cells in cube.cells.items():
        if item and grouping:
            found |= {(item, GROUPS.index(cell.level), cell.answer): cell.n for cell in cells}
    return found


def _by_turns(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(_timed(run))
    return times


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _spread(seconds: list[float]) -> str:
    return f"({min(seconds):.3f} to {max(seconds):.3f}, {len(seconds)} runs)"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
