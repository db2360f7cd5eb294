"""A formula that nobody worked out is an answer lost, and is listed; one with a stored value is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.analysis.responses.asked import HELP, ROLE, SAY, YEARS, labels, lost, read, said, xlsx_file

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import BLANK
from goldenthread.analysis.workbook.formulas import Formula, unworked

ROLES = ROLE.scale.answers
HEAD = ("role", "years", "say", "helper")


def test_each_formula_without_a_value_is_an_answer_lost(tmp_path: Path) -> None:
    people = [("=A9", 3, "=1+1"), ("teacher", "=2*B2", "fine"), (None, "=B2&x", ""), ("ta", 4, "")]
    responses = read(xlsx_file(tmp_path, [HEAD, *people]), ROLE, YEARS, SAY)
    assert labels(responses, "role", ROLES) == [BLANK, "teacher", "ta"]
    assert lost(responses) == [
        (2, "role", "=A9"),
        (2, "say", "=1+1"),
        (3, "years", "=2*B2"),
        (4, "years", "=B2&x"),
    ]
    assert "row 2, column “role”: “=A9”: a formula whose value was never stored; left out." in said(responses)


def test_a_column_that_answers_nothing_loses_nothing(tmp_path: Path) -> None:
    table = [("helper", *HEAD[:2]), ("=1+1", "ta", 3), ("=A2", "teacher", 4)]
    assert lost(read(xlsx_file(tmp_path, table), ROLE, YEARS)) == []


def test_a_row_left_out_whole_is_listed_once(tmp_path: Path) -> None:
    table = [("id", "submitdate", "lastpage", "role"), (1, None, 1, "=A2"), (2, "2025-01-01", 1, "ta")]
    assert lost(read(xlsx_file(tmp_path, table), ROLE)) == [(2, "submitdate", None)]


def test_a_value_put_in_by_a_program_that_cannot_work_it_out_is_none(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Ann & Bob's <answers>")
        for row, cells in enumerate([("role", "years", "say"), ("ta", "=1+1", "=x"), ("ta", 0, "")]):
            sheet.write_row(row, 0, cells)
        sheet.write_row(3, 0, ("ta",))
        sheet.write_formula(3, 1, "=2+2", value=4)
    responses = read(path, ROLE, YEARS, SAY)
    assert lost(responses) == [(2, "years", "=1+1"), (2, "say", "=x")]
    assert list(responses.numbers["years"])[1:] == [0, 4]
    assert responses.texts["say"] == (None, None, None)


CELLS = {
    b'<c r="B2"><f>1+1</f><v>2</v></c>': (),
    b'<c r="B2"><f>0</f><v>0</v></c>': (),
    b'<c r="B2" t="str"><f>""</f><v></v></c>': (),
    b"<c r='B2' t='str'><f>\"\"</f><v/></c>": (),
    b'<c r="B2"/><c r="C2"><v>1</v></c>': (),
    b'<c r="B2" t="str"><f>A1&amp;"&lt;"</f></c>': (Formula(2, 1, '=A1&"<"'),),
    b'<c r="AB12"><f t="shared" si="0"/><v/></c>': (Formula(12, 27, "="),),
    b'<c\n r="B2">\n<f>1</f>\n<v> </v>\n</c>': (Formula(2, 1, "=1"),),
    b"<c><f>1</f></c><c><v>3</v></c>": (Formula(None, None, "=1"),),
    b'<x:c r="B2"><x:f>1</x:f></x:c><x:c r="B3"><x:f>1</x:f><x:v>1</x:v></x:c>': (Formula(2, 1, "=1"),),
}


@pytest.mark.parametrize("cells", CELLS)
def test_formulas_in_every_form_a_sheet_may_hold(cells: bytes) -> None:
    assert unworked(workbook(cells), "Sheet1") == CELLS[cells]


def workbook(cells: bytes) -> bytes:
    """A workbook of one sheet, whose part is named by a path of its own."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        book = b'<workbook xmlns:r="%s"><sheets><sheet name="Sheet1" r:id="r9"/></sheets></workbook>' % office
        link = b'<Relationships><Relationship Id="r9" Target="worksheets/s.xml"/></Relationships>'
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", link)
        archive.writestr("xl/worksheets/s.xml", b"<worksheet><row>%s</row></worksheet>" % cells)
    return store.getvalue()


def test_a_multiple_question_loses_the_cell_too(tmp_path: Path) -> None:
    table = [("role", "help"), ("ta", "Training"), ("ta", "=B2")]
    assert lost(read(xlsx_file(tmp_path, table), ROLE, HELP)) == [(3, "help", "=B2")]


def test_headings_that_are_formulas_leave_nothing_to_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["=A9"])
    book.active.append(["ta"])
    book.save(tmp_path / "answers.xlsx")
    with pytest.raises(Refusal, match="no row of answers"):
        read(tmp_path / "answers.xlsx", ROLE)
