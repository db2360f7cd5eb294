"""The page in a browser: accessible, and nothing scrolls sideways, wide and narrow, light and dark."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.html.page import html
from goldenthread.analysis.run import analyse

pytestmark = pytest.mark.browser

SHOWN = {"listen", "adult", "voice", "supervise", "training-autism"}
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report with a page of each sort: enough to look at, quick to open."""
    report = compose(rich_results())
    pages = tuple(page for page in report.items if page.item in SHOWN)
    file: Path = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html(replace(report, items=pages)), "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def nurseries(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A whole report of real answers: long labels, wide tables, and items not asked this time."""
    study = read_study(Path(__file__).parents[2] / "third_study" / "study.toml")
    file: Path = tmp_path_factory.mktemp("nurseries") / "report.html"
    file.write_text(html(compose(analyse(study))), "utf-8")
    return file.as_uri()


def opened(browser: Browser, address: str, width: int, scheme: Scheme = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(address)
    return page


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, address, width, scheme)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 480, 700, 800, 900, 1024, 1280])
def test_nothing_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    wide, across = too_wide(page)
    page.close()
    assert wide == []
    assert across <= width


def test_no_table_of_a_real_report_scrolls_sideways(browser: Browser, nurseries: str) -> None:
    page = opened(browser, nurseries, 320)
    for width in (320, 768, 900, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide, across = too_wide(page)
        assert wide == [], width
        assert across <= width
    page.close()


def too_wide(page: Page) -> tuple[list[str], int]:
    """What reaches past the right edge, and how wide the page is."""
    wide = page.evaluate(
        "() => [...document.querySelectorAll('main *')].filter(e => !e.closest('svg') && "
        "!e.closest('.gt-hidden, thead') && "
        "e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
    )
    return wide, page.evaluate("document.documentElement.scrollWidth")


def test_the_range_lies_under_its_bar_and_the_figures_on_it(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    plots = page.evaluate(
        "() => [...document.querySelectorAll('#item-adult .gt-plot:has(rect):has(.ends)')].map(plot => {"
        "const box = s => plot.querySelector(s).getBoundingClientRect();"
        "const own = plot.getBoundingClientRect();"
        "const [bar, dot, text] = ['rect', 'circle', 'text'].map(box);"
        "return [bar.height, text.top - bar.top, bar.bottom - text.bottom, dot.top - bar.bottom,"
        " own.bottom - dot.bottom]})"
    )
    page.close()
    assert len(plots) == 7  # six groups that are shown, and everybody
    assert all(26 <= height <= 28 for height, *_ in plots)
    assert all(gap > 0 for _, *gaps in plots for gap in gaps), plots


def test_it_asks_the_network_for_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    font = page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    assert font


def test_the_same_numbers_are_open_on_a_wide_screen_and_on_paper(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    table = page.locator("#item-adult table").first
    assert table.is_visible()
    page.set_viewport_size({"width": 320, "height": 900})
    assert not table.is_visible()
    page.locator("#item-adult summary").click()
    assert table.is_visible()
    page.emulate_media(media="print")
    assert page.locator("#item-voice table").first.is_visible()
    page.close()


def test_the_first_stop_of_the_tab_key_skips_to_the_content(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
