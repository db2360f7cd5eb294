"""A questionnaire written down is read again as the same one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.analysis.definition.model import Question, Questionnaire
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.definition.write import questionnaire_text

ROOT = Path(__file__).parents[3]
FILES = sorted(path for name in ("examples", "tests") for path in (ROOT / name).rglob("questionnaire-*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_questionnaire_here_survives_writing(path: Path, tmp_path: Path) -> None:
    before = read_questionnaire(path)
    again = tmp_path / "again.toml"
    again.write_text(questionnaire_text(before), encoding="utf-8")
    assert unnamed(read_questionnaire(again)) == unnamed(before)


def unnamed(questionnaire: Questionnaire) -> Questionnaire:
    """The same without the names of shared scales: written down, each question holds its own."""
    sections = (
        replace(section, questions=tuple(map(_unnamed, section.questions)))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections))


def _unnamed(question: Question) -> Question:
    return replace(question, scale=question.scale and replace(question.scale, id=""))
