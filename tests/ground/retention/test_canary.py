"""What was deleted is nowhere any more: not in a row, not in the database's file or log, not on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from tests.served.installation import Installation, installation

CANARY = "Zyxomma Quillfeather"
PLANT = f"""
from datetime import UTC, datetime, timedelta
from io import BytesIO
from django.db import transaction
from goldenthread.ground.area.models import Area
from goldenthread.ground.files.store import keep
from goldenthread.ground.mail.outbox import put
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.people.models import Account, Invitation, Membership, Person, Post
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.posts import end_post
old = datetime.now(UTC) - timedelta(days=1000)
area = Area.objects.create(slug="anyshire", name="Anyshire")
lead = Account.objects.create(email="lead@anyshire.example", name="Lead", created=old)
Membership.objects.create(account=lead, area=area, role="lead", since=old)
by = Actor(lead.pk, "Lead", area.pk, frozenset(["lead"]))
school = Organisation.objects.create(area=area, name="Oak School", kind="school")
address = "{CANARY}@x.example".replace(" ", ".")
with transaction.atomic():
    put(now=old, area=area.pk, to=address, subject="For {CANARY}", body="Dear {CANARY}", about="x")
    Account.objects.create(email=address, name="{CANARY}", created=old)
    Invitation.objects.create(
        area=area, email=address, role="analyst", digest="x", by=lead, at=old, expires=old
    )
    for each in range(300):
        person = Person.objects.create(
            area=area, owner=school, reference=f"{CANARY}{{each}}", name="{CANARY}", since=old
        )
        Post.objects.create(
            area=area, person=person, organisation=school, tier_reason="{CANARY}", ends=old.date()
        )
    end_post(by=by, now=old, post=person.posts.get().pk, ends=old.date())
    keep(by=by, now=old, area=area.pk, name="{CANARY}.csv", stream=BytesIO(b"{CANARY}"), purpose="register")
"""
DELIVERED = """
from goldenthread.ground.mail.models import Letter
from datetime import UTC, datetime, timedelta
Letter.objects.update(ended=datetime.now(UTC) - timedelta(days=999))
"""
LEFT = f"""
from django.apps import apps
found = []
for model in apps.get_models():
    for row in model.objects.values():
        if any("{CANARY}" in str(value) or "Quillfeather@" in str(value) for value in row.values()):
            found.append(model.__name__)
print(json.dumps(found))
"""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        yield made


def holding(home: Path) -> list[str]:
    """The files under the home that hold any of the canary, in their name or their bytes."""
    found = []
    for each in home.rglob("*"):
        text = each.name.encode() + (each.read_bytes() if each.is_file() else b"")
        if b"Quillfeather" in text or b"quillfeather" in text:
            found.append(each.name)
    return found


@pytest.fixture
def in_use(there: Installation) -> Iterator[None]:
    """Somebody else has the database open, as where it is served: its log is then not cleared by itself."""
    path = there.home / "goldenthread.sqlite3"
    if not path.exists():
        yield
        return
    with closing(connect(path)) as other:
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


@pytest.mark.usefixtures("in_use")
def test_nothing_of_a_deleted_row_is_left_anywhere(there: Installation) -> None:
    there.python(PLANT)
    assert there.admin("send_mail").returncode == 0
    there.python(DELIVERED)
    assert set(there.python(LEFT)) == {"Account", "Invitation", "KeptFile", "Letter", "Person", "Post"}
    for sent in (there.home / "mail").glob("*"):
        sent.unlink()  # what the one who runs it sends elsewhere is theirs to keep or delete
    done = there.admin("purge")
    assert (done.returncode, done.stderr) == (0, "")
    assert "deleted 300 people who had left" in done.stdout
    assert there.python(LEFT) == []
    assert holding(there.home) == []
