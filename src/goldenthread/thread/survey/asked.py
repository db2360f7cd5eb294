"""What a wave asked: its questionnaire, written down or made from how its columns are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import chosen

REPORTED = (Kind.SINGLE, Kind.SCALE, Kind.MATRIX, Kind.MULTIPLE)


def asked(wave: Wave) -> Questionnaire | None:
    """The wave's questionnaire; None where only printed figures are left, or nobody has looked yet."""
    if wave.questionnaire:
        return read_text(wave.questionnaire, "questionnaire.toml")
    return (
        questionnaire(wave.code, str(wave.survey), chosen(wave.seen, wave.choices)) if wave.choices else None
    )


def read_text(text: str, name: str) -> Questionnaire:
    """A questionnaire file's text, read. Raises Refusal naming every fault."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return read_questionnaire(path)


def relinked(whole: Questionnaire, question: str, row: str, item: str) -> Questionnaire:
    """The questionnaire with one question, or one statement of a matrix, asking about ``item``."""
    sections = (
        replace(section, questions=tuple(_relinked(each, question, row, item) for each in section.questions))
        for section in whole.sections
    )
    return replace(whole, sections=tuple(sections))


def _relinked(each: Question, question: str, row: str, item: str) -> Question:
    if each.id != question:
        return each
    if not row:
        return replace(each, item=item)
    rows = (replace(one, item=item) if one.id == row else one for one in each.rows)
    return replace(each, rows=tuple(rows))
