"""Who can sign in to an area, as what, and who is invited."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from goldenthread.ground.days import said
from goldenthread.ground.people import accounts as queries
from goldenthread.ground.people import commands, invitations
from goldenthread.ground.people.accounts import Invited, Member
from goldenthread.ground.people.roles import Role, roles, words
from goldenthread.ground.refused import Refused
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Crumb, Row
from goldenthread.web.workbench.accounts_forms import FactorsForm, InviteForm, RoleForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.telling import say

COLUMNS = [Column("Name"), Column("Roles"), Column("Code at sign-in"), Column("Last signed in")]
MAY = "accounts.change"
LETTERS = {"waiting": "The letter waits to be sent.", "failed": "The letter could not be delivered."}


def every(request: AreaRequest) -> HttpResponse:
    """Everybody who can sign in, and who is invited."""
    area = request.here.area
    found = queries.members(area.id, area.mfa_roles)
    context = framed(
        request,
        "",
        members=found,
        lacking=sum(each.asked and not each.second_factor for each in found),
        columns=COLUMNS,
        rows=[_row(request, each) for each in found],
        invited=[(each, _told(each)) for each in queries.invitations(area.id, now=now())],
        may_change=request.here.actor.may(MAY),
    )
    return render(request, "workbench/accounts.html", context)


def one(request: AreaRequest, account: int) -> HttpResponse:
    """One of them: their roles, and what can be changed."""
    found = _member_or_404(request, account)
    form = RoleForm(request.POST or None, offered=_offered(found))
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_role(by=request.here.actor, now=now(), account=account, **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"{found.name} has another role.")
            return redirect("account", area=request.here.area.slug, account=account)
    context = framed(
        request,
        "",
        member=found,
        held=[(each, said(localtime(each.since).date())) for each in found.roles],
        form=form,
        offered=bool(_offered(found)),
        crumbs=_crumbs(request),
        may_change=request.here.actor.may(MAY),
    )
    return render(request, "workbench/account.html", context)


def end_role(request: AreaRequest, account: int, role: str) -> HttpResponse:
    """End one role."""
    found = _member_or_404(request, account)
    if request.method == "POST":
        try:
            commands.end_role(by=request.here.actor, now=now(), account=account, role=role)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{found.name} no longer holds that role.")
    still = queries.member(request.here.area.id, account, frozenset())
    return _to_account(request, account) if still else _to_accounts(request)


def disable(request: AreaRequest, account: int) -> HttpResponse:
    """Disable an account, asked twice."""
    found = _member_or_404(request, account)
    if request.method == "POST":
        try:
            commands.disable_account(by=request.here.actor, now=now(), account=account)
        except Refused as refused:
            messages.error(request, str(refused))
            return _to_account(request, account)
        messages.success(request, f"{found.name} can no longer sign in here.")
        return _to_accounts(request)
    context = framed(request, "", member=found, crumbs=_crumbs(request))
    return render(request, "workbench/account_disable.html", context)


def invite(request: AreaRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(
                by=request.here.actor,
                now=now(),
                link=lambda token: request.build_absolute_uri(reverse("join", args=[token])),
                **form.cleaned_data,
            )
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"A letter is on its way to {form.cleaned_data['email']}.")
            return _to_accounts(request)
    context = framed(request, "", form=form, crumbs=_crumbs(request))
    return render(request, "workbench/account_invite.html", context)


def withdraw(request: AreaRequest, invitation: int) -> HttpResponse:
    """Make an invitation's link work no more."""
    if request.method == "POST":
        try:
            invitations.withdraw_invitation(by=request.here.actor, now=now(), invitation=invitation)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The invitation is withdrawn. Its link works no more.")
    return _to_accounts(request)


def table(request: AreaRequest) -> HttpResponse:
    """The table of roles, as people read it, and who must give a code."""
    area = request.here.area
    form = FactorsForm(request.POST or None, initial={"wanted": sorted(area.mfa_roles)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_second_factors(
                by=request.here.actor, now=now(), wanted=frozenset(form.cleaned_data["wanted"])
            )
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, "Saved. It holds from the next page anybody opens.")
            return redirect("roles", area=area.slug)
    listed = [(role, _may(role)) for role in roles().values()]
    context = framed(
        request,
        "",
        form=form,
        roles=listed,
        asked=area.mfa_roles,
        crumbs=_crumbs(request),
        may_change=request.here.actor.may(MAY),
    )
    return render(request, "workbench/roles.html", context)


def _may(role: Role) -> list[str]:
    """What a role may do, one thing after the other."""
    told = (told for word, told in words().items() if word in role.may)
    return [f"{each[:1].upper()}{each[1:]}" for each in told]


def _row(request: AreaRequest, each: Member) -> Row:
    url = reverse("account", args=[request.here.area.slug, each.account])
    code = "Set up" if each.second_factor else "Missing" if each.asked else "Not asked for"
    signed_in = said(localtime(each.signed_in).date()) if each.signed_in else "Never"
    held = ", ".join(held.role.name for held in each.roles)
    return Row(
        (
            Cell(each.name, url, soft="" if each.name == each.email else each.email),
            Cell(held),
            Cell(code),
            Cell(signed_in),
        )
    )


def _told(each: Invited) -> str:
    """Where an invitation stands, in a sentence or two."""
    until = localtime(each.expires)
    said_state = {
        "open": f"Open until {until:%H:%M} on {said(until.date())}.",
        "expired": f"Ran out on {said(until.date())}.",
        "withdrawn": "Withdrawn.",
    }[each.state]
    letter = LETTERS.get(each.letter.state, "") if each.letter else ""
    fault = each.letter.fault if each.letter else ""
    return " ".join(part for part in (said_state, letter, fault) if part)


def _offered(found: Member) -> list[Role]:
    held = {each.role.code for each in found.roles}
    return [role for role in roles().values() if role.code not in held]


def _member_or_404(request: AreaRequest, account: int) -> Member:
    area = request.here.area
    found = queries.member(area.id, account, area.mfa_roles)
    if found is None:
        raise Http404
    return found


def _to_account(request: AreaRequest, account: int) -> HttpResponse:
    return redirect("account", area=request.here.area.slug, account=account)


def _to_accounts(request: AreaRequest) -> HttpResponse:
    return redirect("accounts", area=request.here.area.slug)


def _crumbs(request: AreaRequest) -> list[Crumb]:
    return [Crumb("Accounts", reverse("accounts", args=[request.here.area.slug]))]
