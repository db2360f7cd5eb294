"""Ask: how a wave's file is read, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.responses.propose.model import Choice
from goldenthread.analysis.responses.propose.scales import as_met, known_scales
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, queries
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404

KINDS = {
    "": "Leave it out",
    "scale": "One answer on a scale",
    "matrix": "Statements on one scale",
    "single": "One of a list",
    "multiple": "Tick any",
    "number": "A number",
    "date": "A date",
    "short-text": "A few words",
    "long-text": "A comment",
}
GOOD = (("yes", "More is better"), ("no", "More is worse"), ("", "Neither"))
OWN = "own"


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the file as the page shows it."""

    id: str
    text: str
    kind: str
    kinds: tuple[tuple[str, str], ...]
    scale: str
    label: str
    good: str
    order: str
    values: tuple[tuple[str, int], ...]
    more: int
    sure: bool
    because: str
    parts: tuple[str, ...]


def columns(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Decide how each column is read."""
    found, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    problem = ""
    if request.method == "POST":
        problem = _decide(request, survey, reading)
        if not problem:
            messages.success(request, f"{reading.wave.label} is being read that way.")
            return redirect("survey", area=request.here.area.slug, survey=survey)
    lines = [line(seen, choice) for seen, choice in zip(reading.seen, reading.choices, strict=True)]
    context = framed(
        request,
        "ask",
        survey=found,
        wave=reading.wave,
        total=len(lines),
        unsure=[each for each in lines if not each.sure],
        sure=[each for each in lines if each.sure],
        scales=[(name, known.label) for name, known in known_scales().items()] + [(OWN, "Its own answers")],
        goods=GOOD,
        problem=problem,
    )
    return render(request, "workbench/columns.html", context, status=409 if problem else 200)


def problems(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """What could not be read of a wave; accept it, or go back to its columns."""
    found, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    if request.method == "POST":
        try:
            commands.accept(
                by=request.here.actor, now=now(), survey=survey, wave=wave, version=_version(request.POST)
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{reading.wave.label} takes part in builds from now on.")
            return redirect("survey", area=request.here.area.slug, survey=survey)
    listed = queries.problems(request.here.area.id, survey, wave)
    context = framed(request, "ask", survey=found, wave=reading.wave, problems_found=listed)
    return render(request, "workbench/problems.html", context)


def drop(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Ask whether to take a wave out, and do it."""
    found, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    if request.method == "POST":
        commands.drop_wave(by=request.here.actor, now=now(), survey=survey, wave=wave)
        messages.success(request, f"{reading.wave.label} was taken out.")
        return redirect("survey", area=request.here.area.slug, survey=survey)
    return render(
        request, "workbench/wave_drop.html", framed(request, "ask", survey=found, wave=reading.wave)
    )


def reading_or_404(request: AreaRequest, survey: str, wave: str) -> queries.Reading:
    """What a wave's file holds. Raises Http404."""
    found = queries.reading(request.here.area.id, survey, wave)
    if found is None:
        raise Http404
    return found


def line(seen: Mapping[str, Any], choice: Mapping[str, Any]) -> Line:
    """One question of the file for the page."""
    several = bool(seen["parts"])
    kinds = tuple((kind, words) for kind, words in KINDS.items() if kind in _possible(several))
    good = {True: "yes", False: "no"}.get(choice["good"], "")
    return Line(
        id=seen["id"],
        text=seen["text"],
        kind=choice["kind"] or "",
        kinds=kinds,
        scale=choice["scale"] or OWN,
        label=choice["label"],
        good=good,
        order="\n".join(choice["order"] or in_order(choice["scale"], seen)),
        values=tuple((value["text"], value["times"]) for value in seen["values"][:8]),
        more=max(0, seen["kinds"] - 8),
        sure=choice["sure"],
        because=choice["because"],
        parts=tuple(words for _, words in seen["parts"]),
    )


def in_order(scale: str, seen: Mapping[str, Any]) -> list[str]:
    """The answers met, lowest first where a known scale says so; what it does not know comes last."""
    met = [value["text"] for value in seen["values"]]
    if scale not in known_scales():
        return met
    answers = as_met(known_scales()[scale].scale, met).answers
    ranked = [answer.label for answer in answers if answer.label in met]
    return [*ranked, *(text for text in met if text not in ranked)]


def _possible(several: bool) -> tuple[str, ...]:  # noqa: FBT001 - a fact of the file
    return ("", "matrix", "multiple") if several else tuple(kind for kind in KINDS if kind != "matrix")


def _decide(request: AreaRequest, survey: str, reading: queries.Reading) -> str:
    """Carry the choices out; the sentence to show where that cannot be."""
    try:
        commands.decide(
            by=request.here.actor,
            now=now(),
            survey=survey,
            wave=reading.wave.code,
            version=_version(request.POST),
            choices=[chosen(request.POST, plain) for plain in reading.choices],
        )
    except Conflict as conflict:
        return f"{conflict} What stands here now is theirs; your changes are not in it."
    except Refused as refused:
        return str(refused)
    return ""


def chosen(post: QueryDict, plain: Mapping[str, Any]) -> Choice:
    """One question's choice from the page, the rest as it was proposed."""
    name = plain["id"]
    kind = post.get(f"kind-{name}", plain["kind"] or "")
    scale = post.get(f"scale-{name}", plain["scale"])
    order = tuple(bit.strip() for bit in post.get(f"order-{name}", "").splitlines() if bit.strip())
    rows = tuple(plain["row_items"])
    return Choice(
        id=name,
        kind=Kind(kind) if kind in set(Kind) else None,
        item=plain["item"],
        label=post.get(f"label-{name}", plain["label"]).strip()[:200] or plain["label"],
        scale=scale if scale in known_scales() and kind in ("scale", "matrix", "single") else "",
        order=order or tuple(plain["order"]),
        outside=tuple(plain["outside"]),
        good={"yes": True, "no": False}.get(post.get(f"good-{name}", "")),
        row_items=rows,
    )


def _version(post: QueryDict) -> int:
    return int(post.get("version") or 0) if (post.get("version") or "").isdigit() else 0
