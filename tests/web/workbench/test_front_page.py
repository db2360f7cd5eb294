"""What the front page says is to be done next with a wave that was brought in."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from tests.thread.made import NOW, answers, brought_in, ready, simple

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, reading
from goldenthread.thread.survey.keeping import UNFORESEEN
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain

pytestmark = pytest.mark.django_db

WHOLE = [["Agree"]] * 30
"""Answers that can all be read."""


def next_steps(client: Client) -> str:
    front = client.get("/anyshire/").content.decode()
    return front.partition("Do next")[2]


def read(by: Actor, survey: str, rows: list[list[str]]) -> None:
    """A wave of one question, read as proposed, and not yet accepted."""
    found = Wave.objects.get(code=brought_in(by, survey, "2025", answers(["I can sign"], rows)))
    choices = [choice_from_plain(plain) for plain in found.choices]
    commands.decide(by=by, now=NOW, survey=survey, wave="2025", version=found.version, choices=choices)
    reading.check(found.pk)


def test_what_could_not_be_read_is_to_be_accepted_where_there_is_some(
    client: Client, by: Actor, survey: str
) -> None:
    read(by, survey, [*WHOLE, ["Stongly agree"]])
    assert "Accept what could not be read of 2025" in next_steps(client)


def test_a_wave_that_was_read_whole_is_only_to_be_used(client: Client, by: Actor, survey: str) -> None:
    read(by, survey, WHOLE)
    told = next_steps(client)
    assert "could not be read" not in told
    assert 'href="/anyshire/surveys/staff-survey/waves/2025/problems/"' in told
    assert "Use 2025" in told


@pytest.mark.parametrize(
    ("said", "words"),
    [(UNFORESEEN, "Read 2025 again"), ("a.csv is empty.", "See why 2025 could not be used")],
)
def test_a_wave_that_failed_is_not_passed_over(
    client: Client, by: Actor, survey: str, said: str, words: str
) -> None:
    brought_in(by, survey, "2025", answers(["I can sign"], WHOLE))
    Wave.objects.update(state="failed", said=said)
    assert words in next_steps(client)


def test_printed_figures_are_to_be_looked_at(client: Client, by: Actor, survey: str) -> None:
    ready(by, survey, brought_in(by, survey, "2025", simple({"School": (60, 100)})))
    news = commands.WaveNews("2021", date(2021, 6, 1), published=True, answered=10, source="A report")
    table = io.BytesIO(b"question,answer,percent,n\nI can use signs,Agree,30,10\n")
    commands.bring_in(by=by, now=NOW, survey=survey, news=news, stream=table, file_name="2021.csv")
    reading.look_at(Wave.objects.get(code="2021").pk)
    told = next_steps(client)
    assert "Look at the figures of 2021" in told
    assert 'href="/anyshire/surveys/staff-survey/waves/2021/figures/"' in told
