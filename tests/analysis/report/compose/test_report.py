"""The report as composed: its chapters, its lists, its pages, and what it keeps back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest
from tests.analysis.report.results_fixture import plain_results, rich_results

from goldenthread.analysis.compare.model import Change, FindingKind, Verdict
from goldenthread.analysis.definition.model import Answer, Net, Side
from goldenthread.analysis.definition.study import Combining
from goldenthread.analysis.report.compose.bars import steps
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import (
    BarChart,
    Block,
    Bullets,
    ChangeChart,
    Chapter,
    FindingList,
    ItemPage,
    Paragraph,
    Report,
    Table,
    WaveChart,
)
from goldenthread.analysis.results import Results

RESULTS = rich_results()
REPORT = compose(RESULTS)


def chapter(name: str, report: Report = REPORT) -> Chapter:
    return next(c for c in report.chapters if c.id == name)


def page(item: str, report: Report = REPORT) -> ItemPage:
    return next(p for p in report.items if p.item == item)


def blocks_of(part: Chapter | ItemPage, kind: type[Block]) -> list[Block]:
    return [block for block in part.blocks if isinstance(block, kind)]


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def every_text(thing: object) -> Iterator[str]:
    """Every string anywhere in a report."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from every_text(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from every_text(getattr(thing, each.name))


def test_the_thread_on_the_cover_is_done_as_far_as_find() -> None:
    assert [line.name for line in REPORT.cover] == [
        "Ask",
        "Find",
        "Need",
        "Plan",
        "Train",
        "Measure",
        "Reply",
    ]
    assert [line.state for line in REPORT.cover] == ["done", "done", *["todo"] * 5]
    assert {line.text for line in REPORT.cover[2:]} == {"not yet"}
    assert {line.target for line in REPORT.cover if line.target} <= {c.id for c in REPORT.chapters}


def test_the_cover_leads_with_the_question_and_ends_with_the_caveat() -> None:
    assert REPORT.title == "What staff can do, and what they need to learn"
    assert REPORT.lead == "SEND workforce survey 2025"
    assert REPORT.caveat[0].startswith(
        "370 of about 2,410 people answered (15%). The ranges show chance only"
    )


def test_every_item_is_in_exactly_one_list() -> None:
    lists = blocks_of(chapter("find"), FindingList)
    found = Counter(line.item for block in lists for line in block.lines)
    assert set(found.values()) == {1}
    assert set(found) == {p.item for p in REPORT.items} - {"training"}
    index = blocks_of(chapter("index"), Table)[0]
    assert isinstance(index, Table)
    titles = {block.title for block in lists}
    place = [c.label for c in index.columns].index("List")
    assert all(row[place].text in titles for row in index.rows)
    assert len(index.rows) == len(found) + 5  # the options of the tick-list
    assert len(lists) == len(FindingKind)
    assert all(block.rule for block in lists)


def test_an_item_the_analysis_gave_no_finding_is_not_lost() -> None:
    kept = tuple(f for f in RESULTS.findings if f.item != "legal")
    lists = blocks_of(chapter("find", compose(replace(RESULTS, findings=kept))), FindingList)
    few = next(block for block in lists if block.id == "list-too-few")
    assert "legal" in {line.item for line in few.lines}


def test_the_rule_of_a_list_follows_the_study() -> None:
    lines = replace(RESULTS.study.thresholds, celebrate=80, gap=50, margin=4.0)
    report = compose(replace(RESULTS, study=replace(RESULTS.study, thresholds=lines)))
    rules = {block.id: block.rule for block in blocks_of(chapter("find", report), FindingList)}
    assert "80%" in rules["list-strength"]
    assert "50%" in rules["list-gap"]
    assert "4 points" in rules["list-steady"]


def test_levels_come_before_changes_in_short() -> None:
    headings = [block.text for block in chapter("short").blocks if type(block).__name__ == "Heading"]
    assert headings[:2] == ["What is strong", "What is low"]
    assert headings[-1] == "What we cannot tell"


def test_in_short_counts_the_comparisons_and_says_what_q_means() -> None:
    said = " ".join(every_text(chapter("short")))
    assert "We made 11 comparisons between 2023 and 2025." in said
    assert "expect at most one in 10 to be chance (q = 0.10)" in said


