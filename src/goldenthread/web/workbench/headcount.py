"""How many people could have answered: the headcount table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.analysis.definition.words import counted
from goldenthread.ground.csv_upload import read_text
from goldenthread.ground.days import said
from goldenthread.ground.files.store import plain_name
from goldenthread.ground.headcount import commands, queries
from goldenthread.ground.headcount.given import KINDS, WORKS
from goldenthread.ground.headcount.plan import MOST_BYTES, plan_counts
from goldenthread.ground.headcount.queries import Counted, CountFacts
from goldenthread.ground.lists.queries import choices, labels
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.headcount_forms import CountFileForm, CountForm, count_initial
from goldenthread.web.workbench.telling import PROBLEMS, Both, conflicted, problem_rows, say

Words = tuple[Mapping[str, str], Mapping[str, str]]
COLUMNS = [
    Column("Area of work"),
    Column("Kind of organisation"),
    Column("People", number=True),
    Column("Counted on"),
    Column("Source"),
    Column("All invited"),
]
TOTALS = [Column("Area of work"), Column("People", number=True), Column("Counted on")]
CHANGED = [Column("Who"), Column("As it stands"), Column("As the file says")]
ADDED = [Column("Who"), Column("What the file says")]


def every(request: AreaRequest) -> HttpResponse:
    """The workforce as counted, and every count behind it."""
    area, today = request.here.area.id, localdate(now())
    known, words = queries.workforce(area, on=today), _words(request)
    held = queries.counts(area)
    context = framed(
        request,
        "",
        held=held,
        everybody=_people(known.everybody) if known.everybody else "",
        counted_on=said(known.everybody.dated) if known.everybody else "",
        old=said(known.newest_of_old) if known.newest_of_old else "",
        notes=known.notes,
        totals=_totals(known, words),
        total_columns=TOTALS,
        columns=COLUMNS,
        rows=[_row(request, each, words) for each in held],
        may_change=request.here.actor.may("headcount.change"),
    )
    return render(request, "workbench/headcount.html", context)


def new(request: AreaRequest) -> HttpResponse:
    """Type a count."""
    form = _count_form(request)
    back = reverse("headcount", args=[request.here.area.slug])
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_count(by=request.here.actor, now=now(), given=form.given())
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, "The count is added.")
            return redirect(back)
    context = framed(request, "", form=form, title="Add a count", button="Add the count", back=back)
    return render(request, "workbench/list_form.html", context)


def change(request: AreaRequest, number: int) -> HttpResponse:
    """Change a count."""
    found = _count(request, number)
    form = _count_form(request, found)
    back = reverse("headcount", args=[request.here.area.slug])
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            commands.change_count(
                by=request.here.actor, now=now(), count=number, version=version, given=form.given()
            )
        except Conflict as conflict:
            found = _count(request, number)
            return conflicted(
                request, conflict, _both(request, form, found), version=found.version, back=back
            )
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, "The count is saved.")
            return redirect(back)
    context = framed(request, "", form=form, count=found, back=back)
    return render(request, "workbench/headcount_count.html", context)


def take_out(request: AreaRequest, number: int) -> HttpResponse:
    """Take a count out that should not have been there."""
    found = _count(request, number)
    back = reverse("headcount", args=[request.here.area.slug])
    version = typed.number(typed.words(request.POST, "version"))
    if request.method == "POST" and version is not None:
        try:
            commands.remove_count(by=request.here.actor, now=now(), count=number, version=version)
        except Conflict as conflict:
            return conflicted(request, conflict, [], version=found.version, back=back)
        messages.success(request, "The count is taken out.")
        return redirect(back)
    return redirect("count", area=request.here.area.slug, number=number)


def file(request: AreaRequest) -> HttpResponse:
    """Choose a file of counts; what it would change is shown first."""
    form = CountFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            return _planned(
                request, read_text(chosen, plain_name(chosen.name), most=MOST_BYTES), plain_name(chosen.name)
            )
        except Refused as refused:
            form.add_error("file", str(refused))
    explain(request, form)
    context = framed(request, "", form=form, crumbs=_crumbs(request))
    return render(request, "workbench/headcount_file.html", context)


def take_in(request: AreaRequest) -> HttpResponse:
    """Do what was shown."""
    back = redirect("headcount", area=request.here.area.slug)
    text, name = request.POST.get("text", ""), plain_name(request.POST.get("name", ""))
    if request.method != "POST" or not text:
        return redirect("headcount-file", area=request.here.area.slug)
    try:
        done = commands.bring_in_counts(
            by=request.here.actor, now=now(), text=text, name=name, shown=request.POST.get("shown", "")
        )
    except Conflict as conflict:
        return _planned(request, text, name, again=str(conflict))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, f"{counted(len(done.add), 'count', 'counts')} added and {len(done.change):,} changed."
        )
    return back


def _planned(request: AreaRequest, text: str, name: str, again: str = "") -> HttpResponse:
    """What a file would change. Raises Refused where it cannot be used."""
    made = plan_counts(request.here.area.id, text, name, on=localdate(now()))
    context = framed(
        request,
        "",
        crumbs=_crumbs(request),
        plan=made,
        text=text,
        again=again,
        added=[Row((Cell(step.label), Cell(step.after))) for step in made.add],
        changed=[Row((Cell(step.label), Cell(step.before), Cell(step.after))) for step in made.change],
        problems_found=problem_rows(made.problems),
        added_columns=ADDED,
        changed_columns=CHANGED,
        problem_columns=PROBLEMS,
    )
    return render(request, "workbench/headcount_plan.html", context, status=409 if again else 200)


def _count(request: AreaRequest, number: int) -> CountFacts:
    found = queries.count(request.here.area.id, number)
    if found is None:
        raise Http404
    return found


def _count_form(request: AreaRequest, found: CountFacts | None = None) -> CountForm:
    area, today = request.here.area.id, localdate(now())
    works, kinds = (
        [(each.code, each.label) for each in choices(area, code, on=today)] for code in (WORKS, KINDS)
    )
    first = count_initial(found) if found else None
    return CountForm(request.POST or None, works=works, kinds=kinds, initial=first)


def _words(request: AreaRequest) -> Words:
    area, today = request.here.area.id, localdate(now())
    return labels(area, WORKS, on=today), labels(area, KINDS, on=today)


def _totals(known: queries.Workforce, words: Words) -> list[Row]:
    """Each area of work as reports use it, the largest first, and everybody last."""
    found = sorted(known.works.items(), key=lambda pair: -pair[1].number)
    rows = [_total(words[0].get(code, code), counted) for code, counted in found]
    if known.everybody and rows:
        rows.append(_total("Everybody", known.everybody, last=True))
    return rows


def _total(name: str, counted: Counted, *, last: bool = False) -> Row:
    return Row((Cell(name), Cell(_people(counted)), Cell(said(counted.dated))), total=last)


def _row(request: AreaRequest, each: CountFacts, words: Words) -> Row:
    may = request.here.actor.may("headcount.change")
    url = reverse("count", args=[request.here.area.slug, each.id]) if may else ""
    return Row(
        (
            Cell(words[0].get(each.work, each.work) or "All", url),
            Cell(words[1].get(each.kind, each.kind) or "All"),
            Cell(_people(each)),
            Cell(said(each.dated)),
            Cell(each.source),
            Cell("Yes" if each.all_invited else "No"),
        )
    )


def _people(counted: Counted | CountFacts) -> str:
    high = counted.number_high
    return f"{counted.number:,}" if high is None else f"{counted.number:,} to {high:,}"


def _both(request: AreaRequest, form: CountForm, found: CountFacts) -> list[Both]:
    stands, words = count_initial(found), _words(request)
    mine = form.cleaned_data | {"all_invited": "yes" if form.cleaned_data["all_invited"] else "no"}
    return [
        Both(str(field.label), _typed(name, stands[name], words), _typed(name, mine[name], words))
        for name, field in form.fields.items()
        if name != "version"
    ]


def _typed(name: str, value: object, words: Words) -> str:
    if name in ("work", "kind"):
        return words[name == "kind"].get(str(value), "All")
    if isinstance(value, date):
        return said(value)
    return "" if value is None else str(value)


def _crumbs(request: AreaRequest) -> list[Crumb]:
    return [Crumb("Headcount", reverse("headcount", args=[request.here.area.slug]))]
