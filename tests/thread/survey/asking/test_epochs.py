"""What waits is sealed; after mixing no copy of the database leads from it to anybody's answers."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from tests.served.installation import PREAMBLE, Installation, installation
from tests.thread.survey.asking.made import begun_wave, say

from goldenthread.ground.audit.models import Event
from goldenthread.thread.survey.asking import commands, epochs
from goldenthread.thread.survey.asking.closing import finish
from goldenthread.thread.survey.asking.mixing import answers_of, mix
from goldenthread.thread.survey.asking.models import Asking, Intake
from goldenthread.thread.survey.asking.submit import Outcome
from goldenthread.thread.survey.asking.waiting import SMALLEST, Unopened, seal, unseal

NOW = datetime(2027, 6, 7, 9, tzinfo=UTC)
ALL = "from tests.thread.survey.asking.made import *\n"


@pytest.fixture
def asking(db: None) -> Asking:
    del db
    return begun_wave()


@pytest.fixture
def standing(transactional_db: None) -> Asking:
    """A wave whose changes stand at once, so that keys are destroyed."""
    del transactional_db
    return begun_wave()


def keys_of(asking: Asking) -> list[Path]:
    return sorted(epochs.home().glob(f"{asking.pk}-*"))


def test_no_row_says_in_the_database_what_somebody_answered(asking: Asking) -> None:
    say(asking, 1, "a sentence nobody else would write")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake")
        text = str(cursor.fetchall())
    assert "sentence" not in text
    assert "signs" not in text
    (key,) = keys_of(asking)
    assert key.stat().st_size == 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(epochs.home().stat().st_mode) & 0o077 == 0


def test_rows_are_of_one_length_whatever_was_answered(asking: Asking) -> None:
    say(asking, 1, "")
    say(asking, 2, " ".join(f"word{number}" for number in range(600)))
    assert len({len(text) for text in Intake.objects.values_list("answers", flat=True)}) == 1


def test_what_does_not_fit_is_filled_up_to_the_next_size_and_opens_again() -> None:
    key, text = b"k" * 32, "ž" * 50 + "".join(map(chr, range(0x4E00, 0x4E00 + 9000)))
    boxes = [seal(text[:many], key=key, asking=1, channel=2) for many in (10, 60, 5000, 9000)]
    assert [unseal(box, key=key, asking=1, channel=2) for box in boxes] == [
        text[:many] for many in (10, 60, 5000, 9000)
    ]
    assert len(boxes[0]) == len(boxes[1]) < len(boxes[2]) <= len(boxes[3])
    assert len(boxes[0]) > SMALLEST
    for wrong in ({"key": b"l" * 32}, {"asking": 3}, {"channel": 3}):
        with pytest.raises(Unopened):
            unseal(boxes[0], **{"key": key, "asking": 1, "channel": 2, **wrong})


def test_mixing_destroys_the_key_of_what_it_mixed_and_begins_another(standing: Asking) -> None:
    say(standing, 1)
    (old,) = keys_of(standing)
    box, same_bytes = Intake.objects.get(), old.with_name("copy")
    same_bytes.hardlink_to(old)
    assert mix(asking=standing.pk, now=NOW, least=1) == 1
    (new,) = keys_of(standing)
    assert new != old
    for key in (new, same_bytes):
        with pytest.raises(Unopened):
            unseal(box.answers, key=key.read_bytes(), asking=standing.pk, channel=box.channel_id)
    same_bytes.unlink()
    assert say(standing, 2) is Outcome.STORED


def test_too_few_to_mix_leave_the_key_as_it_is(asking: Asking) -> None:
    say(asking, 1)
    before = keys_of(asking)
    assert mix(asking=asking.pk, now=NOW, least=2) == 0
    assert keys_of(asking) == before


def test_a_closed_wave_has_no_key(standing: Asking) -> None:
    say(standing, 1)
    commands.close(by=None, now=NOW, survey="staff", wave="2027", area=standing.wave.survey.area_id)
    finish(standing.pk, lambda: NOW)
    assert keys_of(standing) == []
    assert Intake.objects.count() == 0


def test_a_row_whose_key_is_lost_stays_and_keeps_no_other_back(asking: Asking) -> None:
    say(asking, 1)
    (lost,) = keys_of(asking)
    bytes_of_it = lost.read_bytes()
    lost.unlink()
    assert say(asking, 2) is Outcome.STORED, "a new key takes the place of the lost one"
    assert mix(asking=asking.pk, now=NOW, least=1) == 1
    assert Intake.objects.count() == 1
    assert mix(asking=asking.pk, now=NOW, least=1) == 0
    lost.write_bytes(bytes_of_it)
    assert mix(asking=asking.pk, now=NOW, least=1) == 1
    assert len(list(answers_of(asking.pk))) == 2


def test_closing_says_what_could_not_be_opened_and_keeps_it(asking: Asking) -> None:
    say(asking, 1)
    keys_of(asking)[0].unlink()
    say(asking, 2)
    commands.close(by=None, now=NOW, survey="staff", wave="2027", area=asking.wave.survey.area_id)
    finish(asking.pk, lambda: NOW)
    words = "could not open 1 answers to 2027: their key is not in the folder keys"
    assert [event.words for event in Event.objects.filter(what="survey.answers.unopened")] == [words]
    assert Intake.objects.count() == 1


def test_answers_an_earlier_version_put_down_unsealed_are_mixed_too(asking: Asking) -> None:
    say(asking, 1)
    Intake.objects.update(answers='{"team":"b"}', epoch="")
    Asking.objects.update(epoch="")
    assert say(asking, 2) is Outcome.STORED
    assert mix(asking=asking.pk, now=NOW, least=2) == 2
    assert {each["team"] for each in answers_of(asking.pk)} == {"b", "c"}


def test_keys_of_a_wave_taken_out_go_after_a_day_and_no_sooner(standing: Asking) -> None:
    epochs.tidy()
    (key,) = keys_of(standing)
    standing.wave.delete()
    epochs.tidy()
    assert keys_of(standing) == [key]
    os.utime(key, (0, 0))
    epochs.tidy()
    assert keys_of(standing) == []


MIX = """
from goldenthread.thread.survey.asking.mixing import mix
from goldenthread.thread.survey.asking.models import Asking
mix(asking=Asking.objects.get().pk, now=NOW, least=1)
"""
KILLED_AT = """
import os, signal
from goldenthread.thread.survey.asking import epochs, mixing
def dying(module, name, after):
    whole = getattr(module, name)
    def cut(*args, **kwargs):
        if not after:
            os.kill(os.getpid(), signal.SIGKILL)
        whole(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, cut)
