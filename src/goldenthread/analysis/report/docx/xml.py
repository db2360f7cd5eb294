"""Small pieces of WordprocessingML, as text: runs, paragraphs, links, fields, pictures."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU_PER_CM = 360_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without the characters no XML file may hold."""
    return _NOT_XML.sub("", text)


def attribute(text: str) -> str:
    """``text`` as a quoted attribute value."""
    return quoteattr(clean(text))


def style_id(name: str) -> str:
    """The id of the style called ``name``."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def run(text: str, style: str = "") -> str:
    """A run of text, in a character style if one is named."""
    properties = f'<w:rPr><w:rStyle w:val="{style_id(style)}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def tab() -> str:
    return "<w:r><w:tab/></w:r>"


def paragraph(style: str, *inside: str, extra: str = "") -> str:
    """A paragraph in a named style. ``extra`` is further properties, in the schema's order."""
    properties = f'<w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>'
    return f"<w:p>{properties}{''.join(inside)}</w:p>"


def link(anchor: str, *inside: str) -> str:
    """A link to a bookmark in this document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{"".join(inside)}</w:hyperlink>'


def bookmark(number: int, name: str, *inside: str) -> str:
    """A place that links and page references can name."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{"".join(inside)}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, shown: str = "") -> str:
    """A field, with what is shown until a word processor brings it up to date."""
    return field_start(instruction) + (run(shown) if shown else "") + field_end()


def field_start(instruction: str) -> str:
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def picture(relation: str, number: int, *, alt: str, width: int, height: int) -> str:
    """A picture in the line of text, with its words for people who cannot see it (EMU)."""
    size = f'cx="{width}" cy="{height}"'
    named = f'id="{number}" name="Picture {number}"'
    shape = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named} descr={attribute(alt)}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    data = f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{shape}</a:graphicData>'
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {named} descr={attribute(alt)}/><a:graphic>{data}</a:graphic></wp:inline>"
    )
    return f"<w:r><w:drawing>{inline}</w:drawing></w:r>"
