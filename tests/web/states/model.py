"""What a state is: a page as somebody meets it, and how its address and what is sent are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.urls import reverse

Things = dict[str, Any]
"""What stands in one area, by a name such as "wave:mapping"; the part before the colon is its kind."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody chooses."""

    name: str
    content: bytes

    def stream(self) -> BytesIO:
        """Its bytes, to be read."""
        return BytesIO(self.content)


Value = str | list[str] | Upload
Body = Mapping[str, Value]
At = Mapping[str, str]
"""For each parameter of an address the name of a thing, or "=" and what is meant itself."""


@dataclass(frozen=True, slots=True)
class State:
    """One URL in one state, seen by ``who`` in an area.

    ``sends`` is a form whose answer is the page; without it the page is fetched. ``shown`` is false
    where nothing is to be seen: a file to keep, or an address that only leads on.
    """

    url: str
    name: str
    at: At = field(default_factory=dict)
    area: str = "anyshire"
    query: str = ""
    sends: Callable[[Things], Body] | None = None
    who: str = "lead"
    status: int = 200
    shown: bool = True

    def __str__(self) -> str:
        return f"{self.url}: {self.name}"


@dataclass(frozen=True, slots=True)
class Send:
    """A form as somebody sends it who may, and means it: it changes something, or shows what it would."""

    url: str
    body: Callable[[Things], Body]
    at: At = field(default_factory=dict)
    who: str = "lead"
    status: int = 302
    writes: bool = True


def given(at: At, things: Things) -> dict[str, Any]:
    """The parameters of an address, of an area's things."""
    return {name: key[1:] if key.startswith("=") else things[key] for name, key in at.items()}


def address(url: str, at: At, things: Things, *, slug: str, query: str = "") -> str:
    """The address of a state; ``slug`` is the area it is asked in."""
    return located(url, given(at, things), slug) + (f"?{query}" if query else "")


def located(url: str, kwargs: Mapping[str, Any], slug: str) -> str:
    """The address of a URL with these parameters in the area."""
    from tests.web.states.inventory import inventory  # noqa: PLC0415 - it reads the resolver

    area = {"area": slug} if inventory()[url].in_area else {}
    return reverse(url, kwargs={**area, **kwargs})


def nothing(things: Things) -> Body:
    """An empty form."""
    del things
    return {}


def sending(**body: Value) -> Callable[[Things], Body]:
    """A form that is the same in every area."""
    return lambda things: body  # noqa: ARG005 - every form is made from things
