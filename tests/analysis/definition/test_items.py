"""Questions joined across waves by their item, combinations, and what may be compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.analysis.definition.test_study_file import BOTH, TOP, asks, wave
from tests.analysis.definition.written import question, single, study, study_faults

from goldenthread.analysis.definition.model import Polarity
from goldenthread.analysis.definition.study import Combining, Item, Link, Study
from goldenthread.analysis.problem import Refusal


def two_waves(folder: Path, before: str, after: str, more: str = "", third: str = "") -> Study:
    text = TOP + BOTH + (wave("3") if third else "") + more
    files = {"q1_toml": asks(before), "q2_toml": asks(after), "r1_csv": "a\n", "r2_csv": "a\n"}
    if third:
        files |= {"q3_toml": asks(third), "r3_csv": "a\n"}
    return study(folder, study_toml=text, **files)


def item(found: Study, name: str) -> Item:
    return next(each for each in found.items if each.id == name)


def link(found: Study, name: str) -> Link:
    (only,) = (each for each in found.links if each.item == name)
    return only


def scaled(name: str, more: str) -> str:
    return question(name, "scale", f'item = "it"\n{more}')


SCALE = 'scale = "three"'
FOUR = """
answers = [
  { code = "1", label = "No", net = "low" },
  { code = "2", label = "Partly", net = "middling" },
  { code = "3", label = "Mostly", net = "sure" },
  { code = "4", label = "Fully", net = "sure" },
]
nets = [
  { id = "low", label = "Not", side = "low" },
  { id = "middling", label = "In part", side = "middle" },
  { id = "sure", label = "Sure", side = "high" },
]
headline = "sure"
"""


def test_an_item_follows_its_question_through_numbers_and_words(tmp_path: Path) -> None:
    before = scaled("q29", f'{SCALE}\nlabel = "Old name"')
    after = scaled("q42", f'{SCALE}\nlabel = "New name"\ntopic = "plans"\npolarity = "negative"')
    found = item(two_waves(tmp_path, before, after), "it")
    assert found.sources == {"1": ("q29",), "2": ("q42",)}
    assert (found.label, found.text, found.topic) == ("New name", "Text of q42?", "plans")
    assert found.polarity is Polarity.NEGATIVE


def test_the_newest_wave_that_asked_gives_words_and_answers(tmp_path: Path) -> None:
    found = item(two_waves(tmp_path, scaled("q1", SCALE), scaled("q2", FOUR), third=single("other")), "it")
    assert [answer.code for answer in found.answers] == ["1", "2", "3", "4"]
    assert found.text == "Text of q2?"


def test_items_come_in_the_newest_order_then_those_dropped(tmp_path: Path) -> None:
    before = single("gone") + single("a") + single("b")
    found = two_waves(tmp_path, before, single("b") + single("a"))
    assert [each.id for each in found.items] == ["b", "a", "gone"]


def test_a_matrix_row_and_an_option_are_items_and_an_outside_option_is_none(tmp_path: Path) -> None:
    rows = 'scale = "three"\nitem = "doing"\nrows = [{ id = "a", text = "Listen" }]'
    options = """
