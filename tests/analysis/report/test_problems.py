"""What a report says of problems: counts by column, never a row or a value."""

from __future__ import annotations

from goldenthread.analysis.problem import Problem
from goldenthread.analysis.report.problems import Found, Totals, found_in, totals

PROBLEMS = (
    Problem("a.csv", "left out.", (2, 3), "q1", "Perhaps"),
    Problem("a.csv", "read as “Agree”.", (4, 5, 6), "q1", "agree.", lost=False),
    Problem("a.csv", "left out.", (9,), "q1", "Dunno"),
    Problem("a.csv", "no column answers it.", each=60),
    Problem("a.csv", "nobody answered.", (), "q7", figure=True),
)


def test_problems_are_counted_by_column_and_message() -> None:
    assert found_in(PROBLEMS) == (
        Found("a.csv", "q1", "left out.", lost=True, times=3),
        Found("a.csv", "q1", "read as “Agree”.", lost=False, times=3),
        Found("a.csv", "", "no column answers it.", lost=True, times=60),
        Found("a.csv", "q7", "nobody answered.", lost=True, times=1),
    )


def test_a_figure_not_computed_is_no_answer_left_out() -> None:
    assert totals(PROBLEMS) == Totals(left_out=63, figures=1, notes=3)
