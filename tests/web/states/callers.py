"""Who calls: each role, somebody signed out, a stranger, those who may no more, and those half way in."""

from __future__ import annotations

import time
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from tests.web.made import BACKEND
from tests.web.states.model import Things
from tests.web.states.people import PASSWORD

from goldenthread.ground.people.models import Account, Membership
from goldenthread.ground.people.roles import roles

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of a test
MEMBERS = ("signed-in-now", "with-code", "without-password", "lost")
NOT_SIGNED_IN = ("nobody", "disabled", "half-way")


def make(things: Things, now: datetime) -> None:
    """People of Anyshire with an app for codes, without a password, and with a link to set one."""
    for word in MEMBERS:
        account = Account(email=f"{word}@anyshire.example", name=word.title(), created=now)
        account.set_password(PASSWORD)
        if word == "without-password":
            account.set_unusable_password()
        account.save()
        Membership.objects.create(account=account, area_id=things["id"], role="board", since=now)
    coded = Account.objects.get(email="with-code@anyshire.example")
    TOTP.activate(coded, SECRET)
    RecoveryCodes.activate(coded)
    lost = Account.objects.get(email="lost@anyshire.example")
    things["uid:lost"], things["key:lost"] = (
        user_pk_to_url_str(lost),
        default_token_generator.make_token(lost),
    )


def everybody() -> tuple[str, ...]:
    """Whoever may call at Anyshire: each role there, and those who are refused whatever they ask."""
    return (*roles(), "nobody", "stranger", "ended", "disabled")


def calling(who: str, slug: str = "anyshire") -> Client:
    """A browser of somebody; ``slug`` is the area in which a role is held."""
    client = Client()
    if who == "nobody":
        return client
    if who in ("signed-in-now", "with-code", "half-way"):
        return _signed_in(client, "with-code" if who == "half-way" else who, half=who == "half-way")
    email = {"stranger": "lead@otherton.example"}.get(who, f"{who}@{_home(who, slug)}.example")
    client.force_login(Account.objects.get(email=email), backend=BACKEND)
    return client


def _home(who: str, slug: str) -> str:
    return slug if who in roles() else "anyshire"


def _signed_in(client: Client, who: str, *, half: bool) -> Client:
    """By the pages, so that it is fresh: some ask for the password again after five minutes."""
    cache.clear()  # how often somebody tried is counted; here one address signs in many times
    client.post("/account/login/", {"login": f"{who}@anyshire.example", "password": PASSWORD})
    if who == "with-code" and not half:
        code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
        client.post("/account/2fa/authenticate/", {"code": code})
    if not half:
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client
