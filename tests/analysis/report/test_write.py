"""All four files or none, saying the same, and never a stranger's file touched."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.analysis.report.files_made import SECRETS, made, results, secrets_of, unprotected
from tests.analysis.report.results_fixture import plain_results

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.docx.file import docx
from goldenthread.analysis.report.figures import figures, figures_text
from goldenthread.analysis.report.html.page import html
from goldenthread.analysis.report.write import FILES, made_on, rendered, write_report
from goldenthread.analysis.report.xlsx.file import xlsx

ROOT = Path(__file__).parents[3]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def broken() -> object:
    """Results whose figures no file can hold."""
    given = plain_results()
    return replace(given, estimates=tuple(replace(e, low=float("nan")) for e in given.estimates))


def test_one_figure_reads_the_same_in_all_four_files() -> None:
    files = made()
    estimate = next(
        e
        for e in json.loads(files["figures.json"])["estimates"]
        if (e["item"], e["wave"], e["group"], e["answer"]) == ("legal", "2025", None, "agree")
    )
    printed, share = "58%", estimate["percent"] / 100
    assert f"{estimate['percent']:.0f}%" == printed
    items = load_workbook(io.BytesIO(files["tables.xlsx"]))["Items"]
    levels = {row[0].value: row[4].value for row in items.iter_rows(min_row=5)}
    assert levels["The law on plans"] == pytest.approx(share, abs=1e-12)
    sentence = f"{printed} of the 342 who answered"
    told = [p.text for p in Document(io.BytesIO(files["report.docx"])).paragraphs]
    assert any(text.startswith("The law on plans") and sentence in text for text in told)
    assert sentence in " ".join(re.sub(r"<[^>]+>", "", files["report.html"].decode()).split())


def test_a_hidden_figure_is_nowhere() -> None:
    """Where nothing is hidden, every file prints the same figures in the forms that are looked for."""
    bare = {name: secrets_of(data) for name, data in rendered(unprotected()).items()}
    assert set(bare) == set(FILES)
    assert all(bare.values())
    assert frozenset().union(*bare.values()) == SECRETS
    assert {name: secrets_of(data) for name, data in made().items()} == dict.fromkeys(FILES, frozenset())


def test_no_writer_prints_a_hidden_figure_that_it_is_handed() -> None:
    """Each by itself: the guard before them is one more, and not the only one."""
    given, told = results(), compose(results())
    alone = (html(told).encode(), docx(told), xlsx(told, given), figures_text(figures(given)).encode())
    assert [secrets_of(data) for data in alone] == [frozenset()] * len(FILES)


def test_it_makes_the_folder_and_says_what_it_wrote(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "er" / "out"
    written = write_report(plain_results(), out)
    assert written == tuple(out / name for name in FILES)
    assert set(contents(out)) == set(FILES)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_it_replaces_its_own_files_and_leaves_others(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "ours.txt").write_text("keep me")
    write_report(plain_results(), tmp_path)
    assert (tmp_path / "ours.txt").read_text() == "keep me"
    assert (tmp_path / "report.html").read_text()[:3] != "old"
    assert set(contents(tmp_path)) == {*FILES, "ours.txt"}


def test_the_same_results_write_the_same_bytes() -> None:
    assert rendered(plain_results()) == rendered(plain_results())


def test_a_failure_leaves_the_old_report_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(plain_results(), out)
    before = contents(out)
    with pytest.raises(ValueError, match="JSON"):
        write_report(broken(), out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_no_folder_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_report(broken(), tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_leaves_the_old_report_whole(tmp_path: Path) -> None:
    """A limit on the size of a file stands in for the disk: it is the system that refuses."""
    out = tmp_path / "out"
    old = older_report(out)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(out)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.stdout == f"The report could not be written to {out}: File too large.\n"
    assert contents(out) == old
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.analysis.report.results_fixture import plain_results
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.write import write_report

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
try:
    write_report(plain_results(), Path(sys.argv[1]))
except Refusal as refusal:
    print(refusal)
"""


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.analysis.report.results_fixture import plain_results
from goldenthread.analysis.report import write

out, step, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
owner, name = {"store": (os, "fsync"), "move": (Path, "replace")}[step]
does, done = getattr(owner, name), []

def until_killed(*given):
    done.append(given)
    if len(done) > last:
        os.kill(os.getpid(), signal.SIGKILL)
    return does(*given)

