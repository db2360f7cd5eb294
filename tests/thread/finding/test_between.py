"""Two builds side by side show what each shows alone, and nothing by difference (rule D6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from disclosure import publish
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import random_study

from goldenthread.analysis.compare.findings import classify
from goldenthread.analysis.definition.study import ShownBefore, Study, Thresholds
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.results import Results
from goldenthread.thread.finding.between import Between, Side, between
from goldenthread.thread.finding.explore import Opened
from goldenthread.thread.finding.page import Way, item_page
from goldenthread.thread.finding.queries import BuildFacts
from goldenthread.thread.finding.summary import summary

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)


def side(number: int, results: Results, file: str = "a") -> Side:
    facts = BuildFacts(
        id=number,
        survey="s",
        title="S",
        number=number,
        state="done",
        said="",
        who="",
        asked=NOW,
        ended=NOW,
        kinds={},
        waves=(("W", None),),
        files={"w": file},
    )
    return Side(facts, summary(Book(results)))


def uncounted(seed: int) -> tuple[Study, Responses]:
    """A random study without a headcount: more may answer late than anybody counted."""
    study, _, responses = random_study(seed)
    return replace(study, headcount=()), responses


def made(study: Study, responses: Responses) -> Results:
    measures, results = publish(study, study.waves[0], responses)
    return replace(results, findings=classify(study, (measures,), ()))


def shown(results: Results) -> ShownBefore:
    """The bases a build shows, as the next build is told of them."""
    items: dict[str, dict[tuple[str | None, str | None], int]] = {}
    for e in results.estimates:
        if e.base is not None:
            items.setdefault(e.item, {})[e.group, e.level] = e.base
    who = {(t.grouping, r.level): r.count for t in results.who for r in t.rows if r.count is not None}
    return ShownBefore(items, who)


def with_late(responses: Responses, count: int) -> Responses:
    """The same answers, and ``count`` more that are like the first ones."""
    codes = {name: np.concatenate([column, column[:count]]) for name, column in responses.codes.items()}
    return replace(responses, people=responses.people + min(count, responses.people), codes=codes)


def told(found: Between) -> list[tuple[str, str, str]]:
    """(item, build 1's words, build 2's) of everything that changed."""
    return [(each.item, c.one, c.two) for each in found.items for c in each.changes]


def on_pages(view: Opened, item: str) -> str:
    """All that a build's own pages of an item say."""
    groupings = ("", *(grouping.item for grouping in view.book.study.groupings))
    pages = (item_page(view, item, Way(by)) for by in groupings)
    return " ".join(repr(page) for page in pages)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 5_000), late=st.integers(0, 25))
def test_every_figure_stands_on_its_own_builds_page(seed: int, late: int) -> None:
    study, responses = uncounted(seed)
    first = made(study, responses)
    waves = (replace(study.waves[0], earlier=(shown(first),)),)
    second = made(replace(study, waves=waves), with_late(responses, late))
    found = between(side(1, first), side(2, second, "b" if late else "a"))
    one, two = Opened(1, Book(first)), Opened(2, Book(second))
    for item, before, after in told(found):
        assert figures(before) <= figures(on_pages(one, item)), (before, item)
        assert figures(after) <= figures(on_pages(two, item)), (after, item)
    bases = [re.findall(r"of (\d+)", words) for _, *pair in told(found) for words in pair]
    gaps = [abs(int(b[0]) - int(a[0])) for a, b in zip(bases[::2], bases[1::2], strict=True) if a and b]
    assert not [gap for gap in gaps if 0 < gap < 10]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 5_000))
def test_the_same_answers_twice_come_out_the_same(seed: int) -> None:
    study, responses = uncounted(seed)
    found = between(side(1, made(study, responses)), side(2, made(study, responses)))
    assert (found.inputs, found.items) == ((), ())
    assert found.same > 0


def test_what_went_in_differently_is_named_and_told_beside_what_came_of_it() -> None:
    study, responses = uncounted(5)
    lines = replace(study, thresholds=Thresholds(gap=99, celebrate=100))
    found = between(side(1, made(study, responses)), side(2, made(lines, responses), "b"))
    whats = {each.what: (each.one, each.two) for each in found.inputs}
    assert whats["The line for gaps"] == ("60", "99")
    assert whats["W"] == ("a file brought in before", "another file, brought in since")
    assert any(c.what == "List" and c.two == "Gaps" for each in found.items for c in each.changes)
    assert all("the lines it is sorted by changed" in each.why for each in found.items)


def test_a_figure_hidden_since_says_why() -> None:
    """Build 2 has three more answers: the items are not shown a second time."""
    study, responses = uncounted(5)
    first = made(study, responses)
    waves = (replace(study.waves[0], earlier=(shown(first),)),)
    found = between(side(1, first), side(2, made(replace(study, waves=waves), with_late(responses, 3))))
    hidden = [each for each in found.items if any("[c]" in c.two for c in each.changes)]
    assert hidden
    assert all("would give a few people away" in each.why for each in hidden)
