"""Who is asked: LimeSurvey's relevance equations and older conditions, read and written.

An equation names answers by code (``q1.NAOK``, ``q4_a``) or by numbers of the survey, group and question
(``12X3X45``). A blank is an empty text. A name without ``.NAOK`` makes the whole equation false where its
question was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.formats.expression import Language, NotHeld, in_figures, parsed
from goldenthread.analysis.definition.formats.lss.document import Row
from goldenthread.analysis.definition.formats.lss.tables import Piece
from goldenthread.analysis.definition.formats.lss.types import OTHER_OF_SEVERAL, SPLIT
from goldenthread.analysis.definition.formats.meaning import Meaning, Meant, every, meaning, some
from goldenthread.analysis.definition.model import (
    All,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Not,
    Question,
)
from goldenthread.analysis.definition.routing import Asked
from goldenthread.analysis.definition.words import quoted

TICKED = "Y"
_SIGNS = {"==": "==", "!=": "!=", "=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_WORDS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "and": "and", "or": "or"}
EQUATION = Language(
    re.compile(
        r"\s+|(?P<call>(?!(?:and|or|eq|ne|lt|le|gt|ge)\b)[A-Za-z_]\w*\s*\()"
        r"|(?P<word>(?:and|or|eq|ne|lt|le|gt|ge)\b|&&|\|\||==|!=|<>|<=|>=|[=<>!(),])"
        r"|(?P<name>\d+X\d+X\d[\w#]*(?:\.\w+)?|[A-Za-z_]\w*(?:\.\w+)?)"
        r"|(?P<number>[+-]?\d+(?:\.\d+)?)|(?P<text>\"[^\"]*\"|'[^']*')",
        re.ASCII | re.IGNORECASE,
    ),
    _SIGNS | _WORDS | {"&&": "and", "||": "or", "!": "not", **{sign: sign for sign in "(),"}},
)
_METHODS = ("==", "!=", "<", "<=", ">", ">=")
_NUMBERED = re.compile(r"\+?\d+X\d+X(\d+)(.*)", re.ASCII)


@dataclass(slots=True)
class Routing:
    """The names that equations may use, and those that stood there without ``.NAOK``."""

    names: dict[str, Meant] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)

    def add(self, piece: Piece, questions: Sequence[Question]) -> None:
        """The names of a question of LimeSurvey, by what it became."""
        for tail, meant in _tails(piece, questions):
            self.names[f"{piece.code}_{tail}" if tail else piece.code] = meant
            self.names[f"{piece.row.get('qid', '')}X{tail.replace('_', '#')}"] = meant

    def find(self, name: str) -> Meant:
        """What a name stands for. Raises NotHeld."""
        plain, _, wanted = name.partition(".")
        if wanted not in ("", "NAOK", "code"):
            raise NotHeld(f"it uses {name}")
        numbered = _NUMBERED.fullmatch(plain)
        meant = self._numbered(numbered[1] + numbered[2]) if numbered else self.names.get(plain)
        if meant is None:
            raise NotHeld(f"{quoted(plain)} is no question held here")
        if wanted != "NAOK":
            self.bare.add(meant.question.id)
        return meant

    def _numbered(self, tail: str) -> Meant | None:
        """By the number of a question and the code of its part, which nothing parts."""
        cuts = range(len(tail), 0, -1)
        return next(
            (self.names[key] for cut in cuts if (key := f"{tail[:cut]}X{tail[cut:]}") in self.names), None
        )


def equation(text: str, routing: Routing) -> Meaning:
    """What a relevance equation means. Raises NotHeld."""
    bare = text.strip()
    if bare.startswith("{") and bare.endswith("}"):
        bare = bare[1:-1].strip()
    return meaning(parsed(bare, EQUATION), routing.find) if bare else True


def older(rows: Iterable[Row], routing: Routing) -> Meaning:
    """What the conditions of a question mean: any scenario, in it every question, of each any test."""
    scenarios: dict[str, dict[str, list[Meaning]]] = {}
    for row in rows:
        field_name = row.get("cfieldname", "")
        tests = scenarios.setdefault(row.get("scenario", ""), {}).setdefault(field_name, [])
        tests.append(_test(field_name, row.get("method", "").strip() or "==", row.get("value", ""), routing))
    return some([every([some(_alone(tests)) for tests in each.values()]) for each in scenarios.values()])


def _alone(tests: Sequence[Meaning]) -> Sequence[Meaning]:
    """Several tests of one answer, of which any may hold; "unequal to each" would mean another thing."""
    if len(tests) > 1 and any(isinstance(test, Not) for test in tests):
        raise NotHeld("several conditions of what an answer is not")
    return tests


def is_safe_bare(condition: Condition) -> bool:
    """Whether it is the same with and without ``.NAOK``: each test alone can make it false."""
    if isinstance(condition, All):
        return all(map(is_safe_bare, condition.parts))
    return not isinstance(condition, Not | AnyOf)


def relevance(condition: Condition, known: Mapping[str, Asked]) -> str:
    """A condition as an equation. Raises KeyError where it names what is not ``known``."""
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        return word.join(f"({relevance(part, known)})" for part in condition.parts)
    if isinstance(condition, Not):
        return f"!({relevance(condition.part, known)})"
    if isinstance(condition, Between):
        return " and ".join(_ends(condition, known))
    question = known[condition.question].question
    name = condition.question.replace(".", "_")
    if isinstance(condition, Is):
        return _either(_is(name, code, question) for code in condition.codes)
    return _either(_given(name, question, row=known[condition.question].row))


def depends_on(condition: Condition) -> frozenset[str]:
    """The ids of the questions it asks about."""
    return frozenset(leaf.question.partition(".")[0] for leaf in leaves(condition))


def _tails(piece: Piece, questions: Sequence[Question]) -> Iterator[tuple[str, Meant]]:
    """What follows a question's code in its names, and what it means; nothing for the whole question."""
    if piece.type in SPLIT:
        lines = zip(piece.subs, questions, strict=True) if questions else ()
        yield from ((sub.get("title", "").strip(), Meant(each.id, each)) for sub, each in lines)
        return
    for number, question in enumerate(questions):
        if len(questions) == 1:
            yield "", Meant(question.id, question)
        for row in question.rows:
            tail = row.id if len(questions) == 1 else f"{row.id}_{number}"
            yield tail, Meant(f"{question.id}.{row.id}", question)
        if question.kind is Kind.MULTIPLE and question.scale:
            yield from ((a.code, Meant(question.id, question, a.code)) for a in question.scale.answers)


