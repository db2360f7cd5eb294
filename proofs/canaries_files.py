"""What is wrong with a page or a file that should hold hostile text as words and nothing more."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from xml.etree.ElementTree import Element

import html5lib
import openpyxl
from defusedxml.ElementTree import ParseError, fromstring
from payloads import RUN

TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""What begins a formula where a spreadsheet opens a text file (OWASP, CSV Injection), wide signs too."""
IGNORED = " '\"\u00a0\u200b\ufeff"
"""What a spreadsheet may pass over before it."""
BAD_TAGS = frozenset(("gt-canary", "iframe", "object", "embed", "base", "foreignobject", "applet"))
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def faults(kind: str, content: bytes) -> list[str]:
    """What is wrong with the bytes of one media type."""
    readers = {
        "text/html": in_page,
        "text/csv": in_csv,
        "application/json": in_json,
        "image/svg+xml": in_svg,
        "image/png": in_png,
        SPREADSHEET: in_workbook,
        DOCUMENT: in_document,
    }
    reader = readers.get(kind.partition(";")[0].strip())
    return list(reader(content)) if reader else []


def in_page(content: bytes) -> Iterator[str]:
    """Elements or attributes that only hostile text could have made, and templates that were carried out."""
    text = content.decode("utf-8", "replace")
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from _in_element(element)
    yield from _carried_out(" ".join(tree.itertext()))


def _in_element(element: Element) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2].lower()
    if tag in BAD_TAGS:
        yield f"<{tag}> on the page"
    if tag == "script" and not element.get("src", "").startswith("/"):
        yield "a script that is not a file of ours"
    if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
        yield from (
            () if re.fullmatch(r"\d+", element.get("content", "")) else ("a page that leads elsewhere",)
        )
    for name, value in element.attrib.items():
        yield from _in_attribute(tag, str(name).rpartition("}")[2].lower(), value)


def _in_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ("data-canary", "srcdoc"):
        yield f"<{tag} {name}>"
    plain = re.sub(r"[\x00-\x20]", "", value).lower()
    if name in ("href", "src", "action", "formaction") and plain.startswith(
        ("javascript:", "//", "vbscript:")
    ):
        yield f"<{tag} {name}={value[:40]}>"
    if re.match(r"(https?:)?[/\\]{2}canary", plain) or (
        "canary.example" in value and name in ("srcset", "style")
    ):
        yield f"<{tag} {name}> leads elsewhere"


def _carried_out(text: str) -> Iterator[str]:
    yield from (f"a template was carried out: {word}" for word in RUN if word in text)


def in_csv(content: bytes) -> Iterator[str]:
    """Cells that a spreadsheet would run: unguarded, or cut out of one by another separator."""
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        for cell in row:
            if cell[:1] != "'" and cell.lstrip(IGNORED)[:1] in tuple(TRIGGERS):
                yield f"a cell begins as a formula: {cell[:40]!r}"
    for separator in ";\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell[:1] in tuple("=+@") for cell in row[1:]):
                yield f"cut by {separator!r}, a cell begins as a formula: {row[1][:40]!r}"
    yield from _carried_out(text)


def in_json(content: bytes) -> Iterator[str]:
    """JSON that is none."""
    try:
        json.loads(content)
    except ValueError as fault:
        yield f"no JSON: {fault}"
    yield from _carried_out(content.decode("utf-8", "replace"))


def in_svg(content: bytes) -> Iterator[str]:
    """Scripts, handlers, foreign elements, and anything that is fetched."""
    yield from _in_xml("the drawing", content, drawn=True)


def in_png(content: bytes) -> Iterator[str]:
    """A picture that is none."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield "no picture"


def in_workbook(content: bytes) -> Iterator[str]:
    """Formulas, and anything outside the workbook that it names."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate} is a formula: {str(cell.value)[:40]!r}"
                if cell.hyperlink and cell.hyperlink.target:
                    yield f"{sheet.title}!{cell.coordinate} leads to {cell.hyperlink.target[:40]}"
    yield from _in_package(content)


def in_document(content: bytes) -> Iterator[str]:
    """Fields, and anything outside the document that it names."""
    yield from _in_package(content)


def _in_package(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".svg")):
                yield from _in_xml(name, package.read(name), drawn=name.endswith(".svg"))


def _in_xml(name: str, content: bytes, *, drawn: bool) -> Iterator[str]:
    try:
        tree = fromstring(content)
    except ParseError as fault:
        yield f"{name} is no XML: {fault}"
        return
    for element in tree.iter():
        tag = element.tag.rpartition("}")[2].lower()
        if tag in (*BAD_TAGS, "script", "altchunk", "ddelink", "externallink", "f"):
            yield f"<{tag}> in {name}"
        if element.get("TargetMode") == "External":
            yield f"{name} leads to {element.get('Target', '')[:40]}"
        if tag == "instrtext" and "canary" in (element.text or "").lower():
            yield f"a field with hostile words in {name}"
        if drawn:
            yield from _in_drawing(name, element)
    yield from _carried_out(" ".join(tree.itertext()))


def _in_drawing(name: str, element: Element) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        short = attribute.rpartition("}")[2].lower()
        if short.startswith("on") or short == "data-canary":
            yield f"{short} in {name}"
        if short == "href" and not value.startswith("#"):
            yield f"{name} leads to {value[:40]}"


def in_letter(content: bytes) -> Iterator[str]:
    """A letter with headers that nobody of ours wrote."""
    letter = BytesParser(policy=policy.default).parsebytes(content)
    for name in ("To", "From", "Subject", "Message-ID"):
        if len(letter.get_all(name) or ()) != 1:
            yield f"{len(letter.get_all(name) or ())} headers {name}"
    yield from (f"a header {name}" for name in ("Bcc", "Cc") if letter[name])
    if letter.defects:
        yield f"not well formed: {letter.defects[0]}"
    body = letter.get_body()
    if letter.is_multipart() or body is None:
        yield "no plain text"
    else:
        yield from _carried_out(body.get_content())


def in_name(disposition: str) -> Iterator[str]:
    """A name for a file that leads to another folder or ends its header."""
    if any(sign in disposition for sign in ("/", "\\", "\r", "\n", "\x00", "..")):
        yield f"the file's name: {disposition[:80]!r}"


def in_log(text: str) -> Iterator[str]:
    """Lines of what the program says that a text began."""
    for line in text.splitlines():
        if re.match(r"2026-11-22 ERROR forged|127\.0\.0\.1 GET /forged", line):
            yield f"a forged line: {line[:60]!r}"
        if "Traceback" in line:
            yield "a traceback"
