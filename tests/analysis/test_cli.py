"""The command line as a person meets it: what it prints, how it ends, and what it leaves behind."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.analysis.small_study import rows, small_study, write_rows

from goldenthread import __version__

ROOT = Path(__file__).parents[2]
FILES = {"report.html", "report.docx", "tables.xlsx", "figures.json"}


def goldenthread(
    *words: str | Path, encoding: str = "utf-8", limit: int = 120
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "goldenthread.analysis", *map(str, words)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(
        command, capture_output=True, encoding=encoding, timeout=limit, check=False, env=environment
    )


def test_a_report_is_four_files_and_nothing_else(tmp_path: Path) -> None:
    done = goldenthread("report", small_study(tmp_path), "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert {Path(line).name for line in done.stdout.split()} == FILES


def test_the_figures_are_the_counts_in_the_file(tmp_path: Path) -> None:
    goldenthread("report", small_study(tmp_path), "--out", tmp_path / "out")
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    answers = [row[1] for row in rows(1)[1:]]
    shown = next(
        e
        for e in figures["estimates"]
        if (e["item"], e["wave"], e["group"], e["answer"]) == ("review", "2025", None, "agreeing")
    )
    assert (shown["count"], shown["base"]) == (answers.count("Agree"), len(answers))


def test_an_unknown_answer_is_named_left_out_and_ends_with_one(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    lines = rows(1)
    lines[7][1] = "Perhaps"
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert re.search(r"2025\.csv.*row 8.*q2.*Perhaps", done.stderr)
    assert (tmp_path / "out" / "report.html").exists()


def test_every_problem_is_written_where_asked_and_no_report_file_repeats_it(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    lines = rows(1)
    lines[7][1] = "=HYPERLINK(1) Zebedee"
    write_rows(tmp_path / "2025.csv", lines)
    goldenthread("report", study, "--out", tmp_path / "out", "--problems", tmp_path / "problems.csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert ("2025.csv", "8", "q2") in {(row["file"], row["row"], row["column"]) for row in found}
    assert "'=HYPERLINK(1) Zebedee" in {row["value"] for row in found}
    assert not [path.name for path in (tmp_path / "out").iterdir() if "Zebedee" in _words(path)]


def test_a_repeated_problem_is_one_line_on_the_terminal_and_every_row_in_the_file(tmp_path: Path) -> None:
    study, told = small_study(tmp_path), tmp_path / "problems.csv"
    lines = rows(1)
    for line in lines[11:51]:
        line[1] = "Perhaps"
    for line in lines[21:41]:
        line[2] = "agree."
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out", "--problems", told)
    with told.open(encoding="utf-8-sig", newline="") as file:
        found = [(row["row"], row["value"], row["left out"]) for row in csv.DictReader(file)]
    lost = [(str(row), "Perhaps", "yes") for row in range(12, 52)]
    assert found == [*lost, *((str(row), "agree.", "no") for row in range(22, 42))]
    assert done.stderr.count("Perhaps") == 1
    assert "rows 12, 13, 14, 15, 16 and 35 more, column “q2”: “Perhaps”: not one" in done.stderr
    assert "40 answers or rows were left out." in done.stderr
    assert "There are 20 notes" in done.stderr


def test_a_figure_that_could_not_be_computed_is_listed_and_ends_with_one(tmp_path: Path) -> None:
    study, told = small_study(tmp_path), tmp_path / "problems.csv"
    lines = rows(1)
    for line in lines[1:]:
        line[2] = "Not part of my role"
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out", "--problems", told)
    assert done.returncode == 1
    message = "nobody gave an answer that counts, so “Using the local guide” has no figure"
    assert f"2025.csv, column “q3”: {message}\n1 figure could not be computed.\n" in done.stderr
    assert "left out" not in done.stderr
    assert message in told.read_text(encoding="utf-8-sig")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "0 answers or rows left out; 1 figure could not be computed; 0 notes." in page


def test_a_figure_hidden_for_its_few_answers_is_no_loss(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    lines = rows(1)
    for line in lines[8:]:
        line[2] = "Not part of my role"
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert (done.returncode, "could not be computed" in done.stderr) == (0, False)
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    flags = {e["flag"] for e in figures["estimates"] if (e["item"], e["wave"]) == ("guide", "2025")}
    assert flags == {"c"}


PUBLISHED = """id;item;answer;label;percent;base
a;review;agreeing;Café;60;100
b;guide;agreeing;60;100
c;guide;agreeing;;60;100
"""


def test_check_and_report_read_one_figures_file_alike(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    (tmp_path / "2023.csv").write_bytes(PUBLISHED.encode("cp1252"))
    _edit("study.toml", 'questionnaire = "2023.toml"\nresponses', "figures")(tmp_path)
    checked = goldenthread("check", tmp_path / "2023.csv")
    reported = goldenthread("report", study, "--out", tmp_path / "out")
    assert (checked.returncode, reported.returncode) == (1, 1)
    for done in (checked, reported):
        assert "2023.csv, row 3: has 5 cells where the heading row has 6" in done.stderr
        assert "1 answer or row was left out." in done.stderr
    assert "2023.csv: the file is not UTF-8 and was read as Windows-1252" in checked.stderr


def test_what_was_left_out_is_counted_and_notes_say_where_they_are(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    lines = rows(1)
    lines[7][1], lines[8][2] = "Perhaps", "agree."
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert "1 answer or row was left out." in done.stderr
    assert "There is 1 note on how answers were read" in done.stderr
    assert "it is counted under Limits in the report, and listed by --problems FILE." in done.stderr
    told = tmp_path / "problems.csv"
    again = goldenthread("report", study, "--out", tmp_path / "out2", "--problems", told)
    assert f"Limits in the report, and listed in {told}." in again.stderr


def test_a_mistyped_heading_counts_everybody_and_names_the_column_it_may_be(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    lines = rows(1)
    lines[0][2] = "Using the locel guide"
    write_rows(tmp_path / "2025.csv", lines)
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "The column “Using the locel guide” was not read: is it meant?" in done.stderr
    assert "60 answers or rows were left out." in done.stderr


def _words(path: Path) -> str:
    """All the text of a report's file, whether it is a page or an archive of pages."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


