"""A house that is lived in, and a backup of it: made once, read by many tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.served.installation import Installation, installation, nothing_yet, twin

CANARY = "Zyxomma Quillfeather"
PLANT = f"""
import sqlite3
from datetime import timedelta
from io import BytesIO
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from goldenthread.ground.files.store import keep
from goldenthread.ground.people.invitations import invite
from goldenthread.ground.people.models import Account
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey.commands import SurveyNews, WaveNews, bring_in, make_survey
from goldenthread.thread.survey.models import Survey
now = timezone.now()
lead = found_area(slug="anyshire", name="Anyshire", password="seven slow herons", now=now)[0]
slug = make_survey(by=lead, now=now, news=SurveyNews("Żółć ask’s \\t\\\\N staff \\\\."))
answers = BytesIO(b"Where do you work?,I can\\nNursery,Agree\\n")
bring_in(by=lead, now=now, survey=slug, news=WaveNews("2025"), stream=answers, file_name="a.csv")
DBTaskResult.objects.update(status="RUNNING", started_at=now)
invite(by=lead, now=now, email="ana@anyshire.example", role="analyst", link=lambda token: "http://x/" + token)
Build.objects.create(survey=Survey.objects.get(), number=1, state="done", asked=now, folder="1-1")
report = settings.HOME / "builds" / "1-1" / "report"
report.mkdir(parents=True)
(report / "Köln & co.json").write_text("[]")
(settings.HOME / "builds" / ".making-x").mkdir()
(settings.HOME / "files" / "1" / "zz").mkdir(parents=True)
(settings.HOME / "files" / "1" / "zz" / "stray").write_text("belongs to nothing")
session = SessionStore()
session["who"] = "lead"
session.create()
if connection.vendor == "sqlite":
    connection.cursor().execute("PRAGMA secure_delete = OFF")
for each in range(200):
    Account.objects.create(email=f"gone{{each}}@x.example", name="{CANARY}", created=now)
Account.objects.filter(name="{CANARY}").delete()
"""
ROWS = """
from django.apps import apps
from django.contrib.sessions.models import Session
def told(model):
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in model.objects.values())
print(json.dumps({model._meta.db_table: told(model) for model in apps.get_models()}))
"""
SETTLED = {
    "audit_event",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "invitation",
    "mail_letter",
}
"""Tables that a restore changes on purpose."""


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A house with something of everything in it. Tests leave it as it is."""
    with installation(tmp_path_factory.mktemp("lived-in")) as made:
        made.python(PLANT)
        yield made


@pytest.fixture(scope="session")
def backup(lived_in: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("kept") / "anyshire.backup"
    done = lived_in.command("backup", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    return file


@pytest.fixture(scope="module")
def mine(lived_in: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Another house like it, which the tests of a file change, in their order."""
    with twin(lived_in, tmp_path_factory.mktemp("mine")) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A place for a house: no home yet, and a database without a table."""
    with nothing_yet(tmp_path / "home") as made:
        yield made
