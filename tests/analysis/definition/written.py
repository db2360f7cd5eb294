"""Questionnaires and studies written to disk for tests, and what a refusal of them says."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal

HEAD = 'id = "v1"\ntitle = "A survey"\n'

THREE = """
[scales.three]
answers = [
  { code = "1", label = "No", net = "low" },
  { code = "2", label = "Partly", net = "middling" },
  { code = "3", label = "Fully", net = "sure" },
  { code = "9", label = "Not part of my role", outside = true },
]
nets = [
  { id = "low", label = "Not", side = "low" },
  { id = "middling", label = "In part", side = "middle" },
  { id = "sure", label = "Sure", side = "high" },
]
headline = "sure"
"""

SECTION = """
[[sections]]
id = "s1"
title = "One"
"""


def single(name: str, *codes: str, more: str = "") -> str:
    answers = ", ".join(f'{{ code = "{code}", label = "Answer {code}" }}' for code in codes or ("a", "b"))
    return question(name, "single", f"answers = [{answers}]\n{more}")


def question(name: str, kind: str, more: str = "") -> str:
    return f'[[sections.questions]]\nid = "{name}"\nkind = "{kind}"\ntext = "Text of {name}?"\n{more}\n'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, *parts: str) -> Questionnaire:
    """The questionnaire made of one section with these questions."""
    return read_questionnaire(write(folder / "q.toml", "".join((HEAD, THREE, SECTION, *parts))))


def faults(folder: Path, *parts: str) -> list[str]:
    """Every fault named when the same is read."""
    return refused(write(folder / "q.toml", "".join((HEAD, THREE, SECTION, *parts))))


def refused(path: Path) -> list[str]:
    """The fault lines of a questionnaire that cannot be used; the first line is checked here."""
    with pytest.raises(Refusal) as refusal:
        read_questionnaire(path)
    return _lines(str(refusal.value), path)


def study(folder: Path, **files: str) -> Study:
    """The study in ``study`` beside the other files; a name's last ``_`` is a dot."""
    return read_study(_written(folder, files))


def study_faults(folder: Path, **files: str) -> list[str]:
    path = _written(folder, files)
    with pytest.raises(Refusal) as refusal:
        read_study(path)
    return _lines(str(refusal.value), path)


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        write(folder / f"{stem}.{suffix}", text)
    return folder / "study.toml"


def _lines(message: str, path: Path) -> list[str]:
    first, *lines = message.split("\n")
    counted = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    assert first == f"{path} cannot be used: {counted}."
    return lines
