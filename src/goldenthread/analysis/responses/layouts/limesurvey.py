"""LimeSurvey's export with codes, or codes and texts, as headings.

Headings of the code style are ``Q``, ``Q[SQ001]``, ``Q[other]``, ``Q[SQ001comment]`` and, for a
dual scale, ``Q[SQ001][1]`` and ``Q[SQ001][2]``; with expression-manager codes ``Q_SQ001`` and
``Q_SQ001_0``, scales counted from 0. The other style writes the code, a separator and the text
(``Q. Text``), with the row or option after it in brackets: ``Q[SQ001]. Text [Row]``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.analysis.responses.layouts.column import Column

OWN = frozenset(
    (
        *("id", "submitdate", "lastpage", "startlanguage", "seed", "token"),
        *("startdate", "datestamp", "ipaddr", "refurl", "interviewtime"),
    )
)
_TELLING = OWN - {"id", "token", "seed"}
_GROUP_TIME = re.compile(r"groupTime\d*", re.ASCII)
_CODE = r"(?P<code>[A-Za-z]\w*(?:-\d+)?)(?:\[(?P<part>\w+)\])?(?:\[(?P<scale>[12])\])?"
_CODED = re.compile(_CODE, re.ASCII)
_BRACKETED = re.compile(r"[A-Za-z]\w*\[\w+\](?:\[[12]\])?", re.ASCII)
_TEXTED = re.compile(_CODE + r"(?:[.:;|)]\s*|\s+[–—-]\s+|\s+)(?P<text>\S.*)", re.ASCII | re.DOTALL)
_BRACKETED_TEXT = re.compile(r"[A-Za-z]\w*\[\w+\](?:\[[12]\])?\s*[.:;|)–—-]?\s+\S", re.ASCII)
_DOTTED = re.compile(r"[A-Za-z]\w*(?:-\d+)?\. ?\S", re.ASCII)
_NUMBERED = re.compile(r"[Qq](?:uestion)?\d+[a-z]?\.", re.ASCII)
_LAST = re.compile(r"(?P<text>.*?)\s*\[(?P<row>.*?)\]\s*(?:\[(?P<label>.*?)\]\s*)?", re.DOTALL)
_DUAL = re.compile(r"(?P<stem>\w+)_(?P<scale>[01])", re.ASCII)


@dataclass(frozen=True, slots=True)
class LimeSurveyCodes:
    """Headings that are codes alone."""

    name: str = "LimeSurvey, codes as headings"

    def recognise(self, headings: Sequence[str]) -> bool:
        """Two of LimeSurvey's own columns by their bare codes, or a bracketed code alone."""
        own = sum(heading in _TELLING for heading in headings)
        return own >= 2 or any(_BRACKETED.fullmatch(heading) for heading in headings)

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """Each code by question, part and scale."""
        duals = _duals(headings)
        alone = _alone(_CODED.fullmatch(heading) for heading in headings)
        return tuple(
            Column(
                index, heading, () if _own(heading, headings) else tuple(_code_names(heading, duals, alone))
            )
            for index, heading in enumerate(headings)
        )

    def finished(self, headings: Sequence[str]) -> int | None:
        """The column ``submitdate``."""
        return next((i for i, heading in enumerate(headings) if heading == "submitdate"), None)


@dataclass(frozen=True, slots=True)
class LimeSurveyTexts:
    """Headings that are a code, a separator and a text."""

    name: str = "LimeSurvey, codes and texts as headings"

    def recognise(self, headings: Sequence[str]) -> bool:
        """Bracketed codes with a text, LimeSurvey's own columns with a text, or codes throughout."""
        if LimeSurveyCodes().recognise(headings):
            return False
        codes = [match["code"] for match in map(_TEXTED.fullmatch, headings) if match]
        if sum(code in _TELLING for code in codes) >= 2 or any(map(_BRACKETED_TEXT.match, headings)):
            return True
        return _codes_throughout([heading for heading in headings if heading])

    def columns(self, headings: Sequence[str]) -> tuple[Column, ...]:
        """Each heading by its code, and by its text where the code is unknown."""
        matches = [_TEXTED.fullmatch(heading) for heading in headings]
        alone = _alone(matches)
        codes = {match["code"] for match in matches if match}
        return tuple(
            Column(index, heading, () if _is_own(match, codes) else tuple(_text_names(heading, match, alone)))
            for index, (heading, match) in enumerate(zip(headings, matches, strict=True))
        )

    def finished(self, headings: Sequence[str]) -> int | None:
        """The column whose code is ``submitdate``."""
        found = (re.match(r"submitdate\b", heading) for heading in headings)
        return next((index for index, match in enumerate(found) if match), None)


def _codes_throughout(headings: list[str]) -> bool:
    """Whether nearly every heading is "code. text", and not merely "Q1. text" from a plain table."""
    dotted = [heading for heading in headings if _DOTTED.match(heading)]
    numbered = sum(bool(_NUMBERED.match(heading)) for heading in dotted)
    return len(dotted) >= 3 and len(dotted) >= 0.8 * len(headings) and numbered < len(dotted)


def _own(code: str, codes: Container[str]) -> bool:
    """LimeSurvey's own: who, when and how long. A question's time is its code and "Time"."""
    timing = code.endswith("Time") and code.removesuffix("Time") in codes
    return code in OWN or timing or bool(_GROUP_TIME.fullmatch(code))


def _alone(matches: Iterator[re.Match[str] | None] | list[re.Match[str] | None]) -> frozenset[str]:
    """Codes that head one column only: its part, if any, stands for the whole question."""
    count = Counter(match["code"] for match in matches if match)
    return frozenset(code for code, columns in count.items() if columns == 1)


def _duals(headings: Sequence[str]) -> frozenset[str]:
    """Stems with both an ``_0`` and an ``_1``: the two scales of one row."""
    ends = Counter(match["stem"] for match in map(_DUAL.fullmatch, headings) if match)
    return frozenset(stem for stem, scales in ends.items() if scales == 2)


def _code_names(heading: str, duals: frozenset[str], alone: frozenset[str]) -> Iterator[str]:
    dual = _DUAL.fullmatch(heading)
    if dual and dual["stem"] in duals:
        code, _, part = dual["stem"].partition("_")
        yield f"{code}_{int(dual['scale']) + 1}[{part}]" if part else heading
        return
    match = _CODED.fullmatch(heading)
    yield from _names(match, alone) if match else (heading,)


def _names(match: re.Match[str], alone: frozenset[str]) -> Iterator[str]:
    code, part, scale = match["code"], match["part"], match["scale"]
    if part is None:
        yield code
    elif scale:
        yield f"{code}_{scale}[{part}]"
    else:
        yield f"{code}[{part}]"
        if code in alone:
            yield code


def _is_own(match: re.Match[str] | None, codes: Container[str]) -> bool:
    return match is not None and match["part"] is None and _own(match["code"], codes)


def _text_names(heading: str, match: re.Match[str] | None, alone: frozenset[str]) -> Iterator[str]:
    if match:
        yield from _names(match, alone)
        yield _text_name(match["text"], part=match["part"] is not None)
    yield heading


def _text_name(text: str, *, part: bool) -> str:
    ends = _LAST.fullmatch(text) if part else None
    if ends is None:
        return text
    return f"{ends['text']} [{ends['row']}]" if ends["row"] else ends["text"]
