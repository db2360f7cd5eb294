"""What is no questionnaire is refused in one sentence, before it can do harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.definition.formats.lss.laid import Asked, Laid

from goldenthread.analysis.definition.formats.lss.document import MOST_MARKS
from goldenthread.analysis.definition.formats.take import LARGEST, take
from goldenthread.analysis.problem import Refusal

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><document><LimeSurveyDocType>&j;</LimeSurveyDocType></document>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><document>&x;</document>'
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


def said_of(data: bytes) -> str:
    """What a refusal says; nothing where the file is read."""
    try:
        take("a.lss", data)
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
