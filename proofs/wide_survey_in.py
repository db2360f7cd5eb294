"""Brings a wide survey in, as somebody would: by the commands of the pages, and the worker that runs.

Imported inside an installation that is being served (``tests.served.installation``).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from django.utils import timezone
from tests.served.installation import AREA, NAME, PASSWORD
from wide_survey import GROUPS, MIX, WAVES

from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.finding import commands as finding
from goldenthread.thread.finding import queries as builds
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.queries import WaveFacts

PATIENCE = 3600
Found = TypeVar("Found")


def main(folder: str) -> None:
    """Both waves from the files in ``folder``, their groups, and a build; prints what each took (seconds)."""
    by, _ = found_area(slug=AREA, name=NAME, password=PASSWORD, now=timezone.now())
    install_lists(by=by, now=timezone.now())
    survey = commands.make_survey(by=by, now=timezone.now(), news=SurveyNews("A wide survey"))
    took = {f"read {wave}": _timed(_bring_in, by, survey, Path(folder) / wave) for wave in WAVES}
    _group(by, survey)
    took["build"] = _timed(_build, by, survey)
    print(json.dumps({"survey": survey, "took": took}))


def _timed(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _bring_in(by: Actor, survey: str, wave: Path) -> None:
    year = int(wave.name)
    text = wave.with_suffix(".toml").read_text(encoding="utf-8")
    news = WaveNews(wave.name, date(year, 6, 2), date(year, 7, 4), questionnaire=text)
    path = wave.with_suffix(".csv")
    with path.open("rb") as stream:
        code = commands.bring_in(
            by=by, now=timezone.now(), survey=survey, news=news, stream=stream, file_name=path.name
        )
    read = _until(lambda: _wave(by, survey, code), lambda found: found.state != "reading")
    if read.state == "failed":
        raise RuntimeError(read.said)
    commands.accept(by=by, now=timezone.now(), survey=survey, wave=code, version=read.version)


def _wave(by: Actor, survey: str, code: str) -> WaveFacts:
    found = queries.survey(by.area, survey)
    return next(wave for wave in found.waves if wave.code == code) if found else _missing(survey)


def _group(by: Actor, survey: str) -> None:
    found = queries.survey(by.area, survey)
    groups = [(item, item.capitalize()) for item in GROUPS]
    version = found.version if found else 0
    commands.set_groups(by=by, now=timezone.now(), survey=survey, version=version, groups=groups, mix=MIX)


def _build(by: Actor, survey: str) -> None:
    number = finding.ask_for_build(by=by, now=timezone.now(), survey=survey)
    made = _until(
        lambda: builds.build(by.area, survey, number) or _missing(survey),
        lambda found: found.state in ("done", "failed"),
    )
    if made.state == "failed":
        raise RuntimeError(made.said)


def _missing(survey: str) -> NoReturn:
    raise RuntimeError(f"{survey} is not there")


def _until(ask: Callable[[], Found], done: Callable[[Found], bool]) -> Found:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = ask()
        if done(found):
            return found
        time.sleep(0.2)
    raise RuntimeError("the worker did not end within an hour")
