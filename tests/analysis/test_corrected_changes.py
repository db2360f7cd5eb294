"""Changes corrected for the headcount: only where the study asks, and then the report says so (method 4)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.analysis.small_study import small_study

HEADCOUNT = "wave,number,date\n2023,70,2023-05-01\n2025,72,2025-05-01\n"
ASKED = (
    "Ranges of changes, too, take in how many of the headcount answered in 2023 and 2025, as this study asks "
    "(method 4): they are narrower for it."
)


def reported(folder: Path, keys: str, headcount: str = HEADCOUNT) -> tuple[dict[str, Any], str]:
    """The figures and the page of the small study with ``keys`` at the top of its file."""
    folder.mkdir()
    study = small_study(folder)
    study.write_text(keys + study.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "headcount.csv").write_text(headcount, encoding="utf-8")
    line = [sys.executable, "-m", "goldenthread.analysis", "report", str(study), "--out", str(folder / "out")]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads((folder / "out" / "figures.json").read_text(encoding="utf-8"))
    return figures, (folder / "out" / "report.html").read_text(encoding="utf-8")


def width(figures: dict[str, Any], item: str) -> float:
    change = next(c for c in figures["changes"] if c["item"] == item and c["group"] is None)
    return float(change["high"] - change["low"])


def test_a_report_says_that_its_changes_are_corrected(tmp_path: Path) -> None:
    plain, page = reported(tmp_path / "plain", 'headcount = "headcount.csv"\n')
    assert ASKED not in plain["limits"]
    assert "Ranges of changes" not in page
    asked, page = reported(tmp_path / "asked", 'headcount = "headcount.csv"\ncorrect_changes = true\n')
    assert asked["limits"].count(ASKED) == 1
    assert ASKED in page
    assert width(asked, "review") < 0.6 * width(plain, "review")


def test_a_report_says_that_nothing_could_be_corrected(tmp_path: Path) -> None:
    keys = 'headcount = "headcount.csv"\ncorrect_changes = true\n'
    figures, page = reported(tmp_path / "undated", keys, "wave,number\n2023,70\n2025,72\n")
    said = [text for text in figures["limits"] if "none is narrowed" in text]
    assert len(said) == 1
    assert said[0] in page
