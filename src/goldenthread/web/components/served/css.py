"""Reading and writing style sheets, as far as leaving rules out needs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NESTS = ("@media", "@supports", "@container", "@layer", "@-moz-document")
_NOTHING = r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)"
_TEXT = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_IDLE = re.compile(rf"(?P<text>{_TEXT})|{_NOTHING}*(?P<mark>[{{}};,>]){_NOTHING}*|{_NOTHING}+")


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands before a brace, and what stands inside; a statement without braces has no body."""

    head: str
    body: str | None


def small(css: str) -> str:
    """``css`` without comments and without space that means nothing; what stands in quotes is left."""
    bare = _IDLE.sub(lambda found: found["text"] or found["mark"] or " ", css)
    return bare.replace(" {", "{").replace(";}", "}").strip()


def rules(css: str) -> Iterator[Rule]:
    """The rules of a sheet, in order; those inside ``@media`` and its like stay in its body."""
    start, at = 0, 0
    while at < len(css):
        if css[at] == ";":
            yield Rule(css[start:at].strip(), None)
            start = at + 1
        elif css[at] == "{":
            end = _closing(css, at)
            yield Rule(css[start:at].strip(), css[at + 1 : end])
            start, at = end + 1, end
        at = _quoted(css, at) + 1


def written(found: Iterator[Rule]) -> str:
    """Rules as a sheet again."""
    return "".join(f"{r.head};" if r.body is None else f"{r.head}{{{r.body}}}" for r in found)


def kept(css: str, wanted: Callable[[str], bool]) -> str:
    """``css`` with only those selectors that are ``wanted``; a rule left with none goes."""
    return written(_kept(css, wanted))


def _kept(css: str, wanted: Callable[[str], bool]) -> Iterator[Rule]:
    for rule in rules(css):
        if rule.body is None:
            yield rule
        elif rule.head.startswith(NESTS):
            inside = kept(rule.body, wanted)
            if inside:
                yield Rule(rule.head, inside)
        else:
            head = ",".join(each for each in selectors(rule.head) if wanted(each))
            if head:
                yield Rule(head, rule.body)


def selectors(head: str) -> Iterator[str]:
    """The selectors of a rule; a comma inside brackets parts nothing."""
    depth, start = 0, 0
    for at, letter in enumerate(head):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            yield head[start:at].strip()
            start = at + 1
    yield head[start:].strip()


def _closing(css: str, opening: int) -> int:
    """Where the brace at ``opening`` is closed."""
    depth, at = 0, opening
    while True:
        depth += (css[at] == "{") - (css[at] == "}")
        if depth == 0:
            return at
        at = _quoted(css, at) + 1


def _quoted(css: str, at: int) -> int:
    """The last letter of the string that begins at ``at``; ``at`` itself where none does."""
    if css[at] not in "\"'":
        return at
    end = css.index(css[at], at + 1)
    while css[end - 1] == "\\":
        end = css.index(css[at], end + 1)
    return end
