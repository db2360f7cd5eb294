"""Printed figures, typed plainly, tied to items by their words, checked, and carried to the report."""

from __future__ import annotations

import io
import json

import pytest
from tests.ground.made import area, lead
from tests.thread.made import NOW, brought_in, ready, simple

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.finding.queries import file_of
from goldenthread.thread.survey import commands, corrections, found, queries, reading
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.models import Wave

pytestmark = pytest.mark.django_db

SIGNS = "I can use signs"


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    slug = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    ready(by, slug, brought_in(by, slug, "2025", simple({"School": (60, 100)})))
    return slug


def printed(by: Actor, survey: str, *lines: str) -> queries.WaveFacts:
    text = "\n".join(["question,answer,percent,n", *lines]) + "\n"
    news = WaveNews("2021", source="Report of 2021", published=True, answered=140)
    stream = io.BytesIO(text.encode())
    commands.bring_in(by=by, now=NOW, survey=survey, news=news, stream=stream, file_name="old.csv")
    reading.look_at(Wave.objects.get(code="2021").pk)
    return wave(by, survey)


def wave(by: Actor, survey: str) -> queries.WaveFacts:
    seen = queries.reading(by.area, survey, "2021")
    assert seen is not None
    return seen.wave


def verdicts(by: Actor, survey: str) -> list[tuple[str, str, str]]:
    rows = found.printed_figures(by.area, survey, "2021")
    return [(row.words, row.verdict, row.nearest) for row in rows]


def test_figures_are_judged_before_anybody_accepts_them(by: Actor, survey: str) -> None:
    waiting = printed(
        by,
        survey,
        f"{SIGNS},Agree or strongly agree,61,138",
        "Another thing,Yes,33,10",
        "A whole,Yes,50,20",
        "A whole,No,45,20",
    )
    assert (waiting.state, waiting.people) == ("checking", 140)
    assert verdicts(by, survey) == [
        ("Agree or strongly agree", "possible", ""),
        ("Yes", "impossible", "30"),
        ("Yes", "sum-impossible", ""),
        ("No", "sum-impossible", ""),
    ]
    first = found.printed_figures(by.area, survey, "2021")[0]
    assert (first.label, first.answer, first.percent, first.base) == (SIGNS, "all-agree", "61 %", "138")


def test_a_question_in_other_words_is_said_to_be_an_item(by: Actor, survey: str) -> None:
    printed(by, survey, "Signs I know,Agree,40,138")
    assert found.printed_figures(by.area, survey, "2021")[0].item == ""
    corrections.place_printed(
        by=by,
        now=NOW,
        survey=survey,
        wave="2021",
        version=wave(by, survey).version,
        question="Signs I know",
        item="i-can-use-signs",
    )
    said = happenings(by.area)[0].words
    assert said == f"said that printed figures of 2021 are of the item “{SIGNS}”"
    reading.check(Wave.objects.get(code="2021").pk)
    row = found.printed_figures(by.area, survey, "2021")[0]
    assert (row.item, row.label, row.answer) == ("i-can-use-signs", SIGNS, "agree")


def report(by: Actor, survey: str) -> tuple[dict[str, list[dict[str, object]]], list[str]]:
    commands.accept(by=by, now=NOW, survey=survey, wave="2021", version=wave(by, survey).version)
    builds.make_numbered(by.area, survey, ask_for_build(by=by, now=NOW, survey=survey), lambda: NOW)
    path = file_of(by.area, survey, 1, "figures.json")
    assert path is not None
    figures = json.loads(path.read_text(encoding="utf-8"))
    return figures, figures["limits"]


def test_typed_figures_are_compared_and_their_faults_are_limits(by: Actor, survey: str) -> None:
    printed(by, survey, f"{SIGNS},Agree,50,138", f"{SIGNS},Strongly agree,20,138", f"{SIGNS},Disagree,25,138")
    figures, limits = report(by, survey)
    old = {e["answer"]: e["percent"] for e in figures["estimates"] if e["wave"] == "2021"}
    assert old["all-agree"] == 70
    assert any(change["from_wave"] == "2021" for change in figures["changes"])
    told = [limit for limit in limits if limit.startswith("2021: “Agree” of “I can use signs”")]
    assert len(told) == 1
    assert "is printed as 50 %, but the parts of this whole add to" in told[0]


def test_what_only_check_understood_is_still_understood(by: Actor, survey: str) -> None:
    text = "id,kind,label,percent,base,item,answer\nf1,net,Agree,61,138,i-can-use-signs,all-agree\n"
    news = WaveNews("2021", published=True)
    commands.bring_in(
        by=by, now=NOW, survey=survey, news=news, stream=io.BytesIO(text.encode()), file_name="old.csv"
    )
    reading.look_at(Wave.objects.get(code="2021").pk)
    figures, _ = report(by, survey)
    assert [e["percent"] for e in figures["estimates"] if e["wave"] == "2021"] == [61]
