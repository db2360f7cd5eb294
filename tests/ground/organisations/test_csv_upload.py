"""A file somebody chose: read whatever it was saved with, or refused in one sentence."""

from __future__ import annotations

from io import BytesIO

import pytest

from goldenthread.ground.csv_upload import Sheet, open_sheet
from goldenthread.ground.refused import Refused

MOST = 10_000


def opened(raw: bytes) -> Sheet:
    return open_sheet(BytesIO(raw), "schools.csv", most=MOST)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    text = f"name{delimiter}town\r\nSte Hélène’s{delimiter}Anyford\r\n\r\nBarn{delimiter}\r\n"
    sheet = opened(text.encode(encoding))
    assert sheet.headings == ("name", "town")
    found = [(line.number, line.text("name"), line.text("town")) for line in sheet.lines]
    assert found == [(2, "Ste Hélène’s", "Anyford"), (4, "Barn", "")]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    sheet = opened(b'name,note\nOne,"two\nlines"\nTwo,x\n')
    assert [line.number for line in sheet.lines] == [2, 3]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "schools.csv is empty."),
        (b"\n\n \n", "schools.csv is empty."),
        (b"x" * (MOST + 1), "schools.csv is too large: 0 MB, and 0 MB is the most."),
        (
            b"PK\x03\x04rest",
            "schools.csv is a spreadsheet or a zip file: save it as CSV, or choose the CSV inside the zip.",
        ),
        (b"%PDF-1.7", "schools.csv is a PDF: choose the CSV it was made from."),
        (b"a,b\n\x00\x01\x02", "schools.csv is not text in a form we know; save it as CSV in UTF-8."),
        (b"a,b\n\x81\x8d,x", "schools.csv is not text in a form we know; save it as CSV in UTF-8."),
        (b"\xff\xfea", "schools.csv is not text in a form we know; save it as CSV in UTF-8."),
        (b"name,town,name\nx,y,z\n", "schools.csv, row 1: two columns are called “name”."),
    ],
)
def test_what_is_no_csv_is_refused_in_one_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as told:
        opened(raw)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"a,b\n1,2,3\n", "schools.csv, row 2: has more cells than there are columns."),
        (b'a,b\n1,"2\n3,4\n', "schools.csv, row 2: cannot be read as CSV (unexpected end of data)."),
    ],
)
def test_a_row_that_cannot_be_read_is_named(raw: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as told:
        list(opened(raw).lines)
    assert str(told.value) == sentence
