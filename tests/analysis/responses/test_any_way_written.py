"""The same answers are read whatever the order of columns, the delimiter, encoding or line ending.

The one exception, a lone comma in a number, has tests of its own.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.responses.asked import AGREE, HELPS, ROLES, read

from goldenthread.analysis.responses.model import Responses

HEADINGS = (
    *("role", "confident[autism]", "confident[speech]", "help", "meets", "years", "started", "say"),
    "Other things",
)
ODD = [
    "plain",
    'he said "no"',
    "a;b",
    "a,b",
    "a|b",
    "a\tb",
    "two\nlines",
    "=1+1",
    "naïve – “yes”",
    "Łódź ✓",
    "-",
    "'",
]
LABELS = [answer.label for answer in AGREE.answers]
ROW = st.tuples(
    st.sampled_from(["", *(answer.label for answer in ROLES.answers), "Caretaker"]),
    st.sampled_from(["", *LABELS, "perhaps"]),
    st.sampled_from(["", *LABELS]),
    st.lists(st.sampled_from([answer.label for answer in HELPS.answers]), unique=True).map(";".join),
    st.sampled_from(["", *LABELS]),
    st.sampled_from(["", "3", "3.5", "1,200.5", "many"]),
    st.sampled_from(["", "2024-05-06", "13/04/2025", "04/05/2025"]),
    st.sampled_from(["", *ODD]),
    st.sampled_from(["x", *ODD]),
)
ROWS = st.lists(ROW, min_size=1, max_size=6)


def same(one: Responses, other: Responses) -> None:
    assert one.people == other.people
    assert one.format == other.format
    for name, codes in one.codes.items():
        np.testing.assert_array_equal(codes, other.codes[name], name)
    for name, numbers in one.numbers.items():
        np.testing.assert_array_equal(numbers, other.numbers[name], name)
    assert dict(one.texts) == dict(other.texts)
    assert told(one) == told(other)


def told(responses: Responses) -> list[tuple[object, ...]]:
    """Every problem but the list of unread columns, which names their letters."""
    return [
        (each.rows, each.column, each.value, each.message, each.lost, each.count)
        for each in responses.problems
        if "not read" not in each.message
    ]


def read_bytes(data: bytes) -> Responses:
    with TemporaryDirectory() as folder:
        path = Path(folder, "answers")
        path.write_bytes(data)
        return read(path)


def as_csv(table: list[tuple[str, ...]], delimiter: str, ending: str, *, quoted: bool) -> str:
    text = io.StringIO(newline="")
    # Python leaves a line feed bare where rows end in a carriage return: then nobody could tell them apart
    style = csv.QUOTE_ALL if quoted or ending == "\r" else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=style).writerows(table)
    return text.getvalue()


@settings(deadline=None, max_examples=150)
@given(
    rows=ROWS,
    order=st.permutations(range(len(HEADINGS))),
    delimiter=st.sampled_from(",;\t|"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    quoted=st.booleans(),
    blank=st.booleans(),
)
def test_the_way_a_table_is_written_changes_nothing(
    rows: list[tuple[str, ...]],
    order: list[int],
    delimiter: str,
    ending: str,
    encoding: str,
    quoted: bool,
    blank: bool,
) -> None:
    table = [HEADINGS, *rows]
    plainly = read_bytes(as_csv(table, ",", "\n", quoted=True).encode())
    mixed = [tuple(row[index] for index in order) for row in table]
    text = as_csv(mixed, delimiter, ending, quoted=quoted) + ending * blank
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    same(plainly, read_bytes((mark + text).encode(encoding)))


@settings(deadline=None, max_examples=30)
@given(rows=ROWS)
def test_a_workbook_says_the_same_as_a_csv(rows: list[tuple[str, ...]]) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate([HEADINGS, *rows], start=1):
        for column, text in enumerate(row, start=1):
            cell = book.active.cell(number, column)
            cell.value, cell.data_type = text, "s"
    store = io.BytesIO()
    book.save(store)
    same(read_bytes(as_csv([HEADINGS, *rows], ",", "\n", quoted=True).encode()), read_bytes(store.getvalue()))


@settings(deadline=None, max_examples=50)
@given(rows=ROWS, data=st.data())
def test_the_order_of_people_only_orders_the_people(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    first = read_bytes(as_csv([HEADINGS, *rows], ",", "\n", quoted=True).encode())
    mixed = read_bytes(as_csv([HEADINGS, *(rows[index] for index in order)], ",", "\n", quoted=True).encode())
    for name, codes in first.codes.items():
        np.testing.assert_array_equal(codes[order], mixed.codes[name], name)
    assert sum(each.count for each in first.problems) == sum(each.count for each in mixed.problems)
