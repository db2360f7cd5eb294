"""Kills and full disks: a backup or a restore is whole, or it was never there, or it says that it is not."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from pathlib import Path

import pytest
from tests.served.installation import Installation
from tests.site.backup.test_restore import TAKE_AWAY, state

KILLED = """
import os, signal, sys
passed = 0
def hook(event, arguments):
    global passed
    if event == {event!r} and "aside" in str(arguments):
        passed += 1
        if passed == {number}:
            os.kill(os.getpid(), signal.{signal})
sys.addaudithook(hook)
from goldenthread.site.__main__ import main
main()
"""


def stopped(there: Installation, event: str, number: int, *words: str, by: str = "SIGKILL") -> int:
    """A command that is sent a signal as it is about to do something for the nth time; its status."""
    code = KILLED.format(event=event, number=number, signal=by)
    done = there.run("-c", code, *words)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode


def small_disk(there: Installation, most: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on a disk that takes no file larger than ``most`` bytes."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
    return there.run("-m", "goldenthread.site", *words, preexec_fn=limit)


def left(folder: Path) -> list[Path]:
    """Folders worked in that are still there."""
    return list(folder.glob(".goldenthread-*"))


def grown_old(folders: list[Path]) -> None:
    for each in folders:
        os.utime(each, (time.time() - 3600,) * 2)


@pytest.mark.parametrize(("event", "number"), [("os.link", 1), ("os.link", 3), ("shutil.rmtree", 1)])
def test_a_killed_backup_is_whole_or_not_there_and_the_next_clears_up(
    event: str, number: int, lived_in: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    assert stopped(lived_in, event, number, "backup", str(file)) == -9
    placed = event == "shutil.rmtree"
    assert file.exists() is placed
    assert left(tmp_path), "a kill was late, or everything had been cleared up"
    grown_old([*left(tmp_path), *left(lived_in.home)])
    assert lived_in.command("backup", str(file), *(["--replace"] if placed else [])).returncode == 0
    assert not left(tmp_path)
    assert not left(lived_in.home)


def test_a_stopped_backup_leaves_nothing(lived_in: Installation, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    assert stopped(lived_in, "os.link", 2, "backup", str(file), by="SIGTERM") == 143
    assert (list(tmp_path.iterdir()), left(lived_in.home)) == ([], [])


@pytest.fixture(scope="module")
def standing(mine: Installation) -> Installation:
    """A house that stands where a backup is restored; the last test gives it up."""
    mine.python(TAKE_AWAY)
    return mine


@pytest.mark.parametrize("most", [1000, 10_000, 40_000])
def test_a_backup_on_a_full_disk_leaves_nothing(
    most: int, lived_in: Installation, backup: Path, tmp_path: Path
) -> None:
    room = min(most, backup.stat().st_size // 2)
    done = small_disk(lived_in, room, "backup", str(tmp_path / "a.backup"))
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "could not be" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert left(lived_in.home) == []


def test_a_restore_on_a_full_disk_changes_nothing(backup: Path, standing: Installation) -> None:
    before = state(standing)
    room = 100 if standing.server else 100_000  # PostgreSQL's own files have no such limit
    done = small_disk(standing, room, "restore", str(backup), "--replace")
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert state(standing) == before
    assert left(standing.home) == []


def test_a_tick_clears_what_a_killed_backup_left(standing: Installation, tmp_path: Path) -> None:
    assert stopped(standing, "os.link", 1, "backup", str(tmp_path / "a.backup")) == -9
    grown_old(left(standing.home))
    assert standing.command("tick").returncode == 0
    assert left(standing.home) == []


def test_a_restore_that_fails_while_it_changes_places_puts_everything_back(
    backup: Path, standing: Installation
) -> None:
    before = state(standing)
    assert stopped(standing, "os.rename", 5, "restore", str(backup), "--replace", by="SIGTERM") == 143
    assert state(standing) == before
    assert not (standing.home / "restore-unfinished").exists()
    assert left(standing.home) == []


def test_a_restore_killed_at_any_step_is_as_it_was_or_says_so_and_is_run_again(
    backup: Path, standing: Installation
) -> None:
    before, steps, words = state(standing), 0, ["restore", str(backup), "--replace"]
    while stopped(standing, "os.rename", steps + 1, *words) == -9:
        steps += 1
        if (standing.home / "restore-unfinished").exists():
            words = ["restore", str(backup)]  # it need not be told twice to replace
            assert "was not finished" in standing.command("tick").stderr
        else:
            assert state(standing) == before
        grown_old(left(standing.home))
    assert steps >= 6, "files, builds and secret each leave and arrive"
    assert "--replace" not in words
    assert not (standing.home / "restore-unfinished").exists()
    assert "Made since" not in str(state(standing))
    assert standing.command("tick").returncode == 0
