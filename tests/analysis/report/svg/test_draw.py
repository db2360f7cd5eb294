"""Plots: per cent across, pixels down, and each number where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.analysis.report.model import (
    Bar,
    BarChart,
    ChangeChart,
    ChangeRow,
    Segment,
    WaveChart,
    WavePoint,
)
from goldenthread.analysis.report.svg.bars import bar_axis, bar_grids, bar_rows, scale_of
from goldenthread.analysis.report.svg.changes import change_axis, change_rows, change_scale, wave_rows
from goldenthread.analysis.report.svg.draw import Scale, arrow, tag

SEGMENTS = (
    Segment("Disagree", 2, "low", 20.0),
    Segment("Neither", 3, "middle", 10.0),
    Segment("Agree", 4, "high", 40.0),
    Segment("Strongly agree", 5, "high", 30.0),
)
BAR = Bar("Everybody", "100 people", "70%", "60 to 78", SEGMENTS, 70.0, 60.4, 78.1, total=True)
CHART = BarChart("x-bars", "Who agrees?", "", (("Agree", 4),), (BAR,), "", "")


def numbers(svg: str, kind: str, attribute: str) -> list[float]:
    """An attribute of every shape with a class, as per cent across."""
    shapes = re.findall(r"<\w+[^>]*>", svg)
    mine = [shape for shape in shapes if re.search(rf'class="[^"]*\b{kind}\b', shape)]
    return [float(m.group(1)) for shape in mine if (m := re.search(rf'\b{attribute}="([-\d.]+)%"', shape))]


def test_agreement_lies_right_of_the_line_and_the_middle_next_to_it_on_the_left() -> None:
    svg = str(bar_rows(CHART)[0])
    zero = round(scale_of(CHART).place(0), 1)
    assert numbers(svg, "a4", "x") == [zero]
    assert numbers(svg, "a5", "x")[0] == pytest.approx(zero + numbers(svg, "a4", "width")[0], abs=0.11)
    assert numbers(svg, "a3", "x")[0] + numbers(svg, "a3", "width")[0] == pytest.approx(zero, abs=0.11)
    assert numbers(svg, "a2", "x")[0] < numbers(svg, "a3", "x")[0]


def test_the_bracket_lies_at_the_figure_and_its_range() -> None:
    svg = str(bar_rows(CHART)[0])
    scale = scale_of(CHART)
    assert numbers(svg, "whisker", "x1") == [round(scale.place(60.4), 1)]
    assert numbers(svg, "whisker", "x2") == [round(scale.place(78.1), 1)]
    assert numbers(svg, "whisker-dot", "cx") == [round(scale.place(70), 1)]


def test_figures_too_narrow_for_their_segment_are_left_to_the_table() -> None:
    thin = (replace(SEGMENTS[0], percent=0.6), *SEGMENTS[1:])
    svg = str(bar_rows(replace(CHART, bars=(replace(BAR, segments=thin),)))[0])
    assert ">1<" not in svg
    assert ">40<" in svg


def test_a_hidden_bar_draws_no_numbers() -> None:
    svg = str(bar_rows(replace(CHART, bars=(Bar("Hub", "", "[c]", "", why="Hidden"), BAR)))[0])
    assert "rect" not in svg
    assert "whisker" not in svg


def test_charts_of_one_scale_share_one_grid_and_every_row_finds_its_own() -> None:
    same = replace(CHART, id="y-bars")
    wider = replace(CHART, bars=(replace(BAR, segments=(Segment("Disagree", 2, "low", 100.0),)),))
    kept = re.findall(r'id="([^"]+)"', str(bar_grids([CHART, same, wider])))
    assert len(kept) == len(set(kept)) == 4
    used = {
        name for chart in (CHART, same, wider) for name in re.findall(r'"#([^"]+)"', str(bar_rows(chart)[0]))
    }
    assert used == set(kept)
    assert ">50%<" in str(bar_axis(CHART))


def test_waves_stand_on_nought_to_a_hundred_and_a_wave_not_asked_is_empty() -> None:
    now = WavePoint("2025", "100 people", "70%", "60 to 78", "now", 70.0, 60.4, 78.1)
    chart = WaveChart("w", "", "", (now, WavePoint("2023", "", "–", "", "before", why="Not asked")), "", "")
    first, second = map(str, wave_rows(chart))
    assert numbers(first, "dot-now", "cx") == [70.0]
    assert "circle" not in second


def test_changes_share_a_scale_that_holds_every_range_and_the_band() -> None:
    rows = (
        ChangeRow("As answered", "", "rose", "Rose", "+12 points", "better", 12.0, 5.0, 19.0),
        ChangeRow("Same mix", "", None, "No verdict", ""),
    )
    chart = ChangeChart("c", "", "", rows, 5.0, "", "")
    scale = change_scale(chart)
    assert scale.least < -5
    assert scale.most > 19
    drawn, empty = map(str, change_rows(chart))
    assert numbers(drawn, "dot-now", "cx") == [round(scale.place(12), 1)]
    assert "circle" not in empty
    assert 0 <= numbers(str(change_axis(chart)), "band", "x")[0] <= 100


def test_nothing_is_styled_in_place_and_values_are_escaped() -> None:
    assert "style=" not in str(bar_rows(CHART)[0])
    assert str(tag("text", "<&>", class_='"')) == '<text class="&#34;">&lt;&amp;&gt;</text>'


def test_each_verdict_has_its_mark_and_no_verdict_has_none() -> None:
    marks = {str(arrow(v)) for v in ("rose", "fell", "about-the-same", "too-few-to-tell")}
    assert len(marks) == 4
    assert str(arrow(None)) == ""


@given(st.floats(-100, 100), st.floats(1, 200), st.floats(0, 1))
def test_a_number_inside_the_scale_falls_inside_the_plot(least: float, span: float, share: float) -> None:
    scale = Scale(least, least + span)
    assert -1e-6 <= scale.place(least + share * span) <= 100 + 1e-6
