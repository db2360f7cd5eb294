"""Drawing a component from its source, and comparing HTML by what it says rather than how it is laid out."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

Drawn = tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]


def drawn(source: str, **context: object) -> str:
    """``source`` as a page would draw it."""
    return str(engines["django"].from_string(CottonCompiler().process(source)).render(context))


def tree(html: str) -> tuple[Any, ...]:
    """Elements with their attributes in order, classes as a set, text without idle space."""
    body = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return _children(body)


def _element(node: Element) -> Drawn:
    attributes = {name: re.sub(r"\s+", " ", value).strip() for name, value in node.attrib.items()}
    if "class" in attributes:
        attributes["class"] = " ".join(sorted(attributes["class"].split()))
    tag = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else "comment"
    return tag, tuple(sorted((str(k), v) for k, v in attributes.items())), _children(node)


def _children(node: Element) -> tuple[Any, ...]:
    found: list[Any] = [_text(node.text)]
    for child in node:
        found += [_element(child), _text(child.tail)]
    return tuple(each for each in found if each)


def _text(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
