"""Looking at a page in a browser: by axe, narrow, spaced, enlarged, by keyboard, in other colours."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.served.browser import window
from tests.web.states.model import Body, Upload

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EYES = Path(__file__).with_name("eyes.js").read_text(encoding="utf-8")
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    "p { margin-block-end: 2em !important }"
)
"""WCAG 1.4.12."""
WIDE, NARROW, ENLARGED = (1280, 900), (320, 800), (320, 256)
"""The last is a window of 1280 by 1024 at 400 %."""
TOKEN = "a" * 32
Found = tuple[str, str]
"""A rule, and the element that breaks it."""


@dataclass
class Eyes:
    """One page, and all that can be asked of how it looks."""

    page: Page

    def look(self, *, full: bool) -> Iterator[Found]:
        """Everything that is wrong with the page, as (rule, element)."""
        self.page.add_style_tag(content=STILL)
        self.page.evaluate(EYES)
        yield from self.axe("light, wide")
        yield from self.by_keyboard("wide")
        self._size(NARROW)
        yield from self._plain("320 px", "wide", "cut", "overlaid", "small")
        if full:
            yield from self.axe("light, 320 px")
            yield from self._in_other_colours()
            yield from self.by_keyboard("320 px")
        self._size(ENLARGED)
        yield from self._plain("400 %", "wide", "covering")
        self.page.add_style_tag(content=SPACED)
        for size, name in ((NARROW, "320 px, spaced"), (WIDE, "spaced")):
            self._size(size)
            yield from self._plain(name, "wide", "cut", "overlaid")

    def axe(self, where: str, *, colours: bool = True) -> Iterator[Found]:
        """What axe-core finds; without ``colours`` where they are the reader's own, which it cannot see."""
        options = {
            "runOnly": {"type": "tag", "values": RULES},
            "resultTypes": ["violations"],
            "rules": {"color-contrast": {"enabled": colours}},
        }
        for each in Axe().run(self.page, options=options).response["violations"]:
            yield f"axe {each['id']} ({where})", each["nodes"][0]["html"][:170]

    def by_keyboard(self, where: str) -> Iterator[Found]:
        """Every control is reached by Tab, shows that it is, and nothing hides it."""
        for _ in range(self.page.evaluate("eyes.watch()") + 6):
            self.page.keyboard.press("Tab")
        for rule, elements in self.page.evaluate("eyes.walked()").items():
            yield from ((f"{rule} ({where})", element) for element in elements)

    def _in_other_colours(self) -> Iterator[Found]:
        for size, name in ((NARROW, "320 px"), (WIDE, "wide")):
            self._size(size)
            self.page.emulate_media(color_scheme="dark")
            yield from self.axe(f"dark, {name}")
        yield from self.by_keyboard("dark")
        self.page.emulate_media(color_scheme="light")
        self.page.emulate_media(forced_colors="active")
        yield from self.axe("forced colours", colours=False)
        yield from self.by_keyboard("forced colours")
        self.page.emulate_media(forced_colors="none")

    def _plain(self, where: str, *rules: str) -> Iterator[Found]:
        for rule in rules:
            for element in self.page.evaluate(f"eyes.{rule}()"):
                yield f"{rule} ({where})", element

    def _size(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})


def browsing(browser: Browser, server: str, cookies: dict[str, str]) -> BrowserContext:
    """A window of somebody with these cookies; our content policy would not let it be looked at."""
    size = {"width": WIDE[0], "height": WIDE[1]}
    return window(browser, server, {**cookies, "csrftoken": TOKEN}, bypass_csp=True, viewport=size)


def sent(page: Page, path: str, body: Body) -> int:
    """Send a form as a page's own would; the status of the answer, which is then the page."""
    page.goto("/help/")
    page.evaluate(EYES)
    fields = [(name, each) for name, value in body.items() for each in _values(value)]
    with page.expect_navigation() as waited:
        page.evaluate("([path, token, fields]) => eyes.send(path, token, fields)", [path, TOKEN, fields])
    return waited.value.status if waited.value else 0


def _values(value: object) -> list[object]:
    if isinstance(value, Upload):
        return [{"name": value.name, "content": b64encode(value.content).decode()}]
    return list(value) if isinstance(value, list) else [value]
