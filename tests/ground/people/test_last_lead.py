"""Two people who end each other's role at the same moment: one of them stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.served.installation import Installation, installation

ROUNDS = 15
RACE = f"""
from datetime import UTC, datetime
from threading import Barrier, Thread
from django.db import connection
from goldenthread.ground.area.models import Area
from goldenthread.ground.people.commands import end_role
from goldenthread.ground.people.models import Account, Membership
from goldenthread.ground.people.queries import actor
from goldenthread.ground.refused import Refused
now = datetime.now(UTC)
area = Area.objects.create(slug="anyshire", name="Anyshire")
two = [Account.objects.create(email=f"{{each}}@x.example", name=each, created=now) for each in ("Ana", "Bo")]

def end(by, other, meet):
    meet.wait()
    try:
        end_role(by=by, now=now, account=other, role="lead")
    except Refused:
        pass
    finally:
        connection.close()

left = []
for _ in range({ROUNDS}):
    Membership.objects.all().delete()
    for each in two:
        Membership.objects.create(account=each, area=area, role="lead", since=now)
    leads = [actor(each.pk, area.pk) for each in two]
    meet = Barrier(2)
    threads = [Thread(target=end, args=(leads[i], leads[1 - i].account, meet)) for i in (0, 1)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    left.append(Membership.objects.filter(until__isnull=True).count())
print(json.dumps(left))
"""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        yield made


def test_two_who_end_each_other_at_once_leave_one(there: Installation) -> None:
    assert there.python(RACE) == [1] * ROUNDS
