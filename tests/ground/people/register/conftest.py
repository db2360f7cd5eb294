"""Anyshire with the lists that come with Golden Thread, two schools, and a home for files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.ground.made import NOW, area, lead

from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation, record_basis
from goldenthread.ground.people.actor import Actor


@dataclass(frozen=True)
class Anyshire:
    """A workforce lead and two schools; only Oak School has a lawful basis."""

    by: Actor
    oak: int
    elm: int


def school(by: Actor, name: str, urn: str) -> int:
    """A school of the area."""
    return add_organisation(
        by=by, now=NOW, given=OrganisationGiven(name=name, kind="school", urn=urn, la="301")
    )


def allow(by: Actor, organisation: int, version: int = 1) -> None:
    """Record a lawful basis."""
    record_basis(
        by=by, now=NOW, organisation=organisation, version=version, basis="public-task", note="Made up"
    )


@pytest.fixture
def there(db: None, tmp_path: Path, settings: Settings) -> Anyshire:
    del db
    settings.HOME = tmp_path
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW)
    oak, elm = school(by, "Oak School", "100001"), school(by, "Elm School", "100002")
    allow(by, oak)
    return Anyshire(by, oak, elm)
