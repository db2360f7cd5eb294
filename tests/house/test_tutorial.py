"""The tutorial and the how-to pages do what they say: their files are taken from the page and used."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.check.report import as_lines
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.figures import figures
from goldenthread.analysis.run import analyse

Found = dict[str, list[dict[str, object]]]

FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TUTORIAL = "tutorial/first-report.md"
PRINTED = "how-to/use-last-times-printed-percentages.md"
CHECK = "how-to/check-a-published-report.md"
HEADCOUNT = "how-to/say-how-many-could-have-answered.md"


def write_files(root: Path, page: str, folder: Path) -> None:
    """Write each file a page shows under the name it gives it."""
    for name, text in FILE.findall((root / "docs" / page).read_text()):
        (folder / name).write_text(text)


def analysed(folder: Path) -> tuple[Found, bool]:
    """The figures of the study in a folder, and whether any answer was left out."""
    results = analyse(read_study(folder / "study.toml"))
    return figures(results), any(problem.lost for problem in results.problems)


def of_item(found: Found, item: str) -> list[dict[str, object]]:
    """Its estimates for everybody."""
    return [e for e in found["estimates"] if e["item"] == item and e["group"] is None]


def wave_block(root: Path) -> str:
    found = re.search(r"^```toml\n(\[\[waves\]\].*?)^```", (root / "docs" / PRINTED).read_text(), re.M | re.S)
    assert found
    return found[1]


@pytest.fixture
def tutorial(root: Path, tmp_path: Path) -> Path:
    write_files(root, TUTORIAL, tmp_path)
    return tmp_path


def test_the_first_report_says_what_the_tutorial_says(tutorial: Path) -> None:
    line = [sys.executable, "-m", "goldenthread.analysis", "report", "study.toml", "--out", "report"]
    done = subprocess.run(line, cwd=tutorial, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "answers.csv, row 13" in done.stderr
    assert "Most days" in done.stderr
    assert "There is 1 note" in done.stderr
    assert "NEVER" in (tutorial / "answers.csv").read_text().splitlines()[3]
    written = json.loads((tutorial / "report" / "figures.json").read_text())
    found = {(e["item"], e["answer"], e["group"], e["level"]): e for e in written["estimates"]}
    advice, outcomes = found["advice", "often", None, None], found["outcomes", "often", None, None]
    assert (advice["count"], advice["base"], advice["flag"]) == (11, 14, "u")
    assert [round(advice[key]) for key in ("percent", "low", "high")] == [79, 52, 92]
    assert outcomes["base"] == 11
    groups = [e for (item, _, group, _), e in found.items() if item == "advice" and group == "place"]
    assert {each["level"] for each in groups} == {"school", "service"}
    assert {(each["flag"], each["base"]) for each in groups} == {("c", None)}


def test_the_alias_the_tutorial_offers_mends_the_file(tutorial: Path, root: Path) -> None:
    page = (root / "docs" / TUTORIAL).read_text()
    offered = re.search(r'^    (\{ code = "usually".*aliases.*\}),$', page, re.MULTILINE)
    assert offered
    plain = '{ code = "usually", label = "Usually", net = "often" }'
    change(tutorial / "questionnaire.toml", plain, offered[1])
    found, lost = analysed(tutorial)
    assert not lost
    assert {each["base"] for each in of_item(found, "outcomes")} == {12}


def test_last_times_percentages_join_the_study(root: Path, tutorial: Path) -> None:
    write_files(root, PRINTED, tutorial)
    study = (tutorial / "study.toml").read_text()
    (tutorial / "study.toml").write_text(study.replace("[[waves]]", f"{wave_block(root)}\n[[waves]]", 1))
    found, _ = analysed(tutorial)
    published = [each for each in found["estimates"] if each["wave"] == "2023"]
    shown = {(e["item"], e["answer"], e["percent"], e["published"]) for e in published}
    assert shown >= {("advice", "often", 64, True), ("outcomes", "seldom", 29, True)}
    unknown = next(each for each in published if each["answer"] == "seldom")
    assert (unknown["base_low"], unknown["base_high"]) == (144, 159)
    changes = [each for each in found["changes"] if each["item"] == "advice" and each["group"] is None]
    assert changes
    assert all(each["from_published"] for each in changes)


def test_the_check_finds_what_the_page_says(root: Path, tmp_path: Path) -> None:
    write_files(root, CHECK, tmp_path)
    printed, problems = read_figures(tmp_path / "printed.csv")
    assert problems == ()
    assert {each.id: each.verdict.value for each in judge(printed)} == {
        **dict.fromkeys("abcde", "sum-impossible"),
        "f": "possible",
        "g": "impossible",
    }
    page = " ".join((root / "docs" / CHECK).read_text().split())
    assert f'and ends: "{as_lines(printed, judge(printed))[-1]}"' in page


def test_the_headcount_is_read_as_the_page_shows_it(root: Path, tutorial: Path) -> None:
    write_files(root, HEADCOUNT, tutorial)
    headcount = tutorial / "headcount.csv"
    change(headcount, "area,schools", "place,school")
    change(headcount, "area,health", "place,service")
    change(headcount, "2025,area,early-years,30,,2025-05-01,Register of providers,no\n", "")
    change(tutorial / "study.toml", 'people = "staff"', 'people = "staff"\nheadcount = "headcount.csv"')
    found, _ = analysed(tutorial)
    assert [(wave["answered"], wave["invited"]) for wave in found["waves"]] == [(14, 240)]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
