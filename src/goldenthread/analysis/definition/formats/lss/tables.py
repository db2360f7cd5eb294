"""The rows of a survey in its own language, whichever of LimeSurvey's two ways the texts are kept in.

Up to version 3 each row of groups, questions, subquestions and answers carries a language and its texts;
later the texts stand in tables of their own (``question_l10ns`` and the like).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.analysis.definition.formats.lss.document import Document, Row

TEXTS = {
    "groups": ("group_l10ns", "gid"),
    "questions": ("question_l10ns", "qid"),
    "subquestions": ("question_l10ns", "qid"),
    "answers": ("answer_l10ns", "aid"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A question of LimeSurvey with all that hangs on it, in its order."""

    row: Row
    subs: tuple[Row, ...] = ()
    answers: tuple[Row, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code people gave it."""
        return self.row.get("title", "").strip()

    @property
    def type(self) -> str:
        """LimeSurvey's letter for what it asks for."""
        return self.row.get("type", "").strip()

    def scale(self, number: int) -> tuple[Row, ...]:
        """Its answers on the first scale (0) or, of a dual one, the second (1)."""
        return tuple(each for each in self.answers if whole(each.get("scale_id")) == number)


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its questions."""

    row: Row
    pieces: tuple[Piece, ...]


def base_language(document: Document) -> str:
    """The language a survey is written in first."""
    said = next((row.get("language", "") for row in document.rows("surveys")), "")
    return said or next(iter(document.languages), "en")


def told_in(document: Document, table: str, language: str) -> list[Row]:
    """The rows of a table with their texts in a language."""
    apart, key = TEXTS[table]
    texts = {row.get(key, ""): row for row in document.rows(apart) if row.get("language") == language}
    rows = document.rows(table)
    if document.rows(apart):
        return [{**texts.get(row.get(key, ""), {}), **row} for row in rows]
    return [row for row in rows if row.get("language", language) == language]


def groups(document: Document, language: str) -> tuple[Group, ...]:
    """The groups, each with its questions, all in the order people meet them."""
    pieces: dict[str, list[Piece]] = {}
    for row, piece in _pieces(document, language):
        pieces.setdefault(row.get("gid", ""), []).append(piece)
    rows = sorted(told_in(document, "groups", language), key=lambda row: whole(row.get("group_order")))
    return tuple(Group(row, tuple(pieces.get(row.get("gid", ""), ()))) for row in rows)


def whole(text: str | None) -> int:
    """A whole number; 0 where there is none."""
    try:
        return int(text or 0)
    except ValueError:
        return 0


def _pieces(document: Document, language: str) -> list[tuple[Row, Piece]]:
    subs = _by(told_in(document, "subquestions", language), "parent_qid", "question_order")
    answers = _by(told_in(document, "answers", language), "qid", "sortorder")
    attributes = _attributes(document, language)
    rows = sorted(told_in(document, "questions", language), key=lambda row: whole(row.get("question_order")))
    return [
        (row, Piece(row, subs.get(qid, ()), answers.get(qid, ()), attributes.get(qid, {})))
        for row, qid in ((row, row.get("qid", "")) for row in rows)
    ]


def _by(rows: Sequence[Row], key: str, order: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), []).append(row)
    return {name: tuple(sorted(each, key=lambda row: whole(row.get(order)))) for name, each in found.items()}


def _attributes(document: Document, language: str) -> dict[str, dict[str, str]]:
    """Settings of questions by qid; where one is said in several languages, as it is said in this."""
    found: dict[str, dict[str, str]] = {}
    for row in document.rows("question_attributes"):
        name, value = row.get("attribute", ""), row.get("value", "")
        if row.get("language", "") in ("", language):
            found.setdefault(row.get("qid", ""), {})[name] = value
    return found
