"""What every workbench page is framed by: its area, the way round, and the thread down its left."""

from __future__ import annotations

from django.urls import reverse

from goldenthread.analysis.definition.words import counted
from goldenthread.thread.finding.queries import BuildFacts, latest
from goldenthread.thread.survey.queries import SurveyFacts, WaveFacts, answered_so_far
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import NavLink, RailLink, State

LINKS = (
    ("ask", "Ask"),
    ("find", "Find"),
    ("need", "Need"),
    ("plan", "Plan"),
    ("train", "Train"),
    ("measure", "Measure"),
    ("reply", "Reply"),
)

PLACES = (
    ("survey.see", "surveys", "Surveys"),
    ("results.see", "findings", "Results"),
    ("people.see", "people", "People"),
    ("lists.see", "settings", "Settings"),
)
TODO: tuple[State, str] = ("todo", "not begun")


def framed(request: AreaRequest, here: str, **context: object) -> dict[str, object]:
    """``context`` with the frame's own; ``here`` is the link of the thread the page belongs to.

    A page without the thread down its left says so with ``rail=None``.
    """
    frame = {"area": request.here.area, "nav": nav(request), **context}
    return frame if "rail" in context else {**frame, "rail": rail(request, here)}


def nav(request: AreaRequest) -> list[NavLink]:
    """The pages this person may see, beside the thread."""
    area, may = request.here.area.slug, request.here.actor.may
    return [NavLink(words, reverse(name, args=[area])) for what, name, words in PLACES if may(what)]


def newest_ready(
    known: tuple[SurveyFacts, ...], build: BuildFacts | None
) -> tuple[SurveyFacts, WaveFacts] | None:
    """The newest ready wave of the survey that was built last; where none was, of the newest survey."""
    first = sorted(known, key=lambda survey: build is None or survey.slug != build.survey)
    ready = ((survey, wave) for survey in first for wave in reversed(survey.waves) if wave.state == "ready")
    return next(ready, None)


def rail(request: AreaRequest, here: str) -> list[RailLink]:
    """The seven links of the thread as they stand."""
    area, may = request.here.area, request.here.actor.may
    build = latest(area.id)
    people = answered_so_far(area.id, build.survey if build else "")
    done: dict[str, tuple[State, str]] = {}
    if people is not None:
        done["ask"] = (
            "done" if people else "part",
            counted(people, "person", "people") if people else "No wave is ready yet",
        )
    if build:
        done["find"] = ("done", counted(build.findings, "finding", "findings"))
    urls = {"ask": ("survey.see", "surveys"), "find": ("results.see", "findings")}
    links = []
    for code, name in LINKS:
        what, view = urls.get(code, ("", ""))
        url = reverse(view, args=[area.slug]) if view and may(what) else None
        state, words = done.get(code, TODO)
        links.append(RailLink(name, url, state, words, here=code == here))
    return links
