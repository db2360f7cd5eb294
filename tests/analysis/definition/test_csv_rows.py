"""One reader for the small tables a study refers to: figures, headcount, census."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.definition.csv_rows import read_rows, read_table
from goldenthread.analysis.definition.printed import printed_in
from goldenthread.analysis.problem import Refusal

TABLE = ["ID,Percent,Label,,", "a,50,Café,,", "", " , ,", 'b,40,"one', 'two",,', "c,30,", "d,20"]


def file(folder: Path, data: bytes) -> Path:
    path = folder / "figures.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(
    tmp_path: Path, encoding: str, ending: str, delimiter: str
) -> None:
    text = ending.join(TABLE).replace(",", delimiter)
    table = read_table(file(tmp_path, text.encode(encoding)), "figures")
    assert table.headings == ("id", "percent", "label")
    assert [(row.number, row.text("id"), row.text("label"), row.ragged) for row in table.rows] == [
        (2, "a", "Café", ""),
        (5, "b", "one\ntwo", ""),
        (6, "c", "", ""),
        (7, "d", "", "has 2 cells where the heading row has 3"),
    ]
    assert bool(table.problems) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("row", "cells"),
    [("a,50", "2 cells"), ("a", "1 cell"), ("a,50,x,y", "4 cells"), ("a,50,x,,z", "5 cells")],
)
def test_a_ragged_row_is_named_in_a_table_that_must_be_whole(tmp_path: Path, row: str, cells: str) -> None:
    path = file(tmp_path, f"id,percent,label\nz,1,z\n{row}\n".encode())
    with pytest.raises(Refusal, match=rf"^figures\.csv, row 3: has {cells} where the heading row has 3\.$"):
        read_rows(path)


def test_a_ragged_row_of_figures_is_left_alone_wherever_it_is_read(tmp_path: Path) -> None:
    path = file(tmp_path, b"id,percent,base,item\nx,50,10,sound\ny,50,ragged\n")
    figures, problems = read_figures(path)
    assert [figure.item for figure in figures] == ["sound"]
    assert [(problem.rows, problem.lost) for problem in problems] == [((3,), True)]
    assert printed_in(path, "2021").items == {"sound"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n,,\n", "is empty"),
        (b"\n\na;b;A \n1;2;3\n", "row 3: two columns are called “a”"),
        (b'a,b\n1,2\n"3,4\n', "row 3: a quotation mark is not closed"),
        (b"PK\x03\x04", "is a workbook, or another packed file: save the figures as CSV"),
        (b"%PDF-1.7", "is a PDF: save the figures as CSV"),
        (b"a,b\n1,\x00\n", "holds NUL bytes"),
        (b"a,b\n1,\x81\xff\n", "is not a text table"),
        (b"a,b\n" + b"1,2\n" * 5_000_001, "is larger than 20 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words) as caught:
        read_table(file(tmp_path, data), "figures")
    assert str(caught.value).startswith("figures.csv")


def test_a_missing_file_and_a_folder_are_refused_by_their_path(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=f"^{tmp_path}/none.csv does not exist"):
        read_table(tmp_path / "none.csv", "figures")
    with pytest.raises(Refusal, match=f"^{tmp_path} is not a file; name the file of figures itself"):
        read_table(tmp_path, "figures")
