"""A file that cannot be used is refused in one sentence that says why; nothing is guessed."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.responses.asked import FIXTURES, ROLE, SAY, csv_file, labels, lost, read, said, xlsx_file

from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.read import read_responses

ROLES = ROLE.scale.answers


def written(folder: Path, data: bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read(path, ROLE)
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n\r\n , ,\n", "is empty"),
        (b"role,years\n", "no row of answers"),
        (b"role,years\n,\n\n", "no row of answers"),
        (b"role,Years,role\nteacher,3,ta\n", "columns A and C have the same heading “role”"),
        (b"job,since\nteacher,2013\n", "no heading matches a question"),
        (
            b"role,What is your main role?\nteacher,ta\n",
            "columns A “role” and B “What is your main role?” both answer",
        ),
        (b"role\nteacher\x00\n", "NUL bytes"),
        ("role\nteacher\n".encode("utf-16-le"), "NUL bytes"),
        (bytes(range(1, 9)) * 40, "line 1 holds control characters"),
        (b"role\nteacher\xff\x81\n", "not a text table"),
        (b"\xff\xferol", "says it is UTF-16"),
        (b'role,years\nteacher,3\n"ta,4\nta,5\n', "row 3: a quotation mark is not closed"),
        (b'role,years\n"ta" x,4\n', "row 2: a quotation mark"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "old .xls workbook, or one protected by a password",
        ),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"<html><table><tr><td>role</td></tr></table>", "is a web page"),
    ],
)
def test_one_sentence_says_why_a_file_cannot_be_used(tmp_path: Path, data: bytes, because: str) -> None:
    assert because in refusal(written(tmp_path, data))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.csv")
    assert "is not a file" in refusal(tmp_path)


def test_a_wave_without_a_questionnaire_is_refused() -> None:
    with pytest.raises(Refusal, match="no questionnaire"):
        read_responses(FIXTURES / "plain.csv", Wave("w", "W"), AnswerOffRoute.LEAVE_OUT)


def test_a_text_named_as_a_workbook_is_refused(tmp_path: Path) -> None:
    assert "named as an .xlsx workbook but is not" in refusal(written(tmp_path, b"role\nteacher\n", "a.xlsx"))


def test_a_workbook_named_as_csv_is_read(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [("role",), ("teacher",)], "answers.csv")
    assert labels(read(path, ROLE), "role", ROLES) == ["teacher"]


def test_windows_letters_are_read_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, "role;say\nteacher;na\xefve – yes\n".encode("cp1252"))
    responses = read(path)
    assert responses.texts["say"] == ("naïve – yes",)
    assert "read as Windows-1252" in said(responses)


def test_short_rows_are_filled_and_long_rows_cut_with_their_row(tmp_path: Path) -> None:
    path = written(tmp_path, b"role,years\n\nteacher\nta,3,extra,\nteacher,4,,\n")
    responses = read(path)
    assert labels(responses, "role", ROLES) == ["teacher", "ta", "teacher"]
    ragged = [
        (each.rows, each.value, each.lost) for each in responses.problems if "the row has" in each.message
    ]
    assert ragged == [((3,), None, False), ((4,), "extra", True)]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = written(tmp_path, b'\nrole,say\nteacher,"one\ntwo"\n\npirate,\n')
    scale = ROLE.__class__("role", ROLE.kind, "Role", "role", scale=ROLE.scale.__class__("r", ROLES[:2]))
    responses = read(path, scale)
    assert lost(responses) == [(5, "role", "pirate")]


def test_a_declared_delimiter_is_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path, b"sep=|\nrole|say\nteacher|a, b; c\n")
    responses = read(path)
    assert responses.texts["say"] == ("a, b; c",)


def test_commas_in_headings_do_not_hide_the_real_delimiter(tmp_path: Path) -> None:
    table = b"What, in short, is your job, or post?\trole\tAnything, or nothing\nx\tteacher\ty\nz\tta\t\n"
    assert labels(read(written(tmp_path, table), ROLE), "role", ROLES) == ["teacher", "ta"]


def test_a_very_long_cell_is_a_cell(tmp_path: Path) -> None:
    long = "many words " * 20_000
    limit = csv.field_size_limit()
    responses = read(written(tmp_path, f"say,role\n{long},teacher\nfew,ta\n".encode()), ROLE, SAY)
    assert responses.texts["say"] == (long.strip(), "few")
    assert labels(responses, "role", ROLES) == ["teacher", "ta"]
    assert csv.field_size_limit() == limit


# workbooks


def parts(**changed: bytes) -> dict[str, bytes]:
    """The parts of a small sound workbook, some of them changed."""
    book = openpyxl.Workbook()
    book.active.append(["role"])
    book.active.append(["teacher"])
    store = io.BytesIO()
    book.save(store)
    with zipfile.ZipFile(store) as archive:
        sound = {name: archive.read(name) for name in archive.namelist()}
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "extra": "xl/media/extra.xml",
    }
    return sound | {names[key]: value for key, value in changed.items()}


def packed(folder: Path, content: dict[str, bytes]) -> Path:
    path = folder / "answers.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>role</t></is></c></row>%s</sheetData></worksheet>'
)


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    sentence = refusal(packed(tmp_path, parts(extra=bytes(64 << 20))))
    assert "was not opened: it would unpack" in sentence


def test_a_part_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    honest = packed(tmp_path, parts(extra=b"x" * 5_000_000)).read_bytes()
    size = struct.pack("<I", 5_000_000)
    check = struct.pack("<I", zlib.crc32(b"x" * 5_000_000))
    small = honest.replace(size, struct.pack("<I", 10)).replace(
        check, struct.pack("<I", zlib.crc32(b"x" * 10))
    )
    assert honest.count(size) == honest.count(check) == 2
    assert "larger than the file says it is" in refusal(written(tmp_path, small, "answers.xlsx"))


def test_a_sheet_of_one_far_corner_is_refused(tmp_path: Path) -> None:
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "far larger than a table of answers" in refusal(packed(tmp_path, parts(sheet=SHEET % corner)))


def test_one_long_text_copied_into_every_cell_is_refused(tmp_path: Path) -> None:
    strings = b"<sst><si><t>role</t></si><si><t>%s</t></si></sst>" % (b"a1b2c3d4" * 125_000)
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>1</v></c></row>' % (n, n) for n in range(2, 20_000))
    path = packed(tmp_path, parts(strings=strings, sheet=SHEET % cells))
    assert "far larger than a table of answers" in refusal(path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SHEET % b""
    assert "declares entities" in refusal(packed(tmp_path, parts(sheet=evil)))


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path, parts()).read_bytes()
    assert "damaged" in refusal(written(tmp_path, whole[: len(whole) // 2], "answers.xlsx"))


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    whole = bytearray(packed(tmp_path, parts()).read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    whole[offset + 60] ^= 0xFF
    assert "damaged" in refusal(written(tmp_path, bytes(whole), "answers.xlsx"))


def test_a_sheet_that_is_not_xml_is_refused(tmp_path: Path) -> None:
    assert "may be damaged" in refusal(packed(tmp_path, parts(sheet=b"<worksheet><sheetData><row")))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", ".xlsb"),
        ("notes.txt", "zip file of something else"),
    ],
)
def test_other_packed_files_are_refused_by_name(tmp_path: Path, name: str, kind: str) -> None:
    assert kind in refusal(packed(tmp_path, {name: b"<x/>"}))


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(xlsx_file(tmp_path, []))


def test_the_first_sheet_with_answers_is_read_and_the_others_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for name in ("Answers", "Last year"):
        book.create_sheet(name).append(["role"])
        book[name].append(["teacher" if name == "Answers" else "ta"])
    path = tmp_path / "answers.xlsx"
    book.save(path)
    responses = read(path, ROLE)
    assert labels(responses, "role", ROLES) == ["teacher"]
    assert "from the sheet “Answers” only, not from “Last year”" in said(responses)


def test_two_headings_that_differ_only_by_case_are_not_merged(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("role", "ROLE"), ("teacher", "ta")])
    assert "both answer the question “role”" in refusal(path)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(
        [b"", b"role,say\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbfrole;help\r\n", b'"role"']
    ),
    tail=st.binary(max_size=200) | st.text('role,;"\n\t|=-0159 teacher').map(str.encode),
)
def test_no_bytes_at_all_end_in_anything_but_answers_or_a_refusal(
    tmp_path: Path, head: bytes, tail: bytes
) -> None:
    with suppress(Refusal):
        assert read(written(tmp_path, head + tail)).people > 0
