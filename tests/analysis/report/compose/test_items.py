"""An item's page: how it was asked, how it was combined, and how a printed report classed it."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import RESULTS, blocks_of, composed, every_text, page, with_item

from goldenthread.analysis.definition.study import Combining
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import BarChart, ItemPage, WaveChart


def said(told: ItemPage) -> str:
    return " ".join(every_text(told))


def test_a_combined_item_says_how() -> None:
    assert "mean of two items" in said(page("funding"))
    assert "mean of" not in said(page("legal"))


def test_the_class_a_published_report_printed_is_told_on_its_page() -> None:
    told = said(page("transition"))
    assert "As a published report printed it: 2023: “What was less positive” and an arrow down." in told


def test_a_reworded_question_is_marked_where_it_is_compared() -> None:
    assert "Reworded in 2025 since 2023" in said(page("legal"))
    assert "2025 is not comparable with 2023" in said(page("supervise"))


def test_a_pooled_figure_is_of_answers_not_people() -> None:
    told = page("funding", compose(with_item("funding", combining=Combining.POOLED)))
    assert "answers given" in told.headline
    assert "not people" in said(told)
    bases = [bar.base for chart in blocks_of(told, BarChart) for bar in chart.bars if bar.base]
    bases += [point.base for chart in blocks_of(told, WaveChart) for point in chart.points if point.base]
    assert bases
    assert all("answers" in base and "people" not in base for base in bases)


def test_nobody_is_said_to_agree_with_the_name_of_several_items() -> None:
    mean = page("funding").headline
    assert "who answered agree on average over the two items of “" in mean
    pooled = page("funding", compose(with_item("funding", combining=Combining.POOLED))).headline
    assert "answers given agree over the two items of “" in pooled
    assert "” together" in pooled
    assert "agree with" not in mean + pooled


def test_a_headline_names_people_as_the_study_does() -> None:
    report = composed(study=replace(RESULTS.study, people="nursery staff"))
    assert "for the same mix of nursery staff" in page("adult", report).headline
