"""The area's headcount as the table a study reads: everybody, and each level that the area counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.study import HeadcountRow, Item
from goldenthread.ground.headcount.waves import headcount_for
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.models import Wave

HEADINGS = ("wave", "grouping", "level", "number", "number_high", "date", "source", "all_invited")


def headcount_text(area: int, waves: Sequence[Wave], groupings: Sequence[str]) -> str:
    """The headcount of every dated wave as CSV; empty where nobody counted."""
    lines = [_line(row) for wave in waves for row in _rows(area, wave, groupings)]
    if not lines:
        return ""
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *lines])
    return text.getvalue()


def _rows(area: int, wave: Wave, groupings: Sequence[str]) -> tuple[HeadcountRow, ...]:
    day = wave.closes or wave.opens
    if day is None:
        return ()
    return headcount_for(area, wave.code, on=day, groupings=list(_items(wave, groupings))).rows


def _items(wave: Wave, groupings: Sequence[str]) -> Iterator[Item]:
    """The wave's questions that results are broken down by, as items."""
    for question in getattr(asked(wave), "questions", ()):
        if question.item in groupings and question.kind is Kind.SINGLE and question.scale:
            label = question.label or question.text
            yield Item(question.item, label, question.scale.answers, (), None, {wave.code: (question.id,)})


def _line(row: HeadcountRow) -> tuple[object, ...]:
    invited = "yes" if row.all_invited else "no"
    high = "" if row.number_high is None else row.number_high
    return (row.wave, row.grouping, row.level, row.number, high, row.dated, row.source, invited)
