"""The one page: whole, self-contained, readable by people and machines, and saying nothing forbidden."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.report.results_fixture import plain_results, rich_results

import goldenthread.analysis.report.html.page as module
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.html.labels import css_string
from goldenthread.analysis.report.html.page import html

REPORT = compose(rich_results())
PAGE = html(REPORT)
PLAIN = html(compose(plain_results()))
SPACE = {"h": "http://www.w3.org/1999/xhtml"}
FORBIDDEN = (
    r"representative",
    r"significan",
    r"margin of error",
    r"staff think",
    r"%\s*of the workforce",
    r"per cent of the workforce",
    r"\bN/A\b",
)


def parsed(page: str) -> Element:
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(page)


def words_of(page: str) -> str:
    """What a reader sees: no style, no markup."""
    bare = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


@pytest.mark.parametrize("page", [PAGE, PLAIN], ids=["rich", "plain"])
def test_it_parses_without_an_error(page: str) -> None:
    tree = parsed(page)
    assert tree.get("lang") == "en-GB"
    assert len(tree.findall(".//h:main", SPACE)) == 1


@pytest.mark.parametrize("page", [PAGE, PLAIN], ids=["rich", "plain"])
def test_it_stands_alone(page: str) -> None:
    assert "<script" not in page
    assert not re.search(r"\sstyle\s*=", page)
    assert not re.search(r"\son[a-z]+\s*=", page)
    assert not re.search(r"https?://", re.sub(r'xmlns="[^"]*"', "", page))
    targets = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert all(target.startswith("#") for target in targets)
    assert all(url.startswith(("data:font/woff2", "#")) for url in re.findall(r'url\("?([^")]*)', page))


def test_its_policy_allows_its_own_style_and_nothing_else() -> None:
    style = re.search(r"<style>(.*?)</style>", PAGE, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)
    assert policy
    rules = policy.group(1).replace("&#39;", "'").split("; ")
    assert rules[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert rules[2:] == ["font-src data:", "base-uri 'none'", "form-action 'none'"]


@pytest.mark.parametrize("page", [PAGE, PLAIN], ids=["rich", "plain"])
@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_it_never_says_what_may_not_be_said(page: str, pattern: str) -> None:
    assert not re.search(pattern, words_of(page), re.IGNORECASE)


def test_changes_are_never_printed_as_per_cents() -> None:
    assert not re.search(r"%\s*(higher|lower)|(rose|fell) by \d+\s?%", words_of(PAGE))


def test_one_title_and_headings_in_order() -> None:
    levels = [int(name[1]) for name in re.findall(r"<(h[1-6])[ >]", PAGE)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_name_is_used_once_and_every_link_arrives() -> None:
    names = Counter(re.findall(r'\sid="([^"]*)"', PAGE))
    assert [name for name, count in names.items() if count > 1] == []
    links = set(re.findall(r'href="#([^"]*)"', PAGE)) | set(re.findall(r'aria-labelledby="([^"]*)"', PAGE))
    assert links <= set(names)


def test_tables_have_captions_and_headed_columns_and_rows() -> None:
    tables = parsed(PAGE).findall(".//h:table", SPACE)
    assert len(tables) > 50
    for table in tables:
        assert table.findtext("h:caption", namespaces=SPACE)
        assert all(cell.get("scope") == "col" for cell in table.findall("h:thead//h:th", SPACE))
        for row in table.findall("h:tbody/h:tr", SPACE):
            assert row[0].get("scope") == "row"


def test_plots_are_hidden_from_screen_readers_and_have_no_view_box() -> None:
    plots = [svg for svg in parsed(PAGE).iter() if "gt-plot" in (svg.get("class") or "").split()]
    assert len(plots) > 100
    assert all(plot.get("aria-hidden") == "true" and plot.get("viewBox") is None for plot in plots)


def test_every_stacked_cell_has_its_column_named_in_the_style() -> None:
    table = re.search(
        r'<table role="table" class="gt-table gt-table--stack (k\d+)">.*?</table>', PAGE, re.DOTALL
    )
    assert table
    columns = len(re.findall("<th role=.columnheader", table.group(0)))
    rules = re.findall(rf"\.{table.group(1)} td:nth-child\((\d+)\)", PAGE)
    assert [int(n) for n in rules] == list(range(2, columns + 1))


def test_words_from_a_study_cannot_become_markup() -> None:
    nasty = "</style><script>alert(1)</script>&<b>"
    results = rich_results()
    items = tuple(replace(item, label=nasty) for item in results.study.items)
    study = replace(results.study, title=nasty, question="", area=nasty, items=items, attribution=nasty)
    groupings = tuple(replace(g, label=nasty) for g in study.groupings)
    page = html(compose(replace(results, study=replace(study, groupings=groupings))))
    assert "<script" not in page
    assert page.count("</style>") == 1
    parsed(page)


@settings(max_examples=50)
@given(st.text())
def test_a_label_in_the_style_cannot_end_its_string(text: str) -> None:
    shown = css_string(text)
    assert set(shown[1:-1]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \\")
    back = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m.group(1), 16)), shown[1:-1])
    assert back == text


def test_the_font_is_vendored_with_its_licence_and_unchanged() -> None:
    folder = Path(module.__file__).parents[1] / "static/vendor/atkinson-hyperlegible-next"
    listed = dict(
        line.split()[::-1] for line in (folder / "VENDOR").read_text().split("sha256:")[1].strip().split("\n")
    )
    assert set(listed) == {p.name for p in folder.iterdir()} - {"VENDOR"}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert "SIL Open Font License" in (folder / "LICENSE").read_text()


def test_it_is_light_enough_to_send() -> None:
    fixed = len(PLAIN.encode())
    each = (len(PAGE.encode()) - fixed) / (len(REPORT.items) - 1)
    assert fixed < 104_000
    assert each < 25_000


def test_the_same_report_is_the_same_page() -> None:
    assert html(compose(rich_results())) == PAGE
