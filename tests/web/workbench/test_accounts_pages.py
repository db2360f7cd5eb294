"""The pages of accounts: people are invited, given roles, asked for a code, and disabled."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from tests.ground.made import NOW, area, lead, member
from tests.web.workbench.acting import Acting, acting, beside
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.area.models import Area
from goldenthread.ground.mail.models import Letter
from goldenthread.ground.people.models import Account, Invitation
from goldenthread.ground.people.queries import actor

pytestmark = pytest.mark.django_db
ANA, PASSWORD = "ana@anyshire.example", "seven slow herons"


def invited(who: Acting, email: str = ANA, role: str = "analyst") -> str:
    """The path of the link in the letter that an invitation brought."""
    page = who.post("accounts/invite/", {"email": email, "role": role})
    assert f"A letter is on its way to {email}." in page
    found = re.search(r"http://testserver(/join/[\w-]+/)", Letter.objects.latest("pk").body)
    assert found
    return found[1]


@pytest.fixture
def who() -> Acting:
    return acting(lists=False)


@pytest.fixture
def visitor() -> Client:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Client()


def test_somebody_is_invited_sets_up_and_signs_in(who: Acting, visitor: Client) -> None:
    link = invited(who)
    page = words(visitor.get(link).content.decode())
    assert "You are invited as analyst." in page
    assert f"You will sign in with {ANA}." in page
    answer = visitor.post(link, {"name": "Ana Bell", "password": PASSWORD}, follow=True)
    assert "Your account is ready" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/account/login/"
    answer = visitor.post("/account/login/", {"login": ANA, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/anyshire/"
    assert "Ana Bell" in who.get("accounts/")


def test_opening_a_link_changes_nothing_and_is_not_kept_by_the_browser(who: Acting, visitor: Client) -> None:
    link = invited(who)
    for _ in range(3):
        answer = visitor.get(link)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert Invitation.objects.get().accepted is None


@pytest.mark.parametrize("why", ["used", "expired", "withdrawn", "unknown"])
def test_a_link_that_works_no_more_gets_one_clear_page(who: Acting, visitor: Client, why: str) -> None:
    link = invited(who)
    if why == "used":
        visitor.post(link, {"name": "Ana", "password": PASSWORD}, follow=True)
    if why == "expired":
        Invitation.objects.update(expires=NOW - timedelta(days=1000))
    if why == "withdrawn":
        who.post(f"accounts/invited/{Invitation.objects.get().pk}/withdraw/", {})
    if why == "unknown":
        link = "/join/xxxxxxxxxxxxxxxxxxxxxx/"
    pages = {visitor.get(link).content, visitor.post(link, {"name": "Eve", "password": PASSWORD}).content}
    assert visitor.get(link).status_code == 410
    assert len(pages) == 1
    assert "This link works no more" in pages.pop().decode()


def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(who: Acting, visitor: Client) -> None:
    link = invited(who)
    page = visitor.post(link, {"name": "Ana Bell", "password": "short"}).content.decode()
    assert "<title>Error: " in page
    assert "at least 12 characters" in page
    assert 'value="Ana Bell"' in page
    assert 'href="#id_password"' in page
    assert "short" not in page.replace("too short", "")
    assert Invitation.objects.get().accepted is None


def test_an_address_with_an_account_signs_in_to_take_a_role_up(who: Acting, visitor: Client) -> None:
    visitor.post(invited(who), {"name": "Ana", "password": PASSWORD})
    link = invited(who, role="moderator")
    page = visitor.get(link).content.decode()
    assert f"{ANA} has an account already" in words(page)
    assert f"/account/login/?next={link.replace('/', '%2F')}" in page
    assert visitor.post(link, {"name": "Eve", "password": "another long one"}).status_code == 200
    assert Invitation.objects.filter(accepted__isnull=True).count() == 1
    visitor.post("/account/login/", {"login": ANA, "password": PASSWORD})
    assert "Take up this role" in visitor.get(link).content.decode()
    visitor.post(link)
    found = actor(Account.objects.get(email=ANA).pk, who.actor.area)
    assert found is not None
    assert found.roles == {"analyst", "moderator"}


def test_roles_are_given_and_ended_one_at_a_time(who: Acting) -> None:
    ana = member(who.actor.area, "analyst")
    page = who.post(f"accounts/{ana.account}/", {"role": "moderator"})
    assert "Analyst has another role." in words(page)
    page = who.post(f"accounts/{ana.account}/roles/analyst/end/", {})
    assert "no longer holds that role" in words(page)
    page = who.post(f"accounts/{ana.account}/roles/moderator/end/", {})
    assert "One person can sign in" in words(page)


def test_the_last_administrator_is_told_why_nothing_happened(who: Acting) -> None:
    page = who.post(f"accounts/{who.actor.account}/roles/lead/end/", {})
    assert "Somebody must be able to change accounts. Give another person the role first." in words(page)
    page = who.post(f"accounts/{who.actor.account}/disable/", {})
    assert "Give another person the role first" in words(page)
    assert actor(who.actor.account, who.actor.area) is not None


def test_an_account_is_disabled_after_being_asked_and_is_signed_out(who: Acting) -> None:
    ana = beside(who, "analyst")
    assert "Disable the account of Analyst?" in words(who.get(f"accounts/{ana.actor.account}/disable/"))
    assert Account.objects.get(pk=ana.actor.account).is_active
    who.post(f"accounts/{ana.actor.account}/disable/", {})
    assert ana.client.get(ana.url("")).headers["Location"].startswith("/account/login/")


def test_the_table_of_roles_says_in_words_what_each_may_do(who: Acting) -> None:
    page = words(who.get("accounts/roles/"))
    assert (
        "Training provider Lists courses and sessions, and takes registers. See the area's front page No"
        in page
    )
    assert "Invite people, give and end roles" in page


def test_a_role_that_must_give_a_code_is_refused_without_one_and_let_in_with_one(who: Acting) -> None:
    ana = beside(who, "analyst")
    assert ana.client.get(ana.url("")).status_code == 200
    who.post("accounts/roles/", {"wanted": ["analyst"]})
    for path in ("", "results/", "surveys/"):
        answer = ana.client.get(ana.url(path))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    assert ana.client.get("/account/2fa/").status_code == 200
    assert "One of them must still set up the code" in words(who.get("accounts/"))
    assert who.client.get(who.url("")).status_code == 200
    TOTP.activate(Account.objects.get(pk=ana.actor.account), "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.count() == 1
    assert ana.client.get(ana.url("")).status_code == 200
    assert "must still set up" not in who.get("accounts/")


def test_who_must_give_a_code_is_the_areas_own_choice(who: Acting) -> None:
    who.post("accounts/roles/", {"wanted": ["lead"]})
    other = area("otherton")
    assert Area.objects.get(pk=other).mfa_roles == []


def test_others_may_look_or_not_and_change_nothing(who: Acting) -> None:
    officer, analyst = beside(who, "protection"), beside(who, "analyst")
    page = officer.get("accounts/")
    assert "Invite somebody" not in page
    officer.get("accounts/invite/", 403)
    officer.post(f"accounts/{analyst.actor.account}/", {"role": "lead"}, 403)
    officer.post("accounts/roles/", {"wanted": []} | {"wanted": ["lead"]}, 403)
    officer.post(f"accounts/{analyst.actor.account}/disable/", {}, 403)
    analyst.get("accounts/", 403)
    assert actor(analyst.actor.account, who.actor.area) is not None
    assert Area.objects.get(slug="anyshire").mfa_roles == []


def test_accounts_and_invitations_of_another_area_are_not_there(who: Acting) -> None:
    other = lead(area("otherton"))
    for path in (f"accounts/{other.account}/", f"accounts/{other.account}/disable/"):
        who.get(path, 404)
        assert who.client.post(who.url(path)).status_code == 404
    invited(who)
    stranger = acting(slug="thirdton", lists=False)
    stranger.post(f"accounts/invited/{Invitation.objects.get().pk}/withdraw/", {})
    assert Invitation.objects.get().withdrawn is None


def test_a_letter_that_could_not_be_delivered_is_seen_beside_its_invitation(who: Acting) -> None:
    invited(who)
    Letter.objects.update(state="failed", fault="The mail server refused this address (550).")
    page = words(who.get("accounts/"))
    assert "The letter could not be delivered. The mail server refused this address (550)." in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "{% load static %}"])
def test_hostile_names_are_only_text(who: Acting, visitor: Client, text: str) -> None:
    visitor.post(invited(who), {"name": text, "password": PASSWORD})
    page = who.get("accounts/")
    assert "<script>alert" not in page
    assert text in words(page)
