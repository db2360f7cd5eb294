"""Lists, organisations and the headcount in a browser: accessible, never sideways, and without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.ground.made import NOW
from tests.ground.organisations.register import FILE, HERE, whole
from tests.served.browser import window
from tests.web.workbench.acting import Acting, acting

from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.lists.queries import entries
from goldenthread.ground.organisations.bring_in import bring_in, keep_upload, plan_of
from goldenthread.ground.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMPTY = ("lists/", "organisations/", "headcount/")


@dataclass(frozen=True)
class Walker:
    """Somebody signed in, and where the application listens."""

    who: Acting
    server: LiveServer
    browser: Browser

    def window(self, *, scripts: bool = True, width: int = 1280) -> BrowserContext:
        """A window of somebody who is signed in already."""
        cookies = {name: each.value for name, each in self.who.client.cookies.items()}
        size = {"width": width, "height": 900}
        return window(self.browser, self.server.url, cookies, java_script_enabled=scripts, viewport=size)

    def url(self, rest: str) -> str:
        return self.server.url + self.who.url(rest)


@pytest.fixture
def walker(live_server: LiveServer, browser: Browser) -> Walker:
    return Walker(acting(), live_server, browser)


def fill(who: Acting) -> tuple[str, ...]:
    """Something on every page; the pages."""
    by, area = who.actor, who.actor.area
    taken = keep_upload(by=by, now=NOW, file=whole(), name="edubase.csv", authorities=(HERE,))
    plan = plan_of(area, taken, now=NOW)
    assert plan is not None
    bring_in(by=by, now=NOW, upload=taken, shown=plan.fingerprint)
    waiting = keep_upload(by=by, now=NOW, file=whole(), name="edubase.csv", authorities=(HERE, "997"))
    count = add_count(by=by, now=NOW, given=CountGiven(290, date(2026, 5, 1), "Payroll", "health"))
    school = Organisation.objects.first()
    assert school is not None
    entry = entries(area, "rules")[0].id
    lists = (
        "",
        "new/",
        "of/roles/",
        "of/need-types/?show=all",
        "of/rules/add/",
        f"of/rules/{entry}/",
        "of/rules/about/",
    )
    ones = (
        "",
        "new/",
        "register/",
        f"register/{taken}/",
        f"register/{waiting}/",
        f"{school.pk}/",
        f"{school.pk}/change/",
        f"{school.pk}/basis/",
    )
    return (
        *(f"lists/{each}" for each in (*lists, f"of/rules/{entry}/end/")),
        *(f"organisations/{each}" for each in ones),
        *(f"headcount/{each}" for each in ("", "new/", "file/", f"{count}/")),
    )


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_nothing_scrolls_sideways(walker: Walker, width: int) -> None:
    pages = (*EMPTY, *fill(walker.who))
    found: dict[str, object] = {}
    with walker.window(width=width) as context:
        page = context.new_page()
        for each in pages:
            answer = page.goto(walker.url(each))
            assert answer is not None
            assert answer.status == 200, each
            broken = [one["id"] for one in Axe().run(page).response["violations"]]
            if broken or sideways(page):
                found[each] = broken or "sideways"
    assert found == {}


def test_what_a_role_may_do_is_a_list_as_wide_as_a_phone(walker: Walker) -> None:
    with walker.window(width=320) as context:
        page = context.new_page()
        page.goto(walker.url("accounts/roles/"))
        lists = page.get_by_role("row").filter(has_text="Workforce lead").get_by_role("list")
        assert len(lists.get_by_role("listitem").all()) > 10
        box = lists.bounding_box()
        assert box is not None
        assert box["width"] > 280, "squeezed beside its label it is a wall of text"
        assert not sideways(page)


def test_a_file_of_the_register_is_taken_in_without_scripts(walker: Walker) -> None:
    with walker.window(scripts=False, width=320) as context:
        page = context.new_page()
        page.goto(walker.url("organisations/"))
        page.get_by_role("button", name="Take in schools from the register").click()
        page.get_by_label("Your local authority").fill(HERE)
        page.get_by_label("The file from Get Information").set_input_files(FILE)
        page.get_by_role("button", name="Show what would change").click()
        assert "nothing is written yet" in page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Take it in").click()
        page.goto(walker.url("organisations/?text=oakfield"))
        page.get_by_role("link", name="Oakfield School").click()
        page.get_by_role("link", name="Record a lawful basis").click()
        page.get_by_label("Public task").check()
        page.get_by_role("button", name="Record this").click()
        assert "Staff may be held: public task." in page.locator("main").inner_text()


def test_a_mistake_in_a_form_is_shown_and_reached_from_its_summary(walker: Walker) -> None:
    with walker.window() as context:
        page = context.new_page()
        page.goto(walker.url("lists/of/rules/add/"))
        page.get_by_label("What is it called?").fill("Most at once")
        page.get_by_label("Number").fill("four")
        page.get_by_label("Unit").fill("people")
        page.get_by_role("button", name="Add the entry").click()
        assert page.title().startswith("Error: ")
        page.get_by_role("link", name="Number: “four” is not a number.").click()
        assert page.evaluate("document.activeElement.name") == "data-number"
        assert not sideways(page)
