"""Every address says who may reach it, and keeps its word: for each role, signed out, and another area."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.ground.made import area, member
from tests.web.made import arguments, signed_in

from goldenthread.ground.people.roles import permissions, roles
from goldenthread.web.access import ANYONE, SIGNED_IN

pytestmark = pytest.mark.django_db

OTHERS = ("account/", "static/")
"""Addresses of others' (signing in), which answer anybody and are listed in docs/reference/settings."""


def patterns(found: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address, with what stands before it."""
    for each in (found or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


OURS = [(route, pattern) for route, pattern in patterns() if not route.startswith(OTHERS)]


def test_there_are_addresses_to_ask() -> None:
    assert len(OURS) > 20


@pytest.mark.parametrize(("route", "pattern"), OURS, ids=[route or "/" for route, _ in OURS])
def test_an_address_declares_a_rule_that_means_something(route: str, pattern: URLPattern) -> None:
    rule = getattr(pattern.callback, "rule", None)
    assert rule in {ANYONE, SIGNED_IN, *permissions()}, f"{route} says {rule}"
    if rule not in (ANYONE, SIGNED_IN):
        assert route.startswith("<slug:area>/"), "a page of an area stands under its slug"


RULED = [(route, p) for route, p in OURS if p.callback.rule not in (ANYONE, SIGNED_IN)]


@pytest.mark.parametrize("role", roles())
def test_a_role_reaches_what_it_may_and_is_refused_the_rest(role: str) -> None:
    home = area("anyshire")
    client = signed_in(member(home, role))
    for route, pattern in RULED:
        answer = client.get(reverse(pattern.name or "", kwargs=arguments(route)))
        allowed = pattern.callback.rule in roles()[role].may
        assert (answer.status_code == 403) is not allowed, f"{route}: {answer.status_code}"


def test_signed_out_people_are_asked_to_sign_in() -> None:
    area("anyshire")
    for route, pattern in RULED:
        answer = Client().get(reverse(pattern.name or "", kwargs=arguments(route)))
        assert answer.status_code == 302, route
        assert answer.headers["Location"].startswith("/account/login/"), route


def test_another_area_is_not_there_at_all() -> None:
    area("anyshire")
    stranger = signed_in(member(area("otherton"), "lead"))
    for route, pattern in RULED:
        assert stranger.get(reverse(pattern.name or "", kwargs=arguments(route))).status_code == 404, route


def test_a_role_that_must_have_a_second_factor_is_sent_to_set_one_up() -> None:
    from goldenthread.ground.area.models import Area  # noqa: PLC0415

    home = area("anyshire")
    Area.objects.filter(pk=home).update(mfa_roles=["lead"])
    answer = signed_in(member(home, "lead")).get("/anyshire/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("mfa_index")
