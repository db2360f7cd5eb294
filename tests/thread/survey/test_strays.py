"""Stray values are read as somebody decides, for every row, and the decision can be taken back."""

from __future__ import annotations

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, answers, brought_in, ready

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.finding.queries import file_of
from goldenthread.thread.survey import commands, corrections, found, queries, reading
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.recodes import Meaning
from goldenthread.thread.survey.spans import packed, unpacked

pytestmark = pytest.mark.django_db

SIGNS = "I can use signs"
ROWS = [["Agree"]] * 20 + [["Disagree"]] * 20 + [["Stongly agree"]] * 3 + [["No idea"]] * 2 + [["-"]]


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    slug = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    wide = [[*row, "x"] for row in ROWS]
    ready(by, slug, brought_in(by, slug, "2025", answers([SIGNS, "Note"], wide)))
    return slug


def wave(by: Actor, survey: str) -> queries.WaveFacts:
    seen = queries.reading(by.area, survey, "2025")
    assert seen is not None
    return seen.wave


def read_as(by: Actor, survey: str, *decided: Meaning) -> None:
    corrections.recode(
        by=by, now=NOW, survey=survey, wave="2025", version=wave(by, survey).version, decided=decided
    )
    reading.check(Wave.objects.get(code="2025").pk)


STRONG = Meaning("column-a", "Stongly agree", "strongly-agree")


def test_each_value_is_offered_once_with_the_answer_spelt_most_like_it(by: Actor, survey: str) -> None:
    strays = found.strays(by.area, survey, "2025")
    assert [(each.value, each.times, each.likely) for each in strays.open] == [
        ("Stongly agree", 3, "strongly-agree"),
        ("No idea", 2, ""),
        ("-", 1, ""),
    ]
    assert ("strongly-agree", "Strongly agree") in strays.open[0].answers


def test_every_row_is_read_as_decided_and_noted(by: Actor, survey: str) -> None:
    assert wave(by, survey).lost == 6
    read_as(by, survey, STRONG, Meaning("column-a", "-"), Meaning("column-a", "No idea", outside=True))
    assert (wave(by, survey).lost, wave(by, survey).notes) == (0, 4)
    said = {
        each.meaning.value: (each.words, each.times) for each in found.strays(by.area, survey, "2025").decided
    }
    assert said["Stongly agree"] == ("“Strongly agree”", 3)
    assert said["-"] == ("no answer", 1)
    assert said["No idea"][0] == "outside the answers, counted beside them in its own words"
    words = happenings(by.area)[0].words
    assert words == "decided what 3 values of 2025 that are no answer are read as"


def test_a_report_counts_them_and_lists_them_as_recoded(by: Actor, survey: str) -> None:
    read_as(by, survey, STRONG, Meaning("column-a", "-"), Meaning("column-a", "No idea", outside=True))
    commands.accept(by=by, now=NOW, survey=survey, wave="2025", version=wave(by, survey).version)
    builds.make_numbered(by.area, survey, ask_for_build(by=by, now=NOW, survey=survey), lambda: NOW)
    path = file_of(by.area, survey, 1, "report.html")
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "Read as “Strongly agree”" in text
    assert "Read as no answer" in text
    assert "53%" in text, "23 of 43: what is outside and what is no answer are in no base"
    assert "column-a" not in text
    assert "2025.csv" in text
    assert "Moved, but different people answered" not in text


def test_a_decision_is_taken_back(by: Actor, survey: str) -> None:
    read_as(by, survey, STRONG)
    version = wave(by, survey).version
    given = {
        "by": by,
        "now": NOW,
        "survey": survey,
        "wave": "2025",
        "undone": Meaning("column-a", "stongly AGREE"),
    }
    corrections.undo_recode(**given, version=version)
    reading.check(Wave.objects.get(code="2025").pk)
    assert wave(by, survey).lost == 6
    with pytest.raises(Refused, match="taken back already"):
        corrections.undo_recode(**given, version=wave(by, survey).version)


def test_what_cannot_be_is_refused_and_the_second_person_told(by: Actor, survey: str) -> None:
    for wrong in (
        Meaning("column-a", "x", "no-such"),
        Meaning("column-z", "x"),
        Meaning("column-a", "Agree", "disagree"),
        Meaning("column-a", " "),
    ):
        with pytest.raises(Refused, match="cannot be read that way"):
            read_as(by, survey, wrong)
    with pytest.raises(Conflict):
        corrections.recode(by=by, now=NOW, survey=survey, wave="2025", version=1, decided=[STRONG])


def test_every_row_of_every_problem_is_in_the_file(by: Actor) -> None:
    slug = commands.make_survey(by=by, now=NOW, news=SurveyNews("Large"))
    rows = [["Agree"]] * 300 + [["=bad"]] * 60
    ready(by, slug, brought_in(by, slug, "2025", answers([SIGNS], rows)))
    table = list(found.problem_table(by.area, slug, "2025"))
    assert len(table) == 61
    assert table[1] == ("2025.csv", 302, SIGNS, "'=bad", "not one of the answers; left out.", "yes", 1)
    assert [row[1] for row in table[1:]] == list(range(302, 362))
    (line,) = found.problems(by.area, slug, "2025")
    assert len(line.rows) == 50


def test_row_numbers_are_packed_and_unpacked() -> None:
    rows = [2, 3, 4, 9, 11, 12]
    assert packed(rows, 100) == "2-4,9,11-12"
    assert list(unpacked(packed(rows, 100))) == rows
    assert list(unpacked(packed(rows, 4))) == rows[:4]
    assert packed([], 5) == ""