def test_a_falling_problem_is_told_as_better() -> None:
    lines = [line for block in blocks_of(chapter("find"), FindingList) for line in block.lines]
    judged = {line.item: (line.verdict, line.judgement) for line in lines}
    assert judged["alone"] == ("fell", "better")
    assert judged["legal"] == ("fell", "worse")
    assert judged["strategy"] == ("too-few-to-tell", "")


def test_response_totals_show_the_change_in_answers() -> None:
    totals = next(b for b in blocks_of(chapter("who"), Table) if b.id == "totals")
    assert rows_of(totals)[0] == ["2025", "370", "−28, −7.0%", "2,410", "15%"]
    assert rows_of(totals)[2][3:] == ["not known", "not known"]


def test_who_answered_keeps_zero_rows_hides_small_groups_and_flags_sums() -> None:
    table = next(b for b in blocks_of(chapter("who"), Table) if b.id == "who-work")
    rows = {row[0]: row[1:] for row in rows_of(table)}
    assert rows["Employment and training"][:2] == ["0", "0%"]
    assert rows["Parenting hub"][:2] == ["fewer than 10", "[c]"]
    assert rows["School transport"][:2] == ["not shown", "[c]"]
    assert rows["School staff"][6:] == ["1,340", "13%", "0.83"]
    assert "413, not 412" in table.note
    assert "matches the workforce by area of work, except Early years and SEND casework team" in " ".join(
        every_text(chapter("who"))
    )


def test_who_answered_flags_rows_that_do_not_add() -> None:
    bare = tuple(replace(t, note="") for t in RESULTS.who)
    report = compose(replace(RESULTS, who=bare))
    table = next(b for b in blocks_of(chapter("who", report), Table) if b.id == "who-work")
    assert "2021: the rows add to 413, not 412." in table.note


def test_every_question_is_accounted_for() -> None:
    told = " ".join(b.text for b in blocks_of(chapter("ask"), Paragraph))
    assert "2025, 16 questions:" in told
    account = next(b for b in blocks_of(chapter("ask"), Table) if b.id == "account-2025")
    fates = {row[0]: row[-1] for row in rows_of(account)}
    assert len(fates) == 16
    assert fates["1"] == "Used to group answers"
    assert fates["39"] == "Not reported"
    assert fates["40"] == "118 comments, not printed here"


def test_the_crosswalk_names_each_wave_and_never_a_nought_for_not_asked() -> None:
    table = blocks_of(chapter("crosswalk"), Table)[0]
    assert isinstance(table, Table)
    rows = {row[0]: row[1:] for row in rows_of(table)}
    assert rows["Children who do not speak"][:3] == ["12", "not asked", "not printed, or not asked"]
    assert rows["Children who do not speak"][3].startswith("New in 2025")


def test_a_wave_that_did_not_ask_says_so() -> None:
    chart = blocks_of(page("voice"), WaveChart)[0]
    assert isinstance(chart, WaveChart)
    points = {p.label: p for p in chart.points}
    assert points["2023"].why == "Not asked"
    assert points["2023"].percent is None
    assert "0%" not in chart.answer


def test_three_waves_stand_side_by_side_and_the_published_one_is_marked() -> None:
    chart = blocks_of(page("adult"), WaveChart)[0]
    assert isinstance(chart, WaveChart)
    assert [p.label for p in chart.points] == ["2025", "2023", "2021 (published)"]
    assert [p.value for p in chart.points] == ["53%", "41%", "40%"]
    assert chart.points[2].base == "371 to 412 answers"


def test_bars_put_everybody_last_and_say_why_a_group_is_hidden() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    assert isinstance(chart, BarChart)
    assert chart.bars[-1].name == "Everybody"
    assert chart.bars[-1].total
    hidden = {bar.name: bar for bar in chart.bars if not bar.segments}
    assert set(hidden) == {"Parenting hub", "School transport"}
    assert all(bar.value == "[c]" and bar.why and not bar.base for bar in hidden.values())
    shares = [sum(s.percent for s in bar.segments) for bar in chart.bars if bar.segments]
    assert shares == pytest.approx([100] * len(shares))


def test_bars_do_not_read_an_order_into_overlapping_ranges() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    assert isinstance(chart, BarChart)
    assert "the ranges overlap, so the order of the groups could be chance" in chart.answer


