"""Bars: who agrees, group by group, and the colours of the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.report.compose.read_back import (
    RESULTS,
    blocks_of,
    composed,
    page,
    rows_of,
    table_of,
    with_item,
)

from goldenthread.analysis.definition.model import Answer, Net, Side
from goldenthread.analysis.report.compose.bars import steps
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import BarChart


def test_bars_put_everybody_last_and_say_why_a_group_is_hidden() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    assert chart.bars[-1].name == "Everybody"
    assert chart.bars[-1].total
    hidden = {bar.name: bar for bar in chart.bars if not bar.segments}
    assert set(hidden) == {"Parenting hub", "School transport"}
    assert all(bar.value == "[c]" and bar.why and not bar.base for bar in hidden.values())
    shares = [sum(s.percent for s in bar.segments) for bar in chart.bars if bar.segments]
    assert len(shares) == len(chart.bars) - 2
    assert shares == pytest.approx([100] * len(shares))


def test_a_side_told_only_as_a_sum_takes_the_milder_colour_and_a_name_of_its_own() -> None:
    item = next(i for i in RESULTS.study.items if i.id == "adult")
    net = next(n for n in item.nets if n.side is Side.LOW)
    made = tuple(
        replace(e, percent=None, low=None, high=None, bound="fewer than 5%")
        if e.item == "adult" and e.group is None and e.answer == item.net_codes(net.id)[0]
        else e
        for e in RESULTS.estimates
    )
    chart = blocks_of(page("adult", composed(estimates=made)), BarChart)[0]
    merged = next(s for s in chart.bars[-1].segments if s.side == "low")
    assert (merged.label, merged.step) == (f"{net.label}, together", 2)
    assert (merged.label, 2) in chart.key
    assert "drawn in one piece" in chart.note


def test_those_who_did_not_say_stand_under_the_groups_and_are_never_the_highest() -> None:
    """With the highest figure of all they are still no group to be compared with."""
    high = {"percent": 99.0, "low": 95.0, "high": 100.0, "flag": None}
    made = tuple(
        replace(e, **high) if (e.item, e.level, e.answer) == ("adult", "", "agree") else e
        for e in RESULTS.estimates
    )
    chart = blocks_of(page("adult", composed(estimates=made)), BarChart)[0]
    names = [bar.name for bar in chart.bars]
    assert names[-4:] == ["Did not say", "Parenting hub", "School transport", "Everybody"]
    assert "Did not say" not in chart.answer


def test_bars_do_not_read_an_order_into_overlapping_ranges() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    assert "the ranges overlap, so the order of the groups could be chance" in chart.answer


def test_a_bound_stands_in_place_of_a_figure() -> None:
    chart = blocks_of(page("listen"), BarChart)[0]
    early = next(bar for bar in chart.bars if bar.name == "Early years")
    assert early.value == "More than 95%"
    assert early.percent is None
    assert early.base == "41 people"


def test_small_groups_are_marked_and_explained() -> None:
    chart = blocks_of(page("adult"), BarChart)[0]
    casework = next(bar for bar in chart.bars if bar.name == "SEND casework team")
    assert casework.range.endswith("[u]")
    assert "[u] too few answers to rely on" in chart.note


def test_a_statement_is_quoted_alone_and_its_question_in_the_note() -> None:
    told = page("legal", compose(with_item("legal", stem="How far do you agree?")))
    assert "How far" not in told.headline
    chart = blocks_of(told, BarChart)[0]
    assert chart.note.startswith("Asked under “How far do you agree?”: “I understand the law")


@pytest.mark.parametrize(
    ("sides", "colours"),
    [
        ((2, 1, 2), (1, 2, 3, 4, 5)),
        ((2, 0, 2), (1, 2, 4, 5)),
        ((1, 1, 1), (1, 3, 5)),
        ((1, 0, 1), (2, 4)),
        ((3, 0, 1), (0, 1, 2, 5)),
        ((1, 0, 3), (1, 4, 5, 6)),
        ((3, 0, 2), (0, 1, 2, 4, 5)),
        ((3, 0, 3), (0, 1, 2, 4, 5, 6)),
        ((3, 1, 2), (0, 1, 2, 3, 4, 5)),
        ((3, 1, 3), (0, 1, 2, 3, 4, 5, 6)),
        ((4, 0, 3), (0, 1, 2, 3, 4, 5, 6)),
        ((3, 0, 4), (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_up_to_seven_answers_each_have_a_colour_in_their_order(
    sides: tuple[int, int, int], colours: tuple[int, ...]
) -> None:
    found = steps(dict(zip(Side, sides, strict=True)))
    assert (*found[Side.LOW], *found[Side.MIDDLE], *found[Side.HIGH]) == colours


@pytest.mark.parametrize(
    ("sides", "in_one_piece"),
    [
        ((4, 1, 2), {Side.LOW}),
        ((2, 2, 2), {Side.MIDDLE}),
        ((5, 0, 2), {Side.LOW}),
        ((4, 0, 4), {Side.LOW, Side.HIGH}),
        ((4, 1, 4), {Side.LOW, Side.HIGH}),
    ],
)
def test_a_side_with_more_answers_than_colours_is_drawn_in_one_piece(
    sides: tuple[int, int, int], in_one_piece: set[Side]
) -> None:
    counts = dict(zip(Side, sides, strict=True))
    found = steps(counts)
    assert {side for side in Side if counts[side] and not found[side]} == in_one_piece
    assert all(len(found[side]) == counts[side] for side in set(Side) - in_one_piece)


def chart_of(low: int, middle: int, high: int) -> BarChart:
    """The bars of a statement with so many answers on each side, ten people to an answer."""
    nets = (Net("low", "Low", Side.LOW), Net("mid", "Middle", Side.MIDDLE), Net("top", "High", Side.HIGH))
    sides = ["low"] * low + ["mid"] * middle + ["top"] * high
    answers = tuple(Answer(str(n), f"Answer {n}", net=net) for n, net in enumerate(sides))
    item = replace(RESULTS.study.items[0], answers=answers, nets=nets, headline="top")
    sample = next(e for e in RESULTS.estimates if (e.item, e.wave, e.group) == (item.id, "2025", None))
    share = 100 / len(answers)
    shares = {a.code: share for a in answers} | {net.id: share * sides.count(net.id) for net in nets}
    made = tuple(replace(sample, answer=code, percent=p, low=p - 5, high=p + 5) for code, p in shares.items())
    study = replace(RESULTS.study, items=(item,), groupings=(), mix=None)
    told = compose(replace(RESULTS, study=study, estimates=made, changes=(), besides=())).items[0]
    return blocks_of(told, BarChart)[0]


def test_seven_answers_are_drawn_and_named_one_by_one() -> None:
    chart = chart_of(3, 1, 3)
    assert chart.key == tuple((f"Answer {n}", n) for n in range(7))
    assert [s.step for s in chart.bars[0].segments] == list(range(7))
    assert "in one piece" not in chart.note


def test_nine_answers_are_drawn_as_their_nets_and_it_says_so() -> None:
    chart = chart_of(4, 1, 4)
    assert chart.key == (("Low", 1), ("Answer 4", 3), ("High", 5))
    assert sum(s.percent for s in chart.bars[0].segments) == pytest.approx(100)
    assert "“Low” and “High” are drawn in one piece. The tables show each." in chart.note


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
    table = table_of(told, f"{item.id}-all-numbers")
    assert [c.label for c in table.columns] == ["Who", "Base", "Not yet", "Getting there", "Sure", "Range"]
    waves = table_of(told, f"{item.id}-waves-numbers")
    assert [row[0] for row in rows_of(waves)] == ["Not yet", "Getting there", "Sure", "Base"]
    chart = blocks_of(told, BarChart)[0]
    assert chart.key == (("Not yet", 1), ("Getting there", 3), ("Sure", 5))
