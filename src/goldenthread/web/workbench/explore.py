"""Find: every honest number of a build, one item a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.analysis.report.html.fragment import fragment
from goldenthread.analysis.report.model import Block, ItemPage, Paragraph, Table
from goldenthread.thread.finding import downloads, explore, listing, page
from goldenthread.thread.finding.page import FULL, NONE, Way
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Download, Step
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.opening import Seen, item_address, seen
from goldenthread.web.workbench.surveys import survey_or_404

MIXES = (("on", "Shown"), ("off", "Not shown"))
CHANGED = re.compile(r"\d+ points? (?:higher|lower)")
FIGURES = re.compile(rf"(^[^.:“]+?(?= of (?:the|those) )|{CHANGED.pattern})")
"""Figures in a headline: its level before “of the 702”, and points."""
FILES = (("xlsx", "Spreadsheet"), ("csv", "CSV"), ("png", "Charts as a picture"), ("svg", "Charts as SVG"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of the explorer shows, as its address says it; ``build`` where that is in it too."""

    by: str
    only: tuple[str, ...]
    compare: str
    mix: str
    build: str

    @property
    def way(self) -> Way:
        """The same, for the domain."""
        return Way(self.by, self.only, self.compare, self.mix != "off")

    @property
    def query(self) -> str:
        """The address's question, without what is as usual."""
        parts = [("build", self.build), ("by", self.by), *(("only", each) for each in self.only)]
        parts += [("with", self.compare), ("mix", "off" if self.mix == "off" else "")]
        told = urlencode([(key, value) for key, value in parts if value])
        return f"?{told}" if told else ""


def item(request: AreaRequest, survey: str, item: str) -> HttpResponse:
    """One item, answered honestly."""
    survey_or_404(request, survey)
    found = seen(request, survey)
    if found is None:
        return redirect("results", area=request.here.area.slug, survey=survey)
    waves = page.comparable(found.view, item)
    asked = _asked(request, waves, page.groupings(found.view, item))
    made = page.item_page(found.view, item, asked.way)
    if made is None:
        raise Http404
    beside = listing.beside(found.view, item)
    context = framed(
        request,
        "find",
        seen=found,
        build=found.build,
        page=made,
        trail=_trail(reverse("results", args=[request.here.area.slug, survey]) + found.query, beside),
        headline=evidenced(made),
        blocks=fragment(_without_list(made, beside), item_address(request, survey, found.query)),
        asked=asked,
        **_filters(found, item, asked, waves),
        beside=_beside(item_address(request, survey, asked.query), beside),
        downloads=_downloads(reverse("item", args=[request.here.area.slug, survey, item]), asked),
    )
    return render(request, "workbench/item.html", context)


def evidenced(page: ItemPage) -> list[tuple[str, str]]:
    """The headline in parts, each with the id of the table its figure stands in, or none."""
    tables = [block.id for block in page.blocks if isinstance(block, Table)]
    levels = next((name for name in tables if name.endswith("-numbers")), "")
    changes = next((name for name in tables if name.endswith("-changes")), "")
    parts = FIGURES.split(page.headline)
    targets = [changes if CHANGED.fullmatch(part) else levels for part in parts[1::2]]
    return [(part, targets[n // 2] if n % 2 else "") for n, part in enumerate(parts) if part]


def take_away(request: AreaRequest, survey: str, item: str, kind: str) -> HttpResponse:
    """What one item's page shows, as a file."""
    found = seen(request, survey)
    if found is None:
        raise Http404
    asked = _asked(request, page.comparable(found.view, item), page.groupings(found.view, item))
    made = downloads.file_of(found.view, found.build, item, asked.way, kind)
    if made is None:
        raise Http404
    response = HttpResponse(made.content, content_type=made.media_type)
    name = f"{survey}-build-{found.build.number}-{made.name}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _filters(found: Seen, item: str, asked: Asked, waves: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """What can be chosen; of a long grouping, its groups too."""
    groupings, levels = page.groupings(found.view, item), page.levels(found.view, asked.by)
    return {
        "groupings": [("", "Everybody"), *groupings] if groupings else [],
        "levels": [(*each, each[0] in asked.only) for each in levels] if len(levels) > FULL else [],
        "waves": [*waves, (NONE, "No comparison")] if waves else [],
        "mixes": MIXES if explore.has_mix(found.view) and waves and asked.compare != NONE else (),
    }


def _trail(results: str, beside: tuple[listing.Beside, ...]) -> list[Step]:
    """Where the finding leads: its list, and no further yet."""
    own = [Step(each.order, f"{results}#{each.place}") for each in beside if each.place]
    return [*own, Step("no need yet", loose=True)] if own else []


def _without_list(page: ItemPage, beside: tuple[listing.Beside, ...]) -> list[Block]:
    """The page's blocks, but for words that say no more than the trail does: the list it is in."""
    said = {f"{each.order}." for each in beside}
    return [block for block in page.blocks if not (isinstance(block, Paragraph) and block.text in said)]


def _beside(
    address: explore.Address, beside: tuple[listing.Beside, ...]
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """For each order, (words, label, address) of the item before and the one after, looked at alike."""
    return [
        (
            each.order,
            [
                (words, line.label, address(line.id))
                for words, line in (("Previous", each.before), ("Next", each.after))
                if line is not None
            ],
        )
        for each in beside
    ]


def _downloads(address: str, asked: Asked) -> list[Download]:
    return [Download(words, f"{address}{kind}/{asked.query}") for kind, words in FILES]


def _asked(request: AreaRequest, waves: page.Offered, groupings: page.Offered) -> Asked:
    """The address's question, as far as it can be answered.

    Where it names none of the earlier ``waves``, the newest is compared with; where none of the item's
    ``groupings``, it is about everybody.
    """
    get = request.GET.get
    known = {NONE, *(wave for wave, _ in waves)}
    newest = waves[0][0] if waves else ""
    compare = get("with", "") if get("with") in known else newest
    by = next((grouping for grouping, _ in groupings if grouping == get("by")), "")
    only = tuple(dict.fromkeys(request.GET.getlist("only")))[:500] if by else ()
    mix = "off" if get("mix") == "off" else "on"
    return Asked(by, only, compare, mix, get("build", ""))
