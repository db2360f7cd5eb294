"""Find: two builds of a survey beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from goldenthread.analysis.problem import Refusal
from goldenthread.thread.finding import queries
from goldenthread.thread.finding.between import beside
from goldenthread.thread.finding.queries import BuildFacts
from goldenthread.web.access import AreaRequest
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404


@dataclass(frozen=True, slots=True)
class Pair:
    """Two builds, the older first."""

    one: BuildFacts
    two: BuildFacts


def compare(request: AreaRequest, survey: str) -> HttpResponse:
    """What went into two builds differently, and what came out differently."""
    found = survey_or_404(request, survey)
    done = [build for build in queries.builds(request.here.area.id, survey) if build.state == "done"]
    context = framed(request, "find", survey=found, builds=[(b.number, f"Build {b.number}") for b in done])
    if len(done) < 2:
        return render(request, "workbench/compare_none.html", context)
    pair = _pair(request, done)
    try:
        told = beside(pair.one, pair.two)
    except Refusal:
        return render(request, "workbench/compare_none.html", {**context, "gone": True})
    return render(request, "workbench/compare.html", {**context, "pair": pair, "told": told})


def _pair(request: AreaRequest, done: list[BuildFacts]) -> Pair:
    """The two the address names, or the newest two. Raises Http404 for a number that is no done build."""
    known = {build.number: build for build in done}
    usual = {"one": done[1].number, "two": done[0].number}
    wanted = [typed.number(typed.words(request.GET, name) or str(number)) for name, number in usual.items()]
    found = sorted(number for number in wanted if number in known)
    if len(found) < len(wanted):
        raise Http404
    return Pair(*(known[number] for number in found))
