"""Where is our thread? The front page."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from goldenthread.analysis.definition.words import listed
from goldenthread.ground.people.queries import areas_of
from goldenthread.ground.people.roles import roles
from goldenthread.thread.finding.queries import BuildFacts, latest, newest_of_each
from goldenthread.thread.survey.asking import queries as asking
from goldenthread.thread.survey.queries import SurveyFacts, WaveFacts, surveys
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import NextStep, SpineLink
from goldenthread.web.workbench.frame import LINKS, framed, newest_ready

COUNTED = {
    "strength": "to celebrate",
    "gap": "gaps",
    "low-but-improving": "low but improving",
    "fell": "that fell",
    "rose": "that rose",
    "mixed": "that moved as different people answered",
    "steady": "about the same",
    "new": "new or not comparable",
    "too-few": "with too few answers to tell",
}
"""What the front page calls findings of each kind, after their number."""

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
        for_you=() if steps else _for_you(request),
        again=_again(known, build),
        open_now=_open_now(request),
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
    built = build is not None and build.survey == survey.slug
    return SpineLink(
        "Ask",
        url,
        "done",
        "people answered",
        figure=f"{wave.people or 0:,}",
        figure_url=_url(request, "results.see", "who", survey.slug) if built else url,
        note=f"{survey.title}, {wave.label}. {_waves(survey.waves)}",
    )


def _waves(waves: tuple[WaveFacts, ...]) -> str:
    count = sum(wave.state == "ready" for wave in waves)
    return "It is the only wave so far." if count == 1 else f"{count} waves can be compared."


def _find(request: AreaRequest, build: BuildFacts | None) -> SpineLink:
    url = _url(request, "results.see", "findings")
    if build is None:
        return SpineLink("Find", url, "todo", "No findings yet", note="They appear when a report is built.")
    told = [f"{build.kinds[kind]} {words}" for kind, words in COUNTED.items() if build.kinds.get(kind)]
    return SpineLink(
        "Find",
        url,
        "done",
        "findings, one for each item asked" if build.findings > 1 else "finding",
        figure=f"{build.findings:,}",
        figure_url=_url(request, "results.see", "results", build.survey),
        note=f"{build.title}: {', '.join(told)}.",
    )


def _coming() -> list[SpineLink]:
    return [SpineLink(name, None, "todo", "Not begun", note=COMING[code]) for code, name in LINKS[2:]]


def _steps(request: AreaRequest, known: tuple[SurveyFacts, ...], build: BuildFacts | None) -> list[NextStep]:
    """At most four things to do, the most urgent first."""
    if not request.here.actor.may("survey.change"):
        return _reading(request, build)
    area = request.here.area.slug
    found = [step for survey in known for wave in survey.waves for step in _of_wave(area, survey, wave)]
    if not known:
        found.append(NextStep("Start the first survey", reverse("survey-new", args=[area]), "Two minutes."))
    built = {each.survey: each for each in newest_of_each(request.here.area.id)}
    found += [step for survey in known for step in _to_build(area, survey, built.get(survey.slug))]
    return [*found, *_reading(request, build)][:4]


def _to_build(area: str, survey: SurveyFacts, newest: BuildFacts | None) -> list[NextStep]:
    """A report where none is of the waves that are ready now."""
    built = {label for label, _ in newest.waves} if newest else set()
    missing = [wave.label for wave in survey.waves if wave.state == "ready" and wave.label not in built]
    if not missing:
        return []
    verb = "Build the report again" if newest else "Build the report"
    why = f"{survey.title}: {listed(missing)} {'is' if len(missing) == 1 else 'are'} ready and not in it."
    return [NextStep(verb, reverse("builds", args=[area, survey.slug]), why)]


def _reading(request: AreaRequest, build: BuildFacts | None) -> list[NextStep]:
    """What there is to read, for whoever may."""
    area = request.here.area.slug
    if build is None or not request.here.actor.may("results.see"):
        return []
    results, who = (reverse(name, args=[area, build.survey]) for name in ("results", "who"))
    return [
        NextStep("Read what was found", results, f"{build.title}, build {build.number}."),
        NextStep("See who answered", who, "And what that allows us to say."),
    ]


def _for_you(request: AreaRequest) -> tuple[tuple[str, str], ...]:
    """(role, what it is for) of somebody for whom nothing is to be done yet."""
    known = roles()
    return tuple((known[role].name, known[role].purpose) for role in sorted(request.here.actor.roles))


def _open_now(request: AreaRequest) -> dict[str, object] | None:
    """The wave that people are answering now; of several the one that closes first."""
    if not request.here.actor.may("survey.see"):
        return None
    today = localtime(now()).date()
    found = next(iter(asking.open_waves(request.here.area.id, today=today)), None)
    if found is None:
        return None
    left = (found.closes - today).days
    came = f"{found.came:,} or more answers so far." if found.came else "No answer is counted yet."
    return {
        "name": f"{found.title}, {found.label}",
        "url": _url(request, "survey.see", "asking", found.survey, found.wave),
        "left": f"{left} more day{'s' if left > 1 else ''}" if left else "last day",
        "answers": came,
        "words": f"It closes on {found.closes.day} {found.closes:%B %Y}.",
        "note": "Answers are counted when twenty or more are mixed, and rounded down to five.",
    }


def _again(known: tuple[SurveyFacts, ...], build: BuildFacts | None) -> str:
    """When the survey would be asked again: as long after the newest wave as that after the one before."""
    found = newest_ready(known, build)
    opened = [wave.opens for wave in found[0].waves if wave.opens] if found else []
    if len(opened) < 2:
        return ""
    months = sum(n * (new - old) for n, old, new in zip((12, 1), *map(_month, opened[-2:]), strict=True))
    year, month = divmod(12 * opened[-1].year + opened[-1].month - 1 + months, 12)
    again = date(year, month + 1, 1)
    told = "with this survey’s questions ready to compare"
    return f"{again:%B %Y}, {told}" if again > now().date() else ""


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _of_wave(area: str, survey: SurveyFacts, wave: WaveFacts) -> list[NextStep]:
    if wave.state == "mapping":
        url = reverse("columns", args=[area, survey.slug, wave.code])
        return [NextStep(f"Look at the columns of {wave.label}", url, survey.title)]
    if wave.state == "checking" and wave.said:
        url = reverse("figures" if wave.published else "problems", args=[area, survey.slug, wave.code])
        return [NextStep(_to_accept(wave), url, survey.title)]
    if wave.state == "failed":
        words = f"Read {wave.label} again" if wave.again else f"See why {wave.label} could not be used"
        return [NextStep(words, f"{reverse('survey', args=[area, survey.slug])}#waves", survey.title)]
    return []


def _to_accept(wave: WaveFacts) -> str:
    """What is asked of somebody before a wave that was read takes part in builds."""
    if wave.published:
        return f"Look at the figures of {wave.label}"
    return f"Accept what could not be read of {wave.label}" if wave.lost else f"Use {wave.label}"


def _url(request: AreaRequest, what: str, name: str, *more: str) -> str | None:
    return reverse(name, args=[request.here.area.slug, *more]) if request.here.actor.may(what) else None
