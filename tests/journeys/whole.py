"""The whole way through the application without scripts: from signing in to a report and its crosswalk."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Page
from tests.served.browser import WAIT, sign_in

AREA = "/anyshire/"
SURVEY = f"{AREA}surveys/staff-survey/"
RESULTS = f"{AREA}results/staff-survey/"


def walk(page: Page, folder: Path) -> list[str]:
    """Every journey in turn; what was done. Raises where one cannot be walked."""
    page.set_default_timeout(WAIT)
    walked = []
    for journey in (
        _sign_in,
        _add_an_organisation,
        _invite,
        _begin,
        _bring_in,
        _group,
        _build,
        _explore,
        _decide,
    ):
        journey(page, folder)
        walked.append(journey.__name__.strip("_").replace("_", " "))
    return walked


def _sign_in(page: Page, folder: Path) -> None:
    del folder
    sign_in(page)


def _add_an_organisation(page: Page, folder: Path) -> None:
    del folder
    page.goto(f"{AREA}lists/")
    page.click("main form[action$='/put-in/'] button")
    page.goto(f"{AREA}organisations/new/")
    page.fill("[name=name]", "Oak School")
    page.select_option("[name=kind]", "school")
    _press(page)
    assert "Oak School" in page.inner_text("h1")


def _invite(page: Page, folder: Path) -> None:
    del folder
    page.goto(f"{AREA}accounts/invite/")
    page.fill("[name=email]", "new@anyshire.example")
    page.check("[name=role][value=analyst]")
    _press(page)
    assert "new@anyshire.example" in page.inner_text("main")


def _begin(page: Page, folder: Path) -> None:
    del folder
    page.goto(f"{AREA}surveys/new/")
    page.fill("[name=title]", "Staff survey")
    _press(page)
    page.wait_for_url(f"**{SURVEY}")


def _bring_in(page: Page, folder: Path) -> None:
    for year, agree in (("2023", 60), ("2025", 90)):
        path = folder / f"{year}.csv"
        _write(path, agree)
        page.goto(f"{SURVEY}add/")
        page.fill("[name=label]", year)
        page.fill("[name=opens]", f"{year}-06-01")
        page.fill("[name=closes]", f"{year}-07-01")
        page.set_input_files("[name=file]", path)
        _press(page)
        page.click(f"a[href$='/waves/{year}/columns/']")
        _press(page)
        page.click(f"a[href$='/waves/{year}/problems/']")
        _press(page)


def _write(path: Path, agree: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Where do you work?", "I can use signs"])
        for n in range(150):
            out.writerow([("Schools", "Health")[n % 2], "Agree" if n < agree else "Disagree"])


def _group(page: Page, folder: Path) -> None:
    del folder
    page.goto(f"{SURVEY}groups/")
    page.check("[name=groups][value=where-do-you-work]")
    _press(page)


def _build(page: Page, folder: Path) -> None:
    page.goto(f"{RESULTS}builds/")
    page.click("form[action$='/builds/ask/'] button")
    page.wait_for_selector("a[href$='/report.docx']")
    for name in ("report.html", "tables.xlsx"):
        _take(page, f"a[href$='/{name}']", folder / name)


def _explore(page: Page, folder: Path) -> None:
    page.goto(f"{RESULTS}items/i-can-use-signs/")
    page.select_option("[name=by]", "where-do-you-work")
    _press(page, "form[method=get]")
    assert "Schools" in page.inner_text("main")
    _take(page, "a[href*='/csv/']", folder / "item.csv")
    assert "Schools" in (folder / "item.csv").read_text(encoding="utf-8-sig")


def _decide(page: Page, folder: Path) -> None:
    del folder
    page.goto(f"{SURVEY}crosswalk/i-can-use-signs/")
    page.check("[name=comparable][value=no]")
    page.fill("[name=because]", "The scale was another")
    page.locator("form:has([name=comparable]) button").click()
    page.wait_for_url(f"**{SURVEY}crosswalk/")
    assert "not comparable" in page.inner_text("main")


def _take(page: Page, selector: str, path: Path) -> None:
    with page.expect_download() as waited:
        page.locator(selector).first.click()
    waited.value.save_as(path)
    assert path.stat().st_size


def _press(page: Page, form: str = "form") -> None:
    """The button that a form is sent with: the last of the page's first form."""
    page.locator(f"main {form}").first.locator("button:not([type=button])").last.click()