setattr(owner, name, until_killed)
write.write_report(plain_results(), out)
"""
"""Writes a report and is killed, for good and with no chance to tidy up, after so many stores or moves."""


def killed(out: Path, step: str, after: int) -> None:
    code = [sys.executable, "-c", KILLED, str(out), step, str(after)]
    assert subprocess.run(code, cwd=ROOT, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize(("step", "after"), [("store", 0), ("store", 2), ("store", 3), ("move", 0)])
def test_a_kill_before_the_first_move_leaves_the_old_report_whole(
    tmp_path: Path, step: str, after: int
) -> None:
    out = tmp_path / "out"
    old = older_report(out)
    killed(out, step, after)
    assert contents(out) == old


def test_a_kill_between_moves_leaves_every_file_old_or_new_and_none_in_part(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old, new = older_report(out), rendered(plain_results())
    killed(out, "move", 2)
    moved = [name for name, data in contents(out).items() if data == new[name]]
    assert sorted(moved) == sorted(FILES[:2])
    assert all(contents(out)[name] == old[name] for name in FILES[2:])


BETWEEN = """
import os, signal, sys
from pathlib import Path
from tests.analysis.report.results_fixture import plain_results
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.write import write_report

out, happens, moves, replace = Path(sys.argv[1]), sys.argv[2], [], Path.replace

def block(name):
    (out / name).unlink(missing_ok=True)
    (out / name).mkdir()
    (out / name / "theirs").touch()

def until_something_happens(path, target):
    moves.append(target)
    if len(moves) == 3 and happens == "stop":
        signal.raise_signal(signal.SIGINT)
    elif len(moves) == 3:
        for name in happens.split():
            block(name)
    return replace(path, target)

Path.replace = until_something_happens
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever started the tests may ignore it
try:
    write_report(plain_results(), out)
except (Refusal, KeyboardInterrupt) as error:
    print(type(error).__name__, error)
"""
"""Something happens after two of four moves: Ctrl+C, or somebody makes folders where files have to go.
The system itself then refuses those moves, to root as to anybody."""


def between(out: Path, happens: str) -> str:
    code = [sys.executable, "-c", BETWEEN, str(out), happens]
    return subprocess.run(code, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_a_move_that_fails_puts_the_old_files_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = older_report(out)
    (out / "report.docx").unlink()
    (out / "ours.txt").write_text("keep me")
    told = between(out, "tables.xlsx")
    assert told == f"Refusal The report could not be written to {out}: Is a directory.\n"
    assert [path.name for path in (out / "tables.xlsx").iterdir()] == ["theirs"]
    (out / "tables.xlsx" / "theirs").unlink()
    (out / "tables.xlsx").rmdir()
    kept = {name: old[name] for name in ("report.html", "figures.json")}
    assert contents(out) == {**kept, "ours.txt": b"keep me"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_ctrl_c_between_moves_puts_the_old_files_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = older_report(out)
    assert between(out, "stop").startswith("KeyboardInterrupt")
    assert contents(out) == old


def test_a_file_that_cannot_be_put_back_is_named_and_the_others_are_put_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = older_report(out)
    told = between(out, "report.docx tables.xlsx")
    assert told == (
        f"Refusal Only a part of the report was written to {out}, and the new report.docx could not be "
        "taken back: Is a directory.\n"
    )
    assert (out / "report.html").read_bytes() == old["report.html"]
    assert (out / "figures.json").read_bytes() == old["figures.json"]


def test_a_link_in_the_place_of_a_file_is_put_back_as_a_link(tmp_path: Path) -> None:
    out = tmp_path / "out"
    older_report(out)
    (out / "report.html").unlink()
    (out / "report.html").symlink_to(tmp_path / "nowhere")
    between(out, "stop")
    assert (out / "report.html").readlink() == tmp_path / "nowhere"


def test_a_kill_while_storing_makes_no_folder_of_that_name(tmp_path: Path) -> None:
    killed(tmp_path / "out", "store", 3)
    assert not (tmp_path / "out").exists()


def test_a_report_after_a_kill_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    killed(out, "store", 2)
    write_report(plain_results(), out)
    assert contents(out) == rendered(plain_results())


def older_report(out: Path) -> dict[str, bytes]:
    out.mkdir()
    for name in FILES:
        (out / name).write_bytes(f"the old {name}".encode())
    return contents(out)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(Refusal, match="is a file"):
        write_report(plain_results(), out)
    assert out.read_text() == "mine"


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "figures.json").mkdir()
    with pytest.raises(Refusal, match=r"figures\.json is a folder"):
        write_report(plain_results(), tmp_path)
    assert (tmp_path / "report.html").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "figures.json"}


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refusal, match="could not be written"):
        write_report(plain_results(), tmp_path / "file" / "out")


def test_the_day_is_the_last_a_wave_was_open() -> None:
    assert made_on(results()).isoformat() == "2025-07-11"
    assert made_on(plain_results()).isoformat() == "2000-01-01"
