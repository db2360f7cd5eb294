"""The demonstration: a house somebody lives in, taken in as an area would, and the example's own figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.ground.made import area, lead

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.example import example
from goldenthread.analysis.report.figures import figures
from goldenthread.analysis.run import analyse
from goldenthread.ground.area.queries import area_called
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.headcount.queries import counts, workforce
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.queries import every_organisation
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Person, Post
from goldenthread.ground.people.staff import Filter, people
from goldenthread.ground.pupils.queries import incidence
from goldenthread.site import demonstration
from goldenthread.site.house import load_house
from goldenthread.thread.finding.queries import file_of
from goldenthread.thread.survey.queries import surveys

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SAME = ("waves", "items", "estimates", "findings", "limits")
"""What of figures.json does not depend on which waves are compared; the application compares more."""


@pytest.fixture
def by(tmp_path: Path, settings: Settings) -> Actor:
    settings.HOME = tmp_path
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=timezone.now())
    load_house(actor, timezone.now(), example().parent)
    return actor


def test_organisations_people_and_numbers_are_there(by: Actor) -> None:
    held = every_organisation(by.area)
    assert len(held) == 58
    assert all(990001 <= int(each.urn) <= 990041 for each in held if each.urn)
    assert {each.name for each in held if each.basis} == {
        "SEND and Inclusion Service",
        "Kingfisher Learning Trust",
    }
    assert len(counts(by.area)) == 26
    everybody = workforce(by.area, on=date(2025, 7, 18)).everybody
    assert everybody is not None
    assert (everybody.number, everybody.number_high) == (2407, 2417)
    assert set(incidence(by.area, on=TODAY).low) == {
        *("severe", "profound", "hearing", "visual", "multi-sensory", "physical")
    }


def test_staff_have_several_posts_tiers_of_their_own_and_some_have_left(by: Actor) -> None:
    assert Person.objects.count() == 62
    assert people(by.area, Filter(standing="left"), on=TODAY).total == 2
    held = [Post.objects.filter(person=each).count() for each in Person.objects.all()]
    assert held.count(2) == 3
    assert Post.objects.exclude(tier="").exclude(tier_reason="").count() == 3
    assert not Person.objects.exclude(email__endswith=".example").exists()


def test_a_second_start_adds_nothing(by: Actor) -> None:
    before = len(happenings(by.area))
    load_house(by, timezone.now(), example().parent)
    assert len(happenings(by.area)) == before


def test_the_report_stands_on_the_numbers_under_settings_and_is_the_examples_own(
    tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    told = list(demonstration.load(lambda _: None))
    assert len({line.index(line.split()[-1]) for line in told[1:]}) == 1, "one column of e-mails"
    found = area_called("anyshire")
    assert found is not None
    (survey,) = surveys(found.id)
    path = file_of(found.id, survey.slug, 1, "figures.json")
    assert path is not None
    built = json.loads(path.read_text(encoding="utf-8"))
    own = json.loads(json.dumps(figures(analyse(read_study(example()))), default=str))
    assert {key: built[key] == own[key] for key in SAME} == dict.fromkeys(SAME, True)
    assert built["study"]["census"] == own["study"]["census"]
    study = path.parent.parent / "study"
    assert {"headcount.csv", "pupils.csv"} <= {each.name for each in study.iterdir()}
