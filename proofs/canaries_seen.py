"""Pages in Chromium, watched: whatever a hostile text would do there is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Page
from tests.served.browser import chromium, window

WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""
LOOK = """() => ({
  marker: window.canary ?? null,
  made: document.querySelectorAll('gt-canary,[data-canary],iframe,object,embed,base').length,
  handlers: [...document.querySelectorAll('*')].filter(
    e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  violations: window.__violations ?? [],
  text: (document.body?.innerText ?? '') + '\\n' + document.title,
})"""
FILL = """([place, text]) => {
  const form = document.forms[place];
  for (const one of form.elements) {
    if (one.name === 'csrfmiddlewaretoken' || one.type === 'file') continue;
    if (one.tagName === 'TEXTAREA' || (one.tagName === 'INPUT'
        && !['hidden', 'checkbox', 'radio', 'submit', 'button'].includes(one.type))) one.value = text;
  }
  HTMLFormElement.prototype.submit.call(form);
}"""


@dataclass
class Watched:
    """One browser page, and what it did that it should not have done."""

    page: Page
    address: str
    doings: list[str] = field(default_factory=list)

    def open(self, path: str) -> tuple[list[str], str]:
        """What is wrong with the page at ``path``, and the words on it."""
        self.doings.clear()
        try:
            self.page.goto(f"{self.address}{path}", wait_until="load")
        except Error as error:
            if "Download is starting" in str(error):
                return [], ""
            raise
        return self.look()

    def send(self, path: str, form: int, text: str) -> list[str]:
        """What is wrong with the page that comes of a form with ``text`` in every text field."""
        self.page.goto(f"{self.address}{path}", wait_until="load")
        self.doings.clear()
        with self.page.expect_navigation(wait_until="load"):
            self.page.evaluate(FILL, [form, text])
        return self.look()[0]

    def look(self) -> tuple[list[str], str]:
        """What is wrong with the page that is open, and the words on it."""
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return [*self.doings, *_wrong(seen)], str(seen["text"])

    def listen(self) -> None:
        """Note what the page does by itself."""
        self.page.add_init_script(WATCH)
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("popup", lambda popup: self.doings.append(f"a window: {popup.url[:60]}"))

    def _dialog(self, dialog: Any) -> None:  # noqa: ANN401 - Playwright's own
        self.doings.append(f"a dialog: {dialog.message[:60]}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "about:")):
            self.doings.append(f"a request to {url[:60]}")


def _wrong(seen: dict[str, Any]) -> Iterator[str]:
    if seen["marker"] is not None:
        yield f"a text ran: window.canary is {seen['marker']}"
    if seen["made"]:
        yield f"{seen['made']} elements that a text made"
    if seen["handlers"]:
        yield f"{seen['handlers']} elements with handlers"
    yield from (f"the content policy was broken: {each}" for each in seen["violations"])


@contextmanager
def browser(address: str, cookies: dict[str, str]) -> Iterator[Watched]:
    """A page of a browser with scripts on and somebody's cookies."""
    with chromium() as started:
        watched = Watched(window(started, address, cookies).new_page(), address)
        watched.listen()
        yield watched
