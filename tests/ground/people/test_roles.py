"""Roles are given and ended by those who may, and never the last of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.ground.made import area, lead, member

from goldenthread.ground.area.queries import area_called
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.people.accounts import members
from goldenthread.ground.people.actor import NotAllowed
from goldenthread.ground.people.commands import (
    add_role,
    ask_second_factors,
    disable_account,
    end_role,
    give_role,
)
from goldenthread.ground.people.models import Account
from goldenthread.ground.people.queries import actor
from goldenthread.ground.people.roles import permissions, words
from goldenthread.ground.refused import Refused

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_lead_gives_a_role_and_the_audit_says_so_in_words() -> None:
    by = lead(area("anyshire"))
    account = give_role(by=by, now=NOW, email="Ana@anyshire.example", name="Ana", role="analyst")
    found = actor(account, by.area)
    assert found is not None
    assert found.may("results.see")
    assert not found.may("accounts.change")
    assert [each.words for each in happenings(by.area)] == ["made Ana analyst"]


def test_the_same_role_twice_is_one_role_and_one_event() -> None:
    by = lead(area("anyshire"))
    for _ in range(2):
        give_role(by=by, now=NOW, email="ana@anyshire.example", name="Ana", role="analyst")
    assert len(happenings(by.area)) == 1


def test_somebody_without_the_right_gives_no_role() -> None:
    home = area("anyshire")
    account = give_role(by=lead(home), now=NOW, email="ana@anyshire.example", name="Ana", role="analyst")
    ana = actor(account, home)
    assert ana is not None
    with pytest.raises(NotAllowed):
        give_role(by=ana, now=NOW, email="bo@anyshire.example", name="Bo", role="lead")


def test_the_last_who_may_change_accounts_cannot_be_removed() -> None:
    by = lead(area("anyshire"))
    with pytest.raises(Refused, match="Give another person the role first"):
        end_role(by=by, now=NOW, account=by.account, role="lead")
    other = give_role(by=by, now=NOW, email="bo@anyshire.example", name="Bo", role="lead")
    end_role(by=by, now=NOW, account=by.account, role="lead")
    assert actor(by.account, by.area) is None
    assert actor(other, by.area) is not None


def test_a_role_in_one_area_is_nothing_in_another() -> None:
    by = lead(area("anyshire"))
    assert actor(by.account, area("otherton")) is None


def test_somebody_may_hold_two_roles_and_not_the_same_twice() -> None:
    by = lead(area("anyshire"))
    ana = member(by.area, "analyst")
    add_role(by=by, now=NOW, account=ana.account, role="moderator")
    with pytest.raises(Refused, match="is moderator already"):
        add_role(by=by, now=NOW, account=ana.account, role="moderator")
    found = actor(ana.account, by.area)
    assert found is not None
    assert found.roles == {"analyst", "moderator"}


def test_no_role_is_added_to_somebody_of_another_area() -> None:
    by = lead(area("anyshire"))
    stranger = member(area("otherton"), "analyst")
    with pytest.raises(Refused, match="no role here"):
        add_role(by=by, now=NOW, account=stranger.account, role="analyst")
    assert actor(stranger.account, by.area) is None


def test_a_disabled_account_has_no_role_and_cannot_sign_in() -> None:
    by = lead(area("anyshire"))
    ana = member(by.area, "analyst")
    add_role(by=by, now=NOW, account=ana.account, role="moderator")
    disable_account(by=by, now=NOW, account=ana.account)
    assert actor(ana.account, by.area) is None
    assert not Account.objects.get(pk=ana.account).is_active
    assert happenings(by.area)[0].words == "disabled the account of Analyst"


def test_an_account_another_area_needs_is_only_ended_here() -> None:
    by, there = lead(area("anyshire")), area("otherton")
    ana = member(by.area, "analyst", "ana@example.org")
    member(there, "analyst", "ana@example.org")
    disable_account(by=by, now=NOW, account=ana.account)
    assert actor(ana.account, by.area) is None
    assert actor(ana.account, there) is not None


def test_the_last_who_may_change_accounts_cannot_be_disabled_nor_a_stranger() -> None:
    by = lead(area("anyshire"))
    member(by.area, "analyst")
    with pytest.raises(Refused, match="Give another person the role first"):
        disable_account(by=by, now=NOW, account=by.account)
    with pytest.raises(Refused, match="holds no role here"):
        disable_account(by=by, now=NOW, account=lead(area("otherton")).account)


def test_a_disabled_lead_does_not_count_as_one_who_is_left() -> None:
    by = lead(area("anyshire"))
    other = member(by.area, "lead", "bo@anyshire.example")
    Account.objects.filter(pk=other.account).update(is_active=False)
    with pytest.raises(Refused, match="Give another person the role first"):
        end_role(by=by, now=NOW, account=by.account, role="lead")


def test_roles_are_asked_for_a_second_factor_and_the_audit_says_so_once() -> None:
    by = lead(area("anyshire"))
    for _ in range(2):
        ask_second_factors(by=by, now=NOW, wanted=frozenset({"lead", "analyst"}))
    found = area_called("anyshire")
    assert found is not None
    assert found.mfa_roles == {"lead", "analyst"}
    ask_second_factors(by=by, now=NOW, wanted=frozenset())
    with pytest.raises(Refused, match="no role called “king”"):
        ask_second_factors(by=by, now=NOW, wanted=frozenset({"king"}))
    assert [each.words for each in happenings(by.area)] == [
        "asks a second factor of no role",
        "asks a second factor of analyst and workforce lead",
    ]


def test_the_table_of_members_says_who_lacks_the_factor_their_role_needs() -> None:
    by = lead(area("anyshire"))
    member(by.area, "analyst")
    found = {each.email: (each.asked, each.second_factor) for each in members(by.area, frozenset({"lead"}))}
    assert found == {f"lead@{by.area}.example": (True, False), f"analyst@{by.area}.example": (False, False)}


def test_every_permission_is_said_in_words_and_none_is_left_over() -> None:
    assert set(words()) == permissions()


def test_a_data_protection_officer_reads_the_basis_of_each_organisation_and_changes_nothing() -> None:
    found = member(area("anyshire"), "protection")
    sees = ("audit.see", "data-map.see", "organisations.see", "headcount.see", "lists.see")
    assert all(found.may(word) for word in sees)
    assert not [word for word in permissions() if word.endswith((".change", ".build")) and found.may(word)]
    assert not found.may("people.see")
