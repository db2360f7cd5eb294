"""Waves side by side, and the change as answered beside the change for the same mix."""

from __future__ import annotations

from tests.analysis.report.compose.read_back import blocks_of, page

from goldenthread.analysis.report.model import ChangeChart, WaveChart


def test_a_wave_that_did_not_ask_says_so() -> None:
    chart = blocks_of(page("voice"), WaveChart)[0]
    points = {p.label: p for p in chart.points}
    assert points["2023"].why == "Not asked"
    assert points["2023"].percent is None
    assert "0%" not in chart.answer


def test_three_waves_stand_side_by_side_and_the_published_one_is_marked() -> None:
    chart = blocks_of(page("adult"), WaveChart)[0]
    assert [p.label for p in chart.points] == ["2025", "2023", "2021 (published)"]
    assert [p.value for p in chart.points] == ["53%", "41%", "40%"]
    assert chart.points[2].base == "371 to 412 people"


def test_raw_and_same_mix_changes_stand_together() -> None:
    chart = blocks_of(page("adult"), ChangeChart)[0]
    assert [(r.name, r.verdict) for r in chart.rows] == [
        ("As answered", "rose"),
        ("Same mix of staff", "about-the-same"),
    ]
    assert chart.rows[0].points_text == "+12 points (+5 to +19)"
