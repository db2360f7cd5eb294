"""People come in by a link that works once, for seven days, for one address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.test import RequestFactory
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.mail.models import Letter
from goldenthread.ground.people.accounts import invitations, members, offer
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.people.commands import disable_account, end_role
from goldenthread.ground.people.invitations import accept, accept_as, invite, withdraw_invitation
from goldenthread.ground.people.models import Account, Invitation
from goldenthread.ground.people.queries import actor
from goldenthread.ground.refused import Refused

pytestmark = pytest.mark.django_db

ANA, PASSWORD = "ana@anyshire.example", "seven slow herons"
NOBODY: frozenset[str] = frozenset()


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


def invited(by: Actor, email: str = ANA, role: str = "analyst") -> str:
    """The token in the link of a fresh invitation's letter."""
    invite(by=by, now=NOW, email=email, role=role, link=lambda token: f"https://gt.example/join/{token}/")
    found = re.search(r"/join/([\w-]+)/", Letter.objects.order_by("pk").reverse()[0].body)
    assert found
    return found[1]


def signs_in(email: str, password: str) -> bool:
    return authenticate(RequestFactory().post("/"), email=email, password=password) is not None


def test_a_link_makes_an_account_with_its_role_and_only_once(by: Actor) -> None:
    token = invited(by)
    account = accept(now=NOW, token=token, name=" Ana  Bell ", password=PASSWORD)
    found = actor(account, by.area)
    assert found is not None
    assert (found.name, found.roles) == ("Ana Bell", {"analyst"})
    assert signs_in(ANA, PASSWORD)
    assert EmailAddress.objects.get(user_id=account).verified
    with pytest.raises(Refused, match="run out or has been used"):
        accept(now=NOW, token=token, name="Eve", password=PASSWORD)
    assert [each.words for each in happenings(by.area)] == [
        "took up the invitation to be analyst",
        "invited somebody to be analyst",
    ]


def test_the_link_holds_128_bits_and_is_kept_nowhere_but_in_the_letter(by: Actor) -> None:
    token = invited(by)
    assert len(token) * 6 >= 128
    assert token not in str(list(Invitation.objects.values_list()))
    assert len(Invitation.objects.get().digest) == 64


def test_the_letter_says_who_where_as_what_and_until_when(by: Actor) -> None:
    invited(by)
    letter = Letter.objects.get()
    assert letter.subject == "Anyshire: an invitation to Golden Thread"
    for words in ("Lead invites you", "Anyshire", "as analyst", "until 10:00 on 20 October 2026"):
        assert words in letter.body


@pytest.mark.parametrize("spent", ["expired", "withdrawn", "unknown"])
def test_links_that_work_no_more_are_told_apart_by_nobody(by: Actor, spent: str) -> None:
    token, then = invited(by), NOW
    if spent == "expired":
        then = NOW + timedelta(days=7)
    if spent == "withdrawn":
        withdraw_invitation(by=by, now=NOW, invitation=Invitation.objects.get().pk)
    if spent == "unknown":
        token = "x" * 22
    assert offer(token, now=then) is None
    with pytest.raises(Refused, match=r"^This link has run out or has been used"):
        accept(now=then, token=token, name="Ana", password=PASSWORD)
    assert not Account.objects.filter(email=ANA).exists()


def test_a_link_works_until_its_last_moment(by: Actor) -> None:
    token = invited(by)
    last = NOW + timedelta(days=7) - timedelta(seconds=1)
    found = offer(token, now=last)
    assert found is not None
    assert (found.area, found.email, found.role.code, found.has_account) == (
        "Anyshire",
        ANA,
        "analyst",
        False,
    )
    assert accept(now=last, token=token, name="Ana", password=PASSWORD)


def test_an_invitation_taken_back_takes_its_letter_back(by: Actor) -> None:
    invited(by)
    withdraw_invitation(by=by, now=NOW, invitation=Invitation.objects.get().pk)
    assert [(each.state, each.letter and each.letter.state) for each in invitations(by.area, now=NOW)] == [
        ("withdrawn", "withdrawn")
    ]


