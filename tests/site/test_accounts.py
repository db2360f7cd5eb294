"""Letters about accounts leave with all others, and a page says the same whoever asks."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.ground.made import area, lead

from goldenthread.ground.mail.models import Letter
from goldenthread.ground.people.models import Account

pytestmark = pytest.mark.django_db


def forgotten(email: str) -> bytes:
    found = Client().post("/account/password/reset/", {"email": email}, follow=True)
    assert found.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", found.content)


def test_a_forgotten_password_is_a_letter_with_a_link_that_works() -> None:
    by = lead(area("anyshire"))
    account = Account.objects.get(pk=by.account)
    account.set_password("seven slow herons")
    account.save()
    forgotten(account.email)
    letter = Letter.objects.get()
    assert letter.to == account.email
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", letter.body)
    assert found
    assert Client().get(found[1], follow=True).status_code == 200


def test_nobody_is_told_whether_an_address_has_an_account() -> None:
    by = lead(area("anyshire"))
    known = Account.objects.get(pk=by.account).email
    assert forgotten(known) == forgotten("nobody@elsewhere.example")


def test_nobody_signs_themselves_up() -> None:
    Client().post("/account/signup/", {"email": "eve@x.example", "password1": "seven slow herons"})
    assert not Account.objects.exists()
