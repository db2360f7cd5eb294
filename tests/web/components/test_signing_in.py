"""Signing in, by the pages a person sees: every one of them in every state, in our words."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from tests.ground.made import NOW

from goldenthread.ground.people.models import Account

pytestmark = pytest.mark.django_db

ADDRESS, PASSWORD = "ana@anyshire.example", "three plain words"
SUMMARY = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.DOTALL)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def ana() -> Account:
    account = Account(email=ADDRESS, name="Ana", created=NOW)
    account.set_password(PASSWORD)
    account.save()
    return account


def wrong(html: str) -> list[str]:
    """What the summary at the top says, with the field each leads to."""
    found = SUMMARY.search(html)
    items = re.findall(r'<li>(?:<a href="#([\w-]+)">)?([^<]+)', found[1]) if found else []
    return [f"{field}: {words}" if field else words for field, words in items]


def sign_in(client: Client, password: str = PASSWORD) -> str:
    answer = client.post("/account/login/", {"login": ADDRESS, "password": password})
    return answer.headers.get("location") or answer.content.decode()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("location"))
    return answer.content.decode()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_app(client: Client) -> str:
    """Turn an authenticator app on; its secret."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = re.search(r'gt-secret">(\w+)<', page(client, "/account/2fa/totp/activate/"))
    assert secret
    answer = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong(answer.content.decode()) == [
        "id_code: The code is not right, or is too old. Use the newest one."
    ]
    secret = re.search(r'gt-secret">(\w+)<', answer.content.decode())
    assert secret
    assert client.post("/account/2fa/totp/activate/", {"code": code_of(secret[1])}).status_code == 302
    return secret[1]


def test_signing_in_asks_for_an_address_and_a_password_a_browser_can_fill_in(client: Client) -> None:
    html = page(client, "/account/login/")
    assert re.search(r'<input[^>]*name="login"[^>]*type="email"[^>]*autocomplete="username"', html)
    assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', html)
    assert "onpaste" not in html
    assert "placeholder" not in html
    assert "sign up" not in html.lower()


def test_what_is_wrong_names_the_field_and_the_remedy(client: Client, ana: Account) -> None:
    del ana
    empty = client.post("/account/login/", {}).content.decode()
    assert wrong(empty) == ["id_login: Fill in “E-mail address”.", "id_password: Fill in “Password”."]
    assert "<title>Error: Sign in" in re.sub(r"\s+", " ", empty)
    half = client.post("/account/login/", {"login": "ana", "password": "x"}).content.decode()
    assert wrong(half) == ["id_login: Write the whole e-mail address, like ana@anyshire.example."]
    assert wrong(sign_in(client, "not it")) == [
        "The e-mail address or the password is not right. Check both."
    ]


def test_a_closed_account_says_whom_to_ask(client: Client, ana: Account) -> None:
    Account.objects.filter(pk=ana.pk).update(is_active=False)
    assert sign_in(client) == "/account/inactive/"
    assert "ask the workforce lead of your area" in page(client, "/account/inactive/")


def test_nobody_signs_up(client: Client) -> None:
    assert "Accounts are by invitation" in page(client, "/account/signup/")


def test_signing_out_asks_first(client: Client, ana: Account) -> None:
    del ana
    assert sign_in(client) == "/"
    assert "Sign out?" in page(client, "/account/logout/")
    client.post("/account/logout/")
    assert client.get("/").headers["location"].startswith("/account/login/")


def test_a_link_to_set_a_password_works_once(client: Client, ana: Account) -> None:
    asked = client.post("/account/password/reset/", {"email": ADDRESS})
    assert asked.headers["location"] == "/account/password/reset/done/"
    assert "on its way" in page(client, "/account/password/reset/done/")
    link = f"/account/password/reset/key/{user_pk_to_url_str(ana)}-{default_token_generator.make_token(ana)}/"
    form = client.get(link).headers["location"]
    html = page(client, form)
    assert re.search(r'name="password1"[^>]*autocomplete="new-password"', html)
    assert "password2" not in html
    short = client.post(form, {"password1": "short"}).content.decode()
    assert wrong(short) == [
        "id_password1: This password is too short. It must contain at least 12 characters."
    ]
    done = client.post(form, {"password1": "four words quite plain"})
    assert done.headers["location"] == "/account/password/reset/key/done/"
    assert "Your password is set" in page(client, "/account/password/reset/key/done/")
    again = Client().get(link)
    assert "This link no longer works" in again.content.decode()
    assert "Get another link" in again.content.decode()


def test_an_unknown_address_is_answered_alike(client: Client) -> None:
    answer = client.post("/account/password/reset/", {"email": "nobody@anyshire.example"})
    assert answer.headers["location"] == "/account/password/reset/done/"


def test_changing_a_password(client: Client, ana: Account) -> None:
    del ana
    sign_in(client)
    html = page(client, "/account/password/change/")
    assert re.search(r'name="oldpassword"[^>]*autocomplete="current-password"', html)
    assert f'autocomplete="username" value="{ADDRESS}" hidden' in html  # tells a password manager whose it is
    bad = client.post(
        "/account/password/change/", {"oldpassword": "x", "password1": "four words quite plain"}
    )
    assert wrong(bad.content.decode()) == ["id_oldpassword: This is not your password now. Check it."]
    good = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "four words quite plain"}
    )
    assert good.status_code == 302


def test_an_authenticator_app_from_end_to_end(client: Client, ana: Account) -> None:
    sign_in(client)
    assert "Set up an app" in page(client, "/account/2fa/")
    asked = client.get("/account/2fa/totp/activate/")
    assert asked.headers["location"].startswith("/account/reauthenticate/")
    assert "Show that it is still you" in page(client, "/account/reauthenticate/")
    no = client.post("/account/reauthenticate/", {"password": "x"}).content.decode()
    assert wrong(no) == ["id_password: This is not your password. Check it."]
    secret = with_app(client)
    assert Authenticator.objects.filter(user=ana).count() == 2
    assert "10 of 10 are left" in page(client, "/account/2fa/recovery-codes/")
    assert "stop working at once" in page(client, "/account/2fa/recovery-codes/generate/")
    assert "Turn the authenticator app off?" in page(client, "/account/2fa/totp/deactivate/")
    assert (
        client.get("/account/2fa/recovery-codes/download/").headers["Content-Type"].startswith("text/plain")
    )
    cache.clear()
    other = Client()
    assert sign_in(other) == "/account/2fa/authenticate/"
    html = page(other, "/account/2fa/authenticate/")
    assert re.search(r'name="code"[^>]*autocomplete="one-time-code"', html)
    bad = other.post("/account/2fa/authenticate/", {"code": "123"}).content.decode()
    assert wrong(bad) == ["id_code: The code is not right, or is too old. Use the newest one."]
    cache.clear()
    assert other.post("/account/2fa/authenticate/", {"code": code_of(secret)}).headers["location"] == "/"
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(user=ana).count() == 0


def test_too_many_tries_say_how_long_to_wait(client: Client, ana: Account) -> None:
    del ana
    said = [wrong(sign_in(client, "not it")) for _ in range(6)]
    assert said[0] == ["The e-mail address or the password is not right. Check both."]
    assert said[-1] == ["Too many tries. Wait five minutes, then try again."]