answers = [{ code = "x", label = "X" }, { code = "na", label = "Not my role", outside = true }]
"""
    found = two_waves(
        tmp_path, single("a"), question("m", "matrix", rows) + question("h", "multiple", options)
    )
    assert [each.id for each in found.items] == ["doing.a", "h.x", "a"]
    assert (item(found, "doing.a").stem, item(found, "doing.a").text) == ("Text of m?", "Listen")
    assert item(found, "h.x").net_codes("yes") == ("yes",)


def test_questions_not_reported_give_no_item_in_that_wave(tmp_path: Path) -> None:
    text = TOP + wave("1", "not_reported = [7]") + wave("2")
    asked = asks(single("a", more="number = 7"), single("b"))
    found = study(tmp_path, study_toml=text, q1_toml=asked, q2_toml=asked, r1_csv="a\n", r2_csv="a\n")
    assert item(found, "a").sources == {"2": ("a",)}
    assert found.not_reported == {"1": ("7",)}


@pytest.mark.parametrize(
    ("words", "reworded"),
    [("I can plan reviews.", False), ("i  can plan—reviews", False), ("I can plan a review.", True)],
)
def test_reworded_means_the_words_differ(tmp_path: Path, words: str, reworded: bool) -> None:
    before, after = (
        scaled("q1", SCALE).replace("Text of q1?", text) for text in ("I can plan reviews", words)
    )
    assert link(two_waves(tmp_path, before, after), "it") == Link("it", "1", "2", reworded=reworded)


def _matrix(stem: str) -> str:
    rows = f'{SCALE}\nrows = [{{ id = "a", text = "I listen.", item = "it" }}]'
    return question("m", "matrix", rows).replace("Text of m?", stem)


def test_a_statement_moved_out_of_a_matrix_is_not_reworded_but_a_new_stem_is(tmp_path: Path) -> None:
    alone = scaled("q1", SCALE).replace("Text of q1?", "I listen.")
    moved = two_waves(tmp_path / "moved", _matrix("How far do you agree?"), alone)
    asked_otherwise = two_waves(tmp_path / "stem", _matrix("How sure are you?"), _matrix("How often?"))
    assert not link(moved, "it").reworded
    assert link(asked_otherwise, "it").reworded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('label = "Mostly", net = "sure"', 'label = "Mostly", net = "middling"'),
        ('label = "Fully"', 'label = "Always"'),
        ('code = "4"', 'code = "5"'),
    ],
)
def test_a_changed_scale_is_not_comparable(tmp_path: Path, old: str, new: str) -> None:
    before = FOUR.replace(old, new) if old else SCALE
    found = link(two_waves(tmp_path, scaled("q1", before), scaled("q1", FOUR)), "it")
    assert (found.comparable, found.because) == (False, "the answers on offer changed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('label = "Fully"', 'label = "FULLY "'),
        ('label = "Fully"', 'label = "Totally", aliases = ["fully"]'),
        ("headline", "answers_ = 1\nheadline"),
    ],
)
def test_what_leaves_a_scale_comparable(tmp_path: Path, old: str, new: str) -> None:
    outside = FOUR.replace(
        "answers = [", 'answers = [ { code = "9", label = "Not my role", outside = true },'
    )
    before = outside if "answers_" in new else FOUR.replace(old, new)
    assert link(two_waves(tmp_path, scaled("q1", before), scaled("q1", FOUR)), "it").comparable


@pytest.mark.parametrize(("before", "comparable"), [(SCALE, "true"), (FOUR, "false")])
def test_a_decision_always_wins_and_keeps_its_reason(tmp_path: Path, before: str, comparable: str) -> None:
    decision = '[[crosswalk]]\nitem = "it"\nfrom = "1"\nto = "2"\nbecause = "We tried it."\n'
    decision += f"comparable = {comparable}\n"
    found = link(two_waves(tmp_path, scaled("q1", before), scaled("q1", FOUR), decision), "it")
    assert (found.comparable, found.because) == (comparable == "true", "We tried it.")


PARTS = question("a", "scale", f'{SCALE}\ntopic = "plans"') + question(
    "b", "scale", f'{SCALE}\ntopic = "plans"'
)
COMBINED = '[[combinations]]\nid = "ab"\nlabel = "A and B"\nparts = ["a", "b"]\nmethod = "pooled"\n'


def test_a_mean_of_more_parts_than_can_be_counted_is_refused(tmp_path: Path) -> None:
    rows = ", ".join(f'{{ id = "r{n}", text = "Statement {n}", item = "i{n}" }}' for n in range(40))
    matrix = question("m", "matrix", f"{SCALE}\nrows = [{rows}]")
    parts = ", ".join(f'"i{n}"' for n in range(40))
    mean = f'[[combinations]]\nid = "all"\nlabel = "All"\nparts = [{parts}]\nmethod = "mean"\n'
    with pytest.raises(Refusal, match="a mean of 40 parts is too many to count"):
        two_waves(tmp_path, matrix, matrix, mean)
    pooled = mean.replace('"mean"', '"pooled"')
    assert len(item(two_waves(tmp_path, matrix, matrix, pooled), "all").parts) == 40


def test_a_combination_takes_scale_and_topic_from_its_parts(tmp_path: Path) -> None:
    found = item(two_waves(tmp_path, PARTS, PARTS, COMBINED), "ab")
    assert (found.combining, found.parts) == (Combining.POOLED, ("a", "b"))
    assert (found.headline, found.topic, found.label) == ("sure", "plans", "A and B")
    assert found.sources == {"1": ("a", "b"), "2": ("a", "b")}


def test_a_combination_needs_every_part_asked(tmp_path: Path) -> None:
    found = two_waves(tmp_path, question("a", "scale", SCALE), PARTS, COMBINED)
    assert item(found, "ab").sources == {"2": ("a", "b")}
    assert [each.item for each in found.links] == ["a"]


def test_a_combination_is_no_more_comparable_than_its_parts(tmp_path: Path) -> None:
    before = question("a", "scale", SCALE) + question("b", "scale", FOUR.replace("Fully", "Mostly so"))
    after = PARTS.replace("Text of a", "New text of a")
    found = {each.item: each for each in two_waves(tmp_path, before, after, COMBINED).links}
    assert (found["a"].comparable, found["a"].reworded) == (True, True)
    assert (found["b"].comparable, found["ab"].comparable) == (False, False)
    assert (found["ab"].reworded, found["ab"].because) == (True, "the answers on offer changed")


def test_parts_of_opposite_polarity_need_a_word(tmp_path: Path) -> None:
    asked = asks(question("a", "scale", SCALE), question("b", "scale", f'{SCALE}\npolarity = "negative"'))
    files = {"q1_toml": asked, "q2_toml": asked, "r1_csv": "a\n", "r2_csv": "a\n"}
    assert study_faults(tmp_path, study_toml=TOP + BOTH + COMBINED, **files) == [
        "combination “ab”: its parts have different polarities; say which one it has"
    ]
    said = study(tmp_path, study_toml=TOP + BOTH + COMBINED + 'polarity = "none"\n', **files)
    assert item(said, "ab").polarity is Polarity.NONE
