"""Advice on wording, from patterns that are data (advice.toml). It never stops anybody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire

STATEMENTS = (Kind.SCALE, Kind.MATRIX)


@dataclass(frozen=True, slots=True)
class Advice:
    """What may be better about one question or statement, and the words it is about."""

    question: str
    code: str
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    code: str
    find: re.Pattern[str]
    text: str
    statements: bool


def advise(whole: Questionnaire) -> tuple[Advice, ...]:
    """Advice on every question, in order."""
    return tuple(advice for question in whole.questions for advice in _on(question))


def _on(question: Question) -> Iterator[Advice]:
    is_statement = question.kind in STATEMENTS
    for text in (question.text, *(row.text for row in question.rows)):
        yield from _on_text(question.id, text, is_statement=is_statement)


def _on_text(question: str, text: str, *, is_statement: bool) -> Iterator[Advice]:
    longest, patterns, one_thing = _rules()
    count = len(text.split())
    if count > longest:
        words = f"It is {count} words long. People stop reading after about {longest}."
        yield Advice(question, "long", words, text)
    plain = one_thing.sub("·", text)
    for pattern in patterns:
        if (is_statement or not pattern.statements) and pattern.find.search(plain):
            yield Advice(question, pattern.code, pattern.text, text)


@cache
def _rules() -> tuple[int, tuple[_Pattern, ...], re.Pattern[str]]:
    """The longest question in words, the patterns, and what is one thing though "and" stands in it."""
    read = tomllib.loads(files(__package__).joinpath("advice.toml").read_text(encoding="utf-8"))
    patterns = tuple(
        _Pattern(
            row["code"], re.compile(row["find"], re.IGNORECASE), row["advice"], row.get("statements", False)
        )
        for row in read["patterns"]
    )
    one_thing = "|".join(map(re.escape, read["one-thing"]))
    return read["longest"], patterns, re.compile(one_thing, re.IGNORECASE)
