"""Who is asked: XLSForm's ``relevant``, read and written.

It is XPath in which ``${q1}`` is the answer to q1. A blank is an empty text; as a number it is none, and
every comparison with it fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goldenthread.analysis.definition.formats.expression import Language, NotHeld, in_figures, parsed
from goldenthread.analysis.definition.formats.meaning import Meaning, Meant, meaning
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

_SIGNS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "and": "and", "or": "or"}
XPATH = Language(
    re.compile(
        r"\s+|\$\{\s*(?P<name>[^{}\s]+)\s*\}|(?P<word>(?:and|or)\b(?!\s*-)|!=|<=|>=|[=<>(),])"
        r"|(?P<call>[A-Za-z][\w-]*\s*\()|(?P<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+))"
        r"|(?P<text>\"[^\"]*\"|'[^']*')",
        re.ASCII,
    ),
    _SIGNS | {sign: sign for sign in "(),"},
)


@dataclass(slots=True)
class Routing:
    """The names that expressions may use."""

    names: dict[str, Meant] = field(default_factory=dict)

    def find(self, name: str) -> Meant:
        """What a name stands for. Raises NotHeld."""
        if name not in self.names:
            raise NotHeld(f"{quoted(name)} is no question held here")
        return self.names[name]


def expression(text: str, routing: Routing) -> Meaning:
    """What an expression means. Raises NotHeld."""
    return meaning(parsed(text, XPATH), routing.find) if text.strip() else True


def relevant(condition: Condition, known: Mapping[str, Asked]) -> str:
    """A condition as an expression. Raises KeyError where it names what is not ``known``."""
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        return word.join(f"({relevant(part, known)})" for part in condition.parts)
    if isinstance(condition, Not):
        return f"not({relevant(condition.part, known)})"
    name = f"${{{condition.question.replace('.', '_')}}}"
    if isinstance(condition, Between):
        return " and ".join(_ends(name, condition))
    asked = known[condition.question]
    if isinstance(condition, Is):
        several = asked.question.kind is Kind.MULTIPLE
        return _either(
            f"selected({name}, '{code}')" if several else f"{name} = '{code}'" for code in condition.codes
        )
    return _either(f"{each} != ''" for each in _fields(name, asked.question, row=asked.row))


def _fields(name: str, question: Question, *, row: bool) -> Iterator[str]:
    if question.rows and not row:
        yield from (f"${{{question.id}_{each.id}}}" for each in question.rows)
    else:
        yield name


def _ends(name: str, between: Between) -> Iterator[str]:
    if between.least is not None:
        yield f"{name} >= {in_figures(between.least)}"
    if between.most is not None:
        yield f"{name} <= {in_figures(between.most)}"


def _either(tests: Iterable[str]) -> str:
    each = tuple(tests)
    return each[0] if len(each) == 1 else f"({' or '.join(each)})"
