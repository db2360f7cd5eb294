"""LimeSurvey's texts are HTML; ours are words and line ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.analysis.definition.formats.told import Told

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)([^<>]*)>")
_LINK = re.compile(r"""\bhref\s*=\s*["']?\s*([^"'\s>]+)""", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?=#?\w)")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_][^{}\n]*\}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINES = frozenset(
    (
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "hr",
    )
)
_PLAIN = frozenset(("br", "p", "div", "span", "tbody", "td", "thead", "th"))
_SHOWN = {"img": "a picture", "video": "a film", "audio": "a recording", "iframe": "a page within the page"}
_HIDDEN = ("script", "style")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and what stood there besides."""

    text: str
    besides: tuple[Told, ...] = ()


def to_html(text: str) -> str:
    """Words so that LimeSurvey shows them as they are, with no element, entity or placeholder in them."""
    plain = _AMPERSAND.sub("&amp;", text).replace("<", "&lt;")
    plain = plain.replace("{", "&#123;").replace("}", "&#125;")
    return plain.replace("\n", "<br />")


def from_html(text: str) -> Words:
    """The words of HTML: one line for each paragraph, list entry or line, an address behind its link."""
    bare, hidden = _without_hidden(text)
    told = [*hidden]
    pieces = "".join(_pieces(bare, told))
    lines = (" ".join(line.split()) for line in pieces.split("\n"))
    if _PLACEHOLDER.search(bare):
        told.append(
            Told(
                "a placeholder in the words is not filled in here: people would see it as it stands",
                lost=True,
            )
        )
    return Words("\n".join(line for line in lines if line), tuple(dict.fromkeys(told)))


def held_by_xml(text: str) -> str:
    """``text`` without the signs that no XML may hold."""
    return _NOT_XML.sub("", text)


def _without_hidden(text: str) -> tuple[str, tuple[Told, ...]]:
    """``text`` without comments, scripts and styles; each is looked for once, whatever a text holds."""
    told = []
    for begin, end, what in (
        ("<!--", "-->", ""),
        *((f"<{name}", f"</{name}>", f"a {name}") for name in _HIDDEN),
    ):
        kept, cut = _cut(text, begin, end)
        if cut and what:
            told.append(Told(f"left out of the words: {what}", lost=True))
        text = kept
    return text, tuple(told)


def _cut(text: str, begin: str, end: str) -> tuple[str, bool]:
    """``text`` without what stands from ``begin`` to ``end``, and whether there was any."""
    kept, at = [], 0
    while start := re.compile(re.escape(begin), re.IGNORECASE).search(text, at):
        stop = re.compile(re.escape(end), re.IGNORECASE).search(text, start.end())
        if stop is None:
            break
        kept.append(text[at : start.start()])
        at = stop.end()
    return "".join((*kept, text[at:])), at > 0


def _pieces(text: str, told: list[Told]) -> Iterator[str]:
    """Words and line ends, as they come; what else there is goes into ``told``."""
    at, link = 0, ""
    for tag in _TAG.finditer(text):
        yield _plain(text[at : tag.start()])
        at, name = tag.end(), tag[2].lower()
        if name == "a":
            yield f" ({link})" if tag[1] and link else ""
            found = None if tag[1] else _LINK.search(tag[3])
            link = html.unescape(found[1]) if found else ""
        elif name in _LINES:
            yield "\n"
        told += _besides(name)
    yield _plain(text[at:])


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split("\n"))


def _besides(name: str) -> tuple[Told, ...]:
    if name in _SHOWN:
        return (Told(f"left out of the words: {_SHOWN[name]}", lost=True),)
    if name in _PLAIN or name == "a":
        return ()
    return (Told("kept without formatting (bold, lists and the like)"),)