def test_a_bound_stands_in_place_of_a_figure() -> None:
    chart = blocks_of(page("listen"), BarChart)[0]
    assert isinstance(chart, BarChart)
    early = next(bar for bar in chart.bars if bar.name == "Early years")
    assert early.value == "More than 95%"
    assert early.percent is None
    assert early.base == "41 answers"


def test_small_groups_are_marked_and_explained() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    assert isinstance(chart, BarChart)
    casework = next(bar for bar in chart.bars if bar.name == "SEND casework team")
    assert casework.range.endswith("[u]")
    assert "[u] too few answers to rely on" in chart.note


def test_raw_and_same_mix_changes_stand_together() -> None:
    chart = blocks_of(page("adult"), ChangeChart)[0]
    assert isinstance(chart, ChangeChart)
    assert [(r.name, r.verdict) for r in chart.rows] == [
        ("As answered", "rose"),
        ("Same mix of staff", "about-the-same"),
    ]
    assert chart.rows[0].points_text == "+12 points (+5 to +19)"


def test_every_estimate_on_an_item_page_carries_its_base() -> None:
    for each in REPORT.items:
        for block in each.blocks:
            if isinstance(block, BarChart):
                assert all(bar.base for bar in block.bars if bar.value != "[c]"), each.item
            if isinstance(block, WaveChart):
                assert all(point.base for point in block.points if point.percent is not None), each.item
            if isinstance(block, Table) and block.id.endswith("-numbers"):
                labels = [c.label for c in block.columns]
                first = [row[0].text for row in block.rows]
                assert "Base" in labels or "Base" in first, each.item


def test_every_table_has_as_many_cells_as_columns_and_figures_have_values() -> None:
    parts: list[Chapter | ItemPage] = [*REPORT.chapters, *REPORT.items]
    for table in (block for part in parts for block in part.blocks if isinstance(block, Table)):
        for row in table.rows:
            assert len(row) == len(table.columns), table.id
            figures = (cell for cell in row if re.fullmatch(r"[\d,.]+ \(\d+%\)", cell.text))
            assert all(cell.value is not None for cell in figures), table.id


def test_counts_stand_beside_the_base() -> None:
    table = next(b for b in blocks_of(page("adult"), Table) if b.id == "adult-work-numbers")
    assert isinstance(table, Table)
    labels = [c.label for c in table.columns]
    assert labels[-2:] == ["Not part of my role", "No readable answer"]
    assert rows_of(table)[-1][-2:] == ["24", "9"]
    assert "Per cents are of people" in table.note


def test_a_combined_item_says_how_and_the_printed_class_stands_beside_ours() -> None:
    assert "mean of two items" in " ".join(every_text(page("funding")))
    said = " ".join(every_text(page("transition")))
    assert "As a published report printed it: 2023: “What was less positive” and an arrow down." in said
    table = blocks_of(chapter("index"), Table)[0]
    assert isinstance(table, Table)
    row = next(r for r in rows_of(table) if r[0] == "Moves between schools")
    assert row[-2] == "Gaps"
    assert "an arrow down" in row[-1]


def test_a_reworded_question_is_marked_where_it_is_compared() -> None:
    assert "Reworded in 2025 since 2023" in " ".join(every_text(page("legal")))
    assert "2025 is not comparable with 2023" in " ".join(every_text(page("supervise")))


def test_the_options_of_a_tick_list_share_one_page() -> None:
    assert [p.item for p in REPORT.items if p.item.startswith("training")] == ["training"]
    told = page("training")
    assert told.headline.startswith("Ticked most in 2025: Autism (62%), Behaviour and feelings (48%)")
    assert "of the 352 people who ticked anything" in told.headline
    chart = blocks_of(told, BarChart)[0]
    assert isinstance(chart, BarChart)
    assert [(bar.name, bar.value, bar.base) for bar in chart.bars][:2] == [
        ("Autism", "62%", "of 352 people"),
        ("Behaviour and feelings", "48%", "of 352 people"),
    ]
    assert "over 100%" in chart.note
    table = next(b for b in blocks_of(told, Table) if b.id == "training-changes")
    assert isinstance(table, Table)
    assert [row[0] for row in rows_of(table)] == [
        "Autism", "Behaviour and feelings", "The law", "Speech and language", "Personal budgets",
    ]  # fmt: skip
    assert rows_of(table)[0][1:4] == ["218 (62%)", "352", "57 to 67"]
    asked = blocks_of(told, Bullets)[0]
    assert isinstance(asked, Bullets)
    assert any("“What would you like training in?”" in line for line in asked.items)


