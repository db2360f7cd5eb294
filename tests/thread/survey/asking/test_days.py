"""When the next wave would be, how long it runs, and what else runs meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.ground.made import area, member

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.days import Proposal, clashes, proposed, weeks
from goldenthread.thread.survey.commands import SurveyNews, make_survey

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


def survey_of(lead: Actor, title: str, *days: tuple[date, date]) -> str:
    slug = make_survey(by=lead, now=NOW, news=SurveyNews(title))
    for opens, closes in days:
        commands.begin(by=lead, now=NOW, survey=slug, plan=Plan(str(opens.year), opens, closes))
    return slug


def test_sw_04_the_next_wave_is_as_long_after_the_last_as_that_after_the_one_before(lead: Actor) -> None:
    summers = ((date(2019, 6, 3), date(2019, 7, 26)), (date(2021, 6, 7), date(2021, 7, 30)))
    slug = survey_of(lead, "Workforce", *summers, (date(2023, 6, 5), date(2023, 7, 28)))
    found = proposed(lead.area, slug, today=TODAY)
    assert found == Proposal("2025", date(2025, 6, 2), date(2025, 7, 25)), "a Monday, to a Friday"


def test_where_there_was_only_one_it_is_two_years_on_and_never_in_the_past(lead: Actor) -> None:
    slug = survey_of(lead, "Workforce", (date(2023, 6, 5), date(2023, 7, 28)))
    assert proposed(lead.area, slug, today=TODAY) == Proposal("2025", date(2025, 6, 2), date(2025, 7, 25))
    assert proposed(lead.area, slug, today=date(2025, 6, 2)) is None
    assert proposed(lead.area, survey_of(lead, "New"), today=TODAY) is None


def test_sw_03_another_survey_on_the_same_days_is_a_clash(lead: Actor) -> None:
    workforce = survey_of(lead, "Workforce", (date(2023, 6, 5), date(2023, 9, 29)))
    yearly = survey_of(lead, "Annual SEND survey", (date(2023, 9, 25), date(2023, 11, 3)))
    (found,) = clashes(lead.area, workforce, date(2023, 6, 5), date(2023, 9, 29))
    assert (found.title, found.label, found.opens) == ("Annual SEND survey", "2023", date(2023, 9, 25))
    assert clashes(lead.area, workforce, date(2023, 6, 5), date(2023, 9, 24)) == ()
    assert [each.title for each in clashes(lead.area, yearly, date(2023, 9, 29), date(2023, 11, 3))] == [
        "Workforce"
    ]
    elsewhere = area("otherton")
    assert clashes(elsewhere, "workforce", date(2023, 6, 5), date(2023, 9, 29)) == ()


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [
        (date(2023, 6, 5), date(2023, 7, 28), 8),
        (date(2023, 6, 5), date(2023, 6, 5), 1),
        (date(2023, 6, 5), date(2023, 6, 18), 2),
        (date(2023, 6, 5), None, 0),
    ],
)
def test_sw_01_how_long_it_runs_is_told_in_weeks(opens: date, closes: date | None, told: int) -> None:
    assert weeks(opens, closes) == told
