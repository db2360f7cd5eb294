"""Waves stand in the order they were run, in every database."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, simple

from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.commands import SurveyNews, WaveNews

pytestmark = pytest.mark.django_db


def test_what_nobody_dated_comes_first_and_half_a_date_is_enough() -> None:
    by = lead(area("anyshire"))
    survey = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    for news in (
        WaveNews("2025", date(2025, 6, 1), date(2025, 7, 1)),
        WaveNews("2023", opens=date(2023, 6, 1)),
        WaveNews("printed"),
        WaveNews("2024", closes=date(2024, 7, 1)),
    ):
        stream = simple({"School": (3, 9)})
        commands.bring_in(by=by, now=NOW, survey=survey, news=news, stream=stream, file_name="a.csv")
    found = queries.survey(by.area, survey)
    assert found is not None
    assert [wave.code for wave in found.waves] == ["printed", "2023", "2024", "2025"]
