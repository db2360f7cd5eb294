"""Questions answered with a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.analysis.definition.model import Question
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.cells import Cell
from goldenthread.analysis.responses.distinct import Distinct
from goldenthread.analysis.responses.notes import Place, over_values
from goldenthread.analysis.responses.sheet import Read, Sheet

_TIME = r"(?:[T\s]+\d{1,2}:\d{2}.*)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.ASCII | re.DOTALL)
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _TIME, re.ASCII | re.DOTALL)
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/ ]*([A-Za-z]{3,9})\.?[-/, ]*(\d{4}|\d{2})" + _TIME, re.DOTALL
)
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TIME, re.DOTALL)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class _Order:
    """Which of two numbers is the day, and what gave it away."""

    day_first: bool
    seen: bool
    mixed: bool = False


def read_date(sheet: Sheet, question: Question) -> Read:
    """The column as ISO dates, without any time of day.

    Read are ISO dates, d/m/y or m/d/y, dates with a month's name, date cells and Excel's day
    numbers. Whether the day or the month comes first is seen from the column's own dates; where
    none tells, the day does, with a note.
    """
    column = sheet.column(question)
    if column is None:
        return Read(texts={question.id: (None,) * sheet.people})
    values = sheet.distinct(column)
    order = _order(values.texts)
    iso = [_iso(cell, text, order) for cell, text in zip(values.cells, values.texts, strict=True)]
    bad = [each for each, found in enumerate(iso) if found is None and values.texts[each]]
    message = "not a date that can be read for sure; left out."
    lost = over_values(sheet.place(column), message, values.said(bad))
    texts = tuple(iso[each] for each in values.ids)
    place = sheet.place(column)
    return Read(
        texts={question.id: texts},
        problems=(*_order_note(place, values, order), *_serial_note(place, values), *lost),
    )


def _order(texts: Sequence[str]) -> _Order:
    found = filter(None, map(_SHORT.fullmatch, texts))
    pairs = [(int(match[1]), int(match[2])) for match in found]
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    return _Order(day_first or not month_first, day_first or month_first, day_first and month_first)


def _order_note(place: Place, values: Distinct, order: _Order) -> tuple[Problem, ...]:
    unsure = [each for each, text in enumerate(values.texts) if _two_ways(text)]
    if order.seen:
        return ()
    message = "no date shows whether the day or the month comes first: the day was taken to."
    return over_values(place, message, values.said(unsure), lost=False)


def _serial_note(place: Place, values: Distinct) -> tuple[Problem, ...]:
    serials = [each for each, text in enumerate(values.texts) if _SERIAL.fullmatch(text)]
    message = "numbers like this were read as a spreadsheet's count of days since 30 December 1899."
    return over_values(place, message, values.said(serials), lost=False)


def _two_ways(text: str) -> bool:
    """Whether two numbers could each be the day, and it matters."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return False
    first, second = int(match[1]), int(match[2])
    return first <= 12 and second <= 12 and first != second


def _iso(cell: Cell, text: str, order: _Order) -> str | None:
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if match := _SHORT.fullmatch(text):
        return _from_short(match, order)
    if _SERIAL.fullmatch(text):
        return (_EPOCH + timedelta(days=int(float(text)))).isoformat()
    return _from_words(text)


def _from_words(text: str) -> str | None:
    """Dates that say themselves which part is which."""
    if match := _ISO.fullmatch(text):
        return _made(match[1], int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(text):
        return _made(match[3], _month(match[2]), int(match[1]))
    match = _NAMED_FIRST.fullmatch(text)
    return _made(match[3], _month(match[1]), int(match[2])) if match else None


def _from_short(match: re.Match[str], order: _Order) -> str | None:
    first, second = int(match[1]), int(match[2])
    if order.mixed and _two_ways(match[0]):
        return None
    day_first = first > 12 if order.mixed else order.day_first
    return _made(match[3], second if day_first else first, first if day_first else second)


def _month(name: str) -> int:
    """The month a name or its first three (or "Sept") letters mean; 0 for none."""
    low = name.casefold()
    found = [month for month, full in enumerate(_MONTHS, start=1) if low in (full, full[:3])]
    return 9 if low == "sept" else sum(found)


def _made(year: str, month: int, day: int) -> str | None:
    """An ISO date; a year of two digits is 1969 to 2068, as POSIX reads it."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    try:
        return date(number, month, day).isoformat()
    except ValueError:
        return None
