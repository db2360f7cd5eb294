"""Taking in a file of the national register: chosen, shown as a plan, done on a second word."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.ground.organisations import bring_in, queries
from goldenthread.ground.organisations.pick import authority_codes
from goldenthread.ground.organisations.plan import Plan, Step
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.uploads import explain
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.organisations_forms import RegisterForm
from goldenthread.web.workbench.telling import PROBLEMS, problem_rows, say

MOST_SHOWN, MOST_NAMED = 500, 30
ADDED = [Column("School"), Column("URN"), Column("Kind")]
CHANGED = [Column("School"), Column("URN"), Column("What changes")]


def choose(request: AreaRequest) -> HttpResponse:
    """Choose a file; below it, the files before."""
    area = request.here.area.id
    first = {"authorities": ", ".join(queries.authorities(area)[:1])}
    form = RegisterForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form)
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("national-register-plan", area=request.here.area.slug, upload=kept)
    explain(request, form)
    context = framed(request, "", form=form, crumbs=_crumbs(request), uploads=queries.uploads(area))
    return render(request, "workbench/organisations_register.html", context)


def plan(request: AreaRequest, upload: int) -> HttpResponse:
    """What taking the file in would do, or did; a second word does it."""
    found = queries.upload(request.here.area.id, upload)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _take_in(request, upload)
    if not found.waiting:
        return _settled(request, found)
    try:
        made = bring_in.plan_of(request.here.area.id, upload, now=now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("lists", area=request.here.area.slug)
    return _planned(request, upload, made)


def discard(request: AreaRequest, upload: int) -> HttpResponse:
    """Forget a file that was not taken in."""
    if request.method == "POST":
        try:
            bring_in.discard_upload(by=request.here.actor, now=now(), upload=upload)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The file is forgotten. Nothing was changed.")
    return redirect("national-register", area=request.here.area.slug)


def _keep(request: AreaRequest, form: RegisterForm) -> int:
    file = form.cleaned_data["file"]
    return bring_in.keep_upload(
        by=request.here.actor,
        now=now(),
        file=file,
        name=file.name,
        authorities=authority_codes(form.cleaned_data["authorities"]),
    )


def _take_in(request: AreaRequest, upload: int) -> HttpResponse:
    shown = request.POST.get("shown", "")
    try:
        done = bring_in.bring_in(by=request.here.actor, now=now(), upload=upload, shown=shown)
    except Conflict as conflict:
        made = bring_in.plan_of(request.here.area.id, upload, now=now())
        return _planned(request, upload, made, again=str(conflict))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Done: {_counts(done, ('added', 'changed', 'closed'))}.")
    return redirect("national-register-plan", area=request.here.area.slug, upload=upload)


def _planned(request: AreaRequest, upload: int, made: Plan | None, again: str = "") -> HttpResponse:
    if made is None:
        raise Http404
    context = framed(
        request,
        "",
        crumbs=_crumbs(request, register=True),
        plan=made,
        upload=upload,
        counts=_counts(made, ("to add", "to change", "to close")),
        again=again,
        added=_added(made.add),
        changed=_changed(made.change),
        closed=_changed(made.close),
        problems_found=problem_rows(made.problems),
        unlisted=made.unlisted[:MOST_NAMED],
        unnamed=len(made.unlisted) - MOST_NAMED,
        added_columns=ADDED,
        changed_columns=CHANGED,
        problem_columns=PROBLEMS,
        most=MOST_SHOWN,
    )
    return render(
        request, "workbench/organisations_register_plan.html", context, status=409 if again else 200
    )


def _settled(request: AreaRequest, found: queries.UploadFacts) -> HttpResponse:
    rows = [
        Row((Cell(line["name"]), Cell(line["urn"]), Cell(line["what"].capitalize()), Cell(line["words"])))
        for line in found.lines
    ]
    columns = [Column("School"), Column("URN"), Column("What happened"), Column("In detail")]
    context = framed(
        request, "", crumbs=_crumbs(request, register=True), upload=found, rows=rows, columns=columns
    )
    return render(request, "workbench/organisations_register_done.html", context)


def _counts(made: Plan, words: tuple[str, str, str]) -> str:
    steps = zip((made.add, made.change, made.close), words, strict=True)
    return ", ".join(f"{len(some):,} {word}" for some, word in steps)


def _added(steps: Iterable[Step]) -> list[Row]:
    return [Row((Cell(step.name), Cell(step.urn), Cell(step.kind))) for step in tuple(steps)[:MOST_SHOWN]]


def _changed(steps: Iterable[Step]) -> list[Row]:
    return [Row((Cell(step.name), Cell(step.urn), Cell(step.words()))) for step in tuple(steps)[:MOST_SHOWN]]


def _crumbs(request: AreaRequest, *, register: bool = False) -> list[Crumb]:
    slug = request.here.area.slug
    above = [Crumb("Organisations", reverse("organisations", args=[slug]))]
    return (
        [*above, Crumb("From the national register", reverse("national-register", args=[slug]))]
        if register
        else above
    )
