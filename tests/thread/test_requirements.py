"""Requirements of a survey's answers, each check carried out in the application."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, answers, brought_in, ready

from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import find
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build, commands, queries
from goldenthread.thread.finding.explore import opened
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey import commands as surveys
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Survey

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ROLE, SCHOOL, AGES = "What is your main role?", "Where do you work?", "Which ages do you work with?"
SIGNS = "I can use signs"
ROLES = {
    "senior-leaders": "Headteachers 51; Assistant/ deputy head teachers 81; Head of Service 11",
    "sen-management": "SENCOs 466; Aspiring SENCO 46; Inclusion Manager 86",
    "teachers": "Class teachers 114; Learning support lead 18; Curriculum Lead 15; Pastoral Tutor 4",
    "assistants": "Assistant teachers 39",
    "specialists": (
        "Specialist teacher for sensory impairment 34; Qualified teacher for Vision Impaired 8; "
        "Qualified Teacher for Hearing Impaired 10; Qualified Teacher for Multi-Sensory Impaired 5; "
        "Habilitation specialist 2; Speech and Language Therapists 3; Specialist support Assistant 4; "
        "Qualified Dyslexia Practitioner 11; Specialist Teacher for Physical Disability 63; "
        "Educational Audiologist 3; Community Support Worker 1"
    ),
    "other-roles": "Other 103",
}
SCHOOLS = {
    "mainstream": (
        "Mainstream: local authority 420; Mainstream: academy 320; Mainstream: free 10; "
        "Mainstream: independent 32"
    ),
    "special": "Special: local authority 77; Special: academy 25; Special: free 3; Special: independent 2",
    "alternative": "Local authority alternative provision 13; Other designated alternative provision 3",
    "other-types": "Other 34; MAT individual school 1; Sixth form 3",
}
PUPILS = {"": "All ages 244; Infant 9; Junior 24; Primary 605; Secondary 275; Post-16 20; No response 1"}
"""Tables A1 to A3 of the UCL study of SEND-related CPD, 2019 (Open Government Licence 3.0), by our groups."""


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def counts(table: dict[str, str]) -> list[tuple[str, str, int]]:
    """(our group, name as printed, people) of each row."""
    rows = [(group, *row.rsplit(" ", 1)) for group, text in table.items() for row in text.split("; ")]
    return [(group, name, int(number)) for group, name, number in rows]


def column(table: dict[str, str]) -> list[str]:
    """One cell a person."""
    return [name for _, name, number in counts(table) for _ in range(number)]


def built(by: Actor, survey: str, groups: list[tuple[str, str]]) -> Build:
    """A survey's first build."""
    version = Survey.objects.get(slug=survey).version
    surveys.set_groups(by=by, now=NOW, survey=survey, version=version, groups=groups, mix="")
    number = commands.ask_for_build(by=by, now=NOW, survey=survey)
    found = Build.objects.get(survey__slug=survey, number=number)
    build.make(found.pk, lambda: NOW)
    found.refresh_from_db()
    assert found.state == "done", found.said
    return found


@pytest.fixture
def who(by: Actor) -> dict[str, dict[str, int]]:
    """Who answered by role, school and ages, as a build of the application counts them."""
    news = SurveyNews("CPD study", preset_name="open-data", because="The study is published.")
    survey = surveys.make_survey(by=by, now=NOW, news=news)
    roles, schools, ages = (column(table) for table in (ROLES, SCHOOLS, PUPILS))
    schools += [""] * (len(roles) - len(schools))
    rows = [[*cells, "Agree"] for cells in zip(roles, schools, ages, strict=True)]
    stream = answers([ROLE, SCHOOL, AGES, SIGNS], rows)
    ready(
        by,
        survey,
        brought_in(by, survey, "2018", stream, 2018),
        {ROLE: "role", SCHOOL: "school", AGES: "ages"},
    )
    found = built(by, survey, [("role", "Role"), ("school", "School"), ("ages", "Ages")])
    tables = opened(found.pk).book.results.who
    return {each.grouping: {row.label: row.count or 0 for row in each.rows} for each in tables}


@pytest.mark.parametrize(
    ("grouping", "code", "table", "entries", "total"),
    [
        pytest.param("role", "roles", ROLES, 23, 1178, id="CPD-12"),
        pytest.param("school", "school-types", SCHOOLS, 13, 943, id="CPD-13"),
        pytest.param("ages", "ages", PUPILS, 7, 1178, id="CPD-14"),
    ],
)
def test_cpd_12_13_14_a_wave_is_counted_by_our_lists_to_the_printed_totals(
    by: Actor,
    who: dict[str, dict[str, int]],
    grouping: str,
    code: str,
    table: dict[str, str],
    entries: int,
    total: int,
) -> None:
    known = [(group, find(by.area, code, name, on=TODAY), number) for group, name, number in counts(table)]
    assert all(entry is not None and entry.parent == group for group, entry, _ in known)
    assert len({entry.code for _, entry, _ in known if entry}) == entries
    said = {name: number for _, name, number in counts(table)}
    assert {name: who[grouping][name] for name in said} == said
    assert sum(who[grouping][name] for name in said) == total


NAMES = ("Zebedee Canaryname", "zebedee@canary.example", "10.11.12.13")


def test_cpd_07_no_export_holds_an_identity_and_setting_and_region_stay(by: Actor) -> None:
    survey = surveys.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    headings = ["Name", "Email", "IP address", "Which region?", SIGNS]
    rows = [[*NAMES, "South East" if n % 2 else "North West", "Agree"] for n in range(60)]
    ready(by, survey, brought_in(by, survey, "2025", answers(headings, rows)))
    region = next(
        each["item"] for each in Survey.objects.get().waves.get().choices if "region" in each["item"]
    )
    found = built(by, survey, [(region, "Region")])
    (table,) = opened(found.pk).book.results.who
    assert {row.label: row.count for row in table.rows} == {"North West": 30, "South East": 30}
    files = [each for each in (build.builds_home() / found.folder).rglob("*") if each.is_file()]
    assert {"report.html", "report.docx", "tables.xlsx", "figures.json"} <= {each.name for each in files}
    assert {name: [each.name for each in files if holds(each, name)] for name in NAMES} == {
        name: [] for name in NAMES
    }
    assert all(queries.file_of(by.area, survey, 1, name) for name in queries.FILES)


def holds(path: Path, text: str) -> bool:
    """Whether a file has a text in it, in the parts of a zip too."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return any(text.encode() in parts.read(name) for name in parts.namelist())
    return text.encode() in path.read_bytes()
