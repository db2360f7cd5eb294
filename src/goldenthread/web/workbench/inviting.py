"""Ask: the people invited to a wave, their codes on the way, and reminders."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.analysis.definition.words import counted
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking import inviting, people
from goldenthread.thread.survey.asking.inviting import Added, Place
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Row
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.asking import asking_or_404
from goldenthread.web.workbench.asking_forms import PeopleForm, WithdrawForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.telling import say

COLUMNS = [Column("Address"), Column("Name"), Column("How it stands")]
MOST_SHOWN = 50


def invited(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Everybody who is invited, by address."""
    found = asking_or_404(request, survey, wave)
    text = request.GET.get("text", "")
    listing = people.people(request.here.area.id, survey, wave, text=text, page=typed.page(request.GET))
    if listing is None:
        raise Http404
    context = framed(
        request,
        "ask",
        asking=found,
        listing=listing,
        text=text,
        query=f"text={text}&" if text else "",
        columns=COLUMNS,
        rows=[Row((Cell(p.address), Cell(p.name), Cell(p.state, soft=p.fault))) for p in listing.rows],
        page=Paginator(range(listing.total), people.A_PAGE).get_page(listing.number),
        may_change=request.here.actor.may("survey.change"),
    )
    return render(request, "workbench/invited.html", context)


def add(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Add people from a list, pasted or from a file; then what became of it, row by row."""
    found = asking_or_404(request, survey, wave)
    form = PeopleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.given()
        try:
            added = inviting.add_people(
                by=request.here.actor, now=now(), place=Place(survey, wave), data=data, name=name
            )
        except Refused as refused:
            say(form, refused)
        else:
            return _added(request, survey, wave, added)
    staff = request.here.actor.may("people.change")
    context = framed(request, "ask", asking=found, survey=survey, form=form, staff=staff)
    return render(request, "workbench/invite.html", context)


def add_staff(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Add everybody of the staff registers who is in post."""
    asking_or_404(request, survey, wave)
    if request.method == "POST":
        place = Place(survey, wave)
        try:
            added = inviting.add_staff(by=request.here.actor, now=now(), place=place)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            told = counted(added.added, "person was", "people were")
            messages.success(request, f"{told} added from the staff registers.")
    return _back(request, survey, wave)


def withdraw(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Send somebody nothing more."""
    found = asking_or_404(request, survey, wave)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        try:
            inviting.withdraw(by=request.here.actor, now=now(), place=Place(survey, wave), address=address)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"{address} is sent nothing more.")
            return _back(request, survey, wave)
    context = framed(request, "ask", asking=found, survey=survey, form=form)
    return render(request, "workbench/invited_withdraw.html", context)


def send_codes(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Begin to send the codes of those who wait."""
    asking_or_404(request, survey, wave)
    if request.method == "POST":
        _begin(request, survey, wave, inviting.send_codes, "The codes are on their way.")
    return _back(request, survey, wave)


def remind(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Begin to remind everybody; asked once more before."""
    found = asking_or_404(request, survey, wave)
    if request.method != "POST":
        facts = people.invited(request.here.area.id, survey, wave)
        context = framed(request, "ask", asking=found, survey=survey, people=facts)
        return render(request, "workbench/invited_remind.html", context)
    _begin(request, survey, wave, inviting.remind, "The reminder is on its way.")
    return _back(request, survey, wave)


def _begin(request: AreaRequest, survey: str, wave: str, command: Callable[..., None], done: str) -> None:
    channels = asking_or_404(request, survey, wave).channels
    link = request.build_absolute_uri(reverse("respond", args=[channels[0].code]))
    try:
        command(by=request.here.actor, now=now(), place=Place(survey, wave), link=link)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _added(request: AreaRequest, survey: str, wave: str, added: Added) -> HttpResponse:
    context = framed(
        request,
        "ask",
        asking=asking_or_404(request, survey, wave),
        survey=survey,
        added=added,
        problems=(),
        shown=added.problems[:MOST_SHOWN],
        more=len(added.problems) - MOST_SHOWN,
    )
    return render(request, "workbench/invite_done.html", context)


def _back(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    return redirect("asking", area=request.here.area.slug, survey=survey, wave=wave)
