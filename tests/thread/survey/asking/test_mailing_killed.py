"""A worker killed in the midst of it: everybody has a code, and doubles are no more than kills, each counted.

``MAILED`` and ``KILLED`` in the environment set the size; 2000 and 30 are what the product promises.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
from collections import Counter
from pathlib import Path

from tests.ground.mail.sink import Sink, serve
from tests.served.installation import PREAMBLE, installation

MANY, KILLS = int(os.environ.get("MAILED", "150")), int(os.environ.get("KILLED", "5"))
ALL = "from tests.thread.survey.asking.made import *\n"
BEGIN = f"""
from goldenthread.ground.people.queries import actor
from goldenthread.ground.people.models import Membership
from goldenthread.thread.survey.asking import inviting
asking = begun_wave(mode="personal-code")
held = Membership.objects.get()
lead = actor(held.account_id, held.area_id)
people = "".join(f"p{{n}}@anyshire.example\\n" for n in range({MANY})).encode()
place = inviting.Place("staff", "2027")
inviting.add_people(by=lead, now=NOW, place=place, data=people, name="list")
inviting.send_codes(by=lead, now=NOW, place=place, link="https://x.example/s/bcd/")
"""
WORK = """
from datetime import UTC, datetime
import time
from goldenthread.thread.survey.asking import mailing
from goldenthread.thread.survey.asking.models import Mailing
while mailing.send(Mailing.objects.get().pk, clock=lambda: datetime.now(UTC), wait=time.sleep): pass
"""
LET_GO = """
from datetime import timedelta
from goldenthread.thread.survey.asking.models import Invitee
for each in Invitee.objects.filter(claimed__isnull=False):
    Invitee.objects.filter(pk=each.pk).update(claimed=each.claimed - timedelta(hours=1))
"""
TOLD = """
from goldenthread.thread.survey.asking.models import Invitee
from goldenthread.thread.survey.asking.rate import count
from goldenthread.thread.survey.asking.minting import is_good
asking = Asking.objects.get()
codes = json.loads(sys.stdin.read())
print(json.dumps({
    "states": list(set(Invitee.objects.values_list("state", flat=True))),
    "count": count(asking.pk),
    "holds": {each.address: each.codes for each in Invitee.objects.all()},
    "good": [is_good(asking.pk, code) for code in codes],
}))
"""


def test_everybody_is_mailed_and_whoever_may_hold_two_is_counted(tmp_path: Path) -> None:
    sink, chance = Sink(), random.Random(13)  # noqa: S311 - where a worker is killed
    server = serve(sink)
    mail = {"MAIL_URL": f"smtp+plain://127.0.0.1:{server.port}", "MAIL_A_MINUTE": "100000"}
    with installation(tmp_path, **mail) as there:
        there.python(ALL + BEGIN)
        for left in range(KILLS, 0, -1):
            worker = there.begin("-c", PREAMBLE + WORK, stderr=subprocess.PIPE)
            room = max(1, 2 * (MANY - len(sink.letters)) // (left + 1))
            last = sink.asked + 1 + chance.randrange(room)
            sink.when_asked = lambda number, worker=worker, last=last: (
                worker.kill() if number >= last else None
            )
            _, said = worker.communicate(timeout=240)
            assert worker.returncode == -signal.SIGKILL, said
            there.python(LET_GO)
        sink.when_asked = lambda _: None
        there.python(WORK)
        codes = {str(re.search(r"#(\w{16})", str(each.get_payload()))[1]): each for each in sink.letters}  # type: ignore[index]
        told = there.run("-c", PREAMBLE + ALL + TOLD, input=json.dumps(sorted(codes)))
    server.stop()
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    arrived = Counter(str(each["To"]) for each in sink.letters)
    assert found["states"] == ["sent"]
    assert len(arrived) == MANY
    doubles = sum(arrived.values()) - MANY
    invited, counted = found["count"]
    assert invited == MANY
    assert doubles <= counted <= KILLS
    assert all(many <= found["holds"][address] for address, many in arrived.items())
    assert len(codes) == len(sink.letters), "every mail has a code of its own"
    assert all(found["good"])
