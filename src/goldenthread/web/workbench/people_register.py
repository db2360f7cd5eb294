"""Taking in a staff register: chosen, shown as a plan, done on a second word."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.analysis.problem import Problem
from goldenthread.ground.days import said
from goldenthread.ground.organisations.queries import every_organisation
from goldenthread.ground.people.register import commands, queries
from goldenthread.ground.people.register.plan import Plan, Step
from goldenthread.ground.people.register.queries import RegisterFacts
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.uploads import explain
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.people_forms import RegisterForm
from goldenthread.web.workbench.telling import say

MOST_SHOWN = 200
JOIN = [Column("Name"), Column("Known by"), Column("Posts", number=True)]
CHANGE = [Column("Name"), Column("What changes")]
LEAVE = [Column("Name"), Column("Posts that end", number=True)]
PROBLEMS = [Column("Where"), Column("What is wrong"), Column("Left out")]


def choose(request: AreaRequest) -> HttpResponse:
    """Choose a file; below it, the files before."""
    area = request.here.area.id
    owners = [(str(each.id), each.name) for each in every_organisation(area) if each.basis]
    form = RegisterForm(request.POST or None, request.FILES or None, owners=owners, today=localdate(now()))
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, form)
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("staff-register-plan", area=request.here.area.slug, register=kept)
    explain(request, form)
    context = framed(
        request,
        "",
        form=form,
        owners=owners,
        crumbs=_crumbs(request),
        registers=queries.registers(area),
        sees_organisations=request.here.actor.may("organisations.see"),
    )
    return render(request, "workbench/people_register.html", context)


def plan(request: AreaRequest, register: int) -> HttpResponse:
    """What taking the register in would do, or did; a second word does it."""
    found = _register_or_404(request, register)
    if found.state != commands.WAITING:
        return render(request, "workbench/people_register_done.html", _settled(request, found))
    if request.method == "POST":
        return _take_in(request, found)
    return _planned(request, found)


def discard(request: AreaRequest, register: int) -> HttpResponse:
    """Forget a register that was not taken in."""
    if request.method == "POST":
        try:
            commands.discard_register(by=request.here.actor, now=now(), register=register)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The file is forgotten. Nobody was changed.")
    return redirect("staff-register", area=request.here.area.slug)


def _keep(request: AreaRequest, form: RegisterForm) -> int:
    data = form.cleaned_data
    return commands.keep_register(
        by=request.here.actor,
        now=now(),
        owner=int(data["owner"]),
        name=data["file"].name,
        stream=data["file"],
        as_of=data["as_of"],
        whole=data["whole"],
    )


def _take_in(request: AreaRequest, found: RegisterFacts) -> HttpResponse:
    shown = request.POST.get("shown", "")
    try:
        commands.take_in_register(by=request.here.actor, now=now(), register=found.id, shown=shown)
    except Conflict as conflict:
        return _planned(request, found, again=str(conflict))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("staff-register-plan", area=request.here.area.slug, register=found.id)


def _planned(request: AreaRequest, found: RegisterFacts, again: str = "") -> HttpResponse:
    try:
        made = queries.plan_of(request.here.area.id, found.id, now=now())
    except Refused as refused:
        made, again = None, str(refused)
    context = framed(request, "", crumbs=_crumbs(request, deeper=True), register=found, again=again)
    if made is not None:
        context |= _shown(made)
    return render(request, "workbench/people_register_plan.html", context, status=409 if again else 200)


def _shown(made: Plan) -> dict[str, object]:
    return {
        "plan": made,
        "counts": f"{len(made.join):,} join, {len(made.change):,} change, {len(made.leave):,} have left",
        "join": _rows(
            (step.name, step.values["reference"] or step.values["email"], len(step.begins))
            for step in _some(made.join)
        ),
        "change": _rows((step.name, step.words()) for step in _some(made.change)),
        "leave": _rows((step.name, len(step.ends)) for step in _some(made.leave)),
        "wrong": [_problem(each) for each in made.problems[:MOST_SHOWN]],
        "join_columns": JOIN,
        "change_columns": CHANGE,
        "leave_columns": LEAVE,
        "problem_columns": PROBLEMS,
        "most": MOST_SHOWN,
        "cut": max(map(len, (made.join, made.change, made.leave, made.problems))) > MOST_SHOWN,
    }


def _some(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return steps[:MOST_SHOWN]


def _rows(lines: Iterable[tuple[object, ...]]) -> list[Row]:
    return [Row(tuple(Cell(str(each)) for each in line)) for line in lines]


def _problem(each: Problem) -> Row:
    where = f"Row {min(each.rows)}" if each.rows else "The file"
    if each.column:
        where = f"{where}, {each.column}"
    told = f"“{each.value}” {each.message}" if each.value else each.message
    return Row((Cell(where), Cell(told[:1].upper() + told[1:]), Cell("Yes" if each.lost else "No")))


def _settled(request: AreaRequest, found: RegisterFacts) -> dict[str, object]:
    done = found.done
    told = (
        f"{done.get('joined', 0):,} joined, {done.get('changed', 0):,} changed, {done.get('left', 0):,} left."
    )
    over = f"{said(localdate(found.settled))}" if found.settled else ""
    return framed(
        request,
        "",
        crumbs=_crumbs(request, deeper=True),
        register=found,
        told=told if done else "Nobody was changed.",
        over=over,
    )


def _register_or_404(request: AreaRequest, register: int) -> RegisterFacts:
    found = queries.register(request.here.area.id, register)
    if found is None:
        raise Http404
    return found


def _crumbs(request: AreaRequest, *, deeper: bool = False) -> list[Crumb]:
    slug = request.here.area.slug
    above = [Crumb("People", reverse("people", args=[slug]))]
    return [*above, Crumb("Staff registers", reverse("staff-register", args=[slug]))] if deeper else above
