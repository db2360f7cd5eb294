"""Brings a wide survey in, as somebody would: by the commands of the pages, and the worker that runs.

Imported inside an installation that is being served (``tests.served.installation``).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from django.utils import timezone
from tests.served.installation import AREA, NAME, PASSWORD
from wide_survey import EARLY, FREQUENCY, GROUPS, MIX, OUTSIDE, TYPED, WAVES

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.responses.propose.model import Choice
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.finding import commands as finding
from goldenthread.thread.finding import queries as builds
from goldenthread.thread.survey import commands, corrections, queries
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import Reading, WaveFacts

PATIENCE = 3600
Found = TypeVar("Found")


def main(folder: str) -> None:
    """Both waves from the files in ``folder``, their groups, and two builds; prints what each took (seconds).

    The first build is of the newest wave as it stood earlier. A survey of its own has a wave whose columns
    wait for somebody, and one read by its columns, of which what could not be read waits.
    """
    by, _ = found_area(slug=AREA, name=NAME, password=PASSWORD, now=timezone.now())
    install_lists(by=by, now=timezone.now())
    survey = commands.make_survey(by=by, now=timezone.now(), news=SurveyNews("A wide survey"))
    files, newest = Path(folder), WAVES[-1]
    took = {f"read {wave}": _timed(_bring_in, by, survey, files, wave) for wave in WAVES[:-1]}
    took[f"read {EARLY}"] = _timed(_bring_in, by, survey, files, newest, EARLY)
    _group(by, survey)
    took["build 1"] = _timed(_build, by, survey)
    took[f"read {newest}"] = _timed(_replace, by, survey, newest, files / f"{newest}.csv")
    took["build 2"] = _timed(_build, by, survey)
    typed = commands.make_survey(by=by, now=timezone.now(), news=SurveyNews("Typed answers"))
    for wave in WAVES:
        took[f"read {TYPED}, {wave}"] = _timed(_by_columns, by, typed, wave, files / f"{TYPED}.csv")
    print(json.dumps({"survey": survey, "typed": typed, "took": took}))


def _timed(work: Callable[..., object], *given: object) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _bring_in(by: Actor, survey: str, files: Path, wave: str, name: str = "") -> None:
    text = (files / f"{wave}.toml").read_text(encoding="utf-8")
    _accept(by, survey, _take_in(by, survey, wave, files / f"{name or wave}.csv", text))


def _take_in(by: Actor, survey: str, wave: str, path: Path, questionnaire: str = "") -> str:
    """A wave's code, once the worker has looked at its file."""
    news = WaveNews(wave, date(int(wave), 6, 2), date(int(wave), 7, 4), questionnaire=questionnaire)
    with path.open("rb") as stream:
        code = commands.bring_in(
            by=by, now=timezone.now(), survey=survey, news=news, stream=stream, file_name=path.name
        )
    _read(by, survey, code)
    return code


def _replace(by: Actor, survey: str, wave: str, path: Path) -> None:
    version = _wave(by, survey, wave).version
    with path.open("rb") as stream:
        corrections.replace_file(
            by=by,
            now=timezone.now(),
            survey=survey,
            wave=wave,
            version=version,
            stream=stream,
            file_name=path.name,
        )
    _accept(by, survey, wave)


def _accept(by: Actor, survey: str, code: str) -> None:
    read = _read(by, survey, code)
    commands.accept(by=by, now=timezone.now(), survey=survey, wave=code, version=read.version)


def _by_columns(by: Actor, survey: str, wave: str, path: Path) -> None:
    """A wave without a questionnaire; of all but the newest nobody has looked at a column yet."""
    code = _take_in(by, survey, wave, path)
    found = queries.reading(by.area, survey, code) or _missing(survey)
    commands.decide(
        by=by,
        now=timezone.now(),
        survey=survey,
        wave=code,
        version=found.wave.version,
        choices=list(_chosen(found)),
        looked=None if wave == WAVES[-1] else (),
    )
    _read(by, survey, code)


def _chosen(found: Reading) -> Iterator[Choice]:
    """As proposed, and each statement on its five steps, whatever was typed."""
    for choice in map(choice_from_plain, found.choices):
        statement = choice.label.startswith("Statement")
        own = replace(choice, kind=Kind.SCALE, scale="", order=FREQUENCY, outside=(OUTSIDE,), sides=())
        yield own if statement else choice


def _read(by: Actor, survey: str, code: str) -> WaveFacts:
    """The wave, once the worker has nothing to do with it. Raises RuntimeError where it could not be read."""
    read = _until(lambda: _wave(by, survey, code), lambda found: not found.busy)
    if read.state == "failed":
        raise RuntimeError(read.said)
    return read


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
