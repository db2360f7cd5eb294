"""``dev``: one script that a newcomer, a colleague and the build machine all start with."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = 'if __name__ == "__main__": pass\n'
VERBS = ("setup", "run", "test", "check", "lock", "bench", "prove", "help")


def dev(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "dev"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy that is already set up, with proofs and a benchmark of our own making."""
    for name in ("dev", "pyproject.toml"):
        shutil.copy(root / name, tmp_path / name)
    shutil.copytree(root / "requirements", tmp_path / "requirements")
    (tmp_path / "proofs").mkdir()
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    remember(tmp_path)
    return tmp_path


def remember(copy: Path) -> None:
    """Write the note that the environment is as it should be, as ``dev`` itself would."""
    ask = "import runpy; dev = runpy.run_path('dev'); print(dev['digest']('dev'))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=copy, capture_output=True, text=True, check=True)
    (copy / ".venv" / "set-up.json").write_text(json.dumps({"dev": done.stdout.strip()}))


def write_proof(copy: Path, name: str, holds: str, *, status: int = 0, extra: str = "") -> None:
    answer = f'{{"proof": "{name}", "holds": {holds}, "cases": 12}}'
    body = f"import sys\n{extra}\n{SCRIPT}print('{answer}')\nsys.exit({status})\n"
    (copy / "proofs" / f"{name}.py").write_text(body)


def test_it_can_be_started_by_name(root: Path) -> None:
    assert (root / "dev").stat().st_mode & 0o111
    assert (root / "dev").read_text().startswith("#!/usr/bin/env python3\n")


def test_an_older_python_can_read_it_as_far_as_the_sentence(root: Path) -> None:
    tree = ast.parse((root / "dev").read_text(), feature_version=(3, 9))
    imported = {each.name for node in tree.body if isinstance(node, ast.Import) for each in node.names}
    assert imported.isdisjoint({"tomllib"})


def test_an_older_python_is_told_what_to_do(root: Path) -> None:
    ask = (
        "import runpy, sys; dev = runpy.run_path('dev', run_name='dev'); main = dev['main'];"
        "sys.version_info = (3, 9, 2, 'final', 0); sys.exit(main(['run']))"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Golden Thread needs Python 3.11 or newer, and this is 3.9.2. ")
    assert "Traceback" not in done.stderr


def test_help_names_every_verb(root: Path) -> None:
    done = dev(root, "help")
    assert done.returncode == 0
    assert [verb for verb in VERBS if f"python3 dev {verb}" not in done.stdout] == []


def test_an_unknown_verb_is_one_sentence(root: Path) -> None:
    done = dev(root, "fly")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [f"There is no “fly”. There is: {', '.join(VERBS)}."]


def test_proofs_that_hold_are_counted(copy: Path) -> None:
    write_proof(copy, "one", "true")
    write_proof(copy, "two", "true")
    done = dev(copy, "prove")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "proofs: 2 of 2 hold."
    assert "cases 12" in done.stdout


def test_a_proof_that_does_not_hold_fails(copy: Path) -> None:
    write_proof(copy, "good", "true")
    write_proof(copy, "bad", "false", status=1)
    done = dev(copy, "prove")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "proofs: 1 of 2 hold; 1 not: bad."


@pytest.mark.parametrize("body", ["", "print('done')", "raise ValueError", "print('[]')", "print('{}')"])
def test_a_proof_without_an_answer_does_not_hold(copy: Path, body: str) -> None:
    (copy / "proofs" / "mute.py").write_text(SCRIPT + body)
    done = dev(copy, "prove", "mute")
    assert done.returncode == 1
    assert "it ended without an answer" in done.stdout


def test_a_proof_that_says_it_holds_and_fails_does_not_hold(copy: Path) -> None:
    write_proof(copy, "two-faced", "true", status=3)
    done = dev(copy, "prove")
    assert done.returncode == 1
    assert "it ended with status 3" in done.stdout


def test_a_proof_that_waits_for_data_neither_holds_nor_fails(copy: Path) -> None:
    write_proof(copy, "recount", "null")
    done = dev(copy, "prove")
    assert done.returncode == 0
    assert "needs data; python3 dev prove recount --data DIR" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "proofs: 0 of 1 hold; 1 waiting for data that is not part of this copy."
    )


def test_a_proof_is_given_only_the_options_it_knows(copy: Path) -> None:
    shown = "print('given', sys.argv[1:])"
    write_proof(copy, "both", "true", extra=f'OPTIONS = ("--all", "--data")\n{shown}'.replace("'", '"'))
    write_proof(copy, "neither", "true", extra=shown)
    done = dev(copy, "prove", "both", "neither", "--all", "--data", "proofs")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"given ['--all', '--data', '{copy / 'proofs'}']" in done.stdout
    assert "given []" in done.stdout


def test_what_proofs_share_is_no_proof(copy: Path) -> None:
    write_proof(copy, "one", "true", extra="from shared import word\nprint(word)")
    (copy / "proofs" / "shared.py").write_text("word = 'imported'\n")
    done = dev(copy, "prove")
    assert done.stdout.splitlines()[-1] == "proofs: 1 of 1 hold."
    assert dev(copy, "prove", "shared").returncode == 2


def test_an_unknown_proof_is_one_sentence(copy: Path) -> None:
    write_proof(copy, "one", "true")
    done = dev(copy, "prove", "none-such")
    assert done.returncode == 2
    assert done.stderr == "There is nothing called “none-such” in proofs/. There is: one.\n"


def test_a_benchmark_is_given_the_rest_of_the_line(copy: Path) -> None:
    (copy / "benchmarks" / "cube.py").write_text(
        f"{SCRIPT}import sys; print('asked', sys.argv[1:]); sys.exit(4)"
    )
    done = dev(copy, "bench", "cube", "--rows", "10")
    assert "asked ['--rows', '10']" in done.stdout
    assert done.returncode == 4


@pytest.fixture
def tested(copy: Path) -> Path:
    """The copy with one test of its own, one proof, and one proof that wants the machine to itself."""
    (copy / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "-p no:django"\n')
    (copy / "tests").mkdir()
    (copy / "tests" / "conftest.py").write_text(
        "def pytest_addoption(parser): parser.addoption('--require-all', action='store_true')\n"
    )
    (copy / "tests" / "test_one.py").write_text("def test_one(): assert 1 + 1 == 2\n")
    ends = "open(sys.argv[0] + '.done', 'x').close()"
    write_proof(copy, "early", "true", extra=f"import time; time.sleep(0.5); {ends}")
    waits = "import os; early = os.path.exists(sys.argv[0].replace('clock', 'early') + '.done')"
    write_proof(copy, "clock", "true", extra=f"ALONE = True\n{waits}\nassert early")
    remember(copy)
    return copy


def everything(copy: Path, *arguments: str, postgres: str = "postgres://127.0.0.1:1/none") -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TEST_POSTGRES": postgres}
    command = [sys.executable, str(copy / "dev"), "test", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=copy, env=environment)
    return done.returncode, done.stdout


def test_everything_is_tests_then_proofs_and_what_judges_time_comes_last(tested: Path) -> None:
    status, said = everything(tested)
    assert "1 passed" in said
    assert said.splitlines()[-1] == "proofs: 2 of 2 hold."
    assert status == 0


def test_what_could_not_be_run_is_said_and_fails_where_all_is_required(tested: Path) -> None:
    status, said = everything(tested)
    assert "Not run: the application's tests on PostgreSQL." in said
    assert "apt-get install postgresql" in said
    assert status == 0
    (tested / "proofs" / "early.py.done").unlink()
    assert everything(tested, "--require-all")[0] == 1


def test_a_test_that_fails_fails_everything_and_the_proofs_are_run_still(tested: Path) -> None:
    (tested / "tests" / "test_one.py").write_text("def test_one(): assert 1 + 1 == 3\n")
    status, said = everything(tested)
    assert said.splitlines()[-1] == "proofs: 2 of 2 hold."
    assert status == 1


def test_a_proof_that_does_not_hold_fails_everything(tested: Path) -> None:
    write_proof(tested, "late", "false", status=1)
    status, said = everything(tested)
    assert said.splitlines()[-1] == "proofs: 2 of 3 hold; 1 not: late."
    assert status == 1


def test_a_changed_requirement_is_noticed(copy: Path) -> None:
    for name in ("run", "dev"):  # a package that cannot exist: pip must be asked, and must refuse
        (copy / "requirements" / f"{name}.txt").write_text("not-a-package @ file:///nowhere\n")
    done = dev(copy, "prove")
    assert "Setting up .venv" in done.stdout
    assert done.returncode == 2
    assert done.stderr.endswith("pip could not install what Golden Thread needs; its own message is above.\n")


def test_a_signal_to_run_reaches_the_demonstration(copy: Path) -> None:
    body = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
    command = copy / ".venv" / "bin" / "goldenthread"
    command.write_text(
        f"#!{sys.executable}\n{body}print('ready', *sys.argv[1:], flush=True)\nsignal.pause()\n"
    )
    command.chmod(0o755)
    line = [sys.executable, str(copy / "dev"), "run", "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=copy) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready demo --port 0\n"
        running.terminate()
    assert running.returncode == 7
