"""Find: what a build found, every item in its list; who answered; and what to do before there is a build."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.analysis.report.html.fragment import fragment
from goldenthread.thread.finding import explore, listing, queries
from goldenthread.web.access import AreaRequest
from goldenthread.web.workbench.builds import whole_when_done
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.opening import Seen, item_address, seen
from goldenthread.web.workbench.surveys import survey_or_404


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of findings is narrowed to, as its address says it."""

    wanted: listing.Wanted
    build: str

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.wanted != listing.Wanted()


def latest(request: AreaRequest) -> HttpResponse:
    """On to the results of the only survey that has any; a choice where there are several."""
    built = queries.newest_of_each(request.here.area.id)
    if not built:
        return render(request, "workbench/no_findings.html", framed(request, "find"))
    if len(built) > 1:
        return render(request, "workbench/results_of.html", framed(request, "find", builds=built))
    return redirect("results", area=request.here.area.slug, survey=built[0].survey)


def results(request: AreaRequest, survey: str) -> HttpResponse:
    """The findings of a build by kind, searched and narrowed, and every item."""
    found = seen(request, survey)
    if found is None:
        return before(request, survey)
    asked = _asked(request)
    told = listing.listed(found.view, asked.wanted)
    context = framed(
        request,
        "find",
        seen=found,
        build=found.build,
        opening=listing.opening(found.view),
        asked=asked,
        listed=told,
        findings=fragment(told.blocks, item_address(request, survey, found.query)),
        items=_by_section(found),
        **_choices(found),
    )
    return whole_when_done(request, render(request, "workbench/results.html", context), None)


def before(request: AreaRequest, survey: str) -> HttpResponse:
    """There are no results yet: why, and the one thing to do."""
    known = survey_or_404(request, survey)
    last = next(iter(queries.builds(request.here.area.id, survey)), None)
    context = framed(
        request,
        "find",
        survey=known,
        last=last,
        busy=last is not None and last.busy,
        ready=any(wave.state == "ready" for wave in known.waves),
        may_build=request.here.actor.may("results.build"),
        may_change=request.here.actor.may("survey.change"),
    )
    return whole_when_done(request, render(request, "workbench/results_none.html", context), last)


def who(request: AreaRequest, survey: str) -> HttpResponse:
    """Who answered, against the headcount, and what these results cannot show."""
    found = seen(request, survey)
    if found is None:
        return before(request, survey)
    told = explore.who_answered(found.view)
    blocks = fragment(told.blocks, item_address(request, survey, found.query))
    context = framed(request, "find", seen=found, build=found.build, answer=told.answer, blocks=blocks)
    return render(request, "workbench/who.html", context)


def _asked(request: AreaRequest) -> Asked:
    get = request.GET.get
    wanted = listing.Wanted(
        get("words", "").strip()[:100], get("topic", ""), get("section", ""), get("kind", "")
    )
    return Asked(wanted, get("build", ""))


def _choices(found: Seen) -> dict[str, object]:
    """What can be chosen; a choice of one is none."""
    every = listing.choices(found.view)
    return {
        "kinds": [("", "Every list"), *every.kinds],
        "topics": _offered("Every topic", every.topics),
        "sections": _offered("Every section", every.sections),
        "all_url": f"?{urlencode(found.kept)}",
    }


def _offered(all_of_them: str, words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", all_of_them), *((word, word) for word in words)] if len(words) > 1 else []


def _by_section(found: Seen) -> list[tuple[str, list[listing.ItemLine]]]:
    """Every item in the questionnaire's order, under its sections."""
    sections: dict[str, list[listing.ItemLine]] = {}
    for line in listing.items(found.view):
        sections.setdefault(line.section, []).append(line)
    return list(sections.items())
