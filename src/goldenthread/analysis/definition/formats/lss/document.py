"""A .lss file as its tables, and back.

The file is one table after another: ``<questions><fields/><rows><row><qid>1</qid>…``. A value that is not
there has no element. Tables without a row are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from goldenthread.analysis.definition.formats.lss.html import held_by_xml
from goldenthread.analysis.problem import Refusal

Row = Mapping[str, str]
Rows = Sequence[Row]

MOST_MARKS = 2_000_000
"""Signs that begin or end an element in a file: a survey of 1,000 questions in five languages has 300,000."""

_HEAD = ("LimeSurveyDocType", "DBVersion", "languages")


@dataclass(frozen=True, slots=True)
class Document:
    """The tables by name, the survey's languages (its own first), and elements that are no table."""

    tables: Mapping[str, Rows]
    languages: tuple[str, ...]
    others: tuple[str, ...] = ()

    def rows(self, table: str) -> Rows:
        """The rows of a table; none where it is not there."""
        return self.tables.get(table, ())


def read_document(file: str, data: bytes) -> Document:
    """The tables of a survey. Raises Refusal for anything else, and for XML with entities of its own."""
    root = _parsed(file, data)
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or not kind:
        raise Refusal(f"{file} is XML, but no survey of LimeSurvey: export the survey structure (.lss).")
    if kind != "Survey":
        raise Refusal(
            f"{file} holds LimeSurvey's “{kind[:40]}”, not a survey: export the survey structure (.lss)."
        )
    tables = {each.tag: _rows(each) for each in root if each.find("rows") is not None}
    others = (each.tag for each in root if each.find("rows") is None and each.tag not in _HEAD)
    languages = (each.text or "" for each in root.iterfind("languages/language"))
    return Document(tables, tuple(filter(None, languages)), tuple(dict.fromkeys(others)))


def document_bytes(tables: Mapping[str, Rows], language: str, version: int) -> bytes:
    """The file of these tables; ``version`` is that of LimeSurvey's database."""
    root = Element("document")
    SubElement(root, "LimeSurveyDocType").text = "Survey"
    SubElement(root, "DBVersion").text = str(version)
    SubElement(SubElement(root, "languages"), "language").text = language
    for name, rows in tables.items():
        if rows:
            _table(SubElement(root, name), rows)
    indent(root, " ")
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _parsed(file: str, data: bytes) -> Element:
    if b"\x00" in data:
        raise Refusal(f"{file} holds a NUL, which no text has: it is damaged, or no survey of LimeSurvey.")
    if data.count(b"<") > MOST_MARKS:
        raise Refusal(f"{file} was not opened: it has more elements than any questionnaire.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Refusal(f"{file} was not opened: it declares a document type, which no survey needs.") from None
    except (ParseError, ValueError, LookupError) as fault:
        raise Refusal(f"{file} is damaged: it is no XML that can be read ({fault}).") from None
    return root


def _rows(table: Element) -> Rows:
    return tuple(
        {cell.tag.removeprefix("_"): "".join(cell.itertext()) for cell in row}
        for row in table.iterfind("rows/row")
    )


def _table(table: Element, rows: Iterable[Row]) -> None:
    rows = tuple(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    fields = SubElement(table, "fields")
    for name in names:
        SubElement(fields, "fieldname").text = name
    lines = SubElement(table, "rows")
    for row in rows:
        line = SubElement(lines, "row")
        for name, value in row.items():
            SubElement(line, name).text = held_by_xml(value)
