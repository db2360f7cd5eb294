"""Every page and file a role can reach, fetched as browsers do, and hostile words sent back to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urljoin, urlsplit

from canaries_files import faults, in_name
from payloads import COMPOSITE, MARK, PAYLOADS
from tests.served.installation import AREA
from tests.served.person import Answer, Person
from tests.served.server import Server

NAMES = (
    "q",
    "text",
    "by",
    "with",
    "mix",
    "page",
    "show",
    "from",
    "kind",
    "who",
    "what",
    "next",
    "build",
    "only",
)
"""What addresses ask, besides what the forms on the pages ask."""
LEAVES = re.compile(r"logout|disable|erase|discard|take-out|withdraw|/end/|password/change|deactivate")
"""Forms that would end what the rest of the run stands on; none has a text field but the password's."""
PLAIN = ("text", "search", "email", "url", "tel", "password", "textarea", "date", "number")


@dataclass
class Found:
    """What was looked at, and what was wrong. ``routes`` are the patterns of all addresses."""

    routes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, what: str, where: str, wrong: Iterable[str]) -> None:
        """One more of ``what``, with what is wrong in it."""
        self.counts[what] += 1
        self.faults += [f"{where[:120]}: {each}" for each in wrong]


@dataclass(frozen=True)
class Form:
    """A form on a page: its place, where it goes, and its fields (name, type, value)."""

    place: int
    method: str
    action: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of the fields that take any text."""
        return tuple(name for name, kind, _ in self.fields if kind in PLAIN)


@dataclass(frozen=True)
class Page:
    """A page somebody reached: its address and its forms."""

    path: str
    forms: tuple[Form, ...]


def crawl(server: Server, role: str, found: Found, each: int) -> list[Page]:
    """Every kind of page (and ``each`` of it) that a role reaches, read as a browser reads it."""
    person = server.signed_in(role)
    waiting, known, shapes, pages = ["/", f"/{AREA}/"], set[str](), Counter[str](), []
    while waiting:
        path = waiting.pop(0)
        if path in known or shapes[shape(path, found.routes)] >= each or LEAVES.search(path):
            continue
        known.add(path)
        shapes[shape(path, found.routes)] += 1
        answer = person.get(path)
        if 300 <= answer.status < 400:
            waiting.append(local(path, answer.headers.get("location", "")))
            continue
        found.add("files" if is_file(answer) else "pages", f"{role} {path}", wrong_with(answer))
        if not is_file(answer):
            read = read_page(path, answer.text)
            pages.append(read[0])
            waiting = [*(link for link in read[1] if MARK in link), *waiting, *read[1]]
    return pages


def wrong_with(answer: Answer) -> list[str]:
    """What is wrong with an answer: its status, its headers, its bytes."""
    wrong = [f"answered {answer.status}"] if answer.status >= 500 else []
    wrong += faults(answer.headers.get("content-type", ""), answer.body)
    return [*wrong, *in_name(answer.headers.get("content-disposition", ""))]


def is_file(answer: Answer) -> bool:
    """Whether it is something to take away, and no page."""
    return "attachment" in answer.headers.get("content-disposition", "") or not answer.headers.get(
        "content-type", ""
    ).startswith("text/html")


def shape(path: str, routes: Sequence[str]) -> str:
    """What kind of page an address is of: its pattern, and what it asks."""
    parts = urlsplit(path)
    plain = parts.path.removeprefix("/")
    route = next((route for route in routes if re.fullmatch(route, plain)), parts.path)
    asks = ",".join(sorted({each.partition("=")[0] for each in parts.query.split("&")}))
    return f"{route}?{asks}"


def local(path: str, link: str) -> str:
    """A link of ours as a path; "" where it leads elsewhere."""
    parts = urlsplit(urljoin(f"http://here{path}", link))
    if parts.netloc not in ("here", "") and not parts.netloc.startswith("127.0.0.1"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def read_page(path: str, text: str) -> tuple[Page, list[str]]:
    """The page, and where it leads."""
    reader = _Reader()
    reader.feed(text)
    forms = tuple(
        Form(place, method, local(path, action or path), tuple(fields))
        for place, (method, action, fields) in enumerate(reader.forms)
    )
    links = [each for link in reader.links if (each := local(path, link))]
    return Page(path, forms), [link for link in links if not link.startswith("/static/")]


class _Reader(HTMLParser):
    """Collects links and forms."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, list[tuple[str, str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "a" and own.get("href"):
            self.links.append(own["href"])
        elif tag == "form":
            self.forms.append((own.get("method", "get").lower(), own.get("action", ""), []))
        elif tag in ("input", "textarea", "select") and self.forms and own.get("name"):
            kind = own.get("type", "text") if tag == "input" else tag
            self.forms[-1][2].append((own["name"], kind, own.get("value", "")))


def texts_of(names: Iterable[str]) -> Iterator[str]:
    """The hostile texts of these names."""
    yield from (PAYLOADS.get(name, COMPOSITE) for name in names)


def asked(server: Server, pages: list[Page], found: Found, names: list[str]) -> None:
    """Every kind of address with hostile words for each part of its path and for each thing it asks."""
    person = server.signed_in()
    paths = {shape(page.path, found.routes): page.path for page in pages}
    asks = {name for page in pages for form in page.forms if form.method == "get" for name, *_ in form.fields}
    for path in paths.values():
        plain = path.partition("?")[0]
        for text in texts_of(names):
            words = urlencode(dict.fromkeys(sorted({*NAMES, *asks}), text), errors="replace")
            found.add("addresses", f"{plain}?…", wrong_with(person.get(f"{plain}?{words}")))
            parts = plain.split("/")
            for place in range(1, len(parts) - 1):
                other = [*parts[:place], quote(text, safe="", errors="replace"), *parts[place + 1 :]]
                found.add("addresses", "/".join(other), wrong_with(person.get("/".join(other))))


def sent(server: Server, pages: list[Page], found: Found, names: list[str]) -> None:
    """Every form, with hostile words in its text fields; then in all of its fields."""
    person = server.signed_in()
    known: set[tuple[str, tuple[str, ...]]] = set()
    for page in pages:
        for form in page.forms:
            key = (shape(form.action, found.routes), tuple(name for name, *_ in form.fields))
            if key in known or form.method == "get" or LEAVES.search(form.action):
                continue
            known.add(key)
            for text in texts_of(names):
                for whole in (False, True):
                    answer = person.send(form.action, filled(person, page, form, text, whole=whole))
                    found.add("forms", f"{page.path} form {form.place}", wrong_with(answer))


def filled(person: Person, page: Page, form: Form, text: str, *, whole: bool) -> Mapping[str, str]:
    """The form's fields: hostile where they take text, or all of them but the token."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', person.get(page.path).text)
    given = {
        name: text if whole or name in form.texts else value
        for name, kind, value in form.fields
        if kind not in ("file", "submit")
    }
    return {**given, "csrfmiddlewaretoken": token[1] if token else ""}
