"""Figures that could not be computed are named; hidden ones are not among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.analysis.compare import test_published as printed
from tests.analysis.compare.made import item
from tests.analysis.cube import people
from tests.analysis.estimate.test_measure import measured, plan

from goldenthread.analysis.compare.published import measure_published
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.estimate.uncomputed import uncomputed
from goldenthread.analysis.problem import Problem

NOBODY = "nobody gave an answer that counts, so “plan” has no figure"


def found(study: Study, signs: str, areas: str = "s" * 40) -> tuple[Problem, ...]:
    files = (Path("north.csv"), Path("south.csv"))
    wave = replace(study.waves[0], responses=files[0], versions=files)
    return uncomputed(study, wave, measured(study, people.responses(areas, plan=signs)))


def test_an_item_nobody_gave_an_answer_to_has_no_figure() -> None:
    (problem,) = found(plan(), "x" * 20 + "." * 10 + "-" * 10)
    assert problem == Problem("north.csv, south.csv", NOBODY, (), "plan", figure=True)


def test_an_item_with_no_headline_needs_an_answer_too() -> None:
    study = plan()
    bare = replace(study, items=tuple(replace(each, headline=None) for each in study.items))
    assert [problem.message for problem in found(bare, "." * 40)] == [NOBODY]
    assert not found(bare, "." * 30 + "y" * 10)


def test_a_hidden_figure_is_not_missing_and_no_message_tells_of_it() -> None:
    """Nine answers for everybody, or a group with none: neither is spoken of."""
    assert not found(plan(), "y" * 9 + "." * 31)
    assert not found(plan(), "y" * 34 + "." * 6, "s" * 34 + "c" * 6)


def test_an_item_this_wave_did_not_ask_is_not_missing() -> None:
    study = plan()
    later = replace(study, items=tuple(replace(each, sources={"2030": ("plan",)}) for each in study.items))
    assert not found(later, "y" * 40)


def test_a_printed_item_without_its_headline_has_no_figure(tmp_path: Path) -> None:
    rows = printed.row("q", "low", "20", "200"), printed.row("r", "high", "70", "200")
    study, wave = printed.printed(tmp_path, *rows, items=(item("q"), item("r"), item("s", "new")))
    (problem,) = uncomputed(study, wave, measure_published(study, wave))
    assert (problem.file, problem.column, problem.figure) == ("old.csv", "q", True)
    assert problem.message == "the headline of “Q” was not printed, and cannot be added from what was"
