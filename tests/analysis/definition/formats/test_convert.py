"""``goldenthread convert``: statuses, what is said, and all of a file or none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.analysis.definition.formats.lss.laid import Asked, Laid
from tests.analysis.definition.written import HEAD, SECTION, single

from goldenthread.analysis.definition.formats.take import Format
from goldenthread.analysis.definition.read import read_questionnaire

PLAIN = HEAD + SECTION + single("q1") + single("q2", more='show_if = { question = "q1", is = ["a"] }')
PLACE = Asked("L", "place", "Where?", answers=(("s", "A school"), ("n", "A nursery")))
FOREIGN = [each for each in Format if each is not Format.TOML]


def run(folder: Path, source: str, target: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "goldenthread.analysis", "convert", source, target]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.toml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "place.lss").write_bytes(Laid([[PLACE]]).bytes())
    lossy = Laid([[PLACE, Asked("R", "rank", answers=(("a", "A"),))]], said={"surveyls_endtext": "Bye"})
    (tmp_path / "lossy.lss").write_bytes(lossy.bytes())
    return tmp_path


@pytest.mark.parametrize("kind", FOREIGN)
def test_there_and_back_is_the_same_questionnaire_with_status_0(folder: Path, kind: Format) -> None:
    there, back = run(folder, "plain.toml", f"there{kind}"), run(folder, f"there{kind}", "back.toml")
    assert (there.returncode, there.stdout) == (0, f"there{kind}\n")
    assert (back.returncode, back.stdout, back.stderr) == (0, "back.toml\n", "")
    run(folder, "plain.toml", "own.toml")
    assert (folder / "back.toml").read_bytes() == (folder / "own.toml").read_bytes()


def test_what_was_left_out_is_listed_with_status_1(folder: Path) -> None:
    done = run(folder, "lossy.lss", "lossy.toml")
    assert (done.returncode, done.stdout) == (1, "lossy.toml\n")
    first, second, third = done.stderr.splitlines()
    assert first == "lossy.lss: question “rank”: left out: a ranking cannot be held"
    assert second == "lossy.lss: Left out: the words after the last question"
    assert third.startswith("lossy.lss: The settings of the survey")
    assert [each.id for each in read_questionnaire(folder / "lossy.toml").questions] == ["place"]


def test_notes_alone_are_status_0(folder: Path) -> None:
    done = run(folder, "place.lss", "place.toml")
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1


def test_a_survey_of_limesurvey_written_as_one_stays_as_it_is(folder: Path) -> None:
    done = run(folder, "lossy.lss", "again.lss")
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "again.lss").read_bytes() == (folder / "lossy.lss").read_bytes()


def test_what_is_to_be_mended_is_listed_with_status_1(folder: Path) -> None:
    twice = Asked("L", "place", "Where?", answers=(("s", "A school"), ("t", "A school")))
    (folder / "twice.lss").write_bytes(Laid([[twice]]).bytes())
    done = run(folder, "twice.lss", "twice.toml")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "To be mended in twice.toml before it can be used:",
        "question “place”: “a school” stands for the answers “s” and “t” at once",
    ]


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("gone.toml", "a.lss", "gone.toml cannot be read: there is no such file."),
        ("plain.toml", "a.docx", "a.docx: a questionnaire's file name ends in “.toml”"),
        ("plain.toml", "plain.toml", "plain.toml is the file to be read: name another one to write."),
        ("plain.toml", "none/a.lss", "There is no folder none to write a.lss to."),
        ("plain.toml", "folder.lss", "folder.lss is not a file: name a file for the questionnaire."),
        ("folder.lss", "a.toml", "folder.lss is not a file that can be read."),
        ("faulty.toml", "a.lss", "faulty.toml cannot be used: 1 fault."),
        ("wrong.lss", "a.toml", "wrong.lss was not opened: its name ends in .lss, but it holds text"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_status_2_and_writes_nothing(
    folder: Path, source: str, target: str, said: str
) -> None:
    (folder / "folder.lss").mkdir()
    (folder / "faulty.toml").write_text(PLAIN + 'colour = "red"\n', encoding="utf-8")
    (folder / "wrong.lss").write_text(PLAIN, encoding="utf-8")
    before = sorted(folder.rglob("*"))
    done = run(folder, source, target)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
    assert sorted(folder.rglob("*")) == before


def test_an_older_file_is_replaced_whole_or_stays(folder: Path) -> None:
    (folder / "there.lss").write_text("an older one", encoding="utf-8")
    (folder / "bad.toml").write_text("id = ", encoding="utf-8")
    assert run(folder, "bad.toml", "there.lss").returncode == 2
    assert (folder / "there.lss").read_text(encoding="utf-8") == "an older one"
    assert run(folder, "plain.toml", "there.lss").returncode == 0
    assert (folder / "there.lss").read_bytes().startswith(b"<?xml")
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []


def test_a_disk_that_takes_no_more_leaves_the_older_file(folder: Path) -> None:
    (folder / "there.lss").write_text("an older one", encoding="utf-8")
    command = [sys.executable, "-m", "goldenthread.analysis", "convert", "plain.toml", "there.lss"]
    limited = f"ulimit -f 1; exec {' '.join(command)}"
    done = subprocess.run(["bash", "-c", limited], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("there.lss could not be written: ")
    assert (folder / "there.lss").read_text(encoding="utf-8") == "an older one"
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []
