"""A machine that lacks something says so plainly at the end; where all was to run, that is a failure."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

@pytest.mark.browser
def test_page():
    pass

@pytest.mark.browser
def test_other_page():
    pass

def test_plain():
    pass

def test_left_out():
    {left_out}
"""


@pytest.fixture
def suite(root: Path, tmp_path: Path) -> Path:
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: needs Chromium\n")
    (tmp_path / "test_suite.py").write_text(SUITE.format(left_out="pass"))
    return tmp_path


def run(suite: Path, *arguments: str, path: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {"PATH": path, "HOME": str(suite)}
    done = subprocess.run(command, cwd=suite, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def with_chromium(suite: Path) -> str:
    (suite / "bin").mkdir()
    (suite / "bin" / "chromium").touch(mode=0o755)
    return str(suite / "bin")


def test_without_chromium_the_rest_runs_and_the_remedy_is_printed(suite: Path) -> None:
    status, lines = run(suite, path="")
    assert status == 0
    assert "2 tests: needs Chromium: sudo apt-get install chromium" in lines
    assert lines[-1].startswith("2 passed, 2 skipped in ")


def test_without_chromium_requiring_all_fails(suite: Path) -> None:
    status, lines = run(suite, "--require-all", path="")
    assert status == 1
    assert any("Everything was to run, and this did not: needs Chromium" in line for line in lines)
    assert lines[-1].startswith("2 passed, 2 errors in ")


def test_with_chromium_everything_runs(suite: Path) -> None:
    status, lines = run(suite, "--require-all", path=with_chromium(suite))
    assert status == 0
    assert lines[-1].startswith("4 passed in ")
    assert not any("not run on this machine" in line for line in lines)


@pytest.mark.parametrize("left_out", ["pytest.skip('not today')", "pytest.importorskip('no_such_module')"])
def test_requiring_all_lets_no_other_skip_through(suite: Path, left_out: str) -> None:
    (suite / "test_suite.py").write_text(SUITE.format(left_out=left_out))
    status, lines = run(suite, "--require-all", path=with_chromium(suite))
    assert status == 1
    assert lines[-1].startswith("1 failed, 3 passed in ")


def test_requiring_all_lets_no_skipped_file_through(suite: Path) -> None:
    (suite / "test_suite.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    status, _ = run(suite, "--require-all", path=with_chromium(suite))
    assert status != 0
