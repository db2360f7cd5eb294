"""The parts of a Word file round the text: properties, footer, and bytes that never differ by a clock."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from docx import Document
from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.parts.image import ImagePart
from docx.shared import Cm

from goldenthread.analysis.report.docx.styles import FONTS, NUMBERING, settings_xml, styles_xml
from goldenthread.analysis.report.docx.xml import NAMESPACES, clean, field, paragraph, run, tab
from goldenthread.analysis.report.model import Report

EARLIEST = date(2000, 1, 1)
LEFTOVERS = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects", "webSettings", "theme")
SIDE, TOP = Cm(2.2), Cm(1.9)


def new_package(report: Report, made: date) -> Package:
    """An empty A4 document with our styles and none of a template's."""
    package = Document()
    for relations in (package.part.package.rels, package.part.rels):
        for key in [k for k, r in relations.items() if r.reltype.rsplit("/", 1)[-1] in LEFTOVERS]:
            del relations[key]
    _replace(package.styles.element, styles_xml(report.language))
    _replace(package.part.numbering_part.element, NUMBERING)
    _replace(package.settings.element, settings_xml(report.language))
    _fonts(package)
    _page(package, report)
    _properties(package, report, made)
    return package


def add_picture(package: Package, number: int, data: bytes) -> str:
    """Add a PNG under its own ``number`` and return its relation's id.

    python-docx's own way hashes every earlier picture again for each one, and no two of ours are alike.
    """
    part = ImagePart(PackURI(f"/word/media/image{number}.png"), CONTENT_TYPE.PNG, data)
    return package.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def packed(package: Package) -> bytes:
    """The file's bytes, each part stamped with the same moment."""
    loose, out = io.BytesIO(), io.BytesIO()
    package.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _replace(element: object, xml: str) -> None:
    """Put the children of ``xml`` in place of an element's own."""
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in list(parse_xml(xml)):
        element.append(child)  # type: ignore[attr-defined]


def _fonts(package: Package) -> None:
    parts = [r.target_part for r in package.part.rels.values() if r.reltype.endswith("/fontTable")]
    for part in parts:
        part._blob = FONTS.encode()  # noqa: SLF001 - a part without a model is its bytes


def _page(package: Package, report: Report) -> None:
    section = package.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = TOP
    section.footer_distance = section.header_distance = Cm(1)
    section.different_first_page_header_footer = True
    footer = section.footer
    footer.is_linked_to_previous = False
    named = run(report.lead or report.title)
    words = paragraph("footer", named, tab(), run("Page "), field("PAGE", "1"))
    _replace(footer._element, f"<w:ftr {NAMESPACES}>{words}</w:ftr>")  # noqa: SLF001 - python-docx offers no way in


def _properties(package: Package, report: Report, made: date) -> None:
    moment = datetime(made.year, made.month, made.day, 12)  # noqa: DTZ001 - the file format holds no zone
    core = package.core_properties
    core.title, core.subject = clean(report.title), clean(report.lead)
    core.author = core.last_modified_by = clean(report.area)
    core.language = report.language
    core.comments = core.keywords = ""
    core.created = core.modified = moment
    core.revision = 1
