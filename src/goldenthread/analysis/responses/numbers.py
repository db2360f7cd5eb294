"""Questions answered with a number."""

from __future__ import annotations

import math
import re
from datetime import date

import numpy as np

from goldenthread.analysis.definition.model import Question
from goldenthread.analysis.responses.cells import Cell
from goldenthread.analysis.responses.notes import over_values
from goldenthread.analysis.responses.sheet import Read, Sheet

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_MINUS = str.maketrans("−–", "--")


def read_number(sheet: Sheet, question: Question) -> Read:
    """The column as numbers, NaN where there is none; "1,200" is 1200 and "3 years" a problem."""
    column = sheet.column(question)
    if column is None:
        return Read(numbers={question.id: np.full(sheet.people, np.nan)})
    values = sheet.distinct(column)
    parsed = [parse_number(cell, text) for cell, text in zip(values.cells, values.texts, strict=True)]
    lookup = np.array([math.nan if number is None else number for number in parsed])
    bad = [each for each, number in enumerate(parsed) if number is None and values.texts[each]]
    rows = values.rows_of(bad)
    lost = over_values(
        sheet.place(column), "not a number; left out.", ((values.texts[i], rows[i]) for i in bad)
    )
    return Read(numbers={question.id: lookup[values.ids]}, problems=lost)


def parse_number(cell: Cell, text: str) -> float | None:
    """The finite number a cell holds, or None. A date is no number."""
    if isinstance(cell, date):
        return None
    plain = text.translate(_MINUS).replace("\u00a0", "")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    number = float(plain) if _PLAIN.fullmatch(plain) else math.inf
    return number if math.isfinite(number) else None
