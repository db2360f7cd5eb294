"""How many pupils have each type of need, and which needs few have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.analysis.estimate.needs import NO_TYPE
from goldenthread.analysis.report.compose.needs import share
from goldenthread.analysis.results import NeedRow
from goldenthread.ground.days import said
from goldenthread.ground.files.store import plain_name
from goldenthread.ground.lists.queries import EntryFacts, entries
from goldenthread.ground.pupils import commands, queries
from goldenthread.ground.pupils.queries import NEED_TYPES, Incidence, IncidenceTable, PupilsFacts
from goldenthread.ground.pupils.read import PupilsRead, read_pupils
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Fact, Row
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.pupils_forms import NEED, PupilsFileForm, PupilsForm
from goldenthread.web.workbench.telling import PROBLEMS, Both, conflicted, problem_rows, say

HIDDEN = "Hidden to protect pupils"
NEEDS = [
    Column("Type of need"),
    Column("Pupils", number=True),
    Column("Share of pupils with SEN", number=True),
    Column("Low incidence?"),
]
DAYS = [
    Column("Counted on"),
    Column("Counted by"),
    Column("Types counted", number=True),
    Column("All pupils with SEN", number=True),
]


def every(request: AreaRequest) -> HttpResponse:
    """The numbers reports would use today, and every day there are numbers of."""
    area, today = request.here.area.id, localdate(now())
    may_change = request.here.actor.may("lists.change")
    table = queries.incidence(area, on=today)
    table = table if may_change else queries.told(table)
    held = queries.every_count(area)
    context = framed(
        request,
        "",
        table=table,
        title=_title(table),
        total=_total(table),
        facts=_facts(table),
        columns=NEEDS,
        rows=_rows(table),
        day_columns=DAYS,
        days=[_day(request, each, may_change=may_change) for each in held],
        held=held,
        may_change=may_change,
    )
    return render(request, "workbench/pupils.html", context)


def new(request: AreaRequest) -> HttpResponse:
    """Type the numbers of a day."""
    form = PupilsForm(request.POST or None, types=_types(request, localdate(now())))
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_pupils(by=request.here.actor, now=now(), given=form.given())
        except Refused as refused:
            say(form, refused, NEED)
        else:
            messages.success(request, "The numbers are kept.")
            return redirect("pupils", area=request.here.area.slug)
    return _form(request, form)


def file(request: AreaRequest) -> HttpResponse:
    """Choose a file; what it says is looked over in the form before anything is kept."""
    form = PupilsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen, today = form.cleaned_data["file"], localdate(now())
        try:
            name = plain_name(chosen.name)
            return _looked_over(request, read_pupils(request.here.area.id, chosen, name, on=today), name)
        except Refused as refused:
            form.add_error("file", str(refused))
    explain(request, form)
    context = framed(request, "", form=form, crumbs=_crumbs(request))
    return render(request, "workbench/pupils_file.html", context)


def change(request: AreaRequest, number: int) -> HttpResponse:
    """Put the numbers of a day right."""
    held = _held(request, number)
    types = _types(request, held.dated, held.pupils)
    form = PupilsForm(request.POST or None, types=types, initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            commands.change_pupils(
                by=request.here.actor, now=now(), count=number, version=version, given=form.given()
            )
        except Conflict as conflict:
            stands = _held(request, number)
            back = reverse("pupils", args=[request.here.area.slug])
            return conflicted(request, conflict, _both(form, stands), version=stands.version, back=back)
        except Refused as refused:
            say(form, refused, NEED)
        else:
            messages.success(request, "The numbers are saved.")
            return redirect("pupils", area=request.here.area.slug)
    return _form(request, form, count=held)


def take_out(request: AreaRequest, number: int) -> HttpResponse:
    """Take the numbers of a day out."""
    _held(request, number)
    version = typed.number(typed.words(request.POST, "version"))
    if request.method != "POST" or version is None:
        return redirect("pupils-change", area=request.here.area.slug, number=number)
    try:
        commands.remove_pupils(by=request.here.actor, now=now(), count=number, version=version)
    except Conflict as conflict:
        back = reverse("pupils", args=[request.here.area.slug])
        return conflicted(request, conflict, [], version=_held(request, number).version, back=back)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The numbers are taken out.")
    return redirect("pupils", area=request.here.area.slug)


def _form(request: AreaRequest, form: PupilsForm, **more: object) -> HttpResponse:
    context = framed(
        request,
        "",
        form=form,
        crumbs=_crumbs(request),
        back=reverse("pupils", args=[request.here.area.slug]),
        **more,
    )
    return render(request, "workbench/pupils_form.html", context)


def _looked_over(request: AreaRequest, read: PupilsRead, name: str) -> HttpResponse:
    """The form filled with what a file says; it is kept only by a second word."""
    first: dict[str, object] = {"dated": read.dated, "source": read.source, "total": read.total}
    first |= {f"{NEED}{code}": number for code, number in read.pupils.items()}
    day = read.dated or localdate(now())
    form = PupilsForm(types=_types(request, day, read.pupils), initial=first)
    wrong = problem_rows(read.problems)
    return _form(request, form, read=name, problems_found=wrong, problem_columns=PROBLEMS)


def _types(request: AreaRequest, on: date, besides: Iterable[str] = ()) -> list[EntryFacts]:
    """The types of need of a day, with their headings, and those of other days that were counted."""
    area = request.here.area.id
    held = list(entries(area, NEED_TYPES, on=on))
    absent = set(besides) - {each.code for each in held}
    others = {each.code: each for each in entries(area, NEED_TYPES) if each.code in absent}
    return [*held, *others.values()]


def _held(request: AreaRequest, number: int) -> PupilsFacts:
    found = queries.one_count(request.here.area.id, number)
    if found is None:
        raise Http404
    return found


def _initial(held: PupilsFacts) -> dict[str, object]:
    first: dict[str, object] = {f"{NEED}{code}": number for code, number in held.pupils.items()}
    facts = ("dated", "source", "total", "published", "version")
    return first | {fact: getattr(held, fact) for fact in facts}


def _both(form: PupilsForm, stands: PupilsFacts) -> list[Both]:
    now_there = _initial(stands)
    return [
        Both(str(field.label), _typed(now_there.get(name)), _typed(form.cleaned_data.get(name)))
        for name, field in form.fields.items()
        if name != "version"
    ]


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return said(value)
    return f"{value:,}" if isinstance(value, int) else str(value or "")


def _title(table: IncidenceTable) -> str:
    if table.counted is None:
        return "No pupils have been counted yet"
    if table.census is None:
        return "No share of pupils can be said yet"
    few = len(table.low)
    if not few:
        return "No type of need is of low incidence here"
    return (
        "One type of need is of low incidence here"
        if few == 1
        else f"{few} types of need are of low incidence here"
    )


def _total(table: IncidenceTable) -> str:
    return f"{table.census.total:,}" if table.census else ""


def _facts(table: IncidenceTable) -> list[Fact]:
    """The day, by whose word, and the rule with its source."""
    if table.counted is None:
        return []
    source = table.rule.source if table.rule else ""
    return [
        Fact("Counted on", said(table.counted.dated)),
        Fact("Counted by", table.counted.source),
        Fact("Low incidence", f"under {table.under:g}% of pupils with SEN, by the exact share"),
        Fact("Whose rule", source or "The usual one"),
    ]


def _rows(table: IncidenceTable) -> list[Row]:
    """Each type, most pupils first and those not counted last; then who is of no type, and everybody."""
    ordered = sorted(table.types, key=lambda each: -1 if each.pupils is None else each.pupils, reverse=True)
    rows = [Row(_need(each, table)) for each in ordered]
    if table.census is None:
        return rows
    no_type = table.census.total - sum(table.census.pupils.values())
    if no_type:
        number = HIDDEN if NO_TYPE in table.hidden else f"{no_type:,}"
        rows.append(Row((Cell("No type recorded, or a type not counted"), Cell(number), Cell(""), Cell(""))))
    everybody = (Cell("All pupils with SEN"), Cell(f"{table.census.total:,}"), Cell("100%"), Cell(""))
    return [*rows, Row(everybody, total=True)]


def _need(each: Incidence, table: IncidenceTable) -> tuple[Cell, ...]:
    if each.pupils is None:
        number = HIDDEN if each.code in table.hidden else "Not counted"
        return Cell(each.label), Cell(number), Cell(""), Cell("")
    row = NeedRow(each.code, each.label, each.pupils, each.percent, each.low, catch_all=each.catch_all)
    return Cell(each.label), Cell(f"{each.pupils:,}"), Cell(share(row, table.under)), Cell(_low(each))


def _low(each: Incidence) -> str:
    if each.catch_all:
        return "No: it is no one type"
    return "" if each.low is None else "Low incidence" if each.low else "No"


def _day(request: AreaRequest, each: PupilsFacts, *, may_change: bool) -> Row:
    url = reverse("pupils-change", args=[request.here.area.slug, each.id]) if may_change else ""
    total = "Not given" if each.total is None else f"{each.total:,}"
    cells = Cell(said(each.dated), url), Cell(each.source), Cell(f"{len(each.pupils):,}"), Cell(total)
    return Row(cells)


def _crumbs(request: AreaRequest) -> list[Crumb]:
    return [Crumb("Pupil numbers", reverse("pupils", args=[request.here.area.slug]))]
