"""What is due is deleted, all of it and nothing else, and the audit says so."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from pytest_django import Settings
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.models import Event
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.audit.record import record
from goldenthread.ground.files.disk import home
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.store import keep
from goldenthread.ground.mail.models import Letter
from goldenthread.ground.mail.outbox import put, withdraw
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.commands import disable_account
from goldenthread.ground.people.invitations import accept, invite
from goldenthread.ground.people.models import Account, Invitation, Person, Post
from goldenthread.ground.retention.round import purge, round_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def by(tmp_path: Path, settings: Settings) -> Actor:
    settings.HOME = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return lead(area("anyshire"))


def on(now: datetime) -> list[str]:
    return [line.partition(";")[0] for line in purge(now=now).lines]


def test_a_letter_goes_90_days_after_it_ended_and_one_that_waits_stays(by: Actor) -> None:
    for about in ("gone", "waits"):
        put(now=NOW, area=by.area, to="ana@x.example", subject="x", body="x", about=about)
    withdraw(now=NOW, area=by.area, about="gone")
    assert on(NOW + 90 * DAY) == []
    assert on(NOW + 90 * DAY + DAY / 2) == ["deleted 1 letter"]
    assert Letter.objects.get().about == "waits"


def test_letters_of_no_area_go_too(by: Actor) -> None:
    del by
    with transaction.atomic():
        put(now=NOW, area=None, to="ana@x.example", subject="x", body="x")
    Letter.objects.update(state="sent", ended=NOW)
    assert on(NOW + 91 * DAY) == ["deleted 1 letter"]


@pytest.mark.parametrize("way", ["expired", "accepted", "withdrawn"])
def test_an_invitation_goes_30_days_after_it_was_settled(by: Actor, way: str) -> None:
    tokens: list[str] = []
    invite(
        by=by,
        now=NOW,
        email="ana@x.example",
        role="analyst",
        link=lambda token: tokens.append(token) or token,
    )
    if way == "accepted":
        accept(now=NOW, token=tokens[0], name="Ana", password="seven slow herons")  # noqa: S106
    if way == "withdrawn":
        Invitation.objects.update(withdrawn=NOW)
    settled = NOW + 7 * DAY if way == "expired" else NOW
    assert on(settled + 30 * DAY) == []
    assert on(settled + 31 * DAY) == ["deleted 1 invitation"]


def test_an_account_goes_two_years_after_its_last_role_and_one_in_use_stays(by: Actor) -> None:
    ana = member(by.area, "analyst")
    Account.objects.update(created=NOW - 3000 * DAY)
    disable_account(by=by, now=NOW, account=ana.account)
    assert on(NOW + 729 * DAY) == []
    assert on(NOW + 731 * DAY) == ["deleted 1 account"]
    assert [each.pk for each in Account.objects.all()] == [by.account]


def person(by: Actor, name: str, *ends: date | None) -> None:
    school, _ = Organisation.objects.get_or_create(area_id=by.area, name="Oak School", kind="school")
    made = Person.objects.create(area_id=by.area, owner=school, reference=name, name=name, since=NOW)
    for each in ends:
        Post.objects.create(area_id=by.area, person=made, organisation=school, ends=each)


def test_people_go_two_years_after_their_last_post_with_all_of_them(by: Actor) -> None:
    left = NOW.date()
    person(by, "Left", date(2026, 1, 1), left)
    person(by, "Left one of two", left, None)
    person(by, "Left later", left + timedelta(days=10))
    assert on(NOW + 730 * DAY) == []
    assert on(NOW + 731 * DAY) == ["deleted 1 person who had left"]
    assert {each.name for each in Person.objects.all()} == {"Left one of two", "Left later"}
    assert Post.objects.count() == 3


def test_a_kept_file_goes_with_its_bytes_when_its_purpose_says(
    by: Actor, django_capture_on_commit_callbacks: object
) -> None:
    keep(by=by, now=NOW, area=by.area, name="a.csv", stream=BytesIO(b"x"), purpose="register")
    keep(by=by, now=NOW, area=by.area, name="b.csv", stream=BytesIO(b"x"), purpose="survey.wave")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert on(NOW + 31 * DAY) == ["deleted 1 kept file"]
    assert [each.name for each in KeptFile.objects.all()] == ["b.csv"]
    assert len([each for each in home().rglob("*") if each.is_file()]) == 1


def test_what_an_upload_that_was_cut_off_left_is_swept_away(by: Actor, tmp_path: Path) -> None:
    del by
    left, other = tmp_path / "tmpabc.upload.csv", tmp_path / "goldenthread.sqlite3"
    for each in (left, other):
        each.write_bytes(b"x")
        os.utime(each, (NOW.timestamp(), NOW.timestamp()))
    assert on(NOW + 2 * DAY) == ["deleted 1 file that belonged to nothing"]
    assert (left.exists(), other.exists()) == (False, True)


def test_an_event_goes_after_six_years(by: Actor) -> None:
    record(by=by, now=NOW, what="x", words="did it")
    assert on(NOW + timedelta(days=2192)) == []
    assert on(NOW + timedelta(days=2193)) == ["deleted 1 event of the audit"]
    assert "did it" not in [each.words for each in happenings(by.area)]


def test_sign_ins_that_ran_out_go(by: Actor) -> None:
    del by
    Session.objects.create(session_key="old", session_data="x", expire_date=NOW)
    Session.objects.create(session_key="new", session_data="x", expire_date=NOW + 2 * DAY)
    assert on(NOW + DAY) == ["deleted 1 sign-in"]
    assert Session.objects.get().session_key == "new"


def test_each_area_reads_of_its_own_and_of_no_other(by: Actor) -> None:
    there = area("otherton")
    with transaction.atomic():
        put(now=NOW, area=by.area, to="ana@x.example", subject="x", body="x", about="gone")
        withdraw(now=NOW, area=by.area, about="gone")
    purge(now=NOW + 91 * DAY)
    assert [(each.who, each.words) for each in happenings(by.area)] == [
        ("Golden Thread", "deleted 1 letter; kept: 90 days after it was sent, withdrawn or given up")
    ]
    assert happenings(there) == ()


def test_a_round_is_due_once_a_day_and_says_that_it_was_gone(by: Actor) -> None:
    del by
    assert round_due(now=NOW)
    purge(now=NOW)
    assert not round_due(now=NOW + timedelta(hours=22))
    assert round_due(now=NOW + DAY)
    assert [each.words for each in Event.objects.all()] == ["went round: nothing was due"]