def _test(name: str, method: str, value: str, routing: Routing) -> Meaning:
    if method not in _METHODS or value.startswith("@") or not _NUMBERED.fullmatch(name):
        raise NotHeld(f"a condition {method} {quoted(value)}")
    quote = "'" if '"' in value else '"'
    return equation(f"{name.lstrip('+')}.NAOK {method} {quote}{value.strip()}{quote}", routing)


def _either(tests: Iterable[str]) -> str:
    each = tuple(tests)
    return each[0] if len(each) == 1 else f"({' or '.join(each)})"


def _is(name: str, code: str, question: Question) -> str:
    if question.kind is not Kind.MULTIPLE:
        return f'{name}.NAOK == "{code}"'
    if code == OTHER_OF_SEVERAL:
        return f"!is_empty({name}_{code}.NAOK)"
    return f'{name}_{code}.NAOK == "{TICKED}"'


def _given(name: str, question: Question, *, row: bool) -> Iterator[str]:
    parts: Iterable[str] = ("",)
    if question.kind is Kind.MULTIPLE and question.scale:
        parts = (f"_{answer.code}" for answer in question.scale.answers)
    elif question.rows and not row:
        parts = (f"_{each.id}" for each in question.rows)
    yield from (f"!is_empty({name}{part}.NAOK)" for part in parts)


def _ends(between: Between, known: Mapping[str, Asked]) -> Iterator[str]:
    """A blank is below every number there, so an upper end asks for an answer besides."""
    name = f"{known[between.question].question.id}.NAOK"
    if between.least is None:
        yield f"!is_empty({name})"
    else:
        yield f"{name} >= {in_figures(between.least)}"
    if between.most is not None:
        yield f"{name} <= {in_figures(between.most)}"
