"""What a wave asked: its questionnaire, written down or made from how its columns are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import chosen
from goldenthread.thread.survey.recodes import meanings, with_meanings

REPORTED = (Kind.SINGLE, Kind.SCALE, Kind.MATRIX, Kind.MULTIPLE)


def asked(wave: Wave) -> Questionnaire | None:
    """The wave's questionnaire, stray values read as decided; None where only printed figures are left, or
    nobody has looked yet."""
    whole = undecided(wave)
    return whole and with_meanings(whole, meanings(wave.recodes))


def undecided(wave: Wave) -> Questionnaire | None:
    """As ``asked``, with stray values left as they are."""
    if wave.questionnaire:
        return read_text(wave.questionnaire, wave.questionnaire_name or "questionnaire.toml")
    if not wave.choices:
        return None
    return questionnaire(wave.code, str(wave.survey), chosen(wave.seen, wave.choices))


def read_text(text: str, name: str) -> Questionnaire:
    """A questionnaire file's text, read. Raises Refusal naming every fault."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "questionnaire.toml")
        path.write_text(text, encoding="utf-8")
        try:
            return read_questionnaire(path)
        except Refusal as refusal:
            raise Refusal(str(refusal).replace(str(path), name)) from refusal


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
