"""The named styles of the written report: ink on white, teal for links, gold for the thread alone."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.analysis.report.docx.xml import NAMESPACES, style_id

FONT = "Arial"
"""On every desk, and the same width as the face the pictures are drawn in."""
INK, SOFT, ACTION, GOLD = "16212B", "4A5560", "0A5A61", "A67A12"
HAIRLINE, GOOD, CONCERN = "DCD7CB", "14603F", "963A1B"

KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: sizes and spaces in points, ``before``/``after`` the paragraph."""

    name: str
    based: str = "Normal"
    size: float = 0
    bold: bool = False
    colour: str = ""
    before: float = 0
    after: float = 6
    line: float = 1.22
    flow: str = ""
    more: str = ""
    outline: int | None = None
    following: str = "Normal"


def border(side: str, size: int, colour: str, space: int, kind: str = "single") -> str:
    """A border of ``size`` eighths of a point, ``space`` points away."""
    return f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


THREAD = f"<w:pBdr>{border('left', 24, GOLD, 22)}</w:pBdr>"
LOOSE = f"<w:pBdr>{border('left', 24, GOLD, 22, 'dotted')}</w:pBdr>"
OPENING = f"<w:pBdr>{border('top', 16, INK, 8)}</w:pBdr>"
ASIDE = f"<w:pBdr>{border('left', 12, ACTION, 10)}</w:pBdr>"
ON_COVER = '<w:ind w:left="850"/>'
COVER_TABS = '<w:tabs><w:tab w:val="left" w:pos="2410"/><w:tab w:val="right" w:pos="9356"/></w:tabs>'
FOOTER_TABS = '<w:tabs><w:tab w:val="right" w:pos="9356"/></w:tabs>'
CONTENTS_TABS = '<w:tabs><w:tab w:val="left" w:pos="{}"/><w:tab w:val="right" w:pos="9356"/></w:tabs>'
"""After a number, and, where a word processor has renewed the contents, before a page's."""
BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _table_styles(suffix: str, size: float) -> tuple[Style, ...]:
    """The four styles of a table's words: text and heading, each left or right."""
    right = '<w:jc w:val="right"/>'

    def made(name: str, more: str, *, bold: bool) -> Style:
        return Style(name + suffix, size=size, bold=bold, before=1.4, after=1.4, line=1.05, more=more)

    return (
        made("Table text", "", bold=False),
        made("Table heading", "", bold=True),
        made("Table figure", right, bold=False),
        made("Table figure heading", right, bold=True),
    )


STYLES = (
    Style("Title", size=34, bold=True, before=150, after=10, line=1.05, flow=KEEP, more=THREAD + ON_COVER),
    Style("Cover area", size=12, bold=True, after=0, more=THREAD + ON_COVER),
    Style("Cover lead", size=15, after=34, more=THREAD + ON_COVER),
    Style("Cover line", size=10.5, after=0, line=1.6, more=THREAD + COVER_TABS + ON_COVER),
    Style(
        "Cover line to do", "Cover line", after=0, line=1.6, colour=SOFT, more=LOOSE + COVER_TABS + ON_COVER
    ),
    Style("Cover note", size=9.5, colour=SOFT, before=0, after=0, line=1.3, more=LOOSE + ON_COVER),
    Style("Contents heading", size=20, bold=True, after=10, flow=KEEP + "<w:pageBreakBefore/>", more=OPENING),
    Style("toc 1", size=10, bold=True, before=4, after=1, line=1.1, more=CONTENTS_TABS.format(454)),
    Style(
        "toc 2",
        size=9.5,
        after=0,
        line=1.1,
        more=CONTENTS_TABS.format(1077) + '<w:ind w:left="454" w:right="567"/>',
    ),
    Style(
        "heading 1",
        size=22,
        bold=True,
        after=10,
        line=1.1,
        flow=KEEP + "<w:pageBreakBefore/>",
        more=OPENING,
        outline=0,
    ),
    Style("heading 2", size=13.5, bold=True, before=14, after=4, line=1.15, flow=KEEP, outline=1),
    Style("heading 3", size=11.5, bold=True, before=12, after=3, line=1.15, flow=KEEP, outline=2),
    Style("Lead", size=12.5, after=8, line=1.3),
    Style("Answer", size=17, bold=True, after=8, line=1.15, flow=KEEP),
    Style("Question", size=9.5, colour=SOFT, before=8, after=1, flow=KEEP, following="Picture answer"),
    Style("Picture answer", size=11.5, bold=True, after=5, line=1.15, flow=KEEP, following="Picture"),
    Style("Picture", after=2, line=1.0, flow="<w:keepNext/>", following="Note"),
    Style("caption", size=10, bold=True, before=12, after=4, flow=KEEP, following="Table text"),
    Style("Note", size=9, colour=SOFT, before=3, after=6),
    Style("Caveat", size=10, before=4, after=8, more=ASIDE + '<w:ind w:left="284"/>'),
    Style(
        "List Bullet", after=2, more=BULLET + '<w:ind w:left="340" w:hanging="284"/>', following="List Bullet"
    ),
    Style("Finding", after=4, flow="<w:keepLines/>"),
    *_table_styles("", 8.5),
    *_table_styles(" small", 7.5),
    Style("footer", size=8.5, colour=SOFT, after=0, more=FOOTER_TABS),
)

