"""Expressions as survey programs write them, read into a tree; each program brings its own words.

What is understood is the part that routing needs: names, words, numbers, comparisons, and, or, not,
brackets and calls. Everything else is ``NotHeld``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from re import Pattern

MOST_PIECES = 4_000
DEEPEST = 60
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


class NotHeld(Exception):  # noqa: N818 - it says what was not understood, and is no failure of ours
    """An expression, or a part of it, that is not understood; the message says which."""


@dataclass(frozen=True, slots=True)
class Ref:
    """An answer, by the name it has in the program."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    """A word or a number written out."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """``sign`` is one of ``== != < <= > >=``."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    part: Expression


Expression = Ref | Const | Call | Compare | Every | Some | Opposite


@dataclass(frozen=True, slots=True)
class Language:
    """How a program writes expressions.

    ``pieces`` finds the next piece, in groups ``name`` (an answer), ``call``, ``text``, ``number``, ``word``
    and ``sign``; ``words`` and ``signs`` say what the last two mean: ``and``, ``or``, ``not``, or a
    comparison.
    """

    pieces: Pattern[str]
    words: Mapping[str, str]


Piece = tuple[str, str]


def parsed(text: str, language: Language) -> Expression:
    """The expression as a tree. Raises ``NotHeld``."""
    return _Parser(tuple(_pieces(text, language))).whole()


def _pieces(text: str, language: Language) -> Iterator[Piece]:
    at, count = 0, 0
    while at < len(text):
        found = language.pieces.match(text, at)
        count += 1
        if count > MOST_PIECES:
            raise NotHeld("it is too long")
        if found is None or found.end() == at:
            raise NotHeld(f"“{text[at : at + 20].strip()}” is not understood")
        at, kind = found.end(), found.lastgroup
        if kind is not None:
            piece = found[kind]
            yield language.words.get(piece.lower(), kind), piece


def in_figures(value: float) -> str:
    """A number in figures, without an exponent."""
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


class _Parser:
    """From what binds least to what binds most: or, and, not, comparison, a single thing."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces, self._at, self._depth = pieces, 0, 0

    def whole(self) -> Expression:
        found = self._either()
        if self._at < len(self._pieces):
            raise NotHeld(f"“{self._pieces[self._at][1]}” is not understood")
        return found

    def _next(self) -> Piece:
        return self._pieces[self._at] if self._at < len(self._pieces) else ("end", "the end")

    def _take(self, kind: str) -> bool:
        taken = self._next()[0] == kind
        self._at += taken
        return taken

    def _either(self) -> Expression:
        self._deeper(1)
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        self._deeper(-1)
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _deeper(self, step: int) -> None:
        self._depth += step
        if self._depth > DEEPEST:
            raise NotHeld("it is nested too deeply")

    def _both(self) -> Expression:
        parts = [self._not()]
        while self._take("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _not(self) -> Expression:
        if self._take("not"):
            self._deeper(1)
            found = self._not()
            self._deeper(-1)
            return Opposite(found)
        left = self._single()
        sign = self._next()[0]
        if sign not in COMPARISONS:
            return left
        self._at += 1
        return Compare(sign, left, self._single())

    def _single(self) -> Expression:
        kind, text = self._next()
        self._at += 1
        if kind == "name":
            return Ref(text)
        if kind == "text":
            return Const(text[1:-1])
        if kind == "number":
            return Const(float(text))
        if kind == "call":
            return Call(text.rstrip("( \t\r\n").lower(), self._arguments())
        if kind == "(":
            return self._inside()
        raise NotHeld(f"“{text}” is not understood")

    def _inside(self) -> Expression:
        found = self._either()
        self._close()
        return found

    def _arguments(self) -> tuple[Expression, ...]:
        if self._take(")"):
            return ()
        found = [self._either()]
        while self._take(","):
            found.append(self._either())
        self._close()
        return tuple(found)

    def _close(self) -> None:
        if not self._take(")"):
            raise NotHeld(f"“{self._next()[1]}” stands where a bracket should close")
