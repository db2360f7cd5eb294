"""Ctrl+C and SIGTERM: one word, the status a shell expects, and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.analysis.small_study import small_study

ROOT = Path(__file__).parents[2]
FILES = ("report.html", "report.docx", "tables.xlsx", "figures.json")
ANYSHIRE = ROOT / "examples" / "anyshire" / "study.toml"


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl+C reaches what the tests start, even where they themselves run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def running(temporary: Path, *words: str | Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "goldenthread.analysis", *map(str, words)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def stopped(process: subprocess.Popen[str], line: str, number: int = signal.SIGINT) -> str:
    """What it says after ``line``, where it is sent a signal."""
    assert process.stderr is not None
    assert any(line in told for told in process.stderr), f"it never said {line}"
    process.send_signal(number)
    return process.communicate(timeout=60)[1]


@pytest.mark.parametrize("line", ["Reading Summer 2023", "Writing the report"])
def test_ctrl_c_says_one_word_and_leaves_an_older_report_whole(tmp_path: Path, line: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in FILES:
        (out / name).write_text(f"the old {name}", encoding="utf-8")
    with running(tmp_path, "report", ANYSHIRE, "--out", out) as process:
        told = stopped(process, line)
    assert process.returncode == 128 + signal.SIGINT
    assert told.splitlines()[-1] == "Stopped."
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == {
        name: f"the old {name}" for name in FILES
    }


def test_sigterm_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path, "report", ANYSHIRE, "--out", tmp_path / "out") as process:
        told = stopped(process, "Writing the report", signal.SIGTERM)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in told
    assert not list(tmp_path.iterdir())


SWALLOWED = """
import os, signal, sys
from goldenthread.analysis import cli
from goldenthread.analysis.cube.engine import DuckEngine

def group(self, keys, weight=None):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt as error:
        raise RuntimeError("KeyboardInterrupt: At: engine.py") from error

DuckEngine.group = group
sys.argv = ["goldenthread", "report", *sys.argv[1:]]
cli.main()
"""
"""A database that makes an error of its own of Ctrl+C, as DuckDB now and then does."""

EARLY = """
import os, signal, sys

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "duckdb":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Slow())
sys.argv = ["goldenthread", "report", *sys.argv[1:]]
from goldenthread.analysis.__main__ import main
main()
"""
"""Ctrl+C while the libraries are being loaded: those of a report, or of all commands."""


def ended(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a report on a small study where ``code`` sees to it."""
    words = [str(small_study(folder)), "--out", str(folder / "out")]
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("code", [SWALLOWED, EARLY, EARLY.replace("duckdb", "typer")])
def test_ctrl_c_at_an_awkward_moment_is_no_traceback(tmp_path: Path, code: str) -> None:
    done = ended(tmp_path, code)
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr.splitlines()[-1] == "Stopped."
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_fault_of_ours_is_not_passed_off_as_ctrl_c(tmp_path: Path) -> None:
    code = SWALLOWED.replace("os.kill(os.getpid(), signal.SIGINT)", "raise KeyboardInterrupt")
    done = ended(tmp_path, code)
    assert done.returncode == 1
    assert "RuntimeError: KeyboardInterrupt" in done.stderr
    assert "Stopped" not in done.stderr
