"""Nobody accepts a list that was read under other decisions than those that stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from tests.ground.made import area, lead
from tests.thread.made import NOW, answers, brought_in

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.definition.study import Wave as StudyWave
from goldenthread.analysis.definition.text_table import Share
from goldenthread.analysis.responses.read import Responses
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey import commands, found, reading
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import Place

pytestmark = pytest.mark.django_db
SIGNS = "I can use signs"


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    made = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    rows = [["School", "Agree"]] * 9 + [["School", "Agreee?"]]
    brought_in(by, made, "2025", answers(["Where do you work?", SIGNS], rows))
    return made


def decided(by: Actor, survey: str, *, without: str = "") -> None:
    """How the file is read; the question ``without`` not at all."""
    wave = Wave.objects.get()
    choices = [choice_from_plain(plain) for plain in wave.choices]
    names = {each["id"]: each["text"] for each in wave.seen}
    kinds = {SIGNS: Kind.SCALE, "Where do you work?": Kind.SINGLE, without: None}
    kept = [replace(c, kind=kinds[names[c.id]]) for c in choices]
    commands.decide(by=by, now=NOW, survey=survey, wave="2025", version=wave.version, choices=kept)


def read_while(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """The worker reads every answer; before it has kept what it found, something happens."""
    whole = reading.read_responses

    def slow(path: Path, wave: StudyWave, off: AnswerOffRoute, tell: Share) -> Responses:
        found = whole(path, wave, off, tell)
        meanwhile()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_responses", slow)
        reading.check(Wave.objects.get().pk)


def accept(by: Actor, survey: str) -> None:
    version = Wave.objects.get().version
    commands.accept(by=by, now=NOW, survey=survey, wave="2025", version=version)


def test_what_was_read_before_another_decision_is_not_accepted(
    by: Actor, survey: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(by, survey, without=SIGNS)
    read_while(monkeypatch, lambda: decided(by, survey))
    with pytest.raises(Refused, match="still being read"):
        accept(by, survey)
    reading.check(Wave.objects.get().pk)
    accept(by, survey)
    assert [line.value for line in found.problems(by.area, survey, "2025")] == ["Agreee?"]


def test_a_link_made_meanwhile_leaves_the_wave_to_be_read_again(
    by: Actor, survey: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(by, survey)
    choice = Wave.objects.get().choices[1]
    place = Place("2025", choice["id"], "", "")
    waiting = DBTaskResult.objects.count()
    read_while(
        monkeypatch,
        lambda: commands.link(by=by, now=NOW, survey=survey, place=place, was=choice["item"], item="signing"),
    )
    assert DBTaskResult.objects.count() == waiting + 1
    reading.check(Wave.objects.get().pk)
    accept(by, survey)
