"""A corrected file takes the place of a wave's, with everything that was decided."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.ground.made import area, lead, member
from tests.thread.made import NOW, answers, brought_in, ready, simple

from goldenthread.analysis.definition.text_table import Share
from goldenthread.analysis.responses.grid import Grid
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.files.aside import PREFIX
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, corrections, found, queries, reading
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.queries import Decision
from goldenthread.thread.survey.recodes import Meaning

pytestmark = pytest.mark.django_db

SIGNS = "I can use signs"
SHEET = """
id = "v1"
title = "A survey"
[[sections]]
id = "s1"
title = "One"
[[sections.questions]]
id = "signs"
kind = "single"
text = "I can use signs"
answers = [{ code = "y", label = "Agree" }, { code = "n", label = "Disagree" }]
"""


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    return commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))


def facts(by: Actor, survey: str, code: str = "2025") -> queries.WaveFacts:
    reading_ = queries.reading(by.area, survey, code)
    assert reading_ is not None
    return reading_.wave


def replaced(by: Actor, survey: str, stream: io.BytesIO, name: str = "better.csv") -> queries.WaveFacts:
    """The wave of 2025 after a corrected file came and the worker did all it was given."""
    version = facts(by, survey).version
    corrections.replace_file(
        by=by, now=NOW, survey=survey, wave="2025", version=version, stream=stream, file_name=name
    )
    pk = Wave.objects.get(code="2025").pk
    reading.look_again(pk)
    reading.check(pk)
    return facts(by, survey)


def table(question: str, rows: Sequence[Sequence[str]], *more: str) -> io.BytesIO:
    return answers(["Where do you work?", question, *more], rows)


def test_the_same_columns_keep_every_decision_and_the_people_are_told(by: Actor, survey: str) -> None:
    for year in (2023, 2025):
        code = brought_in(by, survey, str(year), simple({"School": (30, 50)}), year)
        ready(by, survey, code, {SIGNS: "signing"})
    decision = Decision("signing", "2023", "2025", comparable=False, because="Another law.")
    commands.judge_link(by=by, now=NOW, survey=survey, decision=decision)
    wave = replaced(by, survey, simple({"School": (30, 48), "Nursery": (2, 9)}))
    assert (wave.state, wave.file_name, wave.people, wave.label) == ("checking", "better.csv", 57, "2025")
    assert wave.replaced == queries.Replaced(file="2025.csv", before=50, after=57)
    assert wave.closes is not None
    (row,) = (row for row in queries.crosswalk(by.area, survey) if row.item == "signing")
    assert [place.wave for place in row.places] == ["2023", "2025"]
    assert row.decisions[0].because == "Another law."
    assert KeptFile.objects.count() == 2, "the file before it is forgotten"
    assert "better.csv" in happenings(by.area)[0].words


def test_columns_that_came_and_went_are_named_and_wait_for_an_eye(by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    rows = [["Agree", "A little"]] * 9 + [["Disagree", "A lot"]] * 9
    wave = replaced(by, survey, answers([SIGNS, "How much?"], rows))
    assert wave.state == "mapping"
    assert wave.replaced is not None
    assert (wave.replaced.new, wave.replaced.gone) == (("How much?",), ("Where do you work?",))


def test_a_file_that_cannot_be_used_changes_nothing(by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    wave = replaced(by, survey, io.BytesIO(b"%PDF-1.7"), "report.pdf")
    assert (wave.state, wave.people, wave.file_name) == ("ready", 50, "2025.csv")
    assert wave.replaced is not None
    assert wave.replaced.refused == "report.pdf is a PDF: save the answers as .xlsx or CSV."
    assert KeptFile.objects.count() == 1


def test_a_wave_that_could_not_be_read_is_mended_by_a_better_file(by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", io.BytesIO(b"%PDF-1.7"))
    assert facts(by, survey).state == "failed"
    assert replaced(by, survey, simple({"School": (30, 50)})).state == "mapping"


def test_until_the_new_file_is_read_the_one_before_it_is_used(by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    version = facts(by, survey).version
    given = {"by": by, "now": NOW, "survey": survey, "wave": "2025", "file_name": "b.csv"}
    corrections.replace_file(**given, version=version, stream=simple({"School": (1, 9)}))
    wave = facts(by, survey)
    assert (wave.state, wave.people, wave.incoming, wave.busy) == ("ready", 50, "b.csv", True)
    with pytest.raises(Refused, match="Another file for 2025 is being read"):
        corrections.replace_file(**given, version=wave.version, stream=simple({"School": (1, 9)}))
    commands.drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    assert KeptFile.objects.count() == 0


def test_the_second_of_two_people_is_told_and_their_file_is_not_kept(by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    with pytest.raises(Conflict):
        corrections.replace_file(
            by=by,
            now=NOW,
            survey=survey,
            wave="2025",
            version=1,
            stream=simple({"School": (1, 9)}),
            file_name="b.csv",
        )
    assert KeptFile.objects.count() == 1


def test_a_wave_read_by_a_questionnaire_is_read_by_it_again(by: Actor, survey: str) -> None:
    news = WaveNews("2025", questionnaire=SHEET)
    commands.bring_in(
        by=by,
        now=NOW,
        survey=survey,
        news=news,
        stream=answers([SIGNS, "x"], [["Agree", "1"]] * 5),
        file_name="a.csv",
    )
    pk = Wave.objects.get(code="2025").pk
    reading.look_at(pk)
    wave = facts(by, survey)
    commands.accept(by=by, now=NOW, survey=survey, wave="2025", version=wave.version)
    wave = replaced(by, survey, answers([SIGNS, "y"], [["Agree", "1"]] * 7))
    assert (wave.state, wave.people, wave.lost) == ("checking", 7, 0)
    assert wave.replaced is not None
    assert (wave.replaced.new, wave.replaced.gone) == (("y",), ("x",))


def test_what_a_stray_value_means_survives_a_better_file(by: Actor, survey: str) -> None:
    rows = [["School", "Agree"]] * 20 + [["School", "Stongly agree"]] * 2
    ready(by, survey, brought_in(by, survey, "2025", table(SIGNS, rows)))
    corrections.recode(
        by=by,
        now=NOW,
        survey=survey,
        wave="2025",
        version=facts(by, survey).version,
        decided=[Meaning("column-b", "Stongly agree", "strongly-agree")],
    )
    moved = [[signs, place] for place, signs in rows]
    wave = replaced(by, survey, answers([SIGNS, "Where do you work?"], moved))
    assert (wave.lost, wave.notes) == (0, 2)
    assert [each.times for each in found.strays(by.area, survey, "2025").decided] == [2]


def test_a_board_member_replaces_nothing(by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (30, 50)})))
    with pytest.raises(NotAllowed):
        corrections.replace_file(
            by=member(by.area, "board"),
            now=NOW,
            survey=survey,
            wave="2025",
            version=facts(by, survey).version,
            stream=simple({"School": (1, 9)}),
            file_name="b.csv",
        )


def test_answers_are_read_in_the_home_folder_and_nothing_of_them_is_left(
    by: Actor, survey: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    whole = reading.read_grid

    def watched(path: Path, tell: Share) -> Grid:
        read.append(path)
        return whole(path, tell)

    monkeypatch.setattr(reading, "read_grid", watched)
    brought_in(by, survey, "2025", simple({"School": (3, 5)}))
    assert [path.parent.parent for path in read] == [home]
    assert [path for path in read if path.parent.name.startswith(PREFIX)] == read
    assert not list(home.glob(f"{PREFIX}*"))
