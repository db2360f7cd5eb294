"""The cover: the thread as far as it has come, and the caveat."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import REPORT, RESULTS, composed


def test_the_thread_on_the_cover_is_done_as_far_as_find() -> None:
    names = [line.name for line in REPORT.cover]
    assert names == ["Ask", "Find", "Need", "Plan", "Train", "Measure", "Reply"]
    assert [line.state for line in REPORT.cover] == ["done", "done", *["todo"] * 5]
    assert {line.text for line in REPORT.cover[2:]} == {"not yet"}
    targets = {line.target for line in REPORT.cover if line.target}
    assert targets == {"who", "find"}
    assert targets <= {c.id for c in REPORT.chapters}


def test_the_cover_leads_with_the_question_and_ends_with_the_caveat() -> None:
    assert REPORT.title == "What staff can do, and what they need to learn"
    assert REPORT.lead == "SEND workforce survey 2025"
    assert REPORT.caveat[0].startswith(
        "370 of about 2,410 people answered (15%). The ranges show chance only"
    )


def test_the_cover_gives_the_same_range_of_people_as_the_caveat() -> None:
    newest = replace(RESULTS.waves[-1], invited_high=2420)
    report = composed(waves=(*RESULTS.waves[:-1], newest))
    assert report.cover[0].text == "370 people answered, of about 2,410 to 2,420"
    assert "about 2,410 to 2,420 people" in report.caveat[0]