def test_every_link_to_an_option_leads_to_its_tick_list() -> None:
    pages = {p.item for p in REPORT.items}
    tables = [b for c in REPORT.chapters for b in blocks_of(c, Table)]
    linked = {cell.item for t in tables if isinstance(t, Table) for row in t.rows for cell in row} - {""}
    assert linked <= pages
    assert "training" in linked


def test_each_group_has_its_column_on_a_tick_list_page() -> None:
    item = "training-autism"
    now = next(e for e in RESULTS.estimates if (e.item, e.wave, e.answer) == (item, "2025", "yes"))
    cells = (
        replace(now, group="work", level="school", count=80, base=160, percent=50.0, low=42.4, high=57.6),
        replace(now, group="work", level="casework", base=20, percent=40.0, low=21.9, high=61.3, flag="u"),
        replace(
            now, group="work", level="hub", base=None, count=None, percent=None, low=None, high=None, flag="c"
        ),
    )
    report = compose(replace(RESULTS, estimates=(*RESULTS.estimates, *cells)))
    table = next(b for b in blocks_of(page("training", report), Table) if b.id == "training-work-numbers")
    assert isinstance(table, Table)
    assert [c.label for c in table.columns] == [
        "Option", "Everybody", "School staff", "SEND casework team", "Parenting hub",
    ]  # fmt: skip
    assert rows_of(table)[0] == ["Autism", "62% ±5", "50% ±8", "40% ±21 [u]", "[c]"]
    assert rows_of(table)[-1] == ["Base", "352", "160", "20", "[c]"]
    assert "a group of fewer than 10, or a figure that would give one away" in table.note


def test_public_sentences_are_safe_and_carry_the_caveat() -> None:
    say, leave = (block.items for block in chapter("public").blocks if isinstance(block, Bullets))
    assert all("who answered" in text or "too few people answered" in text for text in say)
    assert any("hidden" in text or "[c]" in text for text in leave)
    assert REPORT.caveat[0] in list(every_text(chapter("public")))


def test_no_figure_that_too_few_stand_behind_is_offered_as_a_sentence() -> None:
    """Marked [u], not one level or change is left to copy."""
    shaky = tuple(replace(e, flag="u") if e.group is None else e for e in RESULTS.estimates)
    report = compose(replace(RESULTS, estimates=shaky))
    say, leave = (block.items for block in chapter("public", report).blocks if isinstance(block, Bullets))
    assert not any("%" in text or "point" in text or "in ten" in text for text in say)
    assert say
    assert any("[u]" in text for text in leave)
    (table,) = blocks_of(chapter("index", report), Table)
    assert "[u] too few answers to rely on" in table.note
    assert "[u]" not in blocks_of(chapter("index"), Table)[0].note


def test_a_headcount_given_as_a_range_is_printed_as_one() -> None:
    newest = RESULTS.who[-1]
    first = next(row for row in newest.rows if row.headcount and row.count)
    low = first.headcount - 10
    rows = tuple(replace(row, headcount_low=low) if row is first else row for row in newest.rows)
    report = compose(replace(RESULTS, who=(*RESULTS.who[:-1], replace(newest, rows=rows))))
    table = next(t for t in blocks_of(chapter("who", report), Table) if t.id.startswith("who-"))
    (told,) = [row for row in rows_of(table) if row[0] == first.label]
    assert f"{low:,} to {first.headcount:,}" in told


def test_limits_hold_everything_the_analysis_and_the_study_said() -> None:
    said = list(every_text(chapter("limits")))
    assert "The survey went out by e-mail, so staff without a work e-mail address may have missed it." in said
    assert any("371 and 412" in text for text in said)
    assert any("2021 is known only from published percentages" in text for text in said)
    assert any(text == "2 answers or rows left out; 1 note." for text in said)


def test_the_least_a_report_can_stand_on() -> None:
    report = compose(plain_results())
    assert report.title == "A plain survey"
    assert [p.item for p in report.items] == ["listen"]
    assert report.caveat[0].startswith("370 people answered. We do not know how many people")
    assert not [b for b in report.items[0].blocks if isinstance(b, WaveChart | ChangeChart)]
    assert "crosswalk" not in {c.id for c in report.chapters}


