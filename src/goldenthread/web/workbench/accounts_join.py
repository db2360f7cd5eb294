"""Taking up an invitation. Opening the link changes nothing: mail scanners open links too."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from goldenthread.ground.people.accounts import Offer, offer
from goldenthread.ground.people.invitations import accept, accept_as
from goldenthread.ground.refused import Refused
from goldenthread.web.access import now
from goldenthread.web.workbench.accounts_forms import JoinForm
from goldenthread.web.workbench.telling import say

SPENT = 410


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What a link offers, and a name and password to take it up with."""
    found = offer(token, now=now())
    if found is None:
        return render(request, "workbench/join_spent.html", status=SPENT)
    if found.has_account:
        return _as_somebody(request, token, found)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept(now=now(), token=token, **form.cleaned_data)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, "Your account is ready. Sign in with the password you just chose.")
            return redirect("account_login")
    return render(request, "workbench/join.html", {"offer": found, "form": form})


def _as_somebody(request: HttpRequest, token: str, found: Offer) -> HttpResponse:
    """For an address that has an account: sign in with it, then take the role up."""
    mine = request.user.is_authenticated and request.user.email.lower() == found.email
    problem = ""
    if request.method == "POST" and mine and request.user.pk:
        try:
            accept_as(now=now(), token=token, account=request.user.pk)
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"You are {found.role.name.lower()} now.")
            return redirect("start")
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    context = {"offer": found, "mine": mine, "sign_in": sign_in, "problem": problem}
    return render(request, "workbench/join_as.html", context)
