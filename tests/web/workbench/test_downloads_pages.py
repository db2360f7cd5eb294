"""A file holds exactly what its page shows, and says inside what it is, of which build and of when."""

from __future__ import annotations

import csv
import io
import re
import struct
from itertools import product
from urllib.parse import urlencode

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from openpyxl import load_workbook
from tests.ground.made import area, lead
from tests.web.made import signed_in
from tests.web.workbench.hidden_groups import ITEMS, WHERE, bring_in, built, people
from tests.web.workbench.reading import Page, read

pytestmark = pytest.mark.django_db

WAYS = [*product(("", WHERE), ("2023", "none"), ("on", "off"), ((),)), (WHERE, "2023", "on", ("school", "-"))]
SAID = ("Staff survey, build 1, made on 13 October 2026.", "95% interval", "109 people answered.")


@pytest.fixture
def client() -> Client:
    by = lead(area("anyshire"))
    survey = bring_in(by, {2023: people(3), 2025: [*people(103), *people(7)[:8]]})
    assert survey == "staff-survey"
    built(by, survey)
    return signed_in(by)


def views() -> list[tuple[str, str]]:
    """(item, question of the address) of many ways of looking."""
    found = []
    for item, (by, against, mix, only) in product(ITEMS, WAYS):
        asked = [("by", by), ("with", against), ("mix", mix), *(("only", each) for each in only)]
        found.append((item, urlencode(asked)))
    return found


def page(client: Client, item: str, query: str) -> Page:
    return read(client.get(f"/anyshire/results/staff-survey/items/{item}/?{query}").content.decode())


def file(client: Client, item: str, query: str, kind: str) -> bytes:
    answer = client.get(f"/anyshire/results/staff-survey/items/{item}/{kind}/?{query}")
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def digits(texts: list[str]) -> set[str]:
    """Every figure in some texts, signs aside."""
    return set(re.findall(r"\d+(?:\.\d+)?", " ".join(texts).replace(",", "")))


def test_csv_has_the_tables_of_the_page_cell_by_cell(client: Client) -> None:
    for item, query in views():
        shown = page(client, item, query)
        lines = list(csv.reader(io.StringIO(file(client, item, query, "csv").decode("utf-8-sig"))))
        for grid in shown.grids:
            at = lines.index([grid.caption])
            told = [tuple(line) for line in lines[at + 1 : at + 2 + len(grid.rows)]]
            assert told == [grid.heads, *grid.rows], (query, grid.caption)
        assert sum(len(line) > 1 for line in lines) == sum(1 + len(grid.rows) for grid in shown.grids)
        assert lines[1] == [shown.headline]
        assert all(any(words in line[0] for line in lines if line) for words in SAID)


def test_a_grouping_there_is_not_is_everybody_on_the_page_and_in_what_a_file_says(client: Client) -> None:
    item = next(iter(ITEMS))
    unknown, everybody = (file(client, item, query, "csv") for query in ("by=nonsense&only=x", "by="))
    assert b"Shown: everybody" in unknown
    assert unknown == everybody
    assert page(client, item, "by=nonsense").words == page(client, item, "by=").words


def test_the_workbook_has_the_figures_of_the_page_and_keeps_them_numbers(client: Client) -> None:
    for item, query in views():
        shown = page(client, item, query)
        book = load_workbook(io.BytesIO(file(client, item, query, "xlsx")))
        sheets = {str(sheet["A1"].value): sheet for sheet in book.worksheets[1:]}
        assert list(sheets) == [grid.caption for grid in shown.grids]
        for grid in shown.grids:
            rows = list(sheets[grid.caption].iter_rows(min_row=5))
            assert len(rows) == len(grid.rows)
            for cells, row in zip(rows, grid.rows, strict=True):
                told = [_printed(cell) for cell in cells if cell.value is not None]
                assert digits(told) == digits(list(row)), (query, row)
        cover = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
        assert all(words in cover for words in (*SAID, shown.headline))


def _printed(cell: object) -> str:
    """A cell as the spreadsheet shows it."""
    value, look = cell.value, cell.number_format  # type: ignore[attr-defined]
    if not isinstance(value, int | float):
        return str(value)
    return str(round(100 * value)) if look.startswith("0%") else str(value).removesuffix(".0")


def test_the_workbook_can_be_worked_with(client: Client) -> None:
    book = load_workbook(io.BytesIO(file(client, "i-can-write-plans", f"by={WHERE}", "xlsx")))
    sheet = next(s for s in book.worksheets[1:] if str(s["A1"].value).startswith("The same numbers"))
    heads = [str(cell.value) for cell in sheet[4]]
    everybody = dict(zip(heads, list(sheet.iter_rows(min_row=5))[-1], strict=True))
    share = everybody["Agree or strongly agree, %"]
    people_there = everybody["Agree or strongly agree, people"].value
    assert share.number_format == "0%"
    assert share.value == pytest.approx(people_there / everybody["Base"].value, abs=0.005)
    assert everybody["Range from"].value < share.value < everybody["Range to"].value


def test_a_picture_has_every_chart_of_the_page_and_nothing_else(client: Client) -> None:
    for item, query in views():
        shown = page(client, item, query)
        root = fromstring(file(client, item, query, "svg"))
        texts = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
        words = " ".join(" ".join(texts).split())
        assert all(each in words for each in (*SAID, shown.headline))
        for row in shown.rows:
            assert row.range in words or not row.range, row
        notes = words[words.index("Staff survey, build") :]
        axis = {str(tick) for tick in range(0, 101, 5)}
        assert digits(texts) <= digits([*shown.texts, notes]) | axis


def test_a_painted_picture_is_the_drawn_one(client: Client) -> None:
    item, query = views()[5]
    drawn = fromstring(file(client, item, query, "svg"))
    painted = file(client, item, query, "png")
    width, height = struct.unpack(">II", painted[16:24])
    size = [1.5 * int(drawn.get(side)) for side in ("width", "height")]
    assert [width, height] == pytest.approx(size, abs=1)


def test_a_file_of_an_older_build_says_so(client: Client) -> None:
    answer = client.get("/anyshire/results/staff-survey/items/i-can-use-signs/csv/?build=1")
    assert "build-1-" in answer.headers["Content-Disposition"]
    assert client.get("/anyshire/results/staff-survey/items/i-can-use-signs/csv/?build=2").status_code == 404


def test_words_a_spreadsheet_would_run_stay_words(client: Client) -> None:
    lines = csv.reader(io.StringIO(file(client, "i-can-use-signs", "", "csv").decode("utf-8-sig")))
    assert not [cell for line in lines for cell in line if cell[:1] in "=@\t\r" and cell]