dying({module}, "{name}", {after})
"""
STEPS = [
    ("epochs", "_make", False),
    ("epochs", "_make", True),
    ("epochs", "begin", True),
    ("mixing", "_take_out", True),
    ("mixing", "_put_in", True),
    ("mixing", "record", True),
    ("mixing", "sweep", False),
    ("epochs", "tidy", False),
    ("epochs", "_destroy", False),
    ("epochs.Path", "unlink", False),
    ("epochs", "_destroy", True),
]
TOLD = """
from goldenthread.thread.survey.asking.models import Asking, Intake
from goldenthread.thread.survey.asking.mixing import answers_of
there = [each.name for each in epochs.home().iterdir()]
print(json.dumps([sorted(each["words"] for each in answers_of(Asking.objects.get().pk)), len(there)]))
"""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("mixing")) as made:
        made.python(f"{ALL}begun_wave()")
        yield made


@pytest.mark.parametrize(("module", "name", "after"), STEPS)
def test_a_kill_between_any_two_steps_loses_and_doubles_nothing(
    house: Installation, module: str, name: str, after: bool
) -> None:
    tag = f"{module}.{name}.{after}"
    sending = f"for n in range(3): say(Asking.objects.get(), f'{tag}-{{n}}', f'{tag}-{{n}}')\n"
    killing = KILLED_AT.format(module=module, name=name, after=after)
    code = PREAMBLE + ALL + sending + killing + MIX
    done = house.run("-c", code)
    assert done.returncode == -signal.SIGKILL, done.stderr
    answers, keys = house.python(f"{ALL}say(Asking.objects.get(), '{tag}-z', '{tag}-z')\n{MIX}{TOLD}")
    mine = [each for each in answers if each.startswith(f"{tag}-")]
    assert mine == [f"{tag}-{end}" for end in "012z"]
    assert len(answers) == len(set(answers))
    assert keys == 1


BESIDE = """
import threading
from django.db import close_old_connections, connection
asking, told, over = begun_wave(), {"stored": [], "faults": []}, threading.Event()
def send(first):
    try:
        for number in range(first, first + MANY):
            if say(asking, number, str(number)) == "stored":
                told["stored"].append(str(number))
    except Exception as fault:
        told["faults"].append(repr(fault))
    connection.close()
def mixing():
    try:
        while not over.is_set():
            mix(asking=asking.pk, now=NOW, least=3)
    except Exception as fault:
        told["faults"].append(repr(fault))
    connection.close()
senders = [threading.Thread(target=send, args=(each * MANY,)) for each in range(4)]
mixers = [threading.Thread(target=mixing) for _ in range(2)]
for each in senders + mixers: each.start()
for each in senders: each.join()
over.set()
for each in mixers: each.join()
mix(asking=asking.pk, now=NOW, least=1)
told["answers"] = sorted(each["words"] for each in answers_of(asking.pk))
told["keys"] = len(list(epochs.home().iterdir()))
print(json.dumps(told))
"""


def test_sending_and_mixing_side_by_side_lose_and_double_nothing(there: Installation) -> None:
    told = there.python(ALL + "MANY = 20\n" + BESIDE)
    assert told["faults"] == []
    assert len(told["stored"]) == 80
    assert told["answers"] == sorted(told["stored"])
    assert told["keys"] == 1
