"""In short: levels first, then changes, then what the same mix makes of them and what cannot be told."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import (
    RESULTS,
    blocks_of,
    chapter,
    every_text,
    page,
    said_in,
    with_change,
    with_item,
    with_lines,
)
from tests.analysis.report.results_fixture import plain_results

from goldenthread.analysis.compare.model import Verdict
from goldenthread.analysis.definition.model import Polarity
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import Bullets, Heading
from goldenthread.analysis.results import Results


def in_short(results: Results = RESULTS) -> str:
    return said_in("short", compose(results))


def test_levels_come_before_changes() -> None:
    headings = [block.text for block in blocks_of(chapter("short"), Heading)]
    assert headings[:2] == ["What is strong", "What is low"]
    assert headings[-1] == "What we cannot tell"


def test_it_counts_the_comparisons_and_says_what_q_means() -> None:
    said = in_short()
    assert "We made 11 comparisons between 2023 and 2025." in said
    assert "expect at most one in 10 to be chance (q = 0.10)" in said


def test_a_strength_told_within_a_combination_still_counts_on_page_one() -> None:
    said = in_short(with_item("funding", parts=("listen", "needs")))
    assert "2 are at 90% or more" in said
    assert "I listen to what children and young people want" in said


def test_a_low_item_claimed_by_another_list_is_still_low() -> None:
    blocks = chapter("short", compose(with_lines(gap=65))).blocks
    after = next(n for n, b in enumerate(blocks) if getattr(b, "text", "") == "What is low")
    low = blocks[after + 1]
    assert isinstance(low, Bullets)
    assert any("law on education" in line for line in low.items)


def test_a_low_item_that_almost_everyone_answered_is_low_though_it_has_no_range() -> None:
    """Where almost everyone answered there is no upper end: the level itself is held to the line."""
    lines = with_lines(gap=59)
    assert "3 have their whole range under 59%" in in_short(lines)
    bare = {"low": None, "high": None, "method": "almost-everyone"}
    everyone = tuple(
        replace(e, **bare) if (e.item, e.wave, e.group) == ("legal", "2025", None) else e
        for e in RESULTS.estimates
    )
    said = in_short(replace(lines, estimates=everyone))
    assert "4 have their whole range under 59%" in said
    assert "I understand the law on education, health and care plans” (58%, almost everyone answered)" in said


def test_a_rise_listed_as_a_strength_is_still_told_as_a_change() -> None:
    said = in_short(with_change("needs", points=6.0, low=1.0, high=11.0, verdict=Verdict.ROSE))
    better = said.split("What changed for the better")[1].split("What changed for the worse")[0]
    assert "Spotting needs early: 6 points higher" in better


def test_only_changes_the_same_mix_bears_out_are_said_to_hold() -> None:
    held = "5 changes can be told from chance. For the same mix of staff, 4 hold and 1 tells another"
    assert held in in_short()
    results = with_change("legal", mix_verdict=Verdict.FEW, mix_low=-25.0, mix_high=-1.0)
    assert "3 hold, 1 cannot be told from chance and 1 tells another story" in in_short(results)
    legal = page("legal", compose(results))
    assert "For the same mix of staff it cannot be told from chance." in legal.headline
    assert "For the same mix of staff: on its own this would count as a fall; among" in " ".join(
        every_text(legal)
    )


def test_a_report_of_one_wave_says_there_is_nothing_to_compare_with() -> None:
    said = in_short(plain_results())
    assert "There is no earlier wave to compare with." in said
    assert "What changed" not in said


def test_levels_are_only_spoken_of_where_more_is_better() -> None:
    said = in_short(with_item("funding", polarity=Polarity.NEGATIVE))
    assert "where more is better" in said
    every = replace(
        RESULTS.study, items=tuple(replace(i, polarity=Polarity.NONE) for i in RESULTS.study.items)
    )
    quiet = in_short(replace(RESULTS, study=every))
    assert "or more, and" not in quiet
    assert "What is strong" not in quiet
