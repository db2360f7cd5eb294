"""The organisations of an area, one at a time and all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.ground.days import said
from goldenthread.ground.lists.queries import EntryFacts, choosable, labelled, several
from goldenthread.ground.organisations import commands, queries
from goldenthread.ground.organisations.columns import LABELS, LISTS, STATUSES
from goldenthread.ground.organisations.queries import A_PAGE, Filter, OrganisationFacts
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.organisations_forms import (
    NO_BASIS,
    BasisForm,
    OrganisationForm,
    organisation_initial,
)
from goldenthread.web.workbench.telling import Both, conflicted, say

Lists = Mapping[str, Sequence[EntryFacts]]
BASES = "lawful-bases"
ANY = ("", "Any")
FILTERS = ("text", "kind", "phase", "status", "basis")
SCHOOLS = ("school", "special-school", "alternative")
COLUMNS = [
    Column("Organisation"),
    Column("Kind"),
    Column("Phase"),
    Column("URN"),
    Column("Status"),
    Column("Staff data"),
]


def every(request: AreaRequest) -> HttpResponse:
    """The area's organisations, filtered and in pages."""
    area = request.here.area.id
    sent = {name: typed.words(request.GET, name) for name in FILTERS}
    found = queries.organisations(area, Filter(**sent), page=typed.page(request.GET))
    lists, counted = _lists(request), queries.counted(area)
    words = _labels(lists)
    chosen = {name: value for name, value in sent.items() if value}
    context = framed(
        request,
        "",
        open=sum(counted.values()),
        others=queries.not_open(area),
        schools=sum(counted.get(kind, 0) for kind in SCHOOLS),
        columns=COLUMNS,
        rows=[_row(request, each, words) for each in found.rows],
        total=found.total,
        page=Paginator(range(found.total), A_PAGE).get_page(found.number),
        query=f"{urlencode(chosen)}&" if chosen else "",
        asked=sent,
        anything=bool(found.total or chosen),
        may_change=request.here.actor.may("organisations.change"),
        **_options(lists),
    )
    return render(request, "workbench/organisations.html", context)


def one(request: AreaRequest, number: int) -> HttpResponse:
    """One organisation, and why its staff may or may not be held."""
    found, words = organisation_or_404(request, number), _labels(_lists(request))
    shown = [
        (LABELS[column], in_words(column, getattr(found, column), words))
        for column in LABELS
        if column != "name"
    ]
    context = framed(
        request,
        "",
        organisation=found,
        crumbs=_crumbs(request),
        kind=words["organisation-kinds"].get(found.kind, ""),
        shown=[(name, value) for name, value in shown if value],
        own=[LABELS[column].lower() for column in found.own],
        basis=words[BASES].get(found.basis.code, found.basis.code) if found.basis else "",
        basis_on=said(localdate(found.basis.at)) if found.basis else "",
        may_change=request.here.actor.may("organisations.change"),
    )
    return render(request, "workbench/organisation.html", context)


