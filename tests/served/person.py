"""Somebody with a browser of their own, as the server sees them: plain HTTP, cookies, packed pages."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from tests.served.installation import AREA, PASSWORD

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in lower case, the bytes as they were before packing."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Person:
    """Somebody at a browser: one lasting connection, cookies, and packed pages, as browsers ask for them."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """What is at ``path``; nobody is led on."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form, sent with the token of its page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        return self.send(path, {**fields, "csrfmiddlewaretoken": token[1] if token else ""})

    def send(self, path: str, fields: Mapping[str, str]) -> Answer:
        """A form as it stands."""
        return self._ask("POST", path, urlencode(fields, errors="replace").encode())

    def sign_in(self, role: str = "lead") -> None:
        """Sign in as whoever has the role in Anyshire. Raises RuntimeError where they cannot."""
        answer = self.post("/account/login/", {"login": f"{role}@{AREA}.example", "password": PASSWORD})
        if answer.status != HTTPStatus.FOUND:
            raise RuntimeError(f"the {role} could not sign in: {answer.status}")

    def leave(self) -> None:
        """Put the line down; the next request takes up another."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        rested = self._line is not None
        try:
            return self._asked(method, path, body)
        except ConnectionError:
            self.leave()
            if not rested:
                raise
            return self._asked(method, path, body)  # a line that rested too long was put down: ask again

    def _asked(self, method: str, path: str, body: bytes | None) -> Answer:
        start = time.perf_counter()
        line = self._line or http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=300)
        self._line = line
        line.request(method, path, body, self._headers(FORM if body is not None else {}))
        answer = line.getresponse()
        raw = answer.read()
        seconds = time.perf_counter() - start
        self._keep(answer.headers.get_all("set-cookie") or [])
        headers = {name.lower(): value for name, value in answer.getheaders()}
        packed = headers.get("content-encoding") == "gzip"
        return Answer(answer.status, headers, gzip.decompress(raw) if packed else raw, seconds)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept-Encoding": "gzip", "Cookie": cookies, "Referer": f"{self.address}/", **more}

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name.strip()] = value
