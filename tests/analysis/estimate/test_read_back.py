"""The disclosure proof reads files as they are written: whatever somebody slips into one is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache

import disclosure as proof
import pytest
from against import contradicted, given_away, handed, in_figures, shown
from facts import Fact, Unread
from openpyxl import load_workbook
from told import said

from goldenthread.analysis.results import Results

SEED = 0
"""A study whose first item hides a level (Kale A, of 3 people) and shows others."""
HIDDEN = ("x", "w", "g0", "l0", "")


@cache
def results() -> Results:
    return proof.publish(*proof.random_study(SEED))[1]


@cache
def files() -> Mapping[str, bytes]:
    return proof.rendered(results())


@cache
def known() -> Mapping[tuple[str, tuple[str, ...]], float]:
    return shown([*in_figures(proof.handed_over(results())[0]), *handed(results())])


def read(name: str, data: bytes) -> tuple[list[Fact], list[Unread]]:
    everything = list(said(name, data, results().study))
    return (
        [one for one in everything if isinstance(one, Fact)],
        [one for one in everything if isinstance(one, Unread)],
    )


def away(name: str, data: bytes) -> set[tuple[str, tuple[str, ...], float | None]]:
    return {(fact.kind, fact.cell, fact.value) for fact in given_away(read(name, data)[0], known())}


def doctored(name: str, pattern: str, new: str, part: str = "") -> bytes:
    """A file in which the first place that fits says something else (of a zip, in one part)."""
    data = files()[name]
    if not part:
        return changed(data, pattern, new)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for each in old.namelist():
            text = old.read(each)
            made.writestr(each, changed(text, pattern, new) if each == part else text)
    return out.getvalue()


def changed(data: bytes, pattern: str, new: str) -> bytes:
    text, times = re.subn(pattern, new, data.decode(), count=1)
    assert times == 1, pattern
    return text.encode()


def test_every_file_is_read_and_says_what_is_shown() -> None:
    for name in ("report.html", "report.docx", "tables.xlsx"):
        facts, unread = read(name, files()[name])
        assert {fact.kind for fact in facts} >= {"base", "percent", "low", "high", "answered", "outside"}
        assert not unread
        assert not away(name, files()[name])
        assert not contradicted(facts, known())


@pytest.mark.parametrize("name", ["report.html", "report.docx"])
def test_bases_by_group_are_read_from_tables_charts_and_descriptions(name: str) -> None:
    bases = {fact.cell: fact.value for fact in read(name, files()[name])[0] if fact.kind == "base"}
    assert bases["x", "w", "g0", "l1", ""] == 13
    assert bases["x", "w", "", "", ""] == 90


HEADLINE = (*HIDDEN[:4], "high")
ROW = r'(gt-row__name">Kale A<span class="gt-row__base">)'


@pytest.mark.parametrize(
    ("pattern", "new", "found"),
    [
        (r"(Kale A\s*(?:</th>)?\s*<td[^>]*>)\[c\]", r"\g<1>7", ("base", HIDDEN, 7)),
        (ROW, r"\g<1>7 answers", ("base", HIDDEN, 7)),
        (rf"{ROW}(.*?)\[c\]", r"\g<1>\g<2>43%", ("percent", HEADLINE, 43)),
        (r"(Everybody: \d+% of)", r"43% in Kale A. \g<1>", ("percent", HEADLINE, 43)),
    ],
)
def test_a_number_of_a_hidden_group_is_found_on_the_page(
    pattern: str, new: str, found: tuple[str, tuple[str, ...], float]
) -> None:
    assert found in away("report.html", doctored("report.html", f"(?s){pattern}", new))


def test_a_bar_drawn_for_a_hidden_group_is_found_on_the_page() -> None:
    bar = r'\g<1><svg><rect class="a5" x="10%" width="40%"/></svg>'
    pattern = rf'(?s)({ROW[1:-1]}.*?<div class="gt-row__plot">)'
    kinds = {(kind, cell) for kind, cell, _ in away("report.html", doctored("report.html", pattern, bar))}
    assert kinds == {("percent", HEADLINE)}


def test_a_number_of_a_hidden_group_is_found_in_the_description_of_a_picture() -> None:
    said_so = "Kale A, 7 answers: 43% (20 to 70 [u])."
    data = doctored("report.docx", r"Kale A: \[c\], [a-z ]+\.", said_so, "word/document.xml")
    assert {("base", HIDDEN, 7), ("percent", HEADLINE, 43)} <= away("report.docx", data)


def test_a_number_of_a_hidden_group_is_found_in_the_workbook() -> None:
    data = rewritten("Row", ("x", "Base: people"), "Kale: Kale A", 7)
    assert ("base", HIDDEN, 7) in away("tables.xlsx", data)


def test_a_note_beside_a_group_is_read_too() -> None:
    data = rewritten("Level of group", ("W", "Kale A"), "Note", "7 of them were new.")
    assert read("tables.xlsx", data)[1]


def rewritten(third: str, row: tuple[str, str], head: str, value: object) -> bytes:
    """The workbook with one cell changed: in the sheet whose third column has that heading, in the row
    whose first and third cells say so."""
    book, out = load_workbook(io.BytesIO(files()["tables.xlsx"])), io.BytesIO()
    sheet = next(each for each in book.worksheets if each["C4"].value == third)
    place = next(cell.column for cell in sheet[4] if cell.value == head)
    cells = next(r for r in sheet.iter_rows(min_row=5) if (r[0].value, r[2].value) == row)
    cells[place - 1].value = value
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pattern", "new", "part"),
    [
        ("report.html", "</main>", "<p>In Kale A there are 7.</p></main>", ""),
        ("report.html", "</main>", "</main><!-- Kale A: 7 -->", ""),
        ("report.html", "<main ", '<main title="Kale A: 7" ', ""),
        ("report.html", r'(<li class="gt-row">)(?=<div class="gt-row__name">Kale A<)', r"\g<1><i>7</i>", ""),
        ("report.html", "<table ", "<table><tr><th>Group<th>People<tr><td>Kale A<td>7</table><table ", ""),
        ("report.docx", "(?s)<dc:title>.*?<", "<dc:title>Kale A: 7<", "docProps/core.xml"),
        ("report.docx", "(<w:t[^>]*>)Page", r"\g<1>Kale A: 7. Page", "word/footer1.xml"),
        ("tables.xlsx", "(?s)<dc:title>.*?<", "<dc:title>Kale A: 7<", "docProps/core.xml"),
    ],
)
def test_what_nobody_understands_about_a_group_is_said(name: str, pattern: str, new: str, part: str) -> None:
    assert read(name, doctored(name, pattern, new, part))[1]


def test_a_part_nobody_knows_is_said() -> None:
    out = io.BytesIO(files()["report.docx"])
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/comments.xml", "<a>7</a>")
    assert [one.words for one in read("report.docx", out.getvalue())[1]] == [
        "Nobody has read this part: 1 word/comments.xml"
    ]


def test_another_number_than_the_one_behind_it_is_found() -> None:
    pattern = r'(gt-row__name">Kale B<span class="gt-row__base">)13'
    facts, _ = read("report.html", doctored("report.html", pattern, r"\g<1>12"))
    assert [(fact.kind, fact.cell, fact.value) for fact in contradicted(facts, known())] == [
        ("base", ("x", "w", "g0", "l1", ""), 12)
    ]
