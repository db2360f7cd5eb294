"""The pages in a browser: by eye, by keyboard, without scripts, narrow, dark, and with text pulled apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GALLERY, WRONG, LOGIN = "/components/", "/components/?wrong=1", "/account/login/"
PAGES = [
    *(GALLERY, WRONG, "/components/front-page/", "/components/finding/", LOGIN),
    *(
        "/account/password/reset/",
        "/account/password/reset/key/1-a/",
        "/accessibility/",
        "/help/",
        "/nothing/x/",
    ),
]
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    "p { margin-block-end: 2em !important }"
)
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
WHOLE = LOOKS[::3]
"""The looks in which every page is tried; in the others the page that holds every component."""


@dataclass
class Visit:
    """A browser of a certain kind at our door."""

    server: LiveServer
    context: BrowserContext

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.server.url}{address}")
        return page


def visit(server: LiveServer, browser: Browser, **kind: Any) -> Visit:  # noqa: ANN401 - as Playwright takes it
    kind.setdefault("viewport", {"width": 1280, "height": 900})
    return Visit(server, browser.new_context(bypass_csp=True, **kind))


def sized(server: LiveServer, browser: Browser, width: int, scheme: Scheme = "light") -> Visit:
    return visit(server, browser, viewport={"width": width, "height": 800}, color_scheme=scheme)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(live_server: LiveServer, browser: Browser, width: int, scheme: Scheme) -> None:
    here = sized(live_server, browser, width, scheme)
    found = {}
    for address in PAGES if (width, scheme) in WHOLE else PAGES[:1]:
        page = here.open(address)
        seen = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        if seen.violations_count:
            found[address] = seen.generate_report()
        page.close()
    here.context.close()
    assert found == {}


@pytest.mark.parametrize("spacing", [False, True], ids=["as it is", "with text pulled apart"])
def test_nothing_scrolls_sideways(live_server: LiveServer, browser: Browser, *, spacing: bool) -> None:
    here = sized(live_server, browser, 320)
    wide = {}
    for address in PAGES:
        page = here.open(address)
        if spacing:
            page.add_style_tag(content=SPACING)
        for width in (320, 360, 600, 768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                wide[address, width] = (across, page.evaluate(TOO_WIDE))
        page.close()
    here.context.close()
    assert wide == {}


TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg, .gt-hidden')
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map(e => e.outerHTML.slice(0, 160))"""


def test_no_text_is_cut_when_it_is_pulled_apart(live_server: LiveServer, browser: Browser) -> None:
    here = sized(live_server, browser, 320)
    cut = {}
    for address in PAGES:
        page = here.open(address)
        page.add_style_tag(content=SPACING)
        found = page.evaluate(CUT)
        if found:
            cut[address] = found
        page.close()
    here.context.close()
    assert cut == {}


CUT = """() => [...document.querySelectorAll('a, button, p, h1, h2, h3, label, legend, td, th, li, dd, span')]
  .filter(e => !e.closest('svg, .gt-hidden, thead, .govuk-visually-hidden, .gt-rail__state'))
  .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize(
    "address", [GALLERY, WRONG, LOGIN, "/components/finding/", "/components/front-page/"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_control_is_reached_by_tab_and_shows_it(
    live_server: LiveServer, browser: Browser, address: str, width: int
) -> None:
    here = sized(live_server, browser, width)
    page = here.open(address)
    reached, unseen = walked(page)
    left = page.evaluate(LEFT)
    here.context.close()
    assert reached
    assert unseen == []
    assert left == []


def walked(page: Page) -> tuple[list[str], list[str]]:
    """What Tab reaches until it comes round again, and what of that does not show that it is reached."""
    wanted = page.evaluate(CONTROLS)
    reached: list[str] = []
    unseen: list[str] = []
    for _ in range(wanted * 2 + 20):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at and at["number"] in reached:
            break
        if at:
            reached.append(at["number"])
        if at and not at["seen"]:
            unseen.append(at["html"])
    return reached, unseen


NUMBERED = """
  const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled;
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const all = [...document.querySelectorAll(kinds)].filter(shown);
  const group = e => e.type === 'radio' ? e.closest('form, .gt-form, body')
    .querySelectorAll(`input[name="${e.name}"]:not(:disabled)`) : [e];
