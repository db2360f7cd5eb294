"""A published report's figures as waves of a survey, taken all the way in, as the examples have them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.thread.made import NOW

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.survey import commands, queries, reading

SWINDON = Path(__file__).parents[2] / "examples" / "published" / "swindon" / "study.toml"
OURS = ("id", "title", "area", "people", "mix", "disclosure", "waves", "groups", "crosswalk")
"""What of a study file the application keeps in places of its own."""

OF_A_WAVE = ("id", "label", "opens", "closes", "figures", "answered", "source")


def brought_in(by: Actor, path: Path = SWINDON) -> str:
    """The survey, with every wave of printed figures ready and built once; its slug."""
    study = tomllib.loads(path.read_text(encoding="utf-8"))
    more = {key: value for key, value in study.items() if key not in OURS}
    news = commands.SurveyNews(study["title"], study["people"], more=more)
    survey = commands.make_survey(by=by, now=NOW, news=news)
    for wave in study["waves"]:
        _bring_in(by, survey, wave, path.parent)
    found = queries.survey(by.area, survey)
    assert found is not None
    groups = [(each["item"], each["label"]) for each in study["groups"]]
    commands.set_groups(by=by, now=NOW, survey=survey, version=found.version, groups=groups, mix=study["mix"])
    number = ask_for_build(by=by, now=NOW, survey=survey)
    build.make_numbered(by.area, survey, number, lambda: NOW)
    return survey


def _bring_in(by: Actor, survey: str, wave: dict[str, Any], folder: Path) -> None:
    news = commands.WaveNews(
        wave["label"],
        wave.get("opens"),
        wave.get("closes"),
        wave["source"],
        published=True,
        answered=wave.get("answered"),
        code=wave["id"],
        more={key: value for key, value in wave.items() if key not in OF_A_WAVE},
    )
    file = folder / wave["figures"]
    with file.open("rb") as stream:
        code = commands.bring_in(by=by, now=NOW, survey=survey, news=news, stream=stream, file_name=file.name)
    reading.look_at_named(by.area, survey, code)
    found = queries.survey(by.area, survey)
    assert found is not None
    version = next(each.version for each in found.waves if each.code == code)
    commands.accept(by=by, now=NOW, survey=survey, wave=code, version=version)
