"""One file with everything in it, as of one moment, while others go on; and nothing else anywhere."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.served.installation import Installation
from tests.site.backup.conftest import CANARY

from goldenthread import __version__

KEPT = """
from goldenthread.ground.files.disk import place
from goldenthread.ground.files.models import KeptFile
print(json.dumps([str(place(row.area_id, row.pk)) for row in KeptFile.objects.all()]))
"""
WHILE_OTHERS_DELETE = """
import threading, time
from pathlib import Path
from django.db import connection, transaction
from django.utils import timezone
from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.files.store import forget
from goldenthread.site.backup.take import take
row, told = KeptFile.objects.get(), {{}}
def delete():
    with transaction.atomic():
        forget(row.area_id, row.pk)
    told["deleted"] = timezone.now().isoformat()
    connection.close()
deleting = threading.Thread(target=delete)
def clock():
    deleting.start()
    deleting.join(0.5)
    told["waits"] = deleting.is_alive()
    return timezone.now()
take(Path({file!r}), replace=False, clock=clock)
deleting.join()
told["left"] = KeptFile.objects.count()
print(json.dumps(told))
"""


def manifest(file: Path) -> Any:  # noqa: ANN401 - as it is written
    with zipfile.ZipFile(file) as opened:
        return json.loads(opened.read("manifest.json"))


def test_it_is_one_private_file_and_nothing_is_left_beside_it(backup: Path, lived_in: Installation) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert list(backup.parent.iterdir()) == [backup]
    assert not list(lived_in.home.glob(".goldenthread-*"))


def test_its_manifest_tells_of_every_part_of_it(backup: Path, lived_in: Installation) -> None:
    told = manifest(backup)
    assert told["version"] == __version__
    assert told["kind"] == lived_in.python(
        "from django.db import connection\nprint(json.dumps(connection.vendor))"
    )
    assert "people.0001_initial" in told["migrations"]
    with zipfile.ZipFile(backup) as opened:
        assert {each["path"] for each in told["parts"]} == {*opened.namelist()} - {"manifest.json"}
        for each in told["parts"]:
            body = opened.read(each["path"])
            assert (each["size"], each["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())


def test_it_holds_what_rows_name_and_nothing_else_of_the_home(backup: Path, lived_in: Installation) -> None:
    kept = {str(Path(each).relative_to(lived_in.home)) for each in lived_in.python(KEPT)}
    parts = {each["path"] for each in manifest(backup)["parts"] if not each["path"].startswith("database/")}
    assert parts == {*kept, "builds/1-1/report/Köln & co.json"}
    assert len(kept) == 1
    secret = (lived_in.home / "secret").read_bytes()
    with zipfile.ZipFile(backup) as opened:
        assert not [name for name in opened.namelist() if secret in opened.read(name)]


def test_what_was_deleted_is_not_in_it(backup: Path, lived_in: Installation) -> None:
    with zipfile.ZipFile(backup) as opened:
        assert not [name for name in opened.namelist() if CANARY.encode() in opened.read(name)]
    database = lived_in.home / "goldenthread.sqlite3"
    if database.exists():
        log = Path(f"{database}-wal")
        assert CANARY.encode() in database.read_bytes() + (log.read_bytes() if log.exists() else b""), (
            "the file itself still holds it, or this test could not fail"
        )


def test_a_file_that_is_there_is_replaced_only_when_told(lived_in: Installation, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    file.write_text("precious")
    done = lived_in.command("backup", str(file))
    assert done.returncode == 2
    assert done.stderr == f"{file} is there already: name another file, or say --replace.\n"
    assert file.read_text() == "precious"
    assert lived_in.command("backup", str(file), "--replace").returncode == 0
    assert manifest(file)["version"] == __version__


def test_a_home_that_is_not_there_is_not_made(empty: Installation, tmp_path: Path) -> None:
    done = empty.command("backup", str(tmp_path / "a.backup"))
    assert done.returncode == 2
    assert done.stderr.startswith("There is nothing to back up: there is no folder")
    assert not empty.home.exists()


def test_a_home_without_a_database_is_told(empty: Installation, tmp_path: Path) -> None:
    empty.home.mkdir()
    done = empty.command("backup", str(tmp_path / "a.backup"))
    assert done.returncode == 2
    assert "has no database yet" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "a.backup").exists()


@pytest.mark.parametrize("lost", [True, False])
def test_a_file_that_is_lost_or_changed_is_named_and_the_rest_is_kept(
    lost: bool, mine: Installation, tmp_path: Path
) -> None:
    place = Path(mine.python(KEPT)[0])
    path, before = str(place.relative_to(mine.home)), place.read_bytes()
    place.unlink()
    if not lost:
        place.write_text("other")
    done = mine.command("backup", str(tmp_path / "a.backup"))
    place.write_bytes(before)
    assert done.returncode == 1
    assert path in done.stderr
    assert ("was not on the disk" in done.stderr) is lost
    assert manifest(tmp_path / "a.backup")["missing"] == ([path] if lost else [])


def test_who_deletes_meanwhile_waits_and_the_backup_has_both_row_and_file(
    mine: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    told = mine.python(WHILE_OTHERS_DELETE.format(file=str(file)))
    assert mine.python(KEPT) == []
    assert told["waits"], "a row could be deleted between the snapshot and the second names"
    assert told["left"] == 0
    assert told["deleted"] > manifest(file)["as_of"]
    assert sum(each["path"].startswith("files/") for each in manifest(file)["parts"]) == 1
    assert manifest(file)["missing"] == []
