"""A small survey as files, for tests that run the whole command: 60 people, two waves, one scale."""

from __future__ import annotations

import csv
from pathlib import Path

QUESTIONNAIRE = """
id = "small-{wave}"
title = "A small survey"

[scales.agree]
answers = [
  {{ code = "1", label = "Disagree", net = "disagreeing" }},
  {{ code = "2", label = "Neither", net = "neither" }},
  {{ code = "3", label = "Agree", net = "agreeing" }},
  {{ code = "9", label = "Not part of my role", outside = true }},
]
nets = [
  {{ id = "disagreeing", label = "Disagree", side = "low" }},
  {{ id = "neither", label = "Neither", side = "middle" }},
  {{ id = "agreeing", label = "Agree", side = "high" }},
]
headline = "agreeing"

[[sections]]
id = "all"
title = "All"

[[sections.questions]]
id = "q1"
kind = "single"
text = "Where do you work?"
label = "Area of work"
item = "area"
answers = [{{ code = "s", label = "School" }}, {{ code = "h", label = "Health" }}]

[[sections.questions]]
id = "q2"
kind = "scale"
text = "I can plan a review."
label = "Planning a review"
item = "review"
scale = "agree"

[[sections.questions]]
id = "q3"
kind = "scale"
text = "I can use the local guide."
label = "Using the local guide"
item = "guide"
scale = "agree"
"""

STUDY = """
id = "small"
title = "A small survey"
area = "Anyshire"

[[waves]]
id = "2023"
label = "2023"
questionnaire = "2023.toml"
responses = "2023.csv"

[[waves]]
id = "2025"
label = "2025"
questionnaire = "2025.toml"
responses = "2025.csv"

[[groups]]
item = "area"
label = "Area of work"
"""


def small_study(folder: Path) -> Path:
    """Write the study and its files into ``folder``; the study file's path."""
    for wave, shift in (("2023", 0), ("2025", 1)):
        (folder / f"{wave}.toml").write_text(QUESTIONNAIRE.format(wave=wave), encoding="utf-8")
        write_rows(folder / f"{wave}.csv", rows(shift))
    path = folder / "study.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path


def rows(shift: int) -> list[list[str]]:
    """A heading and 60 people, 40 in schools, by a fixed pattern."""
    labels = ("Disagree", "Neither", "Agree", "Agree", "Not part of my role")
    people = [
        ["School" if n % 3 else "Health", labels[(n + shift) % 4], labels[(n * 7 + shift) % 5]]
        for n in range(60)
    ]
    return [["q1", "q2", "q3"], *people]


def write_rows(path: Path, lines: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