TICKS = """
[[sections.questions]]
id = "q4"
kind = "multiple"
text = "Whom do you support?"
item = "support"
answers = [
  { code = "a", label = "Autistic pupils" },
  { code = "d", label = "Deaf pupils" },
  { code = "n", label = "Not part of my role", outside = true },
]
"""


def test_a_tick_list_leaves_those_outside_it_out_of_its_base(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    with (tmp_path / "2025.toml").open("a", encoding="utf-8") as file:
        file.write(TICKS)
    ticks = ["Autistic pupils"] * 20 + ["Not part of my role"] * 25 + [""] * 14
    ticks += ["Deaf pupils;Not part of my role"]
    head, *people = rows(1)
    write_rows(tmp_path / "2025.csv", [[*head, "q4"], *map(_joined, people, ticks)])
    done = goldenthread("report", study, "--out", tmp_path / "out")
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    found = {
        e["item"]: (e["count"], e["base"])
        for e in figures["estimates"]
        if (e["wave"], e["group"], e["answer"]) == ("2025", None, "yes")
    }
    assert found == {"support.a": (20, 21), "support.d": (1, 21)}
    assert done.returncode == 1, "ticking both is a clash, and is listed"
    assert "row 61" in done.stderr


def _joined(row: list[str], cell: str) -> list[str]:
    return [*row, cell]


def test_a_place_for_problems_that_cannot_be_written_leaves_no_report(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "problems.csv"
    done = goldenthread("report", small_study(tmp_path), "--out", tmp_path / "out", "--problems", nowhere)
    assert done.returncode == 2
    assert f"There is no folder {nowhere.parent} to write the problems to." in done.stderr.replace("\n", " ")
    assert "Reading" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["study.toml", "2025.csv", "2023.toml", "link.csv", "mine.csv", "empty.csv"])
def test_problems_never_replace_a_file_of_something_else(tmp_path: Path, name: str) -> None:
    study = small_study(tmp_path)
    (tmp_path / "link.csv").symlink_to(tmp_path / "2025.csv")
    (tmp_path / "mine.csv").write_text("file,row,column\nmine,1,a\n", encoding="utf-8")
    (tmp_path / "empty.csv").touch()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = goldenthread("report", study, "--out", tmp_path / "out", "--problems", tmp_path / name)
    assert done.returncode == 2
    assert f"{name} holds something other than problems: name another file for them." in done.stderr
    assert "Reading" not in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["", "report.html", "../out/figures.json"])
