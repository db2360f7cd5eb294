"""Questions answered with a number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date

import numpy as np

from goldenthread.analysis.definition.model import Question
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.cells import Cell
from goldenthread.analysis.responses.distinct import Distinct
from goldenthread.analysis.responses.notes import Place, over_values
from goldenthread.analysis.responses.sheet import Read, Sheet

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_MINUS = str.maketrans("−–", "--")

_NO_NUMBER = "not a number; left out."
_POINT = "not a number, as commas stand for thousands here: write decimals with a point, as in 3.5; left out."
_EITHER = "could be thousands or decimals: write 1200 or 1.2; left out."
_READ_COMMAS = "the comma was read as a decimal comma, as semicolons stand between the cells."


def read_number(sheet: Sheet, question: Question) -> Read:
    """The column as numbers, NaN where there is none; "1,200" is 1200 and "3 years" a problem.

    In a table with semicolons between its cells "3,5" is 3.5, with a note, and "1,200" a problem.
    """
    column = sheet.column(question)
    if column is None:
        return Read(numbers={question.id: np.full(sheet.people, np.nan)})
    commas = sheet.grid.decimal_commas
    values = sheet.distinct(column)
    parsed = [
        parse_number(cell, text, decimal_commas=commas)
        for cell, text in zip(values.cells, values.texts, strict=True)
    ]
    lookup = np.array([math.nan if number is None else number for number in parsed])
    bad = [each for each, number in enumerate(parsed) if number is None and values.texts[each]]
    place = sheet.place(column)
    return Read(
        numbers={question.id: lookup[values.ids]},
        problems=(*_comma_note(place, values, bad, commas=commas), *_lost(place, values, bad, commas=commas)),
    )


def parse_number(cell: Cell, text: str, *, decimal_commas: bool = False) -> float | None:
    """The finite number a cell holds, or None. A date is no number.

    Where commas may mark decimals, one that could mark thousands as well gives None.
    """
    if isinstance(cell, date):
        return None
    plain = _plain(text)
    if decimal_commas and _COMMA.fullmatch(plain):
        plain = "" if _TWO_WAYS.fullmatch(plain) else plain.replace(",", ".")
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    number = float(plain) if _PLAIN.fullmatch(plain) else math.inf
    return number if math.isfinite(number) else None


def _plain(text: str) -> str:
    return text.translate(_MINUS).replace("\u00a0", "")


def _comma_note(place: Place, values: Distinct, bad: list[int], *, commas: bool) -> tuple[Problem, ...]:
    known = set(range(len(values.texts))) - set(bad)
    read = [each for each in sorted(known) if commas and _COMMA.fullmatch(_plain(values.texts[each]))]
    return over_values(place, _READ_COMMAS, values.said(read), lost=False)


def _lost(place: Place, values: Distinct, bad: list[int], *, commas: bool) -> Iterator[Problem]:
    by_reason: dict[str, list[int]] = {}
    for each in bad:
        by_reason.setdefault(_reason(values.texts[each], commas=commas), []).append(each)
    for reason, found in by_reason.items():
        yield from over_values(place, reason, values.said(found))


def _reason(text: str, *, commas: bool) -> str:
    if not _COMMA.fullmatch(_plain(text)):
        return _NO_NUMBER
    return _EITHER if commas else _POINT
