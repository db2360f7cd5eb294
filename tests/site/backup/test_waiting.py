"""Answers that wait sealed come back with a backup, though their key is destroyed here meanwhile."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.served.installation import installation, nothing_yet

ALL = "from tests.thread.survey.asking.made import *\n"
WHILE_IT_IS_TAKEN = """
from goldenthread.site.backup import take
asking = begun_wave()
for number in range(3): say(asking, number, str(number))
plain = take._write
def later(*args):
    mix(asking=asking.pk, now=NOW, least=1)
    return plain(*args)
take._write = later
from pathlib import Path
take.take(Path({file!r}), replace=False, clock=lambda: NOW)
"""
TOLD = """
mixed = mix(asking=Asking.objects.get().pk, now=NOW, least=1)
print(json.dumps([mixed, sorted(each["words"] for each in answers_of(Asking.objects.get().pk))]))
"""


def test_what_waited_is_opened_in_the_restored_house(tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    with installation(tmp_path / "first") as first:
        first.python(ALL + WHILE_IT_IS_TAKEN.format(file=str(file)))
        assert first.python(ALL + TOLD) == [0, ["0", "1", "2"]], "here they were mixed already"
    with nothing_yet(tmp_path / "second") as second:
        done = second.command("restore", str(file))
        assert (done.returncode, done.stderr) == (0, "")
        assert second.python(ALL + TOLD) == [3, ["0", "1", "2"]]


def test_a_backup_without_the_key_of_what_waits_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    with installation(tmp_path / "first") as first:
        first.python(f"{ALL}say(begun_wave(), 1)\n[each.unlink() for each in epochs.home().iterdir()]")
        done = first.command("backup", str(file))
        assert done.returncode == 1
        assert "keys/" in done.stderr + done.stdout
        with zipfile.ZipFile(file) as opened:
            assert not [name for name in opened.namelist() if name.startswith("keys/")]