def test_an_item_the_newest_wave_did_not_ask_leads_with_the_last_that_did() -> None:
    report = compose(_without_2025("strategy"))
    headline = page("strategy", report).headline
    assert headline.startswith("Not asked in 2025. ")
    assert "in 2023 agree with" in headline
    lists = {b.id: b for b in blocks_of(chapter("find", report), FindingList) if isinstance(b, FindingList)}
    line = lists["list-not-asked"].lines[0]
    assert line.sentence == "Not asked in 2025; last asked in 2023: 71% of 368, give or take 5."
    assert line.verdict is None
    assert "strategy" not in {row.item for row in lists["list-too-few"].lines}
    index = blocks_of(chapter("index", report), Table)[0]
    assert isinstance(index, Table)
    row = next(r for r in rows_of(index) if r[0] == "Our strategy")
    assert row[1] == "71% (2023)"
    assert row[6] == "Not asked in 2025"
    assert "Not asked this time" in row


def _without_2025(item: str) -> Results:
    kept = tuple(e for e in RESULTS.estimates if (e.item, e.wave) != (item, "2025"))
    changes = tuple(c for c in RESULTS.changes if c.item != item)
    return replace(RESULTS, estimates=kept, changes=changes)


def test_composing_twice_gives_the_same_report() -> None:
    assert compose(rich_results()) == REPORT


# Levels, changes and the same mix


def in_short(results: Results = RESULTS) -> str:
    return " ".join(every_text(chapter("short", compose(results))))


def test_a_strength_told_within_a_combination_still_counts_on_page_one() -> None:
    whole = next(i for i in RESULTS.study.items if i.id == "funding")
    whole = replace(whole, parts=("listen", "needs"))
    items = tuple(whole if i.id == "funding" else i for i in RESULTS.study.items)
    said = in_short(replace(RESULTS, study=replace(RESULTS.study, items=items)))
    assert "2 are at 90% or more" in said
    assert "I listen to what children and young people want" in said


def test_a_low_item_claimed_by_another_list_is_still_low() -> None:
    lines = replace(RESULTS.study.thresholds, gap=65)
    results = replace(RESULTS, study=replace(RESULTS.study, thresholds=lines))
    blocks = chapter("short", compose(results)).blocks
    after = next(n for n, b in enumerate(blocks) if getattr(b, "text", "") == "What is low")
    low = blocks[after + 1]
    assert isinstance(low, Bullets)
    assert any("law on education" in line for line in low.items)
    lists = blocks_of(chapter("find", compose(results)), FindingList)
    gaps = next(b for b in lists if isinstance(b, FindingList) and b.id == "list-gap")
    assert re.search(r"more stands? under “.*Fell", gaps.rule)


def test_a_rise_listed_as_a_strength_is_still_told_as_a_change() -> None:
    changes = tuple(
        replace(c, points=6.0, low=1.0, high=11.0, verdict=Verdict.ROSE)
        if (c.item, c.group, c.to_wave) == ("needs", None, "2025")
        else c
        for c in RESULTS.changes
    )
    said = in_short(replace(RESULTS, changes=changes))
    better = said.split("What changed for the better")[1].split("What changed for the worse")[0]
    assert "Spotting needs early: 6 points higher" in better


def test_only_changes_the_same_mix_bears_out_are_said_to_hold() -> None:
    assert (
        "5 changes can be told from chance. For the same mix of staff, 4 hold and 1 tells another"
        in in_short()
    )
    changes = tuple(
        replace(c, mix_verdict=Verdict.FEW, mix_low=-25.0, mix_high=-1.0) if _is(c, "legal") else c
        for c in RESULTS.changes
    )
    results = replace(RESULTS, changes=changes)
    assert "3 hold, 1 cannot be told from chance and 1 tells another story" in in_short(results)
    report = compose(results)
    assert "For the same mix of staff it cannot be told from chance." in page("legal", report).headline
    assert "For the same mix of staff: on its own this would count as a fall; among" in " ".join(
        every_text(page("legal", report))
    )


def _is(change: Change, item: str) -> bool:
    return (change.item, change.group, change.to_wave) == (item, None, "2025")


