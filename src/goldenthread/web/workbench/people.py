"""People on staff registers and their posts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from goldenthread.ground.days import said
from goldenthread.ground.lists.queries import choices
from goldenthread.ground.organisations.queries import named
from goldenthread.ground.people import posts
from goldenthread.ground.people.staff import A_PAGE, Filter, PersonFacts, PostFacts, how_many, people, person
from goldenthread.ground.refused import Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.people_forms import EndForm, TierForm
from goldenthread.web.workbench.telling import say

MAY = "people.change"
ANY = ("", "Any")
COLUMNS = [Column("Name"), Column("Where"), Column("Staff group or role"), Column("Tier")]
USUAL = {"text": "", "owner": "", "group": "", "standing": "here"}
STANDING = [("here", "Here now"), ("left", "Left"), ("", "Both")]


def every(request: AreaRequest) -> HttpResponse:
    """The area's people, filtered and in pages."""
    area, today = request.here.area.id, localdate(now())
    sent = {name: typed.words(request.GET, name, usual) for name, usual in USUAL.items()}
    wanted = _filter(sent)
    found = people(area, wanted, on=today, page=typed.page(request.GET))
    held = found.total if wanted == Filter() else how_many(area, Filter(), on=today)
    context = framed(
        request,
        "",
        held=held,
        anything=bool(held or found.total or how_many(area, Filter(standing=""), on=today)),
        listing=found,
        columns=COLUMNS,
        rows=[_row(request, each) for each in found.rows],
        page=Paginator(range(found.total), A_PAGE).get_page(found.number),
        query="".join(f"{urlencode({name: value})}&" for name, value in sent.items() if value != USUAL[name]),
        asked=sent,
        owners=[ANY, *((str(number), name) for number, name in named(area))],
        groups=[ANY, *((each.code, each.label) for each in choices(area, "staff-groups", on=today))],
        standings=STANDING,
        may_change=request.here.actor.may(MAY),
    )
    return render(request, "workbench/people.html", context)


def one(request: AreaRequest, number: int) -> HttpResponse:
    """One person and their posts."""
    found = _person_or_404(request, number)
    context = framed(
        request,
        "",
        person=found,
        posts=[(each, _span(each)) for each in found.posts],
        since=said(localdate(found.since)),
        crumbs=_crumbs(request),
        may_change=request.here.actor.may(MAY),
    )
    return render(request, "workbench/person.html", context)


def end(request: AreaRequest, number: int, post: int) -> HttpResponse:
    """Say which day was the last of a post."""
    found, held = _post_or_404(request, number, post)
    form = EndForm(request.POST or None, initial={"ends": held.ends or localdate(now())})
    if request.method == "POST" and form.is_valid():
        try:
            posts.end_post(by=request.here.actor, now=now(), post=post, ends=form.cleaned_data["ends"])
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("person", area=request.here.area.slug, number=number)
    return _form(request, found, form, f"End a post of {found.name}", "Save the last day")


def tier(request: AreaRequest, number: int, post: int) -> HttpResponse:
    """Give a post a tier of its own, with a reason."""
    found, held = _post_or_404(request, number, post)
    tiers = [(each.code, each.label) for each in choices(request.here.area.id, "tiers", on=localdate(now()))]
    own = next((code for code, label in tiers if held.tier_own and label == held.tier), "")
    form = TierForm(request.POST or None, tiers=tiers, initial={"tier": own, "reason": held.tier_reason})
    if request.method == "POST" and form.is_valid():
        try:
            posts.set_tier(by=request.here.actor, now=now(), post=post, **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("person", area=request.here.area.slug, number=number)
    return _form(request, found, form, f"Tier of a post of {found.name}", "Save the tier")


def erase(request: AreaRequest, number: int) -> HttpResponse:
    """Delete somebody, asked twice."""
    found = _person_or_404(request, number)
    if request.method == "POST":
        try:
            posts.erase_person(by=request.here.actor, now=now(), person=number)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "They are erased, with all their posts.")
        return redirect("people", area=request.here.area.slug)
    context = framed(request, "", person=found, crumbs=_crumbs(request))
    return render(request, "workbench/person_erase.html", context)


def _filter(sent: dict[str, str]) -> Filter:
    owner = typed.number(sent["owner"])
    standing = sent["standing"] if sent["standing"] in ("here", "left", "") else "here"
    return Filter(text=sent["text"], owner=owner, staff_group=sent["group"], standing=standing)


def _row(request: AreaRequest, each: PersonFacts) -> Row:
    url = reverse("person", args=[request.here.area.slug, each.id])
    held = [post for post in each.posts if post.going_on] or list(each.posts)
    where, what, tiers = (
        ", ".join(dict.fromkeys(filter(None, words)))
        for words in (
            [post.organisation for post in held],
            [post.role or post.staff_group for post in held],
            [post.tier for post in held],
        )
    )
    return Row(
        (
            Cell(each.name, url, soft=each.email or each.reference),
            Cell(where),
            Cell(what),
            Cell(tiers or "Not said"),
        )
    )


def _span(post: PostFacts) -> str:
    """When a post was held, in words."""
    if post.starts and post.ends:
        return f"{said(post.starts)} to {said(post.ends)}"
    if post.ends:
        return f"Until {said(post.ends)}"
    return f"Since {said(post.starts)}" if post.starts else "Since a day that is not said"


def _person_or_404(request: AreaRequest, number: int) -> PersonFacts:
    found = person(request.here.area.id, number, on=localdate(now()))
    if found is None:
        raise Http404
    return found


def _post_or_404(request: AreaRequest, number: int, post: int) -> tuple[PersonFacts, PostFacts]:
    found = _person_or_404(request, number)
    held = next((each for each in found.posts if each.id == post), None)
    if held is None:
        raise Http404
    return found, held


def _form(
    request: AreaRequest, found: PersonFacts, form: EndForm | TierForm, title: str, button: str
) -> HttpResponse:
    back = reverse("person", args=[request.here.area.slug, found.id])
    context = framed(request, "", form=form, title=title, button=button, back=back)
    return render(request, "workbench/list_form.html", context)


def _crumbs(request: AreaRequest) -> list[Crumb]:
    return [Crumb("People", reverse("people", args=[request.here.area.slug]))]
