"""Chromium, and windows of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from shutil import which
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.served.installation import AREA, PASSWORD

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WAIT = 60_000
"""How long a page is waited for, in milliseconds: behind it a worker may have something to do."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, closed when the block ends."""
    # Playwright keeps a loop running beside us, and Django would take us to be inside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def window(
    browser: Browser,
    address: str,
    cookies: Mapping[str, str],
    **kind: Any,  # noqa: ANN401 - as Playwright takes it
) -> BrowserContext:
    """A window of whoever has these cookies of the server at ``address``."""
    context = browser.new_context(base_url=address, **kind)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context


def sign_in(page: Page, role: str = "lead") -> None:
    """Sign in by the page itself, as whoever has the role in Anyshire."""
    page.goto("/")
    page.fill("[name=login]", f"{role}@{AREA}.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/{AREA}/")
