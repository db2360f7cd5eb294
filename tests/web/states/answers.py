"""What comes of a request: its answer with what differs every time taken out, and what it wrote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from tests.web.states.model import Body, Upload

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")\w+')
EVER_NEW = frozenset(("Set-Cookie", "Content-Length", "Expires", "Date"))
WRITES = re.compile(
    r"\s*(?!SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|BEGIN|EXPLAIN|SET|SHOW)\w+ .{0,80}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, and the names of things in it."""

    path: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, headers, body, the statements that wrote, and the message for the next page.

    The message travels in a cookie, signed with the second; the signature is left out.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    wrote: tuple[str, ...]
    beside: str = ""

    def apart(self, asked: Asked, other: Answer, asked_other: Asked) -> str:
        """What tells two answers apart, but for the names in the addresses that were asked; else ""."""
        mine, theirs = self._plain(asked), other._plain(asked_other)
        return ", ".join(name for name in mine if mine[name] != theirs[name])

    def _plain(self, asked: Asked) -> dict[str, object]:
        body, headers = TOKEN.sub(rb"\1", self.body), dict(self.headers)
        for name in (asked.path, quote(asked.path, safe=""), *asked.names):
            body = body.replace(name.encode(), b"ASKED")
            headers = {key: value.replace(name, "ASKED") for key, value in headers.items()}
        return {"status": self.status, "headers": headers, "body": body, "message": self.beside}


@dataclass
class Caller:
    """Somebody's browser; each request goes out with the cookies they came with."""

    who: str
    client: Client
    cookies: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, path: str, body: Body | None = None, *, strict: bool = False) -> Answer:
        """Ask. ``strict`` demands a form's token, as a real browser's request would have to."""
        client = Client(raise_request_exception=False)
        client.handler = _handler(strict)
        client.cookies.load(self.cookies)
        wrote: list[str] = []
        with connection.execute_wrapper(_noting(wrote)):
            response: Any = getattr(client, method)(path, typed(body) if body is not None else None)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {name: value for name, value in response.headers.items() if name not in EVER_NEW}
        beside = client.cookies["messages"].value.partition(":")[0] if "messages" in client.cookies else ""
        return Answer(response.status_code, headers, content, tuple(wrote), beside)

    def ask_and_forget(self, path: str, body: Body) -> tuple[Answer, bool]:
        """Send a form, and take back whatever it did; the answer, and whether it changed anything."""
        with transaction.atomic():
            before = digests()
            answer = self.ask("post", path, body)
            changed = digests() != before
            transaction.set_rollback(True)
        return answer, changed


@cache
def _handler(strict: bool) -> ClientHandler:
    """The application as a client calls it; to put it together takes as long as an answer."""
    return ClientHandler(enforce_csrf_checks=strict)


def typed(body: Body) -> dict[str, object]:
    """A form as Django's client sends it."""
    return {
        name: SimpleUploadedFile(value.name, value.content) if isinstance(value, Upload) else value
        for name, value in body.items()
    }


def _noting(wrote: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        found = WRITES.match(sql)
        if found:
            wrote.append(found[0].strip())
        return execute(sql, params, many, context)

    return note


def digests() -> dict[str, str]:
    """Each table's rows as one number, whatever their order."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own tables
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@contextmanager
def unchanged(faults: list[str], what: str, but: str = "") -> Iterator[None]:
    """Note a fault where a table is not as it was; ``but`` names one that may change."""
    before = digests()
    yield
    after = digests()
    faults.extend(
        f"{what}: {name} is not as it was"
        for name in after
        if after[name] != before.get(name) and name not in but
    )
