"""Ask: which question of one wave continues which of another, wording beside wording."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from goldenthread.analysis.definition.words import fold_text
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.queries import CrosswalkRow, Decision, Place
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404

FILTERS = (("", "Every item"), ("reworded", "Reworded"), ("once", "In one wave only"), ("decided", "Decided"))


@dataclass(frozen=True, slots=True)
class Line:
    """One item: (wave, wording) of each wave, no wording where it was not asked; and what is decided."""

    item: str
    label: str
    words: tuple[tuple[str, str], ...]
    reworded: bool
    decision: str


def crosswalk(request: AreaRequest, survey: str) -> HttpResponse:
    """Every item, its wording in each wave side by side."""
    found = survey_or_404(request, survey)
    waves = [wave for wave in found.waves if not wave.published]
    show = request.GET.get("show", "")
    rows = queries.crosswalk(request.here.area.id, survey)
    lines = [
        line
        for line in (_line(row, [(w.code, w.label) for w in waves]) for row in rows)
        if _wanted(line, show)
    ]
    context = framed(
        request, "ask", survey=found, waves=waves, lines=lines, show=show, filters=FILTERS, total=len(rows)
    )
    return render(request, "workbench/crosswalk.html", context)


def item(request: AreaRequest, survey: str, item: str) -> HttpResponse:
    """One item: link another question to it, part it from one, or decide whether it may be compared."""
    found = survey_or_404(request, survey)
    rows = queries.crosswalk(request.here.area.id, survey)
    row = next((row for row in rows if row.item == item), None)
    if row is None:
        return redirect("crosswalk", area=request.here.area.slug, survey=survey)
    if request.method == "POST" and _carried_out(request, found, row):
        return redirect("crosswalk", area=request.here.area.slug, survey=survey)
    versions = {wave.code: wave.version for wave in found.waves}
    context = framed(
        request,
        "ask",
        survey=found,
        row=row,
        places=[(place, versions[place.wave]) for place in row.places],
        missing=[(wave, _free(rows, wave.code, row)) for wave in _without(found, row)],
        pairs=_pairs(row),
    )
    return render(request, "workbench/crosswalk_item.html", context)


def _line(row: CrosswalkRow, waves: list[tuple[str, str]]) -> Line:
    words = {place.wave: place.text for place in row.places}
    different = len({fold_text(text) for text in words.values()}) > 1
    told = [
        f"{d.earlier} and {d.later}: {'comparable' if d.comparable else 'not comparable'}"
        for d in row.decisions
    ]
    return Line(
        row.item,
        row.label,
        tuple((label, words.get(code, "")) for code, label in waves),
        different,
        "; ".join(told),
    )


def _wanted(line: Line, show: str) -> bool:
    asked = sum(bool(words) for _, words in line.words)
    return {"reworded": line.reworded, "once": asked == 1, "decided": bool(line.decision)}.get(show, True)


def _without(survey: queries.SurveyFacts, row: CrosswalkRow) -> list[queries.WaveFacts]:
    """The waves of answers that do not ask the item."""
    asked = {place.wave for place in row.places}
    return [wave for wave in survey.waves if wave.code not in asked and not wave.published]


def _free(rows: tuple[CrosswalkRow, ...], wave: str, but: CrosswalkRow) -> list[tuple[str, str]]:
    """The questions of a wave that might be this item: those of no other wave first."""
    found = [
        (len(row.places), f"{place.question}:{place.row}", place.text)
        for row in rows
        for place in row.places
        if place.wave == wave and row.item != but.item
    ]
    return [(value, text) for _, value, text in sorted(found, key=lambda each: (each[0] > 1, each[2]))]


def _pairs(row: CrosswalkRow) -> list[tuple[str, str, Decision | None]]:
    decided = {(d.earlier, d.later): d for d in row.decisions}
    waves = [place.wave for place in row.places]
    return [(one, two, decided.get((one, two))) for one, two in pairwise(waves)]


def _carried_out(request: AreaRequest, survey: queries.SurveyFacts, row: CrosswalkRow) -> bool:
    try:
        messages.success(request, _carry_out(request, survey, row))
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _carry_out(request: AreaRequest, survey: queries.SurveyFacts, row: CrosswalkRow) -> str:
    post, by, moment = request.POST, request.here.actor, now()
    if post.get("do") == "judge":
        commands.judge_link(by=by, now=moment, survey=survey.slug, decision=_decision(post, row.item))
        return "Your decision stands. The next build uses it."
    wave, _, rest = post.get("place", "").partition("/")
    question, _, part = rest.partition(":")
    own = f"{row.item}-{wave}" if post.get("do") == "part" else row.item
    version = next((w.version for w in survey.waves if w.code == wave), 0)
    given = post.get(f"version-{wave}", "")
    commands.link(
        by=by,
        now=moment,
        survey=survey.slug,
        place=Place(wave, question, part, ""),
        version=int(given) if given.isdigit() else version,
        item=own[:80],
    )
    return "Linked." if own == row.item else "Parted: it is an item of its own now."


def _decision(post: QueryDict, item: str) -> Decision:
    earlier, _, later = post.get("pair", "").partition("/")
    return Decision(item, earlier, later, post.get("comparable") == "yes", post.get("because", ""))
