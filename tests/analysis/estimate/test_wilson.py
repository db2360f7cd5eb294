"""The range of a share."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import NormalDist

import pytest

from goldenthread.analysis.estimate.wilson import corrected, kish, wilson

ORACLE = Path(__file__).parents[2] / "oracle"


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_examples_newcombe_printed_in_1998(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x / n, n) == pytest.approx((low, high), abs=5.1e-5)


def test_every_interval_of_r() -> None:
    z = NormalDist().inv_cdf(0.975)
    with (ORACLE / "wilson.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    for row in rows:
        found = wilson(int(row["x"]) / int(row["n"]), int(row["n"]), z)
        assert found == pytest.approx((float(row["low"]), float(row["high"])), abs=1e-9)


def test_nobody_and_everybody_end_exactly() -> None:
    assert wilson(0, 7)[0] == 0
    assert wilson(1, 7)[1] == 1


def test_equal_weights_are_worth_the_base_they_come_from() -> None:
    assert kish(40 * 2.5, 40 * 2.5**2) == pytest.approx(40)
    assert kish(1 + 1 + 8, 1 + 1 + 64) == pytest.approx(100 / 66)


def test_a_headcount_makes_answers_worth_more() -> None:
    assert corrected(50, 50, 99) == pytest.approx(100)
    assert corrected(50, 50, None) == 50
