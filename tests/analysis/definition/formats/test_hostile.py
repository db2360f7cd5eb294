"""What is no questionnaire is refused in one sentence, before it can do harm."""

from __future__ import annotations

import io
import re
import string
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.definition.formats.lss.laid import Asked, Laid
from tests.analysis.definition.formats.xlsform.laid import form

from goldenthread.analysis.definition.formats.lss.document import MOST_MARKS
from goldenthread.analysis.definition.formats.take import LARGEST, take
from goldenthread.analysis.problem import Refusal

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><document><LimeSurveyDocType>&j;</LimeSurveyDocType></document>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><document>&x;</document>'
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SURVEY = Laid([[Asked("S", "a")]])


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        take(name, data)
    said = str(refusal.value)
    assert "\n" not in said
    assert said.startswith(name)
    return said


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.lss", LAUGHS.encode(), "declares a document type"),
        ("a.lss", OUTSIDE.encode(), "declares a document type"),
        ("a.lss", b"<!DOCTYPE document>" + SURVEY.bytes().partition(b"?>")[2], "declares a document type"),
        ("a.lss", b"<document><open>", "is damaged: it is no XML that can be read"),
        ("a.lss", b"<document>\x00</document>", "holds a NUL"),
        ("a.lss", "<document/>".encode("utf-16"), "its name ends in .lss, but it holds what is no text"),
        ("a.lss", b'<?xml version="1.0" encoding="utf-99"?><document/>', "is damaged"),
        ("a.lss", b"<document>" + b"<a/>" * MOST_MARKS + b"</document>", "more elements than any"),
        ("a.lss", b"<x/>", "is XML, but no survey of LimeSurvey"),
        ("a.lss", b"<html><LimeSurveyDocType>Survey</LimeSurveyDocType></html>", "is XML, but no survey"),
        ("a.lss", Laid([], kind="Group").bytes(), "holds LimeSurvey's “Group”, not a survey"),
        ("a.lss", Laid([]).bytes(), "holds no question that can be held here"),
        ("a.lss", b'id = "x"', "its name ends in .lss, but it holds text, as a questionnaire file (.toml)"),
        ("a.toml", SURVEY.bytes(), "its name ends in .toml, but it holds XML, as a survey of LimeSurvey"),
        ("a.toml", b'id = "\x00"', "what is no text"),
        ("a.toml", b'id = "\xff"', "is not UTF-8 text"),
        ("a.toml", b"", "is empty"),
        ("a.toml", b" \n\t ", "is empty"),
        ("a.toml", b"#" * (LARGEST + 1), "larger than 20 MB"),
        ("a.csv", b"q,a\n", "a questionnaire's file name ends in “.toml”"),
        ("a", b"q,a\n", "a questionnaire's file name ends in “.toml”"),
        ("a.toml", b"\xd0\xcf\x11\xe0" + bytes(600), "an old .xls workbook, or one with a password"),
    ],
)
def test_it_is_refused_and_says_why(name: str, data: bytes, why: str) -> None:
    assert why in refused(name, data)


def test_a_survey_nested_without_end_is_read_or_refused() -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    laid = SURVEY.bytes().replace(b"What about it?", b"]]>" + deep + b"<![CDATA[Why?")
    assert [each.text for each in take("a.lss", laid).whole.questions] == ["Why?"]


