"""From two files of answers to a report, as the workforce lead does it, with figures counted again."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from tests.journeys.installation import PASSWORD, served

pytestmark = pytest.mark.browser

TEAMS = ("Schools", "Nurseries", "Health", "Social care")
SCALE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
AGREE = SCALE[3:]
WAIT = 60_000

Answers = list[dict[str, str]]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A browser in front of an installation nobody has used."""
    with served(tmp_path / "home") as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        made = browser.new_context(base_url=address, accept_downloads=True).new_page()
        made.set_default_timeout(WAIT)
        yield made
        browser.close()


def test_two_files_become_a_report_whose_figures_are_those_of_a_recount(page: Page, tmp_path: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311 - invented answers, not secrets
    words = [f"I feel sure about {chance.randrange(10**6)}" for _ in range(4)]
    waves = {"2023": _answers(chance, words, 240), "2025": _answers(chance, words, 260)}
    _sign_in(page)
    page.goto("/anyshire/surveys/new/")
    page.fill("[name=title]", "Staff survey")
    page.click("button:has-text('Start the survey')")
    for year, answers in waves.items():
        _bring_in(page, year, _written(tmp_path / f"answers-{year}.csv", answers))
    _group_by_team(page)
    figures = _built(page, tmp_path)
    _same_as_recount(figures, waves, words)
    _same_on_the_page(page, waves["2025"], words[0])


def _answers(chance: random.Random, words: list[str], people: int) -> Answers:
    """One row a person: a team, then an answer to each statement."""
    return [
        {"Where do you work?": chance.choice(TEAMS)} | {word: chance.choice(SCALE) for word in words}
        for _ in range(people)
    ]


def _written(path: Path, answers: Answers) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(answers[0]))
        writer.writeheader()
        writer.writerows(answers)
    return path


def _sign_in(page: Page) -> None:
    page.goto("/")
    page.fill("[name=login]", "lead@anyshire.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/anyshire/")


def _bring_in(page: Page, year: str, path: Path) -> None:
    page.goto("/anyshire/surveys/staff-survey/add/")
    page.fill("[name=label]", year)
    page.fill("[name=opens]", f"{year}-06-01")
    page.fill("[name=closes]", f"{year}-07-01")
    page.set_input_files("[name=file]", path)
    page.click("button:has-text('Bring the file in')")
    page.click("a:has-text('Look at the columns')")
    page.click("button:has-text('Read the answers this way')")
    page.click("a:has-text('Use this wave')")
    page.click("button:has-text('Use this wave')")


def _group_by_team(page: Page) -> None:
    page.goto("/anyshire/surveys/staff-survey/groups/")
    page.check("[name=groups][value=where-do-you-work]")
    page.select_option("[name=mix]", "where-do-you-work")
    page.click("button:has-text('Save the groups')")


def _built(page: Page, folder: Path) -> dict[str, list[dict[str, object]]]:
    """Ask for a build, wait for the worker, and take its figures away."""
    page.goto("/anyshire/results/staff-survey/builds/")
    page.click("button:has-text('Build the report')")
    page.wait_for_selector("text=How it was made (JSON)")
    with page.expect_download() as waited:
        page.click("text=How it was made (JSON)")
    path = folder / "figures.json"
    waited.value.save_as(path)
    found: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _same_as_recount(
    figures: dict[str, list[dict[str, object]]], waves: dict[str, Answers], words: list[str]
) -> None:
    """Agreement of each statement in each wave, for everybody and for the first team."""
    made = {
        (e["item"], e["wave"], e["level"]): (e["count"], e["base"])
        for e in figures["estimates"]
        if e["answer"] == "all-agree"
    }
    wanted = {
        (_item(word), year, level): _counted(answers, word, team)
        for year, answers in waves.items()
        for word in words
        for level, team in ((None, None), ("schools", "Schools"))
    }
    assert len(wanted) == 16
    assert {key: made[key] for key in wanted} == wanted


def _counted(answers: Answers, word: str, team: str | None) -> tuple[int, int]:
    asked = [row for row in answers if team is None or row["Where do you work?"] == team]
    return sum(row[word] in AGREE for row in asked), len(asked)


def _item(word: str) -> str:
    return re.sub(r"\W+", "-", word.lower())


def _same_on_the_page(page: Page, answers: Answers, word: str) -> None:
    """The item's page says the same percentage and base, and splits it by team."""
    count, base = _counted(answers, word, None)
    page.goto(f"/anyshire/results/staff-survey/items/{_item(word)}/?by=where-do-you-work")
    shown = page.inner_text("main")
    assert f"{base} answers" in shown
    assert f"{int(100 * count / base + 0.5)}%" in shown
    assert all(team in shown for team in TEAMS)