"""
CONTROLS = f"() => {{ {NUMBERED} all.forEach((e, n) => e.dataset.number = n); return all.length }}"
LEFT = f"""() => {{ {NUMBERED}
  const missed = all.filter(e => ![...group(e)].some(each => each.dataset.reached));
  return missed.map(e => e.outerHTML.slice(0, 120)) }}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e.dataset.number === undefined) return null;
  e.dataset.reached = 1;
  const drawn = e.matches('[type=radio], [type=checkbox]') ? e.nextElementSibling : e;
  const part = e.matches('[type=radio], [type=checkbox]') ? '::before' : null;
  const s = getComputedStyle(drawn, part), r = e.getBoundingClientRect();
  const lit = s.boxShadow !== 'none' || (s.outlineStyle !== 'none' && s.outlineWidth !== '0px');
  const within = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
  const x = Math.max(0, r.left + Math.min(r.width / 2, 12));
  const top = document.elementFromPoint(x, r.top + r.height / 2);
  const clear = !top || e.contains(top) || top.contains(e) || top.closest('label, .govuk-radios__item');
  return {number: e.dataset.number, seen: lit && within && !!clear, html: e.outerHTML.slice(0, 160)};
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_summary_of_mistakes_is_where_the_reader_is(
    live_server: LiveServer, browser: Browser, *, scripts: bool
) -> None:
    here = visit(live_server, browser, java_script_enabled=scripts)
    page = here.open(LOGIN)
    page.get_by_role("button", name="Sign in").click()
    assert page.title() == "Error: Sign in - Golden Thread"
    focused = page.locator("*:focus")
    assert "govuk-error-summary" in (focused.get_attribute("class") or "")
    page.get_by_role("link", name="Fill in “E-mail address”.").click()
    if scripts:
        assert page.locator("*:focus").get_attribute("id") == "id_login"
    assert page.url.endswith("#id_login") or scripts
    here.context.close()


def test_pages_work_without_scripts(live_server: LiveServer, browser: Browser) -> None:
    here = visit(live_server, browser, java_script_enabled=False)
    page = here.open("/components/finding/")
    page.get_by_label("Split by").select_option("kind")
    page.get_by_role("button", name="Show").click()
    assert "by=kind" in page.url
    page.goto(f"{live_server.url}{LOGIN}")
    assert page.get_by_role("button", name="Show password").count() == 0
    page.goto(f"{live_server.url}{GALLERY}")
    assert page.locator("progress").count() == 2
    page.get_by_text("What counts as a setting?").click()
    assert page.get_by_text("anywhere children and young people are taught").is_visible()
    here.context.close()


def test_scripts_add_what_they_should(live_server: LiveServer, browser: Browser) -> None:
    here = visit(live_server, browser)
    page = here.open(GALLERY)
    password = page.locator("#another-secret")
    password.fill("three plain words")
    page.get_by_role("button", name="Show password").nth(1).click()
    assert password.get_attribute("type") == "text"
    page.get_by_label("Why can’t we?").type("Because")
    page.wait_for_function(
        "document.querySelector('#reason-info ~ [aria-hidden]').textContent.includes('393')"
    )
    here.context.close()


def test_work_behind_the_page_is_asked_after(live_server: LiveServer, browser: Browser) -> None:
    here = visit(live_server, browser)
    page = here.open(GALLERY)
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true") as asked:
        pass
    assert asked.value.url == f"{live_server.url}{GALLERY}"
    page.wait_for_function("document.querySelectorAll('#work-2').length === 1")
    assert page.locator("#work-2").get_by_text("12,000 of 41,200 rows").is_visible()
    here.context.close()


def test_a_choice_among_filters_changes_its_part_at_once(live_server: LiveServer, browser: Browser) -> None:
    here = visit(live_server, browser)
    page = here.open(GALLERY)
    page.get_by_label("Settings").select_option("health")
    page.wait_for_url("**/components/?split=group&in=health&q=oak")
    assert page.locator("#filtered").count() == 1
    here.context.close()


def test_the_policy_is_kept_and_nobody_else_is_asked(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: said.append(str(fault)))
    for address in (GALLERY, "/components/finding/", "/components/front-page/", LOGIN):
        page.goto(f"{live_server.url}{address}")
    assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    context.close()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert said == []


def test_the_thread_keeps_its_states_in_forced_colours(live_server: LiveServer, browser: Browser) -> None:
    here = visit(live_server, browser, forced_colors="active")
    page = here.open("/components/front-page/")
    looks = page.evaluate(
        "() => ['is-done', 'is-part', 'is-todo'].map(state => { const s = getComputedStyle("
        "document.querySelector(`.gt-spine > .${state} > .gt-knot`));"
        "return [s.backgroundColor, s.backgroundImage === 'none', s.borderStyle].join() })"
    )
    here.context.close()
    assert len(set(looks)) == 3


def test_a_page_on_paper_keeps_its_words_and_loses_its_buttons(
    live_server: LiveServer, browser: Browser
) -> None:
    here = visit(live_server, browser)
    page = here.open("/components/finding/")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("table").first.is_visible()
    for hidden in (".gt-filters", ".gt-rail", ".gt-downloads", ".gt-masthead nav"):
        assert not page.locator(hidden).is_visible()
    here.context.close()
