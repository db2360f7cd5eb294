"""A build holds the very figures a recount gives, and is kept whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, brought_in, ready, simple

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.run import analyse_kept
from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import add_entry
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.pupils.commands import add_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import between, build, commands, queries
from goldenthread.thread.finding.earlier import with_earlier
from goldenthread.thread.finding.explore import opened
from goldenthread.thread.finding.kept import kept_results
from goldenthread.thread.finding.models import Build
from goldenthread.thread.finding.summary import kept_summary, summary
from goldenthread.thread.survey import commands as surveys
from goldenthread.thread.survey.commands import Place, SurveyNews
from goldenthread.thread.survey.models import Survey, Wave

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


def test_a_build_opens_the_same_by_what_it_kept_and_by_its_cubes(by: Actor, survey: str) -> None:
    folder = queries.folder_of(made(by, survey).id)
    study = with_earlier(read_study(folder / "study" / "study.toml", answers_gone=True), folder)
    kept = kept_results(study, folder)
    assert kept == without_hidden(analyse_kept(study, folder / "cubes"))
    assert kept is not None
    assert kept.changes
    (folder / "results.json").write_text('{"version": 0}', encoding="utf-8")
    assert kept_results(study, folder) is None


def test_two_builds_are_held_beside_each_other_by_what_each_kept(by: Actor, survey: str) -> None:
    """A summary in the words of another version is not used; a build whose folder is gone is refused."""
    one = made(by, survey)
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2023")
    two = made(by, survey)
    folders = [queries.folder_of(each.id) for each in (one, two)]
    kept = [kept_summary(folder) for folder in folders]
    assert kept == [summary(opened(each.id).book) for each in (one, two)]
    found = between.beside(one, two)
    assert ("2023", "in it", "not in it") in [(c.what, c.one, c.two) for c in found.inputs]
    assert [each.item for each in found.items if each.changes]
    for each, folder in zip((one, two), folders, strict=True):
        path = folder / "summary.json"
        plain = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**plain, "by": "0.0.1", "mix": folder.name}), encoding="utf-8")
        elsewhere(each, folder)
    assert between.beside(one, two) == found
    shutil.rmtree(elsewhere(one, queries.folder_of(one.id)))
    with pytest.raises(Refusal):
        between.beside(one, two)


def elsewhere(made: queries.BuildFacts, folder: Path) -> Path:
    """A build's folder under another name: whatever a process holds of it is not used."""
    moved = folder.rename(folder.with_name(f"{folder.name}-moved"))
    Build.objects.filter(pk=made.id).update(folder=moved.name)
    return moved


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
    build.make(waiting.pk, lambda: NOW, again=True)
    assert queries.file_of(by.area, survey, number, "report.html") is not None


def test_a_build_another_worker_makes_is_left_to_it(by: Actor, survey: str) -> None:
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    Build.objects.filter(number=number).update(state="running", said="Reading 2023")
    build.make_numbered(by.area, survey, number, lambda: NOW)
    found = queries.build(by.area, survey, number)
    assert found is not None
    assert (found.state, found.said) == ("running", "Reading 2023")
    assert queries.file_of(by.area, survey, number, "report.html") is None


def test_a_done_builds_folder_is_never_replaced(by: Actor, survey: str) -> None:
    """A slow worker, taken to be dead, ends after the one that took the build up."""
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    within: list[int] = []

    def clock() -> datetime:
        if not within:
            within.append(1)
            build.make(Build.objects.get(number=number).pk, lambda: NOW, again=True)
            (queries.folder_of(Build.objects.get(number=number).pk) / "first").touch()
        return NOW

    build.make_numbered(by.area, survey, number, clock)
    found = queries.build(by.area, survey, number)
    assert found is not None
    assert found.state == "done"
    assert (queries.folder_of(found.id) / "first").exists()


def test_a_build_says_which_files_went_in_though_another_came_meanwhile(by: Actor, survey: str) -> None:
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    files = dict(Wave.objects.values_list("code", "file"))

    def clock() -> datetime:
        Wave.objects.filter(code="2025").update(file="brought-in-meanwhile")
        return NOW

    build.make_numbered(by.area, survey, number, clock)
    found = queries.build(by.area, survey, number)
    assert found is not None
    assert found.files == files


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
        "results.json",
        "shown.json",
        "study.toml",
        "summary.json",
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


LATE = {"Schools": (73, 103), "Early years": (41, 62), "Health": (33, 51)}


def bases(by: Actor, survey: str, item: str = ITEM) -> set[tuple[str, int | None]]:
    """What a new build shows of everybody's base of an item, by wave."""
    results = opened(made(by, survey).id).book.results
    return {(e.wave, e.base) for e in results.estimates if e.item == item and e.group is None}


@pytest.mark.parametrize("version", [1, 2])
def test_a_few_late_answers_are_not_given_away_by_linking_their_question_to_another_item(
    by: Actor, survey: str, version: int
) -> None:
    """Rule D6 holds a question against itself, whatever item it is said to be about; old builds too."""
    first = queries.folder_of(made(by, survey).id)
    if version == 1:
        as_the_first_version_kept_it(first)
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    ready(by, survey, brought_in(by, survey, "2025", simple(LATE)), {"I can use signs": "signing"})
    assert bases(by, survey, "signing") == {("2025", None)}