FORM = (("type", "name", "label"), ("text", "q", "Why?"))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def changed(old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A form with other bytes in one of its parts."""
    source, out = zipfile.ZipFile(io.BytesIO(form(FORM))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def group(*kinds: str) -> bytes:
    return form((("type", "name"), *((kind, f"n{n}") for n, kind in enumerate(kinds))))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"PK\x03\x04junk", "is damaged"),
        ("a.xlsx", b"q,a\n", "its name ends in .xlsx, but it holds text"),
        ("a.lss", form(FORM), "its name ends in .lss, but it holds a zip file"),
        ("a.toml", form(FORM), "its name ends in .toml, but it holds a zip file"),
        ("a.xlsx", zipped(readme_txt=b"x"), "is not an .xlsx workbook but a zip file of something else"),
        ("a.xlsx", zipped(word__document_xml=b"<x/>"), "but a Word document: save the XLSForm as .xlsx"),
        ("a.xlsx", zipped(xl__workbook_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "declares entities"),
        ("a.xlsx", zipped(xl__workbook_xml=b"<x/>"), "is not a workbook that can be read"),
        ("a.xlsx", zipped(xl__workbook_xml=b" " * 40_000_000), "which no questionnaire does"),
        ("a.xlsx", changed(b'r="A1"', b'r="XFD1048576"'), "far larger than a questionnaire"),
        ("a.xlsx", changed(b'name="survey"', b'name="other"', "xl/workbook.xml"), "has no sheet “survey”"),
        ("a.xlsx", group("text", "end_group"), "row 3: the end of a group that has no beginning"),
        ("a.xlsx", group("begin_group", "text"), "row 2: a group that has no end"),
        ("a.xlsx", group(*["begin_group"] * 30, *["end_group"] * 30), "groups stand more than 20 deep"),
        ("a.xlsx", form((("type", "name"),)), "holds no question that can be held here"),
        ("a.xlsx", form(()), "holds no question that can be held here"),
    ],
)
def test_a_workbook_is_refused_and_says_why(name: str, data: bytes, why: str) -> None:
    assert why in refused(name, data)


def _row(row: int, columns: list[str]) -> str:
    cells = "".join(f'<c r="{column}{row}"><v>1</v></c>' for column in columns)
    return f'<row r="{row}">{cells}</row>'


def test_a_million_cells_are_refused() -> None:
    columns = [a + b for a in "ABCD" for b in string.ascii_uppercase][:100]
    rows = (_row(row, columns) for row in range(10, 10_010))
    data = changed(b"</sheetData>", f"{''.join(rows)}</sheetData>".encode())
    assert "far larger than a questionnaire" in refused("a.xlsx", data)


@given(cut=st.integers(0, 6000), junk=st.binary(min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(cut: int, junk: bytes) -> None:
    whole = form(FORM)
    assert "\n" not in said_of(whole[:cut] + junk + whole[cut + len(junk) :], "a.xlsx")


@given(
    cells=st.lists(
        st.lists(st.none() | st.text(max_size=8) | st.booleans() | st.floats(allow_nan=False), max_size=6),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_cells_at_all_are_read_or_refused(cells: list[list[object]]) -> None:
    clean = [[ILLEGAL.sub("", each) if isinstance(each, str) else each for each in row] for row in cells]
    survey = (("type", "name", "label", "relevant", "required", "constraint"), *clean, ("text", "q", "Why?"))
    assert "\n" not in said_of(form(survey, settings=clean, _goldenthread=clean), "a.xlsx")


def said_of(data: bytes, name: str = "a.lss") -> str:
    """What a refusal says; nothing where the file is read."""
    try:
        take(name, data)
    except Refusal as refusal:
        return str(refusal)
    return ""


@given(cut=st.integers(0, 4000), junk=st.binary(max_size=6), words=st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_a_damaged_survey_is_read_or_refused(cut: int, junk: bytes, words: str) -> None:
    asked = Asked("F", "a", words, (("r", words),), (("x", words), ("y", "No")), more={"relevance": words})
    whole = Laid([[Asked("L", "b", answers=(("x", "Yes"),)), asked]], said={"surveyls_title": words}).bytes()
    for data in (whole, whole[:cut] + junk + whole[cut:]):
        assert "\n" not in said_of(data)


@pytest.mark.parametrize(
    "words", ["<" * 50_000, "<a " * 50_000, "<!--" * 50_000, "<script" * 50_000, "{a" * 50_000]
)
def test_words_made_to_be_slow_are_read_in_passing(words: str) -> None:
    laid = Laid([[Asked("S", "a", words.replace("]]>", ""))]])
    assert take("a.lss", laid.bytes()).whole.questions[0].id == "a"
