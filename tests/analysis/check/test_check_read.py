"""Figures files: what is read, and what is said of what cannot be."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import FigureKind, Truth
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.problem import Refusal

HEADING = "id,group,kind,of,part,label,percent,numerator,base,rounded_parts,wave"


def file(folder: Path, *lines: str, heading: str = HEADING) -> Path:
    path = folder / "figures.csv"
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


def test_every_column(tmp_path: Path) -> None:
    path = file(tmp_path, "a,Q1,share,,yes,Agree,79.25 %,126,159,1,2023", "n,Q1,net,a a2,,Net,80,,159,2,2023")
    path.write_text(path.read_text() + 'a2,Q1,share,,true,"Strongly, agree",0.5,,159,,2023\n')
    (a, n, a2), problems = read_figures(path)
    assert not problems
    assert (a.percent, a.decimals, a.numerator, a.base, a.part) == (Fraction("79.25"), 2, 126, 159, True)
    assert (n.kind, n.of, n.rounded_parts, n.part) == (FigureKind.NET, ("a", "a2"), 2, False)
    assert (a2.label, a2.rounded_parts, a2.row) == ("Strongly, agree", 1, 4)


def test_ranges_and_unknown_bases(tmp_path: Path) -> None:
    path = file(
        tmp_path, "a,24,,", "b,24,144,159", heading="id,percent,base_low,base_high"
    )  # no base; a range
    (unknown, ranged), problems = read_figures(path)
    assert not problems
    assert (unknown.base, unknown.base_low) == (None, None)
    assert (ranged.base, ranged.base_low, ranged.base_high) == (None, 144, 159)


@pytest.mark.parametrize("ends", ["1,10002", "20,10", "20,", ",20", "0,20"])
def test_a_range_that_says_nothing_is_a_fault(tmp_path: Path, ends: str) -> None:
    figures, problems = read_figures(file(tmp_path, f"b,24,{ends}", heading="id,percent,base_low,base_high"))
    assert not figures
    assert problems[0].column == "base_low"


def test_rows_need_no_id(tmp_path: Path) -> None:
    (only,), _ = read_figures(file(tmp_path, "6,67,1222", heading="percent,numerator,base"))
    assert only.id == "row 2"
    assert judge((only,))[0].verdict is Truth.WRONG


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("x,,,,,,101,,,,", "percent", "more than 100 %"),
        ("x,,,,,,-5,,,,", "percent", "not a percentage"),
        ("x,,,,,,about half,,,,", "percent", "not a percentage"),
        ("x,,,,,,=1+1,,,,", "percent", "not a percentage"),
        ("x,,,,,,50,5,0,,", "base", "nought"),
        ("x,,,,,,50,12,10,,", "numerator", "more people than the base"),
        ("x,,,,,,50,five,10,,", "numerator", "not a whole number"),
        ("x,,,,,,50,5.5,10,,", "numerator", "not a whole number"),
        ("x,,,,,,,5,,,", "percent", "no percentage"),
        ("x,,,,,,50,,10,0,", "rounded_parts", "nought"),
        ("x,,,,maybe,,50,,10,,", "part", "neither true nor false"),
        ("x,,,,true,,50,,10,,", "group", "needs a group"),
        ("x,,median,,,,50,,10,,", "kind", "share, net or mean"),
        ("x,,net,nobody,,,50,,10,,", "of", "not in this file"),
        ("x,,net,x,,,50,,10,,", "of", "lead back to the figure itself"),
        ("good,,,,,,50,,10,,", "id", "used further up"),
        ("x,,,,,,50", None, "7 cells where the heading row has 11"),
        ("x,,,,,,50,,10,,2023,more", None, "12 cells where the heading row has 11"),
        ("x,,,,,,99999999999999999999,,10,,", "percent", "too many digits"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_judged(
    tmp_path: Path, line: str, column: str | None, words: str
) -> None:
    figures, problems = read_figures(file(tmp_path, "good,,,,,,40,4,10,,", line))
    assert [figure.id for figure in figures] == ["good"]
    assert judge(figures)[0].verdict is Truth.POSSIBLE
    (problem,) = problems
    assert (problem.rows, problem.column, problem.lost) == ((3,), column, True)
    assert words in problem.message


def test_a_net_falls_with_its_part(tmp_path: Path) -> None:
    path = file(
        tmp_path, "a,,,,,,101,,10,,", "n,,net,a,,,50,,10,,", "m,,mean,n,,,50,,10,,", "b,,,,,,50,,10,,"
    )
    figures, problems = read_figures(path)
    assert [figure.id for figure in figures] == ["b"]
    assert [problem.rows for problem in problems] == [(2,), (3,), (4,)]


def test_circles_are_found(tmp_path: Path) -> None:
    figures, problems = read_figures(file(tmp_path, "a,,net,b,,,50,,10,,", "b,,net,a,,,50,,10,,"))
    assert not figures
    assert [problem.rows for problem in problems] == [(2,), (3,)]


def test_a_whole_that_lost_a_row_is_not_tested_as_one(tmp_path: Path) -> None:
    """Without the third part, 60 % of everybody is no fault of the other two."""
    path = file(tmp_path, "a,Q1,,,true,,30,,10,,", "b,Q1,,,true,,30,,10,,", "c,Q1,,,true,,forty,,10,,")
    figures, problems = read_figures(path)
    assert [found.verdict for found in judge(figures)] == [Truth.POSSIBLE, Truth.POSSIBLE]
    note = next(problem for problem in problems if not problem.lost)
    assert "not tested as a whole" in note.message


def test_a_strange_column_is_noted(tmp_path: Path) -> None:
    figures, problems = read_figures(file(tmp_path, "a,50,10,x", heading="id,percent,base,colour"))
    assert len(figures) == 1
    assert [(problem.column, problem.lost) for problem in problems] == [("colour", False)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_spreadsheets_save_them(tmp_path: Path, encoding: str, ending: str, delimiter: str) -> None:
    path = tmp_path / "figures.csv"
    lines = ["ID,Percent,Base,Label", "a,50,10,Café", "", "b,40,10,"]
    path.write_bytes(ending.join(lines).replace(",", delimiter).encode(encoding))
    figures, problems = read_figures(path)
    assert [problem.message.partition(";")[0] for problem in problems] == (
        ["the file is not UTF-8 and was read as Windows-1252"] if encoding == "cp1252" else []
    )
    assert [(figure.id, figure.label, figure.row) for figure in figures] == [("a", "Café", 2), ("b", "", 4)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"id,share\na,5\n", "no column called \u201cpercent\u201d"),
        (b"id,percent,Percent \na,5,5\n", "two columns are called \u201cpercent\u201d"),
        (b"PK\x03\x04\x00\x00\x00\x00", "is a workbook"),
        (b"id\x00,percent", "not a text table"),
    ],
)
def test_a_file_that_is_no_figures_file_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=words):
        read_figures(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"none\.csv does not exist"):
        read_figures(tmp_path / "none.csv")