def test_a_question_linked_back_is_held_against_every_build_that_showed_it(by: Actor, survey: str) -> None:
    made(by, survey)
    (asked,) = (q for q in Wave.objects.get(code="2025").choices if q["item"] == ITEM)
    place = Place("2025", asked["id"], "", "I can use signs")
    surveys.link(by=by, now=NOW, survey=survey, place=place, was=ITEM, item="signing")
    assert bases(by, survey, "signing") == {("2025", 213)}
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    ready(by, survey, brought_in(by, survey, "2025", simple(LATE)), {"I can use signs": "signed"})
    assert bases(by, survey, "signed") == {("2025", None)}


def test_a_few_late_answers_are_not_given_away_by_another_name_for_their_wave(by: Actor, survey: str) -> None:
    made(by, survey)
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    ready(by, survey, brought_in(by, survey, "Summer 2025", simple(LATE)))
    assert bases(by, survey) == {("2023", 210), ("summer-2025", None)}


def test_a_wave_of_another_time_is_not_held_against_one_taken_out(by: Actor, survey: str) -> None:
    made(by, survey)
    surveys.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    ready(by, survey, brought_in(by, survey, "2026", simple(LATE), 2026))
    assert bases(by, survey) == {("2023", 210), ("2026", 216)}


def test_no_build_is_made_where_what_an_earlier_one_showed_is_not_known(by: Actor, survey: str) -> None:
    (queries.folder_of(made(by, survey).id) / "shown.json").unlink()
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    build.make_numbered(by.area, survey, number, lambda: NOW)
    found = queries.build(by.area, survey, number)
    assert found is not None
    assert (found.state, found.said.partition(",")[0]) == (
        "failed",
        "What build 1 showed is no longer kept here",
    )


def as_the_first_version_kept_it(folder: Path) -> None:
    """By wave, and items and groupings by their ids alone."""
    path = folder / "shown.json"
    waves = json.loads(path.read_text(encoding="utf-8"))["waves"]
    plain = {
        wave["code"]: {
            "items": {
                each["item"]: [[g, level, n] for g, _, level, n in each["places"]] for each in wave["items"]
            },
            "who": [[g, level, n] for g, _, level, n in wave["who"]],
        }
        for wave in waves
    }
    path.write_text(json.dumps(plain), encoding="utf-8")


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


def needs(by: Actor, survey: str) -> dict[str, dict[str, object]]:
    """What a new build tells of each type of need."""
    path = queries.file_of(by.area, survey, made(by, survey).number, "figures.json")
    assert path is not None
    table = json.loads(path.read_text(encoding="utf-8"))["study"]["census"]
    return {each["need"]: each for each in table["types"]} if table else {}


def test_a_build_says_which_needs_few_pupils_have_by_the_areas_own_numbers(by: Actor, survey: str) -> None:
    install_lists(by=by, now=NOW)
    assert needs(by, survey) == {}
    pupils = {"autism": 900, "hearing": 30, "other": 20}
    given = PupilsGiven(date(2025, 1, 16), "School census", pupils, 1000)
    add_pupils(by=by, now=NOW, given=given)
    found = needs(by, survey)
    assert {code: (each["pupils"], each["low_incidence"]) for code, each in found.items()} == {
        "autism": (900, False),
        "hearing": (30, True),
        "other": (20, False),
    }
    add_pupils(by=by, now=NOW, given=replace(given, dated=date(2026, 1, 15), pupils={"hearing": 50}))
    assert needs(by, survey)["hearing"]["pupils"] == 30


def test_a_build_uses_the_areas_types_and_the_surveys_own_census_where_it_has_one(
    by: Actor, survey: str
) -> None:
    install_lists(by=by, now=NOW)
    given = EntryGiven("Trauma and loss", source="Our panel", valid_from=date(2020, 9, 1))
    add_entry(by=by, now=NOW, code="need-types", given=given)
    pupils = {"trauma-and-loss": 12, "autism": 900}
    add_pupils(by=by, now=NOW, given=PupilsGiven(date(2025, 1, 16), "Our panel", pupils, 1000))
    assert needs(by, survey)["trauma-and-loss"]["label"] == "Trauma and loss"
    own = "need,pupils,date,source\nautism,700,2025-01-16,Ours\ntotal,800,2025-01-16,Ours\n"
    Survey.objects.update(more={"census": {"file": "census.csv"}}, tables={"census.csv": own})
    assert [each["pupils"] for each in needs(by, survey).values()] == [700]


def test_shares_nobody_can_say_are_not_in_a_build(by: Actor, survey: str) -> None:
    install_lists(by=by, now=NOW)
    add_pupils(by=by, now=NOW, given=PupilsGiven(date(2025, 1, 16), "School census", {"autism": 900}))
    assert needs(by, survey) == {}