def test_problems_are_not_written_where_the_report_goes(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    done = goldenthread("report", small_study(tmp_path), "--out", out, "--problems", out / name)
    assert done.returncode == 2
    assert "is where the report itself goes" in done.stderr
    assert not out.exists()


def test_problems_can_go_beside_a_new_report_and_be_written_anew(tmp_path: Path) -> None:
    study, out = small_study(tmp_path), tmp_path / "out"
    lines = rows(1)
    for answer in ("Perhaps", "Dunno"):
        lines[7][1] = answer
        write_rows(tmp_path / "2025.csv", lines)
        done = goldenthread("report", study, "--out", out, "--problems", out / "problems.csv")
        assert done.returncode == 1, done.stderr
        assert f",{answer}," in (out / "problems.csv").read_text(encoding="utf-8-sig")
    assert {path.name for path in out.iterdir()} == FILES | {"problems.csv"}
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("older", [True, False])
def test_where_the_report_cannot_be_written_nor_are_the_problems(tmp_path: Path, older: bool) -> None:
    study, told = small_study(tmp_path), tmp_path / "problems.csv"
    if older:
        goldenthread("report", study, "--out", tmp_path / "out", "--problems", told)
    write_rows(tmp_path / "2025.csv", [rows(1)[0], ["School", "Perhaps", "Agree"], *rows(1)[1:]])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    done = goldenthread("report", study, "--out", study / "out", "--problems", told)
    assert done.returncode == 2
    assert "Writing the report" in done.stderr
    assert told.exists() is older
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def _replace(name: str, content: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return spoil


def _remove(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).unlink()

    return spoil


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


SPOILT = {
    "a missing file of answers": (_remove("2025.csv"), "2025.csv"),
    "an empty file of answers": (_replace("2025.csv", b""), "2025.csv"),
    "headings alone": (_replace("2025.csv", b"q1,q2,q3\r\n"), "2025.csv"),
    "two columns with one name": (_edit("2025.csv", "q1,q2,q3", "q1,q2,q2"), "q2"),
    "bytes that are no table": (_replace("2025.csv", bytes(range(256)) * 40), "2025.csv"),
    "no column that matches": (_edit("2025.csv", "q1,q2,q3", "a,b,c"), "2025.csv"),
    "a study that is not TOML": (_replace("study.toml", b"id = = 3"), "study.toml"),
    "an empty study": (_replace("study.toml", b""), "study.toml"),
    "a key nobody knows": (_edit("study.toml", "area =", "aera ="), "aera"),
    "waves in the wrong order": (
        _edit("study.toml", 'label = "2023"', 'label = "2023"\nopens = 2030-01-01\ncloses = 2030-02-01'),
        "2023",
    ),
    "a wave that closes before it opens": (
        _edit("study.toml", 'label = "2025"', 'label = "2025"\nopens = 2025-07-01\ncloses = 2025-06-01'),
        "2025",
    ),
    "a missing questionnaire": (_remove("2023.toml"), "2023.toml"),
    "a condition on a later question": (
        _edit("2025.toml", 'id = "q2"', 'id = "q2"\nshow_if = { question = "q3", is = ["3"] }'),
        "q3",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(tmp_path: Path, what: str) -> None:
    spoil, named = SPOILT[what]
    study = small_study(tmp_path)
    if what == "waves in the wrong order":
        _edit("study.toml", 'label = "2025"', 'label = "2025"\nopens = 2025-06-01\ncloses = 2025-07-01')(
            tmp_path
        )
    spoil(tmp_path)
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    done = goldenthread("report", study, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"
    assert "Reading" not in done.stderr


def test_the_version_is_told() -> None:
    assert goldenthread("--version").stdout == f"goldenthread {__version__}\n"


def test_one_wave_is_compared_with_nothing(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tutorial" / "first-report.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"^```\w+ (\S+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = goldenthread("report", tmp_path / "study.toml", "--out", tmp_path / "out")
    assert "Reading Summer 2025" in done.stderr
    assert "Comparing" not in done.stderr


def test_check_names_the_column_that_may_be_meant(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text("id,percent,numeratr,base,shoe size\na,50,50,100,9\n", encoding="utf-8")
    done = goldenthread("check", figures)
    assert "“numeratr”: not a column we use; left alone; did you mean “numerator”?" in done.stderr
    assert done.stderr.count("did you mean") == 1


@pytest.mark.parametrize(
    ("data", "kind"), [(b"\x89PNG\r\n\x1a\n", "a picture"), (b"PK\x03\x04", "a workbook")]
)
def test_check_says_what_a_file_is_that_holds_no_figures(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "figures.csv").write_bytes(data)
    done = goldenthread("check", tmp_path / "figures.csv")
    assert done.returncode == 2
    assert f"figures.csv is {kind}" in done.stderr
    assert "save the figures as CSV." in done.stderr


def test_check_finds_what_cannot_be_true_and_still_ends_with_nought(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text(
        "id,group,kind,of,part,label,percent,numerator,base,rounded_parts,wave\n"
        "a,q,share,,,fine,36,370,1027,1,\n"
        "b,q,share,,,wrong,6,40,620,1,\n"
        "c,q,share,,,cut,43,37,85,1,\n",
        encoding="utf-8",
    )
    done = goldenthread("check", figures, "--json")
    verdicts = {j["id"]: j["verdict"] for j in json.loads(done.stdout)}
    assert done.returncode == 0, done.stderr
    assert verdicts == {"a": "possible", "b": "possible", "c": "wrong"}


def test_check_of_a_row_it_cannot_read_ends_with_one(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text(
        "id,group,kind,of,part,label,percent,numerator,base,rounded_parts,wave\n"
        "a,q,share,,,too many,101,,159,1,\n"
        "b,q,share,,,fine,50,,100,1,\n",
        encoding="utf-8",
    )
    done = goldenthread("check", figures, "--json")
    assert done.returncode == 1
    assert [j["id"] for j in json.loads(done.stdout)] == ["b"]
    assert re.search(r"row 2.*percent", done.stderr)


WRONG = "{name},6,67,1222,{label}\n"


def _wrong(folder: Path, label: str, rows: int = 1) -> Path:
    path = folder / "figures.csv"
    lines = "".join(WRONG.format(name=f"Ż😀{row}", label=label) for row in range(rows))
    path.write_text(f"id,percent,numerator,base,label\n{lines}", encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_a_letter_the_output_cannot_hold_is_written_as_its_number(tmp_path: Path, encoding: str) -> None:
    figures = _wrong(tmp_path, "Zażółć :cat:")
    done = goldenthread("check", figures, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    label = "Zażółć :cat:".encode(encoding, "backslashreplace").decode(encoding)
    assert f"{label}: 6 % (67/1222)" in done.stdout
    listed = goldenthread("check", figures, "--json", encoding=encoding)
    assert [j["id"] for j in json.loads(listed.stdout)] == ["Ż😀0"]


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_reader_that_stops_reading_changes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "goldenthread.analysis", "check", *words]
    figures = _wrong(tmp_path, "Availability" * 20, rows=2_000)
    with subprocess.Popen(
        [*command, str(figures)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0


def test_a_report_is_written_though_nobody_reads_what_it_says(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "goldenthread.analysis", "report", str(small_study(tmp_path))]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stderr.close()
        assert process.wait(timeout=120) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


def test_hundreds_of_figures_on_wide_ranges_of_bases_are_judged(tmp_path: Path) -> None:
    """One by one, with each base's exact fraction, they would take longer than the limit of this test."""
    figures = tmp_path / "figures.csv"
    lines = "".join(f"a{n},33.123456,,1,10000\nb{n},33.123456,{n + 1},1,10000\n" for n in range(300))
    figures.write_text(f"id,percent,numerator,base_low,base_high\n{lines}", encoding="utf-8")
    done = goldenthread("check", figures, limit=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("600 of 600 figures cannot be true as printed.\n")
