"""Problems: every row in the file for whoever can mend it, one line a kind for whoever reads along."""

from __future__ import annotations

import csv
from pathlib import Path

from goldenthread.analysis.problem import Problem, folded, write_problems

UNKNOWN = "not one of the answers; left out."


def written(folder: Path, *problems: Problem) -> list[dict[str, str]]:
    path = folder / "problems.csv"
    write_problems(problems, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sentences(*problems: Problem) -> list[str]:
    return [fold.sentence() for fold in folded(problems)]


def test_every_row_is_a_row_of_the_file(tmp_path: Path) -> None:
    many = Problem("a.csv", UNKNOWN, tuple(range(2, 5002)), "q1", "Perhaps")
    found = written(tmp_path, many, Problem("a.csv", UNKNOWN, (7,), "q2", "Dunno"))
    assert [row["row"] for row in found if row["column"] == "q1"] == [str(n) for n in range(2, 5002)]
    assert {row["times"] for row in found} == {"1"}
    assert found[-1] == {
        "file": "a.csv",
        "row": "7",
        "column": "q2",
        "value": "Dunno",
        "what was done": UNKNOWN,
        "left out": "yes",
        "times": "1",
    }


def test_what_was_left_out_stands_before_what_is_only_noted(tmp_path: Path) -> None:
    note = Problem("a.csv", "read as “Agree”.", (3, 4), "q1", "agree.", lost=False)
    found = written(tmp_path, note, Problem("a.csv", UNKNOWN, (9,), "q2", "Dunno"))
    assert [(row["row"], row["left out"]) for row in found] == [("9", "yes"), ("3", "no"), ("4", "no")]


def test_a_whole_column_is_one_row_that_says_how_many_answers(tmp_path: Path) -> None:
    (row,) = written(tmp_path, Problem("a.csv", "no column answers it.", each=60))
    assert (row["row"], row["column"], row["times"]) == ("", "", "60")


def test_text_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    (row,) = written(tmp_path, Problem("a.csv", UNKNOWN, (2,), "+q", "=1+1"))
    assert (row["column"], row["value"]) == ("'+q", "'=1+1")


def test_problems_alike_are_one_line_with_the_first_rows_and_values() -> None:
    values = [("Perhaps", (12, 3)), ("Dunno", (40,)), ("Often", (8, 9, 10)), ("No idea", (1_001,))]
    (line,) = sentences(*(Problem("a.csv", UNKNOWN, rows, "q1", value) for value, rows in values))
    assert line == (
        "a.csv, rows 3, 8, 9, 10, 12 and 2 more, column “q1”: “Perhaps”, “Dunno”, “Often” and 1 more: "
        "not one of the answers; left out."
    )


def test_a_problem_in_one_row_or_in_none_is_told_so() -> None:
    one = Problem("a.csv", "odd.", (4,), "q1", "  a\n b ")
    assert sentences(one) == ["a.csv, row 4, column “q1”: “a b”: odd."]
    assert sentences(Problem("a.csv", "odd.")) == ["a.csv: odd."]


def test_only_problems_alike_in_all_they_say_are_folded() -> None:
    base = Problem("a.csv", "odd.", (4,), "q1", "x")
    others = (
        Problem("b.csv", "odd.", (4,), "q1", "x"),
        Problem("a.csv", "even.", (4,), "q1", "x"),
        Problem("a.csv", "odd.", (4,), "q2", "x"),
        Problem("a.csv", "odd.", (4,), "q1", "x", lost=False),
        Problem("a.csv", "odd.", (4,), "q1", "x", figure=True),
    )
    assert [fold.problems for fold in folded((base, *others, base))] == [
        (base, base),
        *((other,) for other in others),
    ]


def test_counts_add_up_over_rows_and_over_what_each_row_lost() -> None:
    ragged = Problem("a.csv", "cells past the last were left out.", (4, 9), each=2)
    assert ragged.count == 4
    assert [fold.count for fold in folded((ragged, ragged))] == [8]
