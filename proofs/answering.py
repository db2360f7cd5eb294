"""Somebody who answers a survey of ``asking_in``, page after page, as a browser without JavaScript does."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from http import HTTPStatus

from tests.served.person import Answer, Person

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PARTS = (("team",), ("years", "short"), ("words",))


@dataclass
class Respondent:
    """A person with a browser of their own, and the page before them."""

    person: Person
    path: str
    held: dict[str, str] = field(default_factory=dict)

    def begin(self, code: str = "") -> Answer:
        """Open the link, and start."""
        self._see(self.person.get(self.path))
        return self.press(code=code) if code else self.press()

    def press(self, do: str = "", **fields: str) -> Answer:
        """Send the page before them."""
        named = {"do": do} if do else {}
        return self._see(self.person.send(self.path, {**self.held, **fields, **named}))

    def fill(self, answers: dict[str, str], parts: int = len(PARTS)) -> None:
        """Answer so many parts, a page each. Raises RuntimeError where a page is not taken."""
        for part in PARTS[:parts]:
            given = {f"a.{name}": answers[name] for name in part if name in answers}
            if self.press("next", **given).status != HTTPStatus.OK:
                raise RuntimeError("a page of answers was not taken")

    def send(self) -> Answer:
        """Send the answers."""
        return self.press("send")

    def _see(self, answer: Answer) -> Answer:
        if answer.status == HTTPStatus.OK:
            self.held = {name: html.unescape(value) for name, value in HIDDEN.findall(answer.text)}
        return answer


def is_receipt(answer: Answer, path: str) -> bool:
    """Whether it was acknowledged: whoever sent is led to the receipt."""
    return answer.status == HTTPStatus.FOUND and answer.headers["location"].endswith(f"{path}sent/")


def answer(person: Person, path: str, answers: dict[str, str], code: str = "") -> bool:
    """Answer everything and send it; whether it was acknowledged."""
    respondent = Respondent(person, path)
    respondent.begin(code)
    respondent.fill(answers)
    return is_receipt(respondent.send(), path)
