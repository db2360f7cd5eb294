"""From two files of answers, reworded in between, to a report: as the lead does it, and recounted."""

from __future__ import annotations

import csv
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page
from tests.journeys.recount import LEVELS, NET, NOW, TEAMS, THEN, Answers, Key, half_up, made, recounted
from tests.journeys.recount import in_json as figures_in_json
from tests.journeys.recount import in_sheets as figures_in_sheets
from tests.served.browser import WAIT, chromium, sign_in
from tests.served.installation import nothing_yet
from tests.served.server import served

pytestmark = pytest.mark.browser

SURVEY, RESULTS = "/anyshire/surveys/staff-survey/", "/anyshire/results/staff-survey/"


@pytest.fixture
def seed() -> int:
    """What every word and answer comes of; pytest prints it where the journey fails."""
    return secrets.randbelow(10**9)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A browser in front of an installation nobody has used."""
    with nothing_yet(tmp_path / "home", server="") as here:
        here.found()
        with served(here) as server, chromium() as browser:
            opened = browser.new_context(base_url=server.address, accept_downloads=True).new_page()
            opened.set_default_timeout(WAIT)
            yield opened


def test_two_reworded_files_become_a_report_whose_figures_are_those_of_a_recount(
    page: Page, tmp_path: Path, seed: int
) -> None:
    of = made(seed)
    wanted = recounted(of)
    sign_in(page)
    _start_a_survey(page)
    for year, answers in of.waves.items():
        _bring_in(page, year, _written(tmp_path / f"answers-{year}.csv", answers))
    for then, now in of.reworded:
        _link(page, then, now)
    _group_by_team(page)
    _build(page)
    shown = {key: each for _, now in of.reworded for key, each in _on_its_page(page, now).items()}
    assert len(shown) == len(of.reworded) * (7 + 5 * len(TEAMS))
    assert shown == {key: half_up(wanted[key]) for key in shown}
    assert _in_json(page, tmp_path) == pytest.approx({key: float(each) for key, each in wanted.items()})
    in_sheets = _in_workbook(page, tmp_path)
    assert len(in_sheets) == len(of.reworded) * 5 * len(LEVELS)
    assert in_sheets == pytest.approx({key: float(wanted[key]) for key in in_sheets})


def _written(path: Path, answers: Answers) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(answers[0]))
        writer.writeheader()
        writer.writerows(answers)
    return path


def _start_a_survey(page: Page) -> None:
    page.goto("/anyshire/surveys/new/")
    page.fill("[name=title]", "Staff survey")
    page.click("button:has-text('Start the survey')")


def _bring_in(page: Page, year: str, path: Path) -> None:
    page.goto(f"{SURVEY}add/")
    page.fill("[name=label]", year)
    page.fill("[name=opens]", f"{year}-06-01")
    page.fill("[name=closes]", f"{year}-07-01")
    page.set_input_files("[name=file]", path)
    page.click("button:has-text('Bring the file in')")
    page.click("a:has-text('Look at the columns')")
    page.click("button:has-text('Read the answers this way')")
    page.click("a:has-text('Use this wave')")
    page.click("button:has-text('Use this wave')")


def _link(page: Page, then: str, now: str) -> None:
    """Say that a question of the later wave continues one of the earlier, which nothing in its words says."""
    page.goto(SURVEY)
    page.click("a:has-text('Which question continues which')")
    page.click(f"main a:has-text('{then}')")
    page.get_by_label("Or is it one of these?").select_option(label=now)
    page.click("button:has-text('Link it')")
    page.wait_for_url("**/crosswalk/")
    joined = page.locator("tr", has_text=then).inner_text()
    assert then in joined
    assert now in joined


def _group_by_team(page: Page) -> None:
    page.goto(f"{SURVEY}groups/")
    page.check("[name=groups][value=where-do-you-work]")
    page.select_option("[name=mix]", "where-do-you-work")
    page.click("button:has-text('Save the groups')")


def _build(page: Page) -> None:
    """Ask for a build, and wait for the worker."""
    page.goto(f"{RESULTS}builds/")
    page.click("button:has-text('Build the report')")
    page.wait_for_selector("text=Explore its results")


def _on_its_page(page: Page, item: str) -> dict[Key, int]:
    """The figures of an item's page, split by team: what the tables there say."""
    page.goto(RESULTS)
    page.locator("main a", has_text=item).first.click()
    page.select_option("[name=by]", "where-do-you-work")
    page.locator("main form[method=get] button").click()
    page.wait_for_url("**by=where-do-you-work**")
    waves, bases = _table(page, "Every wave, everybody"), _table(page, "The same numbers by")
    changes = _table(page, "Changes by")
    found = {("Everybody", "change"): _table(page, "Changes, everybody")[f"{THEN} to {NOW}"]["Points"]}
    for year in (THEN, NOW):
        found["Everybody", f"base {year}"] = waves["Base"][year]
        found |= _share("Everybody", year, waves[NET][year])
    for team in TEAMS:
        found[team, f"base {THEN}"] = changes[team][f"Base {THEN}"]
        found[team, f"base {NOW}"] = bases[team]["Base"]
        found[team, "change"] = changes[team]["Points"]
        found |= _share(team, NOW, bases[team][NET])
    return {(item, *key): int(text.replace("−", "-")) for key, text in found.items()}


def _share(level: str, year: str, text: str) -> dict[tuple[str, str], str]:
    """The count and the per cent of a cell such as "98 (38%)"."""
    share = re.fullmatch(r"(\d+) \((\d+)%\)", text)
    assert share, text
    return {(level, f"count {year}"): share[1], (level, f"percent {year}"): share[2]}


def _table(page: Page, caption: str) -> dict[str, dict[str, str]]:
    """A table of the page: its cells by row and column."""
    table = page.locator("table", has=page.locator("caption", has_text=re.compile(f"^{caption}")))
    head, *rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tr").all()]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def _in_json(page: Page, folder: Path) -> dict[Key, float]:
    return figures_in_json(json.loads(_taken(page, folder, "figures.json").read_text(encoding="utf-8")))


def _in_workbook(page: Page, folder: Path) -> dict[Key, float]:
    book = openpyxl.load_workbook(_taken(page, folder, "tables.xlsx"))
    answers, changes = (list(book[name].iter_rows(values_only=True)) for name in ("Other items", "Changes"))
    return figures_in_sheets(answers, changes)


def _taken(page: Page, folder: Path, name: str) -> Path:
    """A file of the report, as the page of builds gives it."""
    page.goto(f"{RESULTS}builds/")
    with page.expect_download() as waited:
        page.click(f"a[href$='/{name}']")
    waited.value.save_as(folder / name)
    return folder / name
