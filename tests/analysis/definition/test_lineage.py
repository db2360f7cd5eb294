"""What became of each question, from wave to wave and within a report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.analysis.definition.test_items import FOUR, SCALE, two_waves
from tests.analysis.definition.test_study_file import TOP, asks, wave
from tests.analysis.definition.written import question, single, study

from goldenthread.analysis.definition.lineage import Fate, Use, accounting, change_log
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.problem import Refusal


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
        ("3", Use.NOT_REPORTED, ()),
        ("4", Use.NOT_REPORTED, ()),
        ("42", Use.ITEM, ("lead",)),
    ]


def no_figures(*entries: str) -> str:
    return "".join(f"[[waves.no_figures]]\n{entry}\n" for entry in entries)


def published(folder: Path, entries: str, sources: str = '["Q7+10"]') -> Study:
    """A study whose first wave is known by one figure, of questions 7 and 10 together."""
    text = TOP + f'[[waves]]\nid = "0"\nfigures = "f.csv"\n{entries}{wave("1")}'
    text += f'[[items]]\nid = "lead"\nsources = {{ 0 = {sources} }}\n'
    asked = asks(question("y", "scale", f'item = "lead"\n{SCALE}'))
    figures = "id,group,percent\nx,Q7+10,61\n"
    return study(folder, study_toml=text, q1_toml=asked, r1_csv="y\n", f_csv=figures)


def test_questions_without_a_figure_are_accounted_for_in_the_order_of_the_form(tmp_path: Path) -> None:
    entries = no_figures(
        'numbers = [12, 9]\nbecause = "only a chart"\nlabel = "Training"',
        'numbers = [8]\nbecause = "as themes"\nown_words = true',
    )
    found = published(tmp_path, entries)
    rows = accounting(found, found.wave("0"))
    assert [(row.number, row.use, row.text, row.beside, row.because) for row in rows] == [
        ("7", Use.ITEM, "Text of y?", ("10",), ""),
        ("8", Use.TEXT, "", (), "as themes"),
        ("9", Use.NOT_REPORTED, "Training", (), "only a chart"),
        ("10", Use.ITEM, "Text of y?", ("7",), ""),
        ("12", Use.NOT_REPORTED, "Training", (), "only a chart"),
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('because = "x"', "wave “0”, no_figures 1: “numbers” is missing: which questions are meant"),
        ("numbers = [1]", "wave “0”, no_figures 1: “because” is missing"),
        ('numbers = [1, 1]\nbecause = "x"', "wave “0”: question “1” is listed twice as having no figure"),
        (
            'numbers = [10]\nbecause = "x"',
            "wave “0”: question “10” is under “no_figures”, but a figure is printed for it",
        ),
        ('numbers = [1]\nbecause = "x"\nlable = "L"', "unknown key “lable”; did you mean “label”?"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path: Path, entry: str, fault: str) -> None:
    with pytest.raises(Refusal, match=re.escape(fault)):
        published(tmp_path, no_figures(entry))


def test_a_wave_of_answers_has_no_questions_without_figures(tmp_path: Path) -> None:
    text = TOP + wave("1") + no_figures('numbers = [1]\nbecause = "x"')
    with pytest.raises(Refusal, match="“no_figures” is for a wave of figures; here answers are read"):
        study(tmp_path, study_toml=text, q1_toml=asks(single("y")), r1_csv="y\n")
