"""Find: every item in one list by its rule, and the table of them all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tests.analysis.report.compose.read_back import (
    REPORT,
    RESULTS,
    composed,
    index_of,
    lists_of,
    page,
    rows_of,
    with_change,
    with_item,
    with_lines,
)

from goldenthread.analysis.compare.model import FindingKind
from goldenthread.analysis.definition.study import Combining
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.results import Results

NO_MIX = {"mix_points": None, "mix_low": None, "mix_high": None, "mix_verdict": None, "conflict": False}


def test_every_item_is_in_exactly_one_list() -> None:
    lists = lists_of().values()
    found = Counter(line.item for block in lists for line in block.lines)
    assert set(found.values()) == {1}
    assert set(found) == {p.item for p in REPORT.items} - {"training"}
    index = index_of()
    titles = {block.title for block in lists}
    place = [c.label for c in index.columns].index("List")
    assert {row[place] for row in rows_of(index)} <= titles
    assert len(index.rows) == len(found) + 5  # the options of the tick-list
    assert len(lists) == len(FindingKind)
    assert all(block.rule for block in lists)


def test_an_item_the_analysis_gave_no_finding_is_not_lost() -> None:
    kept = tuple(f for f in RESULTS.findings if f.item != "legal")
    few = lists_of(composed(findings=kept))["list-too-few"]
    assert "legal" in {line.item for line in few.lines}


def test_the_rule_of_a_list_follows_the_study() -> None:
    lists = lists_of(compose(with_lines(celebrate=80, gap=50, margin=4.0)))
    assert "80%" in lists["list-strength"].rule
    assert "50%" in lists["list-gap"].rule
    assert "4 points" in lists["list-steady"].rule


def test_a_move_the_same_mix_does_not_bear_out_is_told_as_answered_and_is_neither_better_nor_worse() -> None:
    lists = lists_of()
    lines = lists["list-mixed"].lines
    assert {(line.verdict_text, line.judgement) for line in lines} == {("Rose as answered", "")}
    assert "Rose" in {line.verdict_text for line in lists["list-rose"].lines}


def test_a_falling_problem_is_told_as_better() -> None:
    lines = [line for block in lists_of().values() for line in block.lines]
    judged = {line.item: (line.verdict, line.judgement) for line in lines}
    assert judged["alone"] == ("fell", "better")
    assert judged["legal"] == ("fell", "worse")
    assert judged["strategy"] == ("too-few-to-tell", "")


def test_gaps_are_sorted_lowest_first_everywhere() -> None:
    results = with_lines(gap=101, celebrate=101, low=0)
    kinds = tuple(replace(f, kind=FindingKind.GAP) for f in RESULTS.findings)
    gaps = lists_of(composed(results, findings=kinds))["list-gap"]
    levels = [int(line.sentence.split("%")[0]) for line in gaps.lines if "%" in line.sentence[:4]]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]


def test_a_low_item_claimed_by_another_list_is_named_there() -> None:
    gaps = lists_of(compose(with_lines(gap=65)))["list-gap"]
    assert re.search(r"more stands? under “.*Fell", gaps.rule)


def test_an_item_the_newest_wave_did_not_ask_leads_with_the_last_that_did() -> None:
    report = compose(_without_2025("strategy"))
    headline = page("strategy", report).headline
    assert headline.startswith("Not asked in 2025. ")
    assert "in 2023 agree with" in headline
    lists = lists_of(report)
    line = lists["list-not-asked"].lines[0]
    assert line.sentence == "Not asked in 2025; last asked in 2023: 71% of 368, give or take 5."
    assert line.verdict is None
    assert "strategy" not in {row.item for row in lists["list-too-few"].lines}
    row = next(r for r in rows_of(index_of(report)) if r[0] == "Our strategy")
    assert row[1] == "71% (2023)"
    assert row[6] == "Not asked in 2025"
    assert "Not asked this time" in row


def _without_2025(item: str) -> Results:
    kept = tuple(e for e in RESULTS.estimates if (e.item, e.wave) != (item, "2025"))
    changes = tuple(c for c in RESULTS.changes if c.item != item)
    return replace(RESULTS, estimates=kept, changes=changes)


def test_the_same_mix_is_never_left_unknown_without_a_reason() -> None:
    results = with_change("legal", **NO_MIX, mix_by="work", mix_because="groups too small")
    index = index_of(compose(results))
    place = [c.label for c in index.columns].index("Same mix")
    mixes = {row[0]: row[place] for row in rows_of(index)}
    assert mixes["The law on plans"] == "Groups too small"
    assert "not known" not in mixes.values()


def test_a_mix_known_of_no_change_is_told_once() -> None:
    changes = tuple(replace(c, **NO_MIX, mix_because="groups too small") for c in RESULTS.changes)
    index = index_of(composed(changes=changes))
    assert "Same mix" not in {c.label for c in index.columns}
    assert "For the same mix of staff: groups too small." in index.note


def test_a_pooled_figure_is_of_answers_in_the_table_of_all_items() -> None:
    index = index_of(compose(with_item("funding", combining=Combining.POOLED)))
    row = next(r for r in rows_of(index) if r[0] == "Funding (two questions)")
    assert row[2].endswith(" answers")


def test_the_class_a_published_report_printed_stands_beside_ours() -> None:
    row = next(r for r in rows_of(index_of()) if r[0] == "Moves between schools")
    assert row[-2] == "Gaps"
    assert "an arrow down" in row[-1]


def test_a_shaky_level_is_marked_and_explained_once() -> None:
    shaky = tuple(replace(e, flag="u") if e.group is None else e for e in RESULTS.estimates)
    assert "[u] too few answers to rely on" in index_of(composed(estimates=shaky)).note
    assert "[u]" not in index_of().note
