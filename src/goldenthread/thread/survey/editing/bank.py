"""The bank: wordings of our own to take into a questionnaire, by topic (bank.toml).

An item of the bank keeps its name, so that the same wording taken in two waves is the same item.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.text import slugify

from goldenthread.analysis.definition.model import Kind, Questionnaire
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.editing.questions import Wording, add_question, items_of
from goldenthread.thread.survey.editing.sections import section_of, with_section

HELP = ("Time", "Training", "Practice with somebody beside me", "A person to ask")


@dataclass(frozen=True, slots=True)
class Banked:
    """One wording of the bank; a statement (of kind scale) is asked among the others taken with it."""

    item: str
    topic: str
    wording: Wording

    @property
    def is_statement(self) -> bool:
        """Whether it is agreed with."""
        return self.wording.kind is Kind.SCALE


@dataclass(frozen=True, slots=True)
class Bank:
    """The wordings, what each topic is called in a sentence, and where all of them come from."""

    dated: date
    source: str
    stem: str
    help: str
    about: dict[str, str]
    wordings: tuple[Banked, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic, in order."""
        return tuple(dict.fromkeys(each.topic for each in self.wordings))


@cache
def bank() -> Bank:
    """The packaged wordings."""
    read = tomllib.loads(files(__package__).joinpath("bank.toml").read_text(encoding="utf-8"))
    statements = (
        Banked(row["item"], topic["name"], Wording(Kind.SCALE, row["text"]))
        for topic in read["topics"]
        for row in topic["statements"]
    )
    questions = (_question(row) for row in read["questions"])
    about = {topic["name"]: topic["about"] for topic in read["topics"]}
    wordings = (*questions, *statements)
    return Bank(read["from"], read["source"], read["stem"], read["help"], about, wordings)


def take(whole: Questionnaire, section: str, items: Collection[str], *, ask_help: bool) -> Questionnaire:
    """With the wordings called ``items`` at the end of a section: questions first, then the statements
    under one stem with "not part of my role" on offer, then what would help with each of their topics.

    Raises Refused where nothing is taken, or one of them is asked already.
    """
    taken = [each for each in bank().wordings if each.item in items]
    if not taken:
        raise Refused("Tick what to take.")
    asked = set(items_of(whole))
    twice = next((each for each in taken if each.item in asked), None)
    if twice:
        raise Refused(f"“{twice.wording.text}” is asked already.")
    statements = [each for each in taken if each.is_statement]
    for each in taken:
        if not each.is_statement:
            whole = add_question(whole, section, each.wording, item=each.item)
    if statements:
        whole = _with_statements(whole, section, statements)
    for topic in dict.fromkeys(each.topic for each in statements) if ask_help else ():
        whole = _with_help(whole, section, topic)
    return whole


def _with_statements(whole: Questionnaire, section: str, statements: list[Banked]) -> Questionnaire:
    texts = [each.wording.text for each in statements]
    stem = Wording(Kind.MATRIX, bank().stem, rows=texts, scale="agreement", not_my_role=True)
    into = section_of(add_question(whole, section, stem), section)
    *before, asked = into.questions
    rows = tuple(
        replace(row, item=each.item, topic=each.topic)
        for row, each in zip(asked.rows, statements, strict=True)
    )
    return with_section(whole, replace(into, questions=(*before, replace(asked, rows=rows))))


def _with_help(whole: Questionnaire, section: str, topic: str) -> Questionnaire:
    item = f"bank-help-with-{slugify(topic)}"
    if item in items_of(whole):
        return whole
    text = bank().help.format(about=bank().about[topic])
    wording = Wording(Kind.MULTIPLE, text, label=f"Help: {topic}"[:60], topic=topic, answers=HELP)
    return add_question(whole, section, wording, item=item)


def _question(row: dict[str, Any]) -> Banked:
    wording = Wording(
        Kind(row["kind"]),
        row["text"],
        label=row["label"],
        answers=row.get("answers", ()),
        other=row.get("other", False),
        required=row.get("required", False),
    )
    return Banked(row["item"], row["topic"], wording)
