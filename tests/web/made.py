"""People in front of pages."""

from __future__ import annotations

import re

from django.contrib.auth import get_user_model
from django.test import Client

from goldenthread.ground.people.actor import Actor

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def signed_in(by: Actor) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=by.account), backend=BACKEND)
    return client


def arguments(route: str) -> dict[str, object]:
    """Something for each parameter of a route: the area anyshire, and things that are not there."""
    found = {match["name"]: 1 if match["kind"] == "int" else "x" for match in _PARAMETER.finditer(route)}
    return {**found, "area": "anyshire"} if "area" in found else found
