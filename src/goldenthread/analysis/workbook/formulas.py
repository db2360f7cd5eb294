"""Formulas that nobody has worked out: a reader of the workbook takes their cells for blank.

Programs that write workbooks cannot work formulas out. Some store no value, and some store 0 and ask the
spreadsheet to work everything out when the workbook is opened.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from goldenthread.analysis.workbook.zip_guard import column_number

_FORMULA = re.compile(
    rb"<((?:\w+:)?)c\b([^<>]*)>\s*<\1f\b[^<>]*>([^<]*)(?:</\1f>)?\s*(?:<\1v\b[^<>]*>([^<]*))?"
)
_AT = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_TEXT = re.compile(rb"""\bt=["']str["']""")
_AFRESH = re.compile(rb"""\bfullCalcOnLoad=["'](?:1|true)["']""")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without a value, in a row counted from 1 and a column counted from 0; both None where
    the sheet does not say. A formula written once for several cells has its ``text`` in the first."""

    row: int | None
    column: int | None
    text: str


def unworked(workbook: bytes, sheet: str) -> tuple[Formula, ...]:
    """The formulas of ``sheet`` that have no value, in the sheet's order.

    ``workbook`` is unpacked and checked (``zip_guard``). Raises ParseError, ValueError or KeyError
    where its list of sheets cannot be read.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        content = _content(archive, sheet)
        if b"<f" not in content and b":f" not in content:
            return ()
        return tuple(_without_value(content, afresh=bool(_AFRESH.search(archive.read(_BOOK)))))


def _content(archive: zipfile.ZipFile, sheet: str) -> bytes:
    """The XML of the sheet of this name."""
    names = {name.lower(): name for name in archive.namelist()}
    links = {link.get("Id"): link.get("Target", "") for link in fromstring(archive.read(_LINKS))}
    listed = (each for each in fromstring(archive.read(_BOOK)).iter() if each.get("name") == sheet)
    ids = [value for each in listed for key, value in each.items() if key.endswith("}id")]
    parts = [posixpath.normpath(posixpath.join("/xl", links.get(each, "")))[1:].lower() for each in ids]
    return b"".join(archive.read(names[part]) for part in parts[:1] if part in names)


def _without_value(content: bytes, *, afresh: bool) -> Iterator[Formula]:
    for found in _FORMULA.finditer(content):
        _, cell, text, value = found.groups()
        if _has_value(cell, value, afresh=afresh):
            continue
        at = _AT.search(cell)
        row, column = (int(at[2]), column_number(at[1]) - 1) if at else (None, None)
        yield Formula(row, column, f"={unescape(text.decode('utf-8', 'replace'))}")


def _has_value(cell: bytes, value: bytes | None, *, afresh: bool) -> bool:
    """Whether a formula's value was stored; a text may be stored that is empty."""
    stored = (value or b"").strip()
    if stored:
        return not (afresh and stored == b"0")
    return value is not None and _TEXT.search(cell) is not None
