"""Find: the numbered builds of a survey, and the files of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.analysis.report.compose.kinds import KINDS
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import commands, queries
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404

SHOWN_HERE = "report.html"


def every(request: AreaRequest, survey: str) -> HttpResponse:
    """Every build of a survey, and a button for the next."""
    found = survey_or_404(request, survey)
    made = queries.builds(request.here.area.id, survey)
    busy = any(build.state in ("waiting", "running") for build in made)
    context = framed(
        request,
        "find",
        survey=found,
        builds=made,
        busy=busy,
        kinds=[(kind.value, words.title) for kind, words in KINDS.items()],
        may_build=request.here.actor.may("results.build"),
    )
    return render(request, "workbench/builds.html", context)


def ask(request: AreaRequest, survey: str) -> HttpResponse:
    """Ask for a new build."""
    if request.method != "POST":
        return redirect("builds", area=request.here.area.slug, survey=survey)
    try:
        number = commands.ask_for_build(by=request.here.actor, now=now(), survey=survey)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Build {number} is on its way.")
    return redirect("builds", area=request.here.area.slug, survey=survey)


def file(request: AreaRequest, survey: str, number: int, name: str) -> FileResponse:
    """One file of a build, to take away."""
    path = queries.file_of(request.here.area.id, survey, number, name)
    if path is None:
        raise Http404
    stem, _, suffix = name.partition(".")
    shown = f"{survey}-{stem}-{number}.{suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=shown, content_type=queries.FILES[name])
