"""Who may reach a page: every address says so, and an address that says nothing is refused.

A page is declared by ``page(...)``. Its rule is ANYONE, SIGNED_IN, or a word of
``ground/people/roles.toml``; sending it a form may ask for another word, or never be allowed. Pages of
an area stand under its slug; somebody with no role there is told that there is no such page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from goldenthread.ground.area.queries import AreaFacts, area_called
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.people.queries import actor

ANYONE, SIGNED_IN, NEVER = "anyone", "signed in", "never"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Here:
    """Where a request stands: its area, who asks, and the time it came."""

    area: AreaFacts
    actor: Actor


class AreaRequest(HttpRequest):
    """A request to a page of an area, once access is settled."""

    here: Here


def page(route: str, view: View, *, name: str, may: str, post: str = "") -> URLPattern:
    """An address with its rule. ``may`` is ANYONE, SIGNED_IN, or what a role must allow.

    ``post`` is what a role must allow to send it a form; without it that is ``may``. NEVER is for pages
    that are only read. Whatever is neither read nor sent is answered with 405, whoever asks.
    """
    post = post or may
    guarded = view if may in (ANYONE, SIGNED_IN) else _in_area(view, may, post)
    if may != ANYONE:
        guarded = _signed_in(guarded)
    guarded = require_http_methods(("GET", "HEAD") if post == NEVER else ("GET", "HEAD", "POST"))(guarded)
    guarded.rule, guarded.post = may, post  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def _signed_in(view: View) -> View:
    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), login_url="account_login")
        return view(request, *args, **kwargs)

    return asked


def _in_area(view: View, may: str, post: str) -> View:
    @wraps(view)
    def asked(request: AreaRequest, area: str, *args: object, **kwargs: object) -> HttpResponseBase:
        request.here = _here(request, area)
        if _wants_second_factor(request):
            return redirect("mfa_index")
        wanted = post if request.method == "POST" else may
        if not (request.here.actor.may(may) and request.here.actor.may(wanted)):
            return refused(request, wanted)
        _without_nul(request)
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            return refused(request, wanted)

    return asked


def _here(request: HttpRequest, slug: str) -> Here:
    """Raises Http404 alike for an area that is not there and for one where the asker has no role."""
    area = area_called(slug)
    found = actor(request.user.pk, area.id) if area and request.user.pk else None
    if area is None or found is None:
        raise Http404
    return Here(area, found)


def _without_nul(request: AreaRequest) -> None:
    """Leave NULs, which no database takes, out of what an address asks and a form sends.

    Not all of either passes through a form's field.
    """
    for name in ("GET", "POST"):
        given = getattr(request, name)
        if any("\0" in value for _, values in given.lists() for value in values):
            plain = given.copy()
            for key, values in given.lists():
                plain.setlist(key, [value.replace("\0", "") for value in values])
            setattr(request, name, plain)


def _wants_second_factor(request: AreaRequest) -> bool:
    wanted = request.here.area.mfa_roles & request.here.actor.roles
    return bool(wanted) and not is_mfa_enabled(request.user)


def refused(request: HttpRequest, may: str) -> HttpResponse:
    """The page for somebody whose role does not allow what they asked for."""
    return render(request, "refused.html", {"may": may}, status=403)


def now() -> datetime:
    """The time, asked once by a view and handed to commands; the domain never asks a clock."""
    return timezone.now()
