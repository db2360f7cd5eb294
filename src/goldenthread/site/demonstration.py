"""Anyshire in the application: its area, a person for each role, its survey read and built."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from goldenthread.analysis.example import example
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.setup import found_area
from goldenthread.site.home import home, private
from goldenthread.site.house import load_house
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding import commands as finding
from goldenthread.thread.survey import commands, queries, reading
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.queries import Decision

SLUG = "anyshire"
OURS = (
    *("title", "area", "people", "mix", "disclosure", "waves", "groups", "crosswalk", "id"),
    *("headcount", "census"),
)
"""What of a study file the application keeps in places of its own."""

OF_A_WAVE = ("id", "label", "opens", "closes", "questionnaire", "responses", "figures", "answered", "source")


def load(tell: Callable[[str], None]) -> Iterator[str]:
    """Make Anyshire where it is not there yet; the lines that say who can sign in."""
    password = private(home() / "demonstration-password", lambda: "-".join(_words()))
    lead, emails = found_area(slug=SLUG, name="Anyshire", password=password, now=timezone.now())
    install_lists(by=lead, now=timezone.now())
    load_house(lead, timezone.now(), example().parent)
    if not queries.surveys(lead.area):
        tell("Reading Anyshire’s waves …")
        _load_survey(lead, timezone.now())
    yield f"Everybody’s password is {password}"
    widest = max(len(role) for role, _ in emails)
    yield from (f"  {role:<{widest}}  {email}" for role, email in emails)


def _words() -> list[str]:
    """A password of words that are easy to type and hard to guess (about 50 bits)."""
    heads, tails = "bcdfglmnprstvw", "aeiou"
    return ["".join(secrets.choice(heads) + secrets.choice(tails) for _ in range(4)) for _ in range(2)]


def _load_survey(by: Actor, now: datetime) -> None:
    path = example()
    study = tomllib.loads(path.read_text(encoding="utf-8"))
    more = {key: value for key, value in study.items() if key not in OURS}
    rules = study.get("disclosure", {})
    news = SurveyNews(
        study["title"],
        study["people"],
        rules.get("preset", "staff-survey"),
        more=more,
    )
    survey = commands.make_survey(by=by, now=now, news=news)
    for wave in study["waves"]:
        _load_wave(by, now, survey, (wave, path.parent))
    _link(by, now, survey, study)
    number = finding.ask_for_build(by=by, now=now, survey=survey)
    builds.make_numbered(by.area, survey, number, timezone.now)


def _load_wave(by: Actor, now: datetime, survey: str, given: tuple[dict[str, Any], Path]) -> None:
    wave, folder = given
    file = folder / (wave.get("responses") or wave["figures"])
    sheet = wave.get("questionnaire")
    news = WaveNews(
        wave["label"],
        wave.get("opens"),
        wave.get("closes"),
        wave.get("source", ""),
        published="figures" in wave,
        answered=wave.get("answered"),
        questionnaire=(folder / sheet).read_text(encoding="utf-8") if sheet else "",
        questionnaire_name=sheet or "",
        code=wave["id"],
        more={key: value for key, value in wave.items() if key not in OF_A_WAVE},
    )
    with file.open("rb") as stream, transaction.atomic():
        code = commands.bring_in(by=by, now=now, survey=survey, news=news, stream=stream, file_name=file.name)
    reading.look_at_named(by.area, survey, code)
    found = queries.survey(by.area, survey)
    version = next(each.version for each in found.waves if each.code == code) if found else 0
    commands.accept(by=by, now=now, survey=survey, wave=code, version=version)


def _link(by: Actor, now: datetime, survey: str, study: dict[str, Any]) -> None:
    groups = [(each["item"], each.get("label", each["item"])) for each in study.get("groups", ())]
    found = queries.survey(by.area, survey)
    version = found.version if found else 0
    commands.set_groups(
        by=by, now=now, survey=survey, version=version, groups=groups, mix=study.get("mix", "")
    )
    for each in study.get("crosswalk", ()):
        decision = Decision(each["item"], each["from"], each["to"], each["comparable"], each["because"])
        commands.judge_link(by=by, now=now, survey=survey, decision=decision)
