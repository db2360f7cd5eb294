"""Workers side by side send nothing twice; one that is killed leaves nothing unsent."""

from __future__ import annotations

import random
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ground.mail.sink import Sink, serve
from tests.served.installation import Installation, installation

MANY, KILLS = 120, 6

WRITE = f"""
from datetime import UTC, datetime
from django.db import transaction
from goldenthread.ground.mail.outbox import put
with transaction.atomic():
    for each in range({MANY}):
        put(now=datetime.now(UTC), area=None, to=f"p{{each}}@anyshire.example", subject="Come", body="In")
"""
STATES = """
from collections import Counter
from goldenthread.ground.mail.models import Letter
print(json.dumps(Counter(Letter.objects.values_list("state", flat=True))))
"""
LET_GO = """
from datetime import timedelta
from goldenthread.ground.mail.models import Letter
for letter in Letter.objects.filter(state="waiting", claimed__isnull=False):
    Letter.objects.filter(pk=letter.pk).update(claimed=letter.claimed - timedelta(hours=1))
"""


@pytest.fixture(scope="module")
def slow_sink() -> Iterator[tuple[Sink, int]]:
    mine = Sink()
    server = serve(mine)
    yield mine, server.port
    server.stop()


@pytest.fixture
def there(tmp_path: Path, slow_sink: tuple[Sink, int]) -> Iterator[Installation]:
    mine, port = slow_sink
    mine.letters.clear()
    mine.when_asked = lambda _: None
    with installation(tmp_path, MAIL_URL=f"smtp+plain://127.0.0.1:{port}", MAIL_A_MINUTE="100000") as made:
        made.python(WRITE)
        yield made


def sending(there: Installation) -> subprocess.Popen[str]:
    """A worker that has begun to send."""
    return there.begin("-m", "django", "send_mail", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_three_workers_at_once_send_each_letter_once(
    there: Installation, slow_sink: tuple[Sink, int]
) -> None:
    workers = [sending(there) for _ in range(3)]
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], said
    assert there.python(STATES) == {"sent": MANY}
    assert Counter(slow_sink[0].counted().values()) == {1: MANY}


def test_killed_workers_lose_nothing_and_double_no_more_than_their_number(
    there: Installation, slow_sink: tuple[Sink, int]
) -> None:
    mine, chance = slow_sink[0], random.Random(13)  # noqa: S311 - where a worker is killed
    for _ in range(KILLS):
        worker = sending(there)
        last = mine.asked + 1 + chance.randrange(12)
        mine.when_asked = lambda number, worker=worker, last=last: worker.kill() if number == last else None
        worker.communicate(timeout=120)
        assert worker.returncode == -signal.SIGKILL
        there.python(LET_GO)
    assert there.admin("send_mail").returncode == 0
    assert there.python(STATES) == {"sent": MANY}
    arrived = mine.counted()
    assert len(arrived) == MANY
    assert sum(arrived.values()) - MANY <= KILLS