def test_the_same_mix_is_never_left_unknown_without_a_reason() -> None:
    none = {"mix_points": None, "mix_low": None, "mix_high": None, "mix_verdict": None, "conflict": False}
    changes = tuple(
        replace(c, **none, mix_by="work", mix_because="groups too small") if _is(c, "legal") else c
        for c in RESULTS.changes
    )
    table = blocks_of(chapter("index", compose(replace(RESULTS, changes=changes))), Table)[0]
    assert isinstance(table, Table)
    place = [c.label for c in table.columns].index("Same mix")
    assert {row[0]: row[place] for row in rows_of(table)}["The law on plans"] == "Groups too small"
    assert "not known" not in " ".join(every_text(table))


def test_a_mix_known_of_no_change_is_told_once() -> None:
    none = {"mix_points": None, "mix_low": None, "mix_high": None, "mix_verdict": None, "conflict": False}
    changes = tuple(replace(c, **none, mix_because="groups too small") for c in RESULTS.changes)
    table = blocks_of(chapter("index", compose(replace(RESULTS, changes=changes))), Table)[0]
    assert isinstance(table, Table)
    assert "Same mix" not in {c.label for c in table.columns}
    assert "For the same mix of staff: groups too small." in table.note


def test_gaps_are_sorted_lowest_first_everywhere() -> None:
    lines = replace(RESULTS.study.thresholds, gap=101, celebrate=101, low=0)
    kinds = tuple(replace(f, kind=FindingKind.GAP) for f in RESULTS.findings)
    results = replace(RESULTS, findings=kinds, study=replace(RESULTS.study, thresholds=lines))
    lists = blocks_of(chapter("find", compose(results)), FindingList)
    gaps = next(b for b in lists if isinstance(b, FindingList) and b.id == "list-gap")
    levels = [int(line.sentence.split("%")[0]) for line in gaps.lines if "%" in line.sentence[:4]]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]


# The study's own words


def test_a_second_hidden_group_is_never_called_smaller_than_it_may_be() -> None:
    said = list(every_text(chapter("who")))
    assert said.count("fewer than 10") == 1
    assert said.count("not shown") == 3
    assert any("or one that would give it away" in text for text in said)
    for each in REPORT.items:
        assert "fewer than 10" not in [text for text in every_text(each) if len(text) < 20]


def test_the_method_uses_the_words_of_the_questionnaire() -> None:
    said = " ".join(every_text(chapter("method")))
    assert "“Neither” is in it" in said
    assert "said “Not part of my role”, gave no answer that could be read" in said
    without = tuple(
        replace(i, nets=tuple(n for n in i.nets if n.side is not Side.MIDDLE),
                answers=tuple(a for a in i.answers if not a.outside))
        for i in RESULTS.study.items
    )  # fmt: skip
    report = compose(replace(RESULTS, study=replace(RESULTS.study, items=without)))
    plain = " ".join(every_text(chapter("method", report)))
    assert "Neither" not in plain
    assert "role" not in plain


def test_people_are_named_as_the_study_names_them() -> None:
    report = compose(replace(RESULTS, study=replace(RESULTS.study, people="nursery staff")))
    assert "the views of all nursery staff" in " ".join(every_text(chapter("public", report)))
    assert "for the same mix of nursery staff" in page("adult", report).headline


def test_the_cover_gives_the_same_range_of_people_as_the_caveat() -> None:
    newest = replace(RESULTS.waves[-1], invited_high=2420)
    report = compose(replace(RESULTS, waves=(*RESULTS.waves[:-1], newest)))
    assert report.cover[0].text == "370 answers from about 2,410 to 2,420 people"
    assert "about 2,410 to 2,420 people" in report.caveat[0]


def test_a_pooled_figure_is_of_answers_not_people() -> None:
    items = tuple(
        replace(i, combining=Combining.POOLED) if i.id == "funding" else i for i in RESULTS.study.items
    )
    report = compose(replace(RESULTS, study=replace(RESULTS.study, items=items)))
    assert "answers given" in page("funding", report).headline
    assert "not people" in " ".join(every_text(page("funding", report)))
    table = blocks_of(chapter("index", report), Table)[0]
    assert isinstance(table, Table)
    row = next(r for r in rows_of(table) if r[0] == "Funding (two questions)")
    assert row[2].endswith(" answers")


