"""What became of each question, from wave to wave and within a report."""

from __future__ import annotations

from pathlib import Path

from tests.analysis.definition.test_items import FOUR, SCALE, two_waves
from tests.analysis.definition.test_study_file import TOP, asks, wave
from tests.analysis.definition.written import question, single, study

from goldenthread.analysis.definition.lineage import Fate, Use, accounting, change_log


def other(name: str, *, offered: bool) -> str:
    last = ', { code = "o", label = "Other", other = true }' if offered else ""
    return question(name, "single", f'number = 2\nanswers = [{{ code = "a", label = "A" }}{last}]')


def test_numbers_words_and_scales_are_followed(tmp_path: Path) -> None:
    before = question("x", "scale", f'number = 42\nitem = "lead"\n{SCALE}') + single(
        "gone", more="number = 8"
    )
    after = question("y", "scale", f'number = 29\nitem = "lead"\n{FOUR}') + single("fresh")
    rows = {row.item: row for row in change_log(two_waves(tmp_path, before, after))}
    lead = rows["lead"]
    assert (lead.numbers_before, lead.numbers_after, lead.fate) == (("42",), ("29",), Fate.KEPT)
    assert (lead.reworded, lead.rescaled, lead.comparable) == (True, True, False)
    assert lead.because == "the answers on offer changed"
    assert (rows["gone"].fate, rows["gone"].numbers_before, rows["gone"].numbers_after) == (
        Fate.DROPPED,
        ("8",),
        (),
    )
    assert (rows["fresh"].fate, rows["fresh"].numbers_after) == (Fate.NEW, ("fresh",))


def test_an_other_answer_that_went_or_came(tmp_path: Path) -> None:
    with_it, without = other("q", offered=True), other("q", offered=False)
    assert change_log(two_waves(tmp_path, with_it, without))[0].other == "removed"
    assert change_log(two_waves(tmp_path, without, with_it))[0].other == "added"
    assert change_log(two_waves(tmp_path, with_it, with_it))[0].other == ""


def test_an_other_option_of_several_that_went(tmp_path: Path) -> None:
    def options(last: str) -> str:
        return question("h", "multiple", f'number = 5\nanswers = [{{ code = "a", label = "A" }}{last}]')

    found = change_log(
        two_waves(tmp_path, options(', { code = "o", label = "Other", other = true }'), options(""))
    )
    rows = {row.item: row for row in found}
    assert (rows["h.o"].fate, rows["h.o"].other, rows["h.o"].numbers_before) == (
        Fate.DROPPED,
        "removed",
        ("5.o",),
    )
    assert (rows["h.a"].fate, rows["h.a"].other) == (Fate.KEPT, "")


def test_open_questions_are_followed_too(tmp_path: Path) -> None:
    before = single("a") + question("w", "long-text", 'number = 62\nitem = "barriers"')
    after = single("a") + question("v", "long-text", 'number = 60\nitem = "barriers"')
    row = change_log(two_waves(tmp_path, before, after))[1]
    assert (row.item, row.numbers_before, row.numbers_after) == ("barriers", ("62",), ("60",))
    assert (row.fate, row.reworded, row.comparable) == (Fate.KEPT, True, True)


def test_a_published_wave_is_logged_by_its_sources(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nfigures = "f.csv"\n' + wave("1")
    text += '[[items]]\nid = "lead"\nsources = { 0 = ["42"] }\n'
    asked = asks(question("y", "scale", f'number = 29\nitem = "lead"\n{SCALE}'), single("fresh"))
    found = study(tmp_path, study_toml=text, q1_toml=asked, r1_csv="y\n", f_csv="id,group,percent\nx,42,61\n")
    row, unprinted = change_log(found)
    assert (unprinted.item, unprinted.fate) == ("fresh", Fate.NOT_KNOWN)
    assert (row.numbers_before, row.numbers_after, row.reworded, row.comparable) == (
        ("42",),
        ("29",),
        False,
        True,
    )


def test_every_question_is_accounted_for(tmp_path: Path) -> None:
    asked = asks(
        single("area", more="number = 1"),
        question("years", "number", "number = 2"),
        question("start", "date", "number = 3"),
        question(
            "it",
            "matrix",
            f'number = 4\n{SCALE}\nrows = [{{ id = "a", text = "A" }}, {{ id = "b", text = "B" }}]',
        ),
        single("skip", more="number = 5"),
        question("say", "long-text", 'number = 6\nshow_if = { question = "years", at_least = 1 }'),
    )
    text = TOP + wave("1", 'not_reported = ["5"]') + '[[groups]]\nitem = "area"\n'
    found = study(tmp_path, study_toml=text, q1_toml=asked, r1_csv="a\n")
    assert [(row.number, row.use, row.items) for row in accounting(found, found.wave("1"))] == [
        ("1", Use.GROUPING, ("area",)),
        ("2", Use.ROUTING, ()),
        ("3", Use.NOT_REPORTED, ()),
        ("4", Use.ITEM, ("it.a", "it.b")),
        ("5", Use.NOT_REPORTED, ()),
        ("6", Use.TEXT, ()),
    ]


def test_a_published_wave_accounts_for_the_numbers_it_knows(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nfigures = "f.csv"\nnot_reported = [3, 4]\n' + wave("1")
    text += '[[items]]\nid = "lead"\nsources = { 0 = ["42"] }\n'
    asked = asks(question("y", "scale", f'item = "lead"\n{SCALE}'))
    found = study(tmp_path, study_toml=text, q1_toml=asked, r1_csv="y\n", f_csv="id,group,percent\nx,42,61\n")
    assert [(row.number, row.use, row.items) for row in accounting(found, found.wave("0"))] == [
        ("42", Use.ITEM, ("lead",)),
        ("3", Use.NOT_REPORTED, ()),
        ("4", Use.NOT_REPORTED, ()),
    ]
