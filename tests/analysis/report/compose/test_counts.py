"""The counts a report prints agree with its results, and with one another, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from math import floor
from pathlib import Path

import pytest
from tests.analysis.report.compose.read_back import (
    blocks_of,
    chapter,
    index_of,
    lists_of,
    page,
    rows_of,
    said_in,
    table_of,
)
from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.compare.model import Change, Verdict
from goldenthread.analysis.definition.model import Kind, Polarity
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import BarChart, Bullets, Report, Table
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse

HERE = Path(__file__)
STUDIES: dict[str, Callable[[], Results]] = {
    "rich": rich_results,
    "nurseries": lambda: analyse(read_study(HERE.parents[2] / "third_study" / "study.toml")),
    "swindon": lambda: analyse(read_study(HERE.parents[4] / "examples/published/swindon/study.toml")),
}
every_study = pytest.mark.parametrize("name", STUDIES)


@cache
def results_of(name: str) -> Results:
    return STUDIES[name]()


@cache
def report_of(name: str) -> Report:
    return compose(results_of(name))


def said(name: str, part: str) -> str:
    return said_in(part, report_of(name))


def option_ids(results: Results) -> set[str]:
    """Items that are options: they stand on a multiple-answer question in some wave."""
    ticked = {
        (wave.id, q.id)
        for wave in results.study.waves
        if wave.questionnaire
        for q in wave.questionnaire.questions
        if q.kind is Kind.MULTIPLE
    }
    return {
        item.id
        for item in results.study.items
        for wave, sources in item.sources.items()
        for source in sources
        if (wave, source.partition(".")[0]) in ticked
    }


def asked_now(results: Results) -> list[Item]:
    """Items with a headline figure of the newest wave, options left out."""
    newest, options = results.waves[-1].id, option_ids(results)
    shown = {(e.item, e.answer) for e in results.estimates if e.wave == newest and e.group is None}
    items = [item for item in results.study.items if item.id not in options]
    return [item for item in items if item.headline and (item.id, item.headline) in shown]


def over(results: Results, test: Callable[[float, float], bool]) -> int:
    """Items where more is better whose newest level (printed whole) and upper end pass a test."""
    newest = results.waves[-1].id
    judged = {i.id: i.headline for i in asked_now(results) if i.polarity is Polarity.POSITIVE}
    return sum(
        test(floor(e.percent + 0.5), e.high)
        for e in results.estimates
        if e.wave == newest and e.group is None and judged.get(e.item) == e.answer
        and e.percent is not None and e.high is not None
    )  # fmt: skip


def compared(results: Results) -> list[Change]:
    newest = results.waves[-1].id
    headlines = {item.id: item.headline for item in results.study.items}
    return [
        c for c in results.changes
        if c.to_wave == newest and c.group is None and c.verdict and headlines[c.item] == c.answer
    ]  # fmt: skip


@every_study
def test_in_short_counts_the_levels_of_every_item(name: str) -> None:
    results = results_of(name)
    lines = results.study.thresholds
    strong = over(results, lambda level, _: level >= lines.celebrate)
    low = over(results, lambda _, high: high < lines.gap)
    opening = said(name, "short")
    judged = [item for item in asked_now(results) if item.polarity is Polarity.POSITIVE]
    told = "" if len(judged) == len(asked_now(results)) else " where more is better"
    assert f"Of {len(judged)} items asked in {results.waves[-1].label}{told}," in opening
    assert f"{strong or 'none'} {'is' if strong < 2 else 'are'} at {lines.celebrate}% or more" in opening
    assert f"{low} {'has its' if low == 1 else 'have their'} whole range under {lines.gap}%" in opening


@every_study
def test_every_comparison_is_counted_once_everywhere(name: str) -> None:
    changes = compared(results_of(name))
    verdicts = Counter(c.verdict for c in changes)
    marked = verdicts[Verdict.ROSE] + verdicts[Verdict.FELL]
    short = said(name, "short")
    assert f"We made {len(changes)} comparisons" in short
    assert (
        f"We mark {marked} as a rise or a fall, {verdicts[Verdict.SAME] or 'none'} as about the same" in short
    )
    assert f"and {verdicts[Verdict.FEW]} as too few to tell" in short
    assert f"{marked} changes can be told from chance" in short
    assert f"In {verdicts[Verdict.FEW]} of {len(changes)} comparisons too few" in said(name, "public")
    assert f"all {len(changes)} comparisons are judged together" in said(name, "method")


@every_study
def test_every_marked_change_is_listed_on_page_one(name: str) -> None:
    marked = [c for c in compared(results_of(name)) if c.verdict in {Verdict.ROSE, Verdict.FELL}]
    blocks = chapter("short", report_of(name)).blocks
    titled = [getattr(block, "text", "") for block in blocks]
    listed = sum(
        len(block.items)
        for title, block in zip(titled, blocks[1:], strict=False)
        if isinstance(block, Bullets) and re.match("What (changed|else|moved)", title)
    )
    more = sum(int(text.split()[1]) for text in titled[titled.index("What changed for the better") :]
               if text.startswith("And "))  # fmt: skip
    assert listed + more == len(marked)


@every_study
def test_the_lists_the_index_the_pages_and_the_cover_count_alike(name: str) -> None:
    results, report = results_of(name), report_of(name)
    options = option_ids(results)
    figures = {e.item for e in results.estimates}
    items = [i for i in results.study.items if i.headline and i.id in figures]
    own = [item for item in items if item.id not in options]
    listed = {line.item for block in lists_of(report).values() for line in block.lines}
    assert listed >= {item.id for item in own}
    assert len(index_of(report).rows) == len(items)
    assert report.cover[1].text.startswith(f"{len(own)} items")
    assert said(name, "find").split("What we found ")[1].startswith(f"{len(own)} items (")
    assert {p.item for p in report.items} >= {item.id for item in own}
    assert not options & {p.item for p in report.items}


@every_study
def test_no_number_of_ours_is_printed_as_a_question_number(name: str) -> None:
    ours = {item.id for item in results_of(name).study.items if "-" in item.id}
    parts = (chapter(part, report_of(name)) for part in ("ask", "crosswalk"))
    rows = [row for part in parts for table in blocks_of(part, Table) for row in rows_of(table)]
    numbers = {cell for row in rows for cell in row if re.fullmatch(r"Q?\d+(\+\d+)?", cell)}
    assert len(numbers) >= 6
    assert ours
    assert not ours & {cell for row in rows for cell in row}


def test_a_combined_item_quotes_the_words_of_each_part() -> None:
    asked = blocks_of(page("good-talk", report_of("nurseries")), Bullets)[0]
    (line,) = asked.items
    assert line.startswith(
        "Spring 2026 (questions 5.1, 5.2 and 5.3) and Spring 2024 (questions 5.a, 5.b and 5.c)"
    )
    assert "under “In a usual week, how often do you do this?”" in line
    for words in ("Wait for a child to answer in their own time", "Read with a small group", "Sing songs"):
        assert words in line


def test_the_form_is_told_in_its_own_units() -> None:
    account = table_of(chapter("ask", report_of("nurseries")), "account-2026")
    fates = {row[0]: row[2] for row in rows_of(account)}
    assert fates["4"] == "Reported, 6 statements"
    assert fates["9"] == "Reported, 5 options"
    asked = {row[0]: row[1] for row in rows_of(account)}
    assert asked["4"].startswith("How sure are you that you can do each of these? Noticing a delay; ")
    assert asked["9"] == "What would help you most? Tick all that apply."


def test_a_scale_of_three_shows_each_answer_once() -> None:
    chart = blocks_of(page("notice", report_of("nurseries")), BarChart)[0]
    assert chart.key == (("Not yet", 1), ("Getting there", 3), ("Sure of it", 5))
    table = blocks_of(page("notice", report_of("nurseries")), Table)[0]
    labels = [column.label for column in table.columns]
    assert labels.count("Sure of it") == 1
    assert "said “Does not apply to my job”" in table.note


@every_study
def test_each_legend_shows_each_answer_and_each_colour_once(name: str) -> None:
    keys = [chart.key for each in report_of(name).items for chart in blocks_of(each, BarChart)]
    assert max(len(key) for key in keys) >= 3
    assert not [key for key in keys if len({label for label, _ in key}) != len(key)]
    apart = [[colour for label, colour in key if not label.endswith(", together")] for key in keys]
    assert not [colours for colours in apart if len(set(colours)) != len(colours)]


def test_a_new_question_says_it_is_new_whatever_its_list() -> None:
    gaps = lists_of(report_of("nurseries"))["list-gap"]
    line = next(line for line in gaps.lines if line.item == "home-language")
    assert "It is new: not asked in Spring 2024." in line.sentence


def test_a_published_wave_that_printed_no_number_says_so() -> None:
    table = table_of(chapter("crosswalk", report_of("swindon")), "crosswalk")
    rows = {row[0]: row[1:] for row in rows_of(table)}
    assert rows["Explaining the Local Offer to families"][:2] == ["Q13", "asked, number not known"]
    assert said("swindon", "crosswalk").count("No question changed that we know of.") == 1
