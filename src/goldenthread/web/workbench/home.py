"""Where is our thread? The front page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.analysis.report.compose.kinds import KINDS
from goldenthread.ground.people.queries import areas_of
from goldenthread.thread.finding.queries import BuildFacts, latest
from goldenthread.thread.survey.queries import SurveyFacts, WaveFacts, surveys
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import NextStep, SpineLink
from goldenthread.web.workbench.frame import LINKS, framed, newest_ready

COMING = {
    "need": "What staff need to learn, and how many of them. It follows from findings.",
    "plan": "Priorities and actions, each with an owner, a date and a measure.",
    "train": "Courses and sessions that meet the needs.",
    "measure": "Whether it worked, for staff and for children.",
    "reply": "You said, we did: every point gets its answer.",
}


def start(request: HttpRequest) -> HttpResponse:
    """On to the area of the person who signed in."""
    areas = areas_of(request.user.pk or 0)
    if not areas:
        raise Http404("You have no role in any area yet.")
    return redirect("home", area=areas[0])


def thread(request: AreaRequest) -> HttpResponse:
    """The seven links of the thread, and what to do next."""
    known, build = surveys(request.here.area.id), latest(request.here.area.id)
    steps = _steps(request, known, build)
    context = framed(
        request,
        "",
        rail=None,
        today=now(),
        summary=_summary(known, build),
        links=[_ask(request, known, build), _find(request, build), *_coming()],
        next_steps=steps,
        again="",
    )
    return render(request, "workbench/home.html", context)


def _summary(known: tuple[SurveyFacts, ...], build: BuildFacts | None) -> str:
    if build is not None:
        return "It holds from Ask to Find. From there on nothing has been begun."
    if known:
        return "It has begun at Ask. Nothing has been found yet."
    return "Nothing has been asked yet. It begins with a survey, this year’s or the last one."


def _ask(request: AreaRequest, known: tuple[SurveyFacts, ...], build: BuildFacts | None) -> SpineLink:
    """The newest ready wave: of the survey whose findings stand below, where there are any."""
    url = _url(request, "survey.see", "surveys")
    found = newest_ready(known, build)
    if found is None:
        what = "No wave is ready yet" if known else "No survey yet"
        return SpineLink("Ask", url, "part" if known else "todo", what)
    survey, wave = found
    return SpineLink(
        "Ask",
        url,
        "done",
        "people answered",
        figure=f"{wave.people or 0:,}",
        figure_url=_url(request, "results.see", "findings"),
        note=f"{survey.title}, {wave.label}. {_waves(survey.waves)}",
    )


def _waves(waves: tuple[WaveFacts, ...]) -> str:
    count = sum(wave.state == "ready" for wave in waves)
    return "It is the only wave so far." if count == 1 else f"{count} waves can be compared."


def _find(request: AreaRequest, build: BuildFacts | None) -> SpineLink:
    url = _url(request, "results.see", "findings")
    if build is None:
        return SpineLink("Find", url, "todo", "No findings yet", note="They appear when a report is built.")
    kinds = [(words.title, build.kinds.get(kind.value, 0)) for kind, words in KINDS.items()]
    note = f"{build.title}. " + "; ".join(f"{title}: {count}" for title, count in kinds if count)
    return SpineLink(
        "Find",
        url,
        "done",
        "findings",
        figure=f"{build.findings:,}",
        figure_url=url,
        note=f"{note}.",
    )


def _coming() -> list[SpineLink]:
    return [SpineLink(name, None, "todo", "Not begun", note=COMING[code]) for code, name in LINKS[2:]]


def _steps(request: AreaRequest, known: tuple[SurveyFacts, ...], build: BuildFacts | None) -> list[NextStep]:
    """At most four things to do, the most urgent first."""
    if not request.here.actor.may("survey.change"):
        return []
    area = request.here.area.slug
    found = [step for survey in known for wave in survey.waves for step in _of_wave(area, survey, wave)]
    if not known:
        found.append(NextStep("Start the first survey", reverse("survey-new", args=[area]), "Two minutes."))
    ready = [survey for survey in known if any(wave.state == "ready" for wave in survey.waves)]
    if ready and build is None:
        url = reverse("builds", args=[area, ready[0].slug])
        found.append(NextStep("Build the report", url, "A wave is ready."))
    return found[:4]


def _of_wave(area: str, survey: SurveyFacts, wave: WaveFacts) -> list[NextStep]:
    if wave.state == "mapping":
        url = reverse("columns", args=[area, survey.slug, wave.code])
        return [NextStep(f"Look at the columns of {wave.label}", url, survey.title)]
    if wave.state == "checking" and wave.said:
        url = reverse("problems", args=[area, survey.slug, wave.code])
        return [NextStep(f"Accept what could not be read of {wave.label}", url, survey.title)]
    return []


def _url(request: AreaRequest, what: str, name: str) -> str | None:
    return reverse(name, args=[request.here.area.slug]) if request.here.actor.may(what) else None
