"""A build holds the very figures a recount gives, and is kept whole."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, brought_in, ready, simple

from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import build, commands, queries
from goldenthread.thread.finding.explore import opened
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey import commands as surveys
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Survey

pytestmark = pytest.mark.django_db

PLACE, ITEM = "where-do-you-work", "i-can-use-signs"


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    slug = surveys.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    first = {"Schools": (40, 100), "Early years": (20, 60), "Health": (30, 50)}
    later = {"Schools": (70, 100), "Early years": (41, 62), "Health": (33, 51)}
    for year, counts in ((2023, first), (2025, later)):
        ready(by, slug, brought_in(by, slug, str(year), simple(counts), year))
    version = Survey.objects.get(slug=slug).version
    surveys.set_groups(
        by=by, now=NOW, survey=slug, version=version, groups=[(PLACE, "Place of work")], mix=PLACE
    )
    return slug


def made(by: Actor, survey: str) -> queries.BuildFacts:
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    build.make(Build.objects.get(survey__slug=survey, number=number).pk, lambda: NOW)
    found = queries.build(by.area, survey, number)
    assert found is not None
    assert found.state == "done", found.said
    return found


def test_a_build_has_the_counts_that_were_put_in(by: Actor, survey: str) -> None:
    found = made(by, survey)
    assert (found.state, found.number, found.said) == ("done", 1, "")
    path = queries.file_of(by.area, survey, 1, "figures.json")
    assert path is not None
    figures = json.loads(path.read_text(encoding="utf-8"))
    counted = {
        (e["wave"], e["level"]): (e["count"], e["base"])
        for e in figures["estimates"]
        if e["item"] == ITEM and e["answer"] == "all-agree" and e["group"] in (None, PLACE)
    }
    assert counted["2023", None] == (90, 210)
    assert counted["2025", None] == (144, 213)
    assert counted["2025", "early-years"] == (41, 62)
    (change,) = (c for c in figures["changes"] if c["group"] is None and c["item"] == ITEM)
    assert change["verdict"] == "rose"


def test_every_file_can_be_taken_away_and_no_other(by: Actor, survey: str) -> None:
    made(by, survey)
    assert all(queries.file_of(by.area, survey, 1, name) for name in queries.FILES)
    assert queries.file_of(by.area, survey, 1, "../study/study.toml") is None
    assert queries.file_of(area("otherton"), survey, 1, "report.html") is None


def test_a_killed_build_leaves_nothing_and_can_be_made_again(by: Actor, survey: str) -> None:
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    waiting = Build.objects.get(survey__slug=survey, number=number)
    Build.objects.filter(pk=waiting.pk).update(state="running", said="Reading 2023")
    assert not (build.builds_home() / waiting.folder).exists()
    build.make(waiting.pk, lambda: NOW)
    assert queries.file_of(by.area, survey, number, "report.html") is not None


def test_two_builds_at_once_are_refused(by: Actor, survey: str) -> None:
    commands.ask_for_build(by=by, now=NOW, survey=survey)
    with pytest.raises(Refused, match="being made"):
        commands.ask_for_build(by=by, now=NOW, survey=survey)


def test_a_build_without_a_ready_wave_is_refused_in_words(by: Actor) -> None:
    slug = surveys.make_survey(by=by, now=NOW, news=SurveyNews("Empty"))
    with pytest.raises(Refused, match="No wave is ready"):
        commands.ask_for_build(by=by, now=NOW, survey=slug)


def test_no_answers_stay_in_a_builds_folder(by: Actor, survey: str) -> None:
    made(by, survey)
    kept = sorted(
        p.name for p in (build.builds_home() / Build.objects.get().folder).rglob("*") if p.is_file()
    )
    assert kept == [
        "2023.parquet",
        "2025.parquet",
        "earlier.json",
        "figures.json",
        "questionnaire-2023.toml",
        "questionnaire-2025.toml",
        "report.docx",
        "report.html",
        "shown.json",
        "study.toml",
        "tables.xlsx",
    ]


def test_a_build_is_opened_again_without_its_answers_to_the_same_figures(by: Actor, survey: str) -> None:
    found = made(by, survey)
    path = queries.file_of(by.area, survey, 1, "figures.json")
    assert path is not None
    results = opened(found.id).book.results
    kept = json.loads(path.read_text(encoding="utf-8"))["estimates"]
    again = {(e.item, e.wave, e.level, e.answer, e.count, e.base) for e in results.estimates}
    assert again == {(e["item"], e["wave"], e["level"], e["answer"], e["count"], e["base"]) for e in kept}


def test_a_few_late_answers_are_not_given_away_by_two_builds_side_by_side(by: Actor, survey: str) -> None:
    """Rule D6: 2025 comes again with three more school answers; the item is not shown a second time."""
    made(by, survey)
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    again = {"Schools": (73, 103), "Early years": (41, 62), "Health": (33, 51)}
    ready(by, survey, brought_in(by, survey, "2025", simple(again)))
    results = opened(made(by, survey).id).book.results
    bases = {(e.wave, e.base) for e in results.estimates if e.item == ITEM and e.group is None}
    assert bases == {("2023", 210), ("2025", None)}


def test_the_same_answers_built_twice_hide_nothing(by: Actor, survey: str) -> None:
    first = opened(made(by, survey).id).book.results.estimates
    assert opened(made(by, survey).id).book.results.estimates == first


def test_with_a_headcount_a_build_gives_a_rate_and_without_one_none(by: Actor, survey: str) -> None:
    assert opened(made(by, survey).id).book.newest.rate is None
    install_lists(by=by, now=NOW)
    day = date(2025, 5, 1)
    add_count(by=by, now=NOW, given=CountGiven(500, day, "Staff register"))
    add_count(by=by, now=NOW, given=CountGiven(200, day, "Staff register", work="health"))
    book = opened(made(by, survey).id).book
    assert book.newest.rate == pytest.approx(100 * 213 / 500)
    (table,) = (table for table in book.results.who if table.wave == "2025")
    assert {row.label: row.headcount for row in table.rows}["Health"] == 200
