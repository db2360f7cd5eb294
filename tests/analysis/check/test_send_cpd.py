"""A national report's fractions: exactly those that are not their own percentage are found."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Judgement, Truth
from goldenthread.analysis.check.read import read_figures

FILE = Path(__file__).parents[3] / "examples" / "published" / "send-cpd" / "figures.csv"


def judged() -> dict[str, Judgement]:
    figures, problems = read_figures(FILE)
    assert not problems
    return {found.id: found for found in judge(figures)}


def rounded_up_and_even(row: dict[str, str]) -> set[Fraction]:
    """What the row's fraction may print as, straight from the fraction."""
    places = len(row["percent"].partition(".")[2])
    exact = Fraction(int(row["numerator"]), int(row["base"])) * 100 * 10**places
    half_up = (exact + Fraction(1, 2)).__floor__()
    return {Fraction(half_up, 10**places), Fraction(round(exact), 10**places)}


def test_the_wrong_ones_are_those_a_recount_finds() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["percent"]]
    recounted = {row["id"] for row in rows if Fraction(row["percent"]) not in rounded_up_and_even(row)}
    assert len(rows) == 205
    assert {name for name, found in judged().items() if found.verdict is Truth.WRONG} == recounted
    assert len(recounted) == 16


def test_the_known_ones() -> None:
    found = judged()
    with FILE.open(encoding="utf-8", newline="") as file:
        ids = {f"{row['numerator']}/{row['base']}": row["id"] for row in csv.DictReader(file)}
    known = {"67/1222": "5", "10/69": "14", "40/620": "6", "37/70": "53"}
    assert {fraction: found[ids[fraction]].nearest for fraction in known} == known
    assert found[ids["134/686"]].because == "cut, not rounded"
    assert found[ids["786/1122"]].because == "added rounded parts"
    assert {found[ids[f]].verdict for f in ("262/685", "32/77", "93/320", "331/365")} == {Truth.POSSIBLE}


def test_five_ways_of_deciding_leave_75_people_unexplained() -> None:
    whole = [found for found in judged().values() if found.verdict is Truth.SUM_IMPOSSIBLE]
    assert [found.id for found in whole] == [f"2.2-{n}" for n in range(1, 6)]
    assert "725 out of 800: 75 too few" in whole[0].because


def test_the_tables_of_who_answered_add_up() -> None:
    """1,178 by role, in six groups; 943 by school; 1,178 by age."""
    tables = [found for name, found in judged().items() if name.startswith(("A1", "A2", "A3"))]
    assert len(tables) == 23 + 6 + 13 + 7
    assert {found.verdict for found in tables} == {Truth.POSSIBLE}
