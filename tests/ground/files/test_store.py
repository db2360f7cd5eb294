"""Files are kept whole or not at all, and are found again only within their area."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.ground.made import NOW, area, lead

from goldenthread.ground.files.disk import home as kept_home
from goldenthread.ground.files.disk import place, sweep
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.purposes import purposes
from goldenthread.ground.files.queries import kept_file
from goldenthread.ground.files.store import forget, keep, kept_as, open_kept, plain_name
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.roles import permissions
from goldenthread.ground.refused import Refused

pytestmark = pytest.mark.django_db
TEXT = b"staff reference,name\n1,Ana\n"


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


def brought(by: Actor, text: bytes = TEXT, name: str = "register.csv") -> str:
    return keep(by=by, now=NOW, area=by.area, name=name, stream=BytesIO(text), purpose="register")


def on_disk() -> list[Path]:
    return [each for each in kept_home().rglob("*") if each.is_file()]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """A disk that takes files of ``size`` bytes and no more, by the kernel's own limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_kept_and_read_again_as_it_was(by: Actor) -> None:
    id_ = brought(by)
    facts = kept_file(by.area, id_)
    assert facts is not None
    assert (facts.name, facts.size, facts.sha256) == ("register.csv", len(TEXT), sha256(TEXT).hexdigest())
    assert (facts.by, facts.media_type, facts.at) == (by.account, "text/csv", NOW)
    assert facts.delete_after == NOW + timedelta(days=30)
    with open_kept(by.area, id_) as stream:
        assert stream.read() == TEXT


def test_a_file_of_one_area_is_not_there_for_another(by: Actor, tmp_path: Path) -> None:
    id_, other = brought(by), area("otherton")
    assert kept_file(other, id_) is None
    with pytest.raises(Refused, match="no longer kept"):
        open_kept(other, id_)
    with pytest.raises(Refused, match="no longer kept"):
        kept_as(other, id_, tmp_path / "copy")


def test_a_path_in_an_id_leads_nowhere(by: Actor) -> None:
    brought(by)
    with pytest.raises(Refused, match="no longer kept"):
        open_kept(by.area, "../../secret")


def test_a_file_can_be_had_under_a_name_for_a_reader_that_wants_a_path(by: Actor, tmp_path: Path) -> None:
    path = kept_as(by.area, brought(by), tmp_path / "answers.csv")
    assert path.read_bytes() == TEXT


def test_the_limit_is_said_with_the_file_and_nothing_is_left(by: Actor, settings: Settings) -> None:
    settings.LARGEST_UPLOAD = 3 << 20
    brought(by, b"x" * (3 << 20))
    with pytest.raises(Refused, match=r"^big\.csv is larger than 3 MB, the most that is kept here\.$"):
        brought(by, b"x" * ((3 << 20) + 1), "big.csv")
    assert KeptFile.objects.count() == len(on_disk()) == 1


def test_an_empty_file_is_said(by: Actor) -> None:
    with pytest.raises(Refused, match=r"^empty\.csv is empty\.$"):
        brought(by, b"", "empty.csv")
    assert on_disk() == []


def test_a_full_disk_is_said_and_no_half_file_is_left(by: Actor) -> None:
    with room_for(1 << 20), pytest.raises(Refused, match="no room left on the disk"):
        brought(by, os.urandom(3 << 20))
    assert KeptFile.objects.count() == 0
    assert on_disk() == []


def test_forgetting_takes_the_bytes_once_the_transaction_stands(
    by: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    id_ = brought(by)
    with django_capture_on_commit_callbacks(execute=True):
        forget(by.area, id_)
        assert len(on_disk()) == 1
    assert on_disk() == []
    assert kept_file(by.area, id_) is None


def test_forgetting_in_another_area_changes_nothing(by: Actor) -> None:
    id_ = brought(by)
    forget(area("otherton"), id_)
    assert kept_file(by.area, id_) is not None


def test_bytes_whose_command_failed_are_swept_away_once_they_are_old(by: Actor) -> None:
    good = brought(by)
    with transaction.atomic():
        brought(by, name="lost.csv")
        transaction.set_rollback(True)
    assert len(on_disk()) == 2
    known = frozenset(KeptFile.objects.values_list("pk", flat=True))
    for each in on_disk():
        os.utime(each, (NOW.timestamp(), NOW.timestamp()))
    assert sweep(NOW - timedelta(seconds=1), known) == 0
    assert sweep(NOW + timedelta(seconds=1), known) == 1
    assert on_disk() == [place(by.area, good)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\ana\\staff.csv", "staff.csv"),
        ("../../etc/passwd", "passwd"),
        ("staff\u202egnp.exe\n.csv", "staffgnp.exe.csv"),
        ("", "file"),
        ("/", "file"),
        ("n" * 400 + ".xlsx", "n" * 137 + "…" + "n" * 7 + ".xlsx"),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    assert plain_name(name) == shown


def test_every_purpose_asks_for_something_a_role_may_do() -> None:
    asked_for = {code: each.may for code, each in purposes().items()}
    assert asked_for.pop("survey.answers") not in permissions(), "anonymous answers are for nobody to fetch"
    assert set(asked_for.values()) <= permissions()
