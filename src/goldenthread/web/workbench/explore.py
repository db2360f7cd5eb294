"""Find: every honest number of a build, one item a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.html.fragment import fragment
from goldenthread.thread.finding import explore, queries
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Download
from goldenthread.web.workbench.frame import framed


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of the explorer shows, as its address says it."""

    by: str
    compare: str
    mix: str

    @property
    def query(self) -> str:
        """The address's question."""
        return urlencode({"by": self.by, "with": self.compare, "mix": self.mix})


def latest(request: AreaRequest) -> HttpResponse:
    """On to the results of the only survey that has any; a choice where there are several."""
    built = queries.newest_of_each(request.here.area.id)
    if not built:
        return render(request, "workbench/no_findings.html", framed(request, "find"))
    if len(built) > 1:
        return render(request, "workbench/results_of.html", framed(request, "find", builds=built))
    return redirect("results", area=request.here.area.slug, survey=built[0].survey)


def results(request: AreaRequest, survey: str) -> HttpResponse:
    """The findings of the newest build, by kind, and every item."""
    build, view = _opened(request, survey)
    context = framed(
        request,
        "find",
        build=build,
        headline=fragment(explore.headline(view), _item_url(request, survey)),
        findings=fragment(explore.findings(view), _item_url(request, survey)),
        items=explore.items(view),
    )
    return render(request, "workbench/results.html", context)


def who(request: AreaRequest, survey: str) -> HttpResponse:
    """Who answered, against the headcount, and what these results cannot show."""
    build, view = _opened(request, survey)
    blocks = fragment(explore.who_answered(view), _item_url(request, survey))
    context = framed(request, "find", build=build, blocks=blocks)
    return render(request, "workbench/who.html", context)


def item(request: AreaRequest, survey: str, item: str) -> HttpResponse:
    """One item, answered honestly."""
    build, view = _opened(request, survey)
    waves = explore.comparable(view, item)
    asked = _asked(request, waves[0][0] if waves else "")
    page = explore.item_page(view, item, by=asked.by, compare=asked.compare, mix=asked.mix != "off")
    if page is None:
        raise Http404
    address = reverse("item", args=[request.here.area.slug, survey, item])
    context = framed(
        request,
        "find",
        build=build,
        page=page,
        blocks=fragment(page.blocks, _item_url(request, survey)),
        asked=asked,
        groupings=[("", "Everybody"), *explore.groupings(view)],
        waves=waves,
        has_mix=explore.has_mix(view),
        mixes=[("on", "Shown"), ("off", "Not shown")],
        downloads=_downloads(address, asked),
    )
    return render(request, "workbench/item.html", context)


def take_away(request: AreaRequest, survey: str, item: str, kind: str) -> HttpResponse:
    """What one item's page shows, as a file."""
    build, view = _opened(request, survey)
    asked = _asked(request)
    made = explore.file_of(view, item, kind, by=asked.by, compare=asked.compare, mix=asked.mix != "off")
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{survey}-{build.number}-{made.name}"'
    return response


def _downloads(address: str, asked: Asked) -> list[Download]:
    kinds = (("xlsx", "Spreadsheet"), ("csv", "CSV"), ("png", "Chart as a picture"), ("svg", "Chart as SVG"))
    return [Download(words, f"{address}{kind}/?{asked.query}") for kind, words in kinds]


def _asked(request: AreaRequest, newest: str = "") -> Asked:
    """The address's question; ``newest`` is the earlier wave compared with where it names none."""
    get = request.GET.get
    return Asked(get("by", ""), get("with", "") or newest, get("mix", "on"))


def _item_url(request: AreaRequest, survey: str) -> explore.Address:
    return lambda item: reverse("item", args=[request.here.area.slug, survey, item])


def _opened(request: AreaRequest, survey: str) -> tuple[queries.BuildFacts, explore.Opened]:
    build = queries.build(request.here.area.id, survey)
    if build is None:
        raise Http404
    try:
        return build, explore.opened(build.id)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