def test_inviting_again_leaves_one_link_that_works(by: Actor) -> None:
    first, second = invited(by), invited(by, ANA.upper())
    assert offer(first, now=NOW) is None
    assert offer(second, now=NOW) is not None
    assert [each.state for each in invitations(by.area, now=NOW)] == ["open", "withdrawn"]


@pytest.mark.parametrize(
    ("field", "name", "password", "words"),
    [
        ("password", "Ana", "eleven lett", "at least 12 characters"),
        ("password", "Ana", "password123456", "too common"),
        ("name", "  ", PASSWORD, "Enter your name"),
        ("name", "n" * 121, PASSWORD, "120 letters or fewer"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_said_by_its_field_and_the_link_still_works(
    by: Actor, field: str, name: str, password: str, words: str
) -> None:
    token = invited(by)
    with pytest.raises(Refused, match=words) as refused:
        accept(now=NOW, token=token, name=name, password=password)
    assert refused.value.field == field
    assert offer(token, now=NOW) is not None
    assert accept(now=NOW, token=token, name="Ana", password=PASSWORD)


@pytest.mark.parametrize("email", ["", "ana", "ana@", "ana@x.example\nBcc: all@x.example", "@x.example"])
def test_an_address_that_is_none_is_refused(by: Actor, email: str) -> None:
    with pytest.raises(Refused, match="Enter an e-mail address") as refused:
        invited(by, email)
    assert refused.value.field == "email"
    assert not Letter.objects.exists()


def test_somebody_with_an_account_signs_in_to_take_up_another_role(by: Actor) -> None:
    account = accept(now=NOW, token=invited(by), name="Ana", password=PASSWORD)
    token = invited(by, role="moderator")
    found = offer(token, now=NOW)
    assert found is not None
    assert found.has_account
    with pytest.raises(Refused, match="Sign in"):
        accept(now=NOW, token=token, name="Eve", password="another long password")  # noqa: S106
    assert signs_in(ANA, PASSWORD)
    with pytest.raises(Refused, match="for another address"):
        accept_as(now=NOW, token=token, account=by.account)
    accept_as(now=NOW, token=token, account=account)
    assert [each.role.code for each in members(by.area, NOBODY)[0].roles] == ["analyst", "moderator"]


def test_somebody_who_holds_the_role_is_not_invited_to_it(by: Actor) -> None:
    accept(now=NOW, token=invited(by), name="Ana", password=PASSWORD)
    with pytest.raises(Refused, match="holds that role already"):
        invited(by)


def test_a_disabled_account_comes_back_by_invitation_with_a_new_password(by: Actor) -> None:
    account = accept(now=NOW, token=invited(by), name="Ana", password=PASSWORD)
    disable_account(by=by, now=NOW, account=account)
    assert not signs_in(ANA, PASSWORD)
    assert accept(now=NOW, token=invited(by), name="Ana", password="nine quick otters") == account  # noqa: S106
    assert signs_in(ANA, "nine quick otters")


def test_an_invitation_falls_with_the_one_who_made_it(by: Actor) -> None:
    token = invited(by)
    other = member(by.area, "lead", "bo@anyshire.example")
    end_role(by=other, now=NOW, account=by.account, role="lead")
    with pytest.raises(Refused, match="may no longer do so"):
        accept(now=NOW, token=token, name="Ana", password=PASSWORD)


def test_only_those_who_may_invite_and_withdraw_only_in_their_area(by: Actor) -> None:
    invited(by)
    with pytest.raises(NotAllowed):
        invited(member(by.area, "analyst"), "eve@anyshire.example")
    with pytest.raises(Refused, match="open no more"):
        withdraw_invitation(by=lead(area("otherton")), now=NOW, invitation=Invitation.objects.get().pk)
    assert [each.state for each in invitations(by.area, now=NOW)] == ["open"]
