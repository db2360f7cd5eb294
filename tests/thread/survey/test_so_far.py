"""What every page says of a survey in a line, and that many waves cost no more to ask for than few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ground.made import area, lead
from tests.thread.made import NOW, answers, brought_in, ready

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


def made(by: Actor, title: str, day: int = 0) -> str:
    return commands.make_survey(by=by, now=NOW + timedelta(days=day), news=SurveyNews(title))


def asked(by: Actor, survey: str, year: int, people: int) -> None:
    """A ready wave of so many people, one of whom said something else."""
    rows = [["Schools", "Agree"]] * (people - 1) + [["Schools", "?"]]
    table = answers(["Where do you work?", "I can use signs"], rows)
    ready(by, survey, brought_in(by, survey, str(year), table, year))


def test_the_newest_ready_wave_is_counted_of_the_survey_that_is_asked_for_first(by: Actor) -> None:
    assert queries.answered_so_far(by.area) is None
    old, new = made(by, "Old"), made(by, "New", day=1)
    assert queries.answered_so_far(by.area) == 0
    asked(by, old, 2025, 30)
    asked(by, old, 2023, 20)
    brought_in(by, old, "2026", answers(["Where?", "n"], [["School", "x"]] * 9), 2026)
    assert queries.answered_so_far(by.area) == 30
    asked(by, new, 2020, 10)
    assert queries.answered_so_far(by.area) == 10
    assert queries.answered_so_far(by.area, old) == 30
    assert queries.answered_so_far(by.area, "no-such-survey") == 10
    Wave.objects.filter(survey__slug=old, code="2023").update(opens=date(2027, 1, 1), closes=None)
    assert queries.answered_so_far(by.area, old) == 20
    assert queries.answered_so_far(area("otherton")) is None


def test_what_could_not_be_read_is_told_of_each_wave(by: Actor) -> None:
    survey = made(by, "Staff survey")
    asked(by, survey, 2023, 20)
    asked(by, survey, 2025, 30)
    code = brought_in(by, survey, "2026", answers(["Where?", "n"], [["School", "x"]] * 9), 2026)
    found = queries.survey(by.area, survey)
    assert found is not None
    assert [(wave.code, wave.lost) for wave in found.waves] == [("2023", 1), ("2025", 1), (code, 0)]
    assert queries.surveys(by.area) == (found,)
    held = queries.reading(by.area, survey, "2025")
    assert held is not None
    assert held.wave == found.waves[1]


def test_more_waves_are_asked_for_with_no_more_questions(by: Actor) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked_of_it:
            queries.surveys(by.area)
        return len(asked_of_it)

    survey = made(by, "Staff survey")
    asked(by, survey, 2021, 10)
    few = questions()
    asked(by, survey, 2023, 10)
    asked(by, made(by, "Another"), 2025, 10)
    assert questions() == few