def new(request: AreaRequest) -> HttpResponse:
    """Add an organisation by hand."""
    form = OrganisationForm(request.POST or None, choices=_form_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.add_organisation(by=request.here.actor, now=now(), given=form.given())
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("organisation", area=request.here.area.slug, number=made)
    back = reverse("organisations", args=[request.here.area.slug])
    return _form(request, form, "Add an organisation", "Add the organisation", back)


def change(request: AreaRequest, number: int) -> HttpResponse:
    """Change what is held of an organisation."""
    found = organisation_or_404(request, number)
    first = organisation_initial(found)
    form = OrganisationForm(request.POST or None, choices=_form_choices(request), initial=first)
    back = _url(request, "organisation", number)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            commands.change_organisation(
                by=request.here.actor, now=now(), organisation=number, version=version, given=form.given()
            )
        except Conflict as conflict:
            found = organisation_or_404(request, number)
            both = _both(request, form, organisation_initial(found))
            return conflicted(request, conflict, both, version=found.version, back=back)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect(back)
    return _form(request, form, f"Change {found.name}", "Save the organisation", back)


def basis(request: AreaRequest, number: int) -> HttpResponse:
    """Record the lawful basis for holding an organisation's staff."""
    found = organisation_or_404(request, number)
    form = BasisForm(
        request.POST or None, bases=_choices(_lists(request), BASES), initial=_basis_initial(found)
    )
    back = _url(request, "organisation", number)
    if request.method == "POST" and form.is_valid():
        try:
            commands.record_basis(
                by=request.here.actor,
                now=now(),
                organisation=number,
                version=form.cleaned_data["version"],
                basis=form.code(),
                note=form.cleaned_data["note"],
            )
        except Conflict as conflict:
            found = organisation_or_404(request, number)
            both = _both(request, form, _basis_initial(found))
            return conflicted(request, conflict, both, version=found.version, back=back)
        except Refused as refused:
            say(form, refused)
        else:
            return redirect(back)
    return _form(request, form, f"Staff data of {found.name}", "Record this", back)


def follow(request: AreaRequest, number: int) -> HttpResponse:
    """Let the national register have its say again."""
    found = organisation_or_404(request, number)
    version = typed.number(typed.words(request.POST, "version"))
    if request.method == "POST" and version is not None:
        try:
            commands.follow_register(by=request.here.actor, now=now(), organisation=number, version=version)
        except Conflict as conflict:
            back = _url(request, "organisation", number)
            return conflicted(request, conflict, [], version=found.version, back=back)
        messages.success(request, f"The next file from the register says what {found.name} is.")
    return redirect("organisation", area=request.here.area.slug, number=number)


def organisation_or_404(request: AreaRequest, number: int) -> OrganisationFacts:
    """The organisation of this area. Raises Http404."""
    found = queries.organisation(request.here.area.id, number)
    if found is None:
        raise Http404
    return found


def in_words(column: str, value: object, words: Mapping[str, Mapping[str, str]]) -> str:
    """What a column holds, as a page shows it."""
    if isinstance(value, date):
        return said(value)
    if column == "status":
        return STATUSES[str(value)].capitalize()
    if isinstance(value, int):
        return f"{value:,}"
    return words.get(LISTS.get(column, ""), {}).get(str(value), "" if value is None else str(value))


def _row(request: AreaRequest, each: OrganisationFacts, words: Mapping[str, Mapping[str, str]]) -> Row:
    status = "" if each.status == "open" else STATUSES[each.status].capitalize()
    return Row(
        (
            Cell(each.name, _url(request, "organisation", each.id), soft=each.town),
            Cell(in_words("kind", each.kind, words)),
            Cell(in_words("phase", each.phase, words)),
            Cell(each.urn),
            Cell(status or "Open"),
            Cell(words[BASES].get(each.basis.code, "") if each.basis else "Not held"),
        )
    )


def _options(lists: Lists) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer."""
    statuses = [(code, words.capitalize()) for code, words in STATUSES.items()]
    return {
        "kinds": [ANY, *_choices(lists, "organisation-kinds")],
        "phases": [ANY, *_choices(lists, "phases")],
        "statuses": [ANY, *statuses],
        "bases": [ANY, ("yes", "Recorded"), ("no", "Not recorded")],
    }


def _lists(request: AreaRequest) -> Lists:
    """The lists that columns hold codes of, read once for a page."""
    return several(request.here.area.id, (*LISTS.values(), BASES))


def _labels(lists: Lists) -> dict[str, Mapping[str, str]]:
    today = localdate(now())
    return {code: labelled(every, on=today) for code, every in lists.items()}


def _choices(lists: Lists, code: str) -> list[tuple[str, str]]:
    return [(each.code, each.label) for each in choosable(lists[code], on=localdate(now()))]


def _form_choices(request: AreaRequest) -> dict[str, list[tuple[str, str]]]:
    lists = _lists(request)
    return {column: _choices(lists, code) for column, code in LISTS.items()}


def _basis_initial(found: OrganisationFacts) -> dict[str, object]:
    held = found.basis
    return {
        "basis": held.code if held else NO_BASIS,
        "note": held.note if held else "",
        "version": found.version,
    }


def _both(
    request: AreaRequest, form: OrganisationForm | BasisForm, stands: Mapping[str, object]
) -> list[Both]:
    words = _labels(_lists(request))
    return [
        Both(
            str(field.label),
            _plain(name, stands.get(name), words),
            _plain(name, form.cleaned_data.get(name), words),
        )
        for name, field in form.fields.items()
        if name != "version"
    ]


def _plain(name: str, value: object, words: Mapping[str, Mapping[str, str]]) -> str:
    return words[BASES].get(str(value), "") if name == "basis" else in_words(name, value, words)


def _url(request: AreaRequest, name: str, number: int) -> str:
    return reverse(name, args=[request.here.area.slug, number])


def _crumbs(request: AreaRequest) -> list[Crumb]:
    return [Crumb("Organisations", reverse("organisations", args=[request.here.area.slug]))]


def _form(
    request: AreaRequest, form: OrganisationForm | BasisForm, title: str, button: str, back: str
) -> HttpResponse:
    context = framed(request, "", form=form, title=title, button=button, back=back)
    return render(request, "workbench/list_form.html", context)
