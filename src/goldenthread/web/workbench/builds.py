"""Find: the numbered builds of a survey, and the files of each."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.analysis.report.compose.kinds import titled
from goldenthread.analysis.report.sentences.words import plural
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import commands, queries
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404


def every(request: AreaRequest, survey: str) -> HttpResponse:
    """Every build of a survey, the one being made with how far it is, and a button for the next."""
    found = survey_or_404(request, survey)
    made = queries.builds(request.here.area.id, survey)
    last = made[0] if made else None
    done = [build for build in made if build.state == "done"]
    context = framed(
        request,
        "find",
        survey=found,
        builds=[(build, _took(build.took), titled(build.kinds)) for build in made],
        last=last,
        newest=done[0] if done else None,
        done=len(done),
        busy=last is not None and last.busy,
        ready=any(wave.state == "ready" for wave in found.waves),
        may_build=request.here.actor.may("results.build"),
        may_change=request.here.actor.may("survey.change"),
    )
    return whole_when_done(request, render(request, "workbench/builds.html", context), last)


def whole_when_done(
    request: AreaRequest, answer: HttpResponse, last: queries.BuildFacts | None
) -> HttpResponse:
    """``answer``; where a page that was looking again finds the work ended, the whole page is fetched anew,
    so that the rail and the messages are of now."""
    if request.headers.get("HX-Target") == "progress" and not (last and last.busy):
        answer["HX-Refresh"] = "true"
    return answer


def _took(time: timedelta | None) -> str:
    """``12 seconds``, ``2 minutes``."""
    seconds = max(1, round(time.total_seconds())) if time else 0
    return plural(seconds, "second") if seconds < 100 else plural(round(seconds / 60), "minute")


def ask(request: AreaRequest, survey: str) -> HttpResponse:
    """Ask for a new build."""
    if request.method == "POST":
        try:
            commands.ask_for_build(by=request.here.actor, now=now(), survey=survey)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("builds", area=request.here.area.slug, survey=survey)


def file(request: AreaRequest, survey: str, number: int, name: str) -> FileResponse:
    """One file of a build, to take away."""
    path = queries.file_of(request.here.area.id, survey, number, name)
    if path is None:
        raise Http404
    stem, _, suffix = name.partition(".")
    shown = f"{survey}-{stem}-{number}.{suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=shown, content_type=queries.FILES[name])
