"""The lists an area works with, and their entries."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.ground.days import read_day, said
from goldenthread.ground.lists import commands, queries
from goldenthread.ground.lists.fields import FieldKind
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import EntryFacts, ListFacts
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Fact, Row
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.lists_forms import (
    DATA,
    RENEW,
    Around,
    ChangeForm,
    EndForm,
    EntryForm,
    ListForm,
    SpellingForm,
    entry_initial,
    list_initial,
)
from goldenthread.web.workbench.lists_table import entry_table
from goldenthread.web.workbench.telling import Both, conflicted, say

ALL, TODAY = "all", ""
SHOW = ((TODAY, "In use on the day"), (ALL, "All there ever were"))


def every(request: AreaRequest) -> HttpResponse:
    """All lists of the area."""
    area, today = request.here.area, localdate(now())
    found = queries.all_lists(area.id, on=today)
    rows = [
        Row(
            (
                Cell(each.name, _url(request, "list", each.code)),
                Cell(each.purpose),
                Cell(f"{each.count:,}"),
                Cell(_said(each.dated)),
            )
        )
        for each in found
    ]
    columns = [
        Column("List"),
        Column("What it is for"),
        Column("Entries today", number=True),
        Column("Checked on"),
    ]
    context = framed(
        request,
        "",
        lists=found,
        entries=sum(each.count for each in found),
        columns=columns,
        rows=rows,
        form=SpellingForm(initial={"spelling": area.senco}),
        may_change=request.here.actor.may("lists.change"),
        may_spell=request.here.actor.may("area.change"),
    )
    return render(request, "workbench/lists.html", context)


def install(request: AreaRequest) -> HttpResponse:
    """Put in, or bring up to date, the lists that come with Golden Thread."""
    if request.method == "POST":
        done = install_lists(by=request.here.actor, now=now())
        messages.success(request, _installed(done.added, done.renewed, len(done.kept)))
    return redirect("lists", area=request.here.area.slug)


def spelling(request: AreaRequest) -> HttpResponse:
    """Choose how SENCO is written."""
    form = SpellingForm(request.POST)
    if request.method == "POST" and form.is_valid():
        commands.spell_senco(by=request.here.actor, now=now(), spelling=form.cleaned_data["spelling"])
        messages.success(request, f"It is written {form.cleaned_data['spelling']} from now on.")
    return redirect("lists", area=request.here.area.slug)


def new(request: AreaRequest) -> HttpResponse:
    """Begin a list."""
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = commands.add_list(by=request.here.actor, now=now(), given=form.given())
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("list", area=request.here.area.slug, code=code)
    return _form(
        request, form, "Begin a list", "Begin the list", reverse("lists", args=[request.here.area.slug])
    )


def one(request: AreaRequest, code: str) -> HttpResponse:
    """One list and its entries, as on a day or all there ever were."""
    found = _list(request, code)
    typed, show = request.GET.get("on", "").strip(), request.GET.get("show", TODAY)
    day = read_day(typed) if typed else None
    on = day or localdate(now())
    every_day = show == ALL
    held = queries.entries(request.here.area.id, code, on=None if every_day else on)
    columns, rows = entry_table(request, found, held, on, every_day=every_day)
    count = sum(not each.heading for each in held)
    when = "there ever were" if every_day else f"in use on {said(on)}" if day else "in use today"
    context = framed(
        request,
        "",
        list=found,
        crumbs=[Crumb("Lists", reverse("lists", args=[request.here.area.slug]))],
        facts=_facts(found),
        title=f"{found.name}: {count:,} {when}",
        columns=columns,
        rows=rows,
        typed=typed,
        wrong=typed if typed and day is None else "",
        show=show,
        shows=SHOW,
        may_change=request.here.actor.may("lists.change"),
    )
    return render(request, "workbench/list.html", context)


def about(request: AreaRequest, code: str) -> HttpResponse:
    """Change what a list says of itself."""
    found = _list(request, code)
    form = ListForm(request.POST or None, initial=list_initial(found))
    back = _url(request, "list", code)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            commands.change_list(
                by=request.here.actor, now=now(), code=code, version=version, given=form.given()
            )
        except Conflict as conflict:
            found = _list(request, code)
            both = _both(form, list_initial(found))
            return conflicted(request, conflict, both, version=found.version, back=back)
        except Refused as refused:
            say(form, refused)
        else:
            return redirect(back)
    return _form(request, form, f"What “{found.name}” says of itself", "Save the list", back)


def add(request: AreaRequest, code: str) -> HttpResponse:
    """Add an entry."""
    found = _list(request, code)
    form = EntryForm(request.POST or None, around=_around(request, found))
    back = _url(request, "list", code)
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_entry(by=request.here.actor, now=now(), code=code, given=form.given())
        except Refused as refused:
            say(form, refused, DATA)
        else:
            messages.success(request, f"“{form.cleaned_data['label']}” is added.")
            return redirect(back)
    return _form(request, form, f"Add to “{found.name}”", "Add the entry", back)


def change(request: AreaRequest, code: str, number: int) -> HttpResponse:
    """Put an entry right, or let it say something else from a day on."""
    found, held = _list(request, code), _entry(request, code, number)
    form = ChangeForm(request.POST or None, around=_around(request, found, held), initial=entry_initial(held))
    back = _url(request, "list", code)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, code, number, form)
        except Conflict as conflict:
            held = _entry(request, code, number)
            both = _both(form, entry_initial(held))
            return conflicted(request, conflict, both, version=held.version, back=back)
        except Refused as refused:
            say(form, refused, DATA)
        else:
            messages.success(request, f"“{form.cleaned_data['label']}” is saved.")
            return redirect(back)
    ends = reverse("entry-end", args=[request.here.area.slug, code, number])
    context = framed(request, "", form=form, title=f"Change “{held.label}”", back=back, end=ends)
    return render(request, "workbench/entry.html", context)


def end(request: AreaRequest, code: str, number: int) -> HttpResponse:
    """Let an entry end on a day."""
    held = _entry(request, code, number)
    first = {"valid_until": held.valid_until, "version": held.version}
    form = EndForm(request.POST or None, initial=first)
    back = _url(request, "list", code)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"entry": number, "version": data["version"], "last_day": data["valid_until"]}
        try:
            commands.end_entry(by=request.here.actor, now=now(), code=code, **given)
        except Conflict as conflict:
            held = _entry(request, code, number)
            both = _both(form, entry_initial(held))
            return conflicted(request, conflict, both, version=held.version, back=back)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"“{held.label}” ends after {said(data['valid_until'])}.")
            return redirect(back)
    return _form(request, form, f"End “{held.label}”", "End the entry", back)


def _change(request: AreaRequest, code: str, number: int, form: ChangeForm) -> None:
    renews = form.cleaned_data["how"] == RENEW
    command = commands.renew_entry if renews else commands.correct_entry
    command(
        by=request.here.actor,
        now=now(),
        code=code,
        entry=number,
        version=form.cleaned_data["version"],
        given=form.given(),
    )


def _list(request: AreaRequest, code: str) -> ListFacts:
    found = queries.list_called(request.here.area.id, code)
    if found is None:
        raise Http404
    return found


def _entry(request: AreaRequest, code: str, number: int) -> EntryFacts:
    found = queries.entry(request.here.area.id, code, number)
    if found is None:
        raise Http404
    return found


def _around(request: AreaRequest, found: ListFacts, held: EntryFacts | None = None) -> Around:
    """What an entry's form chooses from: what it may stand under, and the entries its fields point at."""
    area, today = request.here.area.id, localdate(now())
    others = queries.entries(area, found.code, on=today)
    parents = [(each.code, each.label) for each in others if held is None or each.code != held.code]
    pointed = {field.of for field in found.fields if field.kind is FieldKind.ENTRY}
    options = {of: [(e.code, e.label) for e in queries.choices(area, of, on=today)] for of in pointed}
    return Around(found.fields, parents, options)


def _said(day: date | None) -> str:
    return said(day) if day else ""


def _both(form: ListForm | ChangeForm | EndForm, stands: dict[str, object]) -> list[Both]:
    return [
        Both(str(field.label), _typed(stands.get(name)), _typed(form.cleaned_data.get(name)))
        for name, field in form.fields.items()
        if name not in ("version", "how")
    ]


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return said(value)
    return "" if value is None else ", ".join(str(value).splitlines())


def _url(request: AreaRequest, name: str, code: str) -> str:
    return reverse(name, args=[request.here.area.slug, code])


def _facts(found: ListFacts) -> list[Fact]:
    facts = [Fact("Source", found.source), Fact("Checked on", _said(found.dated))]
    return [fact for fact in facts if fact.words]


def _form(request: AreaRequest, form: object, title: str, button: str, back: str) -> HttpResponse:
    context = framed(request, "", form=form, title=title, button=button, back=back)
    return render(request, "workbench/list_form.html", context)


def _installed(added: int, renewed: int, kept: int) -> str:
    if not added and not renewed:
        return "The lists that come with Golden Thread are all here already. Nothing was changed."
    mine = f" {kept} stay as you have them." if kept else ""
    return f"{added:,} entries were added and {renewed:,} brought up to date.{mine}"