CHARACTERS = {
    "Strong": "<w:b/><w:bCs/>",
    "Hyperlink": f'<w:color w:val="{ACTION}"/><w:u w:val="single"/>',
    "Better": f'<w:b/><w:bCs/><w:color w:val="{GOOD}"/>',
    "Worse": f'<w:b/><w:bCs/><w:color w:val="{CONCERN}"/>',
    "Soft": f'<w:color w:val="{SOFT}"/>',
}


def styles_xml(language: str) -> str:
    """The whole styles part."""
    paragraphs = "".join(_paragraph(style) for style in STYLES)
    characters = "".join(_character(name, look) for name, look in CHARACTERS.items())
    return f"<w:styles {NAMESPACES}>{_defaults(language)}{_BASE}{paragraphs}{characters}{_TABLE}</w:styles>"


def _defaults(language: str) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    look = f'{fonts}<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
    spoken = f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    space = '<w:spacing w:after="120" w:line="293" w:lineRule="auto"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{look}{spoken}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{space}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _paragraph(style: Style) -> str:
    space = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
    space += f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
    bits = _ordered(style.flow, style.more, space)
    level = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style_id(style.based)}"/><w:next w:val="{style_id(style.following)}"/>'
        f"<w:qFormat/><w:pPr>{bits}{level}</w:pPr><w:rPr>{_look(style)}</w:rPr></w:style>"
    )


def _ordered(flow: str, more: str, space: str) -> str:
    """Paragraph properties in the order the schema asks for: spacing before indent and alignment."""
    for late in ("<w:ind ", "<w:jc "):
        if late in more:
            at = more.index(late)
            return f"{flow}{more[:at]}{space}{more[at:]}"
    return f"{flow}{more}{space}"


def _look(style: Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    half = round(style.size * 2)
    return bold + colour + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else "")


def _character(name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{look}</w:rPr></w:style>'
    )


_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
)

_RULES = "".join(
    (
        border("top", 4, HAIRLINE, 0),
        border("bottom", 4, HAIRLINE, 0),
        border("insideH", 4, HAIRLINE, 0),
    )
)
_TABLE = (
    '<w:style w:type="table" w:styleId="FiguresTable"><w:name w:val="Figures Table"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_RULES}</w:tblBorders></w:tblPr>'
    f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
    f"{border('bottom', 12, INK, 0)}</w:tcBorders></w:tcPr></w:tblStylePr>"
    f'<w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
    f"{border('top', 12, INK, 0)}</w:tcBorders></w:tcPr></w:tblStylePr>"
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
)

NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="340" w:hanging="284"/></w:pPr></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

FONTS = (
    f'<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def settings_xml(language: str) -> str:
    """The settings part: today's Word."""
    uri = "http://schemas.microsoft.com/office/word"
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{mode}</w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )
