"""Waves for tests: files with known counts, taken all the way in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, reading
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)
YES, NO = ("Agree", "Strongly agree"), ("Disagree", "Strongly disagree", "Neither agree nor disagree")


def answers(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> io.BytesIO:
    """A CSV file's bytes."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return io.BytesIO(text.getvalue().encode())


def simple(agree: Mapping[str, tuple[int, int]], question: str = "I can use signs") -> io.BytesIO:
    """One question by team: for each team how many agree, of how many."""
    rows = [
        [team, (YES if n < yes else NO)[n % len(YES if n < yes else NO)]]
        for team, (yes, people) in agree.items()
        for n in range(people)
    ]
    return answers(["Where do you work?", question], rows)


def brought_in(by: Actor, survey: str, label: str, stream: io.BytesIO, year: int = 2025) -> str:
    """A wave read and waiting for somebody to look at its columns; its code."""
    news = commands.WaveNews(label, date(year, 6, 2), date(year, 7, 4))
    code = commands.bring_in(
        by=by, now=NOW, survey=survey, news=news, stream=stream, file_name=f"{label}.csv"
    )
    reading.look_at(Wave.objects.get(survey__slug=survey, code=code).pk)
    return code


def ready(by: Actor, survey: str, code: str, items: Mapping[str, str] | None = None) -> None:
    """Decide and accept a wave as proposed; ``items`` renames items by the question's words."""
    wave = Wave.objects.get(survey__slug=survey, code=code)
    names = {each["id"]: each["text"] for each in wave.seen}
    choices = [choice_from_plain(plain) for plain in wave.choices]
    renamed = [replace(c, item=(items or {}).get(names[c.id], c.item)) for c in choices]
    commands.decide(by=by, now=NOW, survey=survey, wave=code, version=wave.version, choices=renamed)
    reading.check(wave.pk)
    wave.refresh_from_db()
    commands.accept(by=by, now=NOW, survey=survey, wave=code, version=wave.version)
