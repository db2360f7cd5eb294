"""Builds in every state, and what can be explored of one."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.thread.made import brought_in, ready, simple
from tests.web.states.asking import PLACE, STAFF
from tests.web.states.model import Send, State, Things, nothing

from goldenthread.ground.files.disk import place
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding.build import make_numbered
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.models import Wave


def make(by: Actor, now: datetime, things: Things) -> None:
    """Three builds done (of two surveys), one that waits, one a worker was killed in, one that failed."""
    for key, survey in (("build:staff", "survey:staff"), ("build:other", "survey:other")):
        things[key] = ask_for_build(by=by, now=now, survey=things[survey])
        make_numbered(by.area, things[survey], things[key], lambda: now)
    made = ask_for_build(by=by, now=now + timedelta(minutes=2), survey=things["survey:staff"])
    make_numbered(by.area, things["survey:staff"], made, lambda: now + timedelta(minutes=3))
    for state in ("waiting", "running", "failed"):
        survey = things[f"survey:{state}"] = _with_a_wave(by, now, things, state)
        number = things[f"build:{state}"] = ask_for_build(by=by, now=now, survey=survey)
        if state == "running":
            # as a worker that was killed leaves it
            Build.objects.filter(survey__slug=survey, number=number).update(
                state="running", said="Writing the report"
            )
        if state == "failed":
            wave = Wave.objects.get(survey__slug=survey)
            place(by.area, wave.file).unlink()
            make_numbered(by.area, survey, number, lambda: now + timedelta(minutes=1))


def _with_a_wave(by: Actor, now: datetime, things: Things, state: str) -> str:
    survey = make_survey(by=by, now=now, news=SurveyNews(f"{state.title()} in {things['name']}"))
    code = brought_in(
        by, survey, f"{things['season']} {state}", simple({"School": (20, 30)}, things["question"])
    )
    ready(by, survey, code)
    return survey


ITEM = {**STAFF, "item": "item:asked"}


def file(name: str) -> dict[str, str]:
    """The parameters of a file of the build."""
    return {**STAFF, "number": "build:staff", "name": f"={name}"}


STATES = (
    State("findings", "of several surveys"),
    State("findings", "none yet", area="emptyton"),
    State("results", "findings of every kind", STAFF),
    State("results", "a survey of one wave", {"survey": "survey:other"}),
    State("who", "against no headcount", STAFF),
    State("builds", "one done", STAFF),
    State("builds", "none yet", {"survey": "survey:new"}),
    State("builds", "one that waits", {"survey": "survey:waiting"}),
    State("builds", "one being made", {"survey": "survey:running"}),
    State("builds", "one that failed", {"survey": "survey:failed"}),
    State("results", "none yet", {"survey": "survey:new"}),
    State("results", "of an older build", STAFF, query="build=1"),
    State("compare", "two builds", STAFF),
    State("compare", "one build", {"survey": "survey:other"}),
    State("build-ask", "only pressed", STAFF, status=302, shown=False),
    *(
        State("build-file", name, file(name), shown=False)
        for name in ("report.html", "report.docx", "tables.xlsx", "figures.json")
    ),
    State("item", "everybody, with the waves before", ITEM),
    State("item", "by place, small groups hidden", ITEM, query=f"by={PLACE}"),
    State("item", "without the same mix", ITEM, query=f"by={PLACE}&mix=off"),
    State("item", "asked in two ways that are not compared", {**STAFF, "item": "item:reworded"}),
    State("item", "asked once", {**STAFF, "item": "item:once"}),
    *(
        State("item-file", kind, {**ITEM, "kind": f"={kind}"}, query=f"by={PLACE}", shown=False)
        for kind in ("xlsx", "csv", "png", "svg")
    ),
)

SENDS = (Send("build-ask", nothing, STAFF),)
