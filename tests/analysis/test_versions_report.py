"""A survey sent out in two versions, from the command to its figures, and counted again by hand."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.analysis.small_study import QUESTIONNAIRE, STUDY, rows, write_rows

WARD = """
[[sections.questions]]
id = "q4"
kind = "scale"
text = "Our ward plans together."
label = "Planning on the ward"
item = "ward"
scale = "agree"
"""
SUBSTANTIVE = ("Disagree", "Neither", "Agree")
Entry = dict[str, Any]


def two_versions(folder: Path, order: str = '["schools.csv", "health.csv"]') -> Path:
    """The small study with 2025 in two versions: only health staff were asked about the ward."""
    for wave, more in (("2023", ""), ("2025", WARD)):
        (folder / f"{wave}.toml").write_text(QUESTIONNAIRE.format(wave=wave) + more, encoding="utf-8")
    write_rows(folder / "2023.csv", rows(0))
    heading, *people = rows(1)
    write_rows(folder / "schools.csv", [heading, *(row for row in people if row[0] == "School")])
    health = [[*row, SUBSTANTIVE[n % 3]] for n, row in enumerate(r for r in people if r[0] == "Health")]
    write_rows(folder / "health.csv", [[*heading, "q4"], *health])
    path = folder / "study.toml"
    path.write_text(STUDY.replace('"2025.csv"', order), encoding="utf-8")
    return path


def figures(study: Path) -> Entry:
    out = study.parent / "report"
    line = [sys.executable, "-m", "goldenthread.analysis", "report", str(study), "--out", str(out)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: Entry = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    return found


def agreeing(found: Entry, item: str) -> tuple[float, int]:
    wanted = ("2025", item, "agreeing", None)
    keys = ("wave", "item", "answer", "group")
    entry = next(e for e in found["estimates"] if tuple(e[key] for key in keys) == wanted)
    return entry["count"], entry["base"]


def counted(folder: Path, column: str, *names: str) -> tuple[int, int]:
    cells = []
    for name in names:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            cells += [row[column] for row in csv.DictReader(file)]
    base = [cell for cell in cells if cell in SUBSTANTIVE]
    return base.count("Agree"), len(base)


@pytest.mark.parametrize("order", ['["schools.csv", "health.csv"]', '["health.csv", "schools.csv"]'])
def test_core_questions_pool_and_the_others_keep_to_their_version(tmp_path: Path, order: str) -> None:
    found = figures(two_versions(tmp_path, order))
    assert next(wave["answered"] for wave in found["waves"] if wave["id"] == "2025") == 60
    assert agreeing(found, "review") == counted(tmp_path, "q2", "schools.csv", "health.csv")
    assert agreeing(found, "guide") == counted(tmp_path, "q3", "schools.csv", "health.csv")
    assert agreeing(found, "ward") == counted(tmp_path, "q4", "health.csv")
    assert agreeing(found, "ward")[1] == 20