def test_a_statement_is_quoted_alone_and_its_question_in_the_note() -> None:
    items = tuple(
        replace(i, stem="How far do you agree?") if i.id == "legal" else i for i in RESULTS.study.items
    )
    told = page("legal", compose(replace(RESULTS, study=replace(RESULTS.study, items=items))))
    assert "How far" not in told.headline
    chart = blocks_of(told, BarChart)[0]
    assert isinstance(chart, BarChart)
    assert chart.note.startswith("Asked under “How far do you agree?”: “I understand the law")


def test_what_the_files_held_is_counted_and_never_names_a_person() -> None:
    table = next(b for b in blocks_of(chapter("limits"), Table) if b.id == "problems")
    assert isinstance(table, Table)
    assert rows_of(table)[0] == ["answers-2025.csv", "Q7", "Not an answer on offer; left blank.", "2"]
    said = " ".join(every_text(chapter("limits")))
    assert "agree??" not in said
    assert "Row" not in {c.label for c in table.columns}


# Scales with fewer answers, or without a middle


@pytest.mark.parametrize(
    ("sides", "colours"),
    [
        ((2, 1, 2), (1, 2, 3, 4, 5)),
        ((2, 0, 2), (1, 2, 4, 5)),
        ((1, 1, 1), (1, 3, 5)),
        ((1, 0, 1), (2, 4)),
        ((3, 0, 1), (1, 2, 3, 5)),
        ((1, 0, 3), (1, 3, 4, 5)),
        ((3, 0, 2), (1, 2, 3, 4, 5)),
    ],
)
def test_no_two_answers_of_a_scale_share_a_colour(
    sides: tuple[int, int, int], colours: tuple[int, ...]
) -> None:
    found = steps(dict(zip(Side, sides, strict=True)))
    assert (*found[Side.LOW], *found[Side.MIDDLE], *found[Side.HIGH]) == colours


def test_a_net_of_one_answer_is_printed_once() -> None:
    nets = (
        Net("no", "Not yet", Side.LOW),
        Net("so", "Getting there", Side.MIDDLE),
        Net("sure", "Sure", Side.HIGH),
    )
    answers = tuple(Answer(code, net.label, net=net.id) for code, net in zip("123", nets, strict=True))
    shares = {"1": 10.0, "no": 10.0, "2": 30.0, "so": 30.0, "3": 60.0, "sure": 60.0}
    item = replace(RESULTS.study.items[0], answers=answers, nets=nets, headline="sure")
    sample = next(e for e in RESULTS.estimates if (e.item, e.wave, e.group) == (item.id, "2025", None))
    made = tuple(replace(sample, answer=code, percent=p, low=p - 5, high=p + 5) for code, p in shares.items())
    study = replace(RESULTS.study, items=(item,), groupings=(), mix=None)
    told = compose(replace(RESULTS, study=study, estimates=made, changes=(), besides=())).items[0]
    table = next(b for b in blocks_of(told, Table) if b.id.endswith("all-numbers"))
    assert isinstance(table, Table)
    assert [c.label for c in table.columns] == ["Who", "Base", "Not yet", "Getting there", "Sure", "Range"]
    waves = next(b for b in blocks_of(told, Table) if b.id.endswith("waves-numbers"))
    assert isinstance(waves, Table)
    assert [row[0] for row in rows_of(waves)] == ["Not yet", "Getting there", "Sure", "Base"]
    chart = blocks_of(told, BarChart)[0]
    assert isinstance(chart, BarChart)
    assert chart.key == (("Not yet", 1), ("Getting there", 3), ("Sure", 5))


def test_many_groups_are_shared_out_over_tables_that_fit_a_sheet() -> None:
    now = next(e for e in RESULTS.estimates if (e.item, e.wave, e.answer) == ("training-law", "2025", "yes"))
    levels = ("school", "early", "health", "social", "casework", "hub", "transport", "employ", "")
    cells = tuple(replace(now, group="work", level=level) for level in levels)
    told = page("training", compose(replace(RESULTS, estimates=(*RESULTS.estimates, *cells))))
    tables = [b for b in blocks_of(told, Table) if isinstance(b, Table) and "-numbers" in b.id]
    assert [t.id for t in tables] == ["training-work-numbers", "training-work-numbers-2"]
    assert [len(t.columns) for t in tables] == [7, 6]
    assert all(t.columns[1].label == "Everybody" for t in tables)
