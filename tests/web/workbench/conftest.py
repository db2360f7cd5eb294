"""The lead of Anyshire at the workbench, with a home folder of each test's own.

What the pages tell is attacked with the proofs' own tools.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.ground.made import area, member
from tests.web.made import signed_in

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.commands import SurveyNews, make_survey

sys.path[:0] = [str(Path(__file__).parents[3] / "proofs")]

BEGUN = datetime(2026, 10, 13, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Where this test's uploads and builds are kept."""
    settings.HOME = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


@pytest.fixture
def by() -> Actor:
    """The workforce lead of Anyshire."""
    return member(area("anyshire"), "lead")


@pytest.fixture
def client(by: Actor) -> Client:
    """A browser in which the lead has signed in."""
    return signed_in(by)


@pytest.fixture
def survey(by: Actor) -> str:
    """A survey without waves."""
    return make_survey(by=by, now=BEGUN, news=SurveyNews("Staff survey"))
