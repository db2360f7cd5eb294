"""What a format has no place for stays with the file, and gives way to what somebody changed elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.analysis.definition.formats.take import Format, give, take
from goldenthread.analysis.definition.formats.told import told_lines
from goldenthread.analysis.definition.model import Not, Question, Questionnaire
from goldenthread.analysis.definition.read import load_text

OURS = """
id = "talk-2027"
title = "Talk check"
[[sections]]
id = "about-you"
title = "About you"
[[sections.questions]]
id = "lead-1"
kind = "single"
text = "Do you lead a room?"
item = "leads"
label = "Leads a room"
answers = [
  { code = "no", label = "No", aliases = ["Not yet"] },
  { code = "yes-often", label = "Yes", net = "said-yes" },
]
nets = [{ id = "said-yes", label = "Yes", side = "high" }]
headline = "said-yes"
[[sections.questions]]
id = "say"
kind = "long-text"
text = "Say  more"
topic = "leading"
show_if = { question = "lead-1", is = ["yes-often"] }
"""
FOREIGN = [each for each in Format if each is not Format.TOML]


def ours() -> Questionnaire:
    whole, faults = load_text(OURS, "ours.toml")
    assert not faults.lines
    return whole


def question(whole: Questionnaire, name: str) -> Question:
    return next(each for each in whole.questions if each.id == name)


def changed(kind: Format, old: bytes, new: bytes) -> tuple[Questionnaire, tuple[str, ...]]:
    """What is read of our file after somebody changed it elsewhere."""
    data = give(ours(), kind).data
    assert old in data
    found = take(f"a{kind}", data.replace(old, new))
    return found.whole, told_lines(found.told)


@pytest.mark.parametrize("kind", FOREIGN)
def test_it_says_what_is_kept_for_us_alone_and_what_is_called_otherwise(kind: Format) -> None:
    lines = told_lines(give(ours(), kind).told)
    assert any("the file keeps them for Golden Thread alone" in line and "nets" in line for line in lines)
    assert any("answers outside" in line for line in lines) is False


def test_codes_limesurvey_has_no_letters_for_are_told() -> None:
    assert told_lines(give(ours(), Format.LSS).told)[:2] == (
        "Codes that differ there: question “lead-1” is “lead1”",
        "Codes that differ there: answer “lead-1.yes-often” is “yesof”",
    )


def test_what_was_changed_elsewhere_wins() -> None:
    whole, lines = changed(Format.LSS, b"<question>Say  more", b"<question>Say why")
    assert question(whole, "say").text == "Say why"
    assert question(whole, "say").topic == "leading"
    assert lines == (
        "question “say”: changed elsewhere, and taken as it is now (the exact spacing of words)",
    )


def test_another_routing_wins() -> None:
    whole, _ = changed(Format.LSS, b'lead1.NAOK == "yesof"', b'lead1.NAOK != "yesof"')
    before = question(ours(), "say").show_if
    assert before
    assert question(whole, "say").show_if == Not(before)


def test_what_is_no_longer_there_is_told() -> None:
    whole, lines = changed(Format.LSS, b"<title>say</title>", b"<title>tell</title>")
    assert [each.id for each in whole.questions] == ["lead-1", "tell"]
    gone = "no longer there: what was kept of it for Golden Thread alone is left out"
    assert f"question “say”: {gone}" in lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<value>"leading"', b"<value>{"),
        (b'<value>"leading"', b"<value>" + b"[" * 5000),
        (b'<value>"leading"', b"<value>7"),
        (b"<key>topic</key>", b"<key>colour</key>"),
        (b"<of>question</of>", b"<of>planet</of>"),
    ],
)
def test_a_private_table_that_makes_no_sense_is_passed_over_in_words(old: bytes, new: bytes) -> None:
    whole, lines = changed(Format.LSS, old, new)
    assert whole.questions[0].text == "Do you lead a room?"
    assert lines


def test_an_order_of_answers_that_names_others_is_passed_over() -> None:
    first = ours().sections[0].questions[0]
    assert first.scale
    other = replace(first.scale.answers[0], other=True)
    scale = replace(first.scale, answers=(other, *first.scale.answers[1:]))
    section = replace(
        ours().sections[0], questions=(replace(first, scale=scale), *ours().sections[0].questions[1:])
    )
    data = give(replace(ours(), sections=(section,)), Format.LSS).data
    assert b'["-oth-","yesof"]' in data
    found = take("a.lss", data.replace(b'<value>["-oth-","yesof"]', b'<value>["-oth-","more"]'))
    assert "Left out: what the file keeps for Golden Thread alone does not fit it" in told_lines(found.told)
